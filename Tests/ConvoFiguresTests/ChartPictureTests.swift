import ConvoImages
import ConvoOutput
import Testing

@testable import ConvoFigures

@Suite struct ChartPictureTests {
  private func chart(_ panels: [[Chart.Series]], title: String = "History of model") -> Chart {
    Chart(
      title: title, horizontal: ChartAxis("epoch", isWhole: true),
      panels: panels.map { Chart.Panel(vertical: ChartAxis("loss"), series: $0) })
  }

  /// How many pixels have the colour of a series, and where their middle is.
  private func ink(_ image: PixelImage, _ color: [Int]) -> (count: Int, row: Double, column: Double) {
    var (count, rows, columns) = (0, 0, 0)
    for row in 0..<image.height {
      for column in 0..<image.width {
        let place = (row * image.width + column) * 3
        guard (0..<3).allSatisfy({ abs(Int(image.bytes[place + $0]) - color[$0]) <= 2 }) else { continue }
        (count, rows, columns) = (count + 1, rows + row, columns + column)
      }
    }
    return (count, Double(rows) / Double(max(1, count)), Double(columns) / Double(max(1, count)))
  }

  private let blue = [31, 120, 181]
  private let orange = [229, 115, 13]

  /// A single value stands in the middle of its panel, and has no legend that would take its colour.
  @Test func aSingleValueStandsInTheMiddle() throws {
    let image = ChartPicture(chart([[Chart.Series("loss", values: [0.5])]])).drawn()
    let frame = ChartPictureLayout(panels: 1).frame(of: 0)
    let found = ink(image, blue)
    #expect(found.count > 20)
    #expect(abs(found.column - (frame.left + frame.right) / 2) < 1.5)
    #expect(abs(found.row - (frame.top + frame.bottom) / 2) < 1.5)
  }

  /// 0, 1 and 2 on a scale of whole numbers: the lowest at the lower left corner, the highest at the upper right one.
  @Test func linesGoFromCornerToCorner() throws {
    let image = ChartPicture(chart([[Chart.Series("loss", values: [0, 1, 2])]])).drawn()
    let frame = ChartPictureLayout(panels: 1).frame(of: 0)
    func color(_ x: Double, _ y: Double) -> [Int] {
      let place = (Int(y) * image.width + Int(x)) * 3
      return image.bytes[place..<place + 3].map(Int.init)
    }
    for (x, y) in [(frame.left, frame.bottom), (frame.right, frame.top)] {
      #expect(zip(color(x, y), blue).allSatisfy { abs($0 - $1) <= 2 })
    }
    let middle = color((frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2)
    #expect(zip(middle, blue).allSatisfy { abs($0 - $1) <= 2 })
  }

  @Test func eachSeriesHasItsColourAndEachPanelItsPlace() throws {
    let series = [Chart.Series("training", values: [1, 2]), Chart.Series("validation", values: [2, 1])]
    let one = ChartPicture(chart([series])).drawn()
    let two = ChartPicture(chart([series, series])).drawn()
    #expect(two.width == one.width && two.height > one.height * 3 / 2)
    for color in [blue, orange] {
      let single = ink(one, color).count
      #expect(single > 500)
      #expect(abs(ink(two, color).count - 2 * single) < single / 10)
    }
    #expect(ChartPicture(chart([series])).drawn() == one)
  }

  /// Whatever is to be drawn, there is a picture.
  @Test(
    arguments: [
      [], [.nan], [.infinity, -.infinity], [1, .nan, 2], [1e308, -1e308], [0, 0, 0], [.leastNonzeroMagnitude, 1e300],
      (0..<3000).map { Double($0 % 17) },
    ] as [[Double]])
  func everythingCanBeDrawn(_ values: [Double]) {
    for mark in [Chart.Mark.line, .points, .guide] {
      var series = Chart.Series("a\u{0}b\n", values: values)
      series.mark = mark
      let image = ChartPicture(chart([[series]], title: "日本\u{7}")).drawn()
      #expect(image.bytes.count == image.width * image.height * 3)
    }
    #expect(ChartPicture(chart([])).drawn().height > 0)
  }
}
