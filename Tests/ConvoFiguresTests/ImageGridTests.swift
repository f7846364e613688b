import ConvoImages
import Testing

@testable import ConvoFigures

@Suite struct ImageGridTests {
  private func image(_ height: Int, _ width: Int, _ color: [UInt8]) -> PixelImage {
    PixelImage(
      height: height, width: width, channels: color.count,
      bytes: (0..<(height * width)).flatMap { _ in color })
  }

  private func cell(_ image: PixelImage, _ label: String = "", _ detail: String = "") -> ImageGrid.Cell {
    ImageGrid.Cell(image: image, label: label, detail: detail)
  }

  /// The pixels of a part of a sheet.
  private func part(_ sheet: PixelImage, row: Int, column: Int, _ height: Int, _ width: Int) -> [UInt8] {
    (row..<(row + height)).flatMap { y -> ArraySlice<UInt8> in
      let start = (y * sheet.width + column) * 3
      return sheet.bytes[start..<(start + width * 3)]
    }
  }

  /// Pictures of a usual size are put there byte for byte.
  @Test func picturesAreNotChanged() {
    var state: UInt8 = 7
    let bytes = (0..<(100 * 120 * 3)).map { _ in
      state = state &* 13 &+ 5
      return state
    }
    let picture = PixelImage(height: 100, width: 120, channels: 3, bytes: bytes)
    let sheet = ImageGrid([cell(picture), cell(image(100, 120, [1, 2, 3])), cell(picture)], columns: 2).drawn()
    // A gap of 10 around, and 33 for each label.
    #expect(sheet.height == 10 + 2 * (100 + 33 + 10))
    #expect(sheet.width == 10 + 2 * (120 + 10))
    #expect(part(sheet, row: 10, column: 10, 100, 120) == bytes)
    #expect(part(sheet, row: 10, column: 140, 100, 120) == image(100, 120, [1, 2, 3]).bytes)
    #expect(part(sheet, row: 153, column: 10, 100, 120) == bytes)
    #expect(part(sheet, row: 153, column: 140, 100, 120).allSatisfy { $0 == 255 })
  }

  /// 28x28 is enlarged three times, pixel by pixel, and stands in the middle of its cell.
  @Test func smallPicturesAreEnlarged() {
    let picture = PixelImage(height: 28, width: 28, channels: 1, bytes: (0..<784).map { UInt8($0 % 251) })
    let sheet = ImageGrid([cell(picture)], columns: 1).drawn()
    #expect(sheet.height == 10 + 84 + 33 + 10)
    #expect(sheet.width == 10 + 96 + 10)
    let enlarged = part(sheet, row: 10, column: 16, 84, 84)
    for row in 0..<84 {
      for column in 0..<84 {
        let value = picture.bytes[row / 3 * 28 + column / 3]
        let place = (row * 84 + column) * 3
        #expect(Array(enlarged[place..<(place + 3)]) == [value, value, value])
      }
    }
  }

  @Test func sheetsHaveALargestSide() {
    let large = image(900, 1200, [9, 9, 9])
    let sheet = ImageGrid(Array(repeating: cell(large), count: 16), columns: 4).drawn()
    #expect(max(sheet.height, sheet.width) <= ImageGrid.largestSide)
    #expect(sheet.width > ImageGrid.largestSide * 3 / 4)
    let long = ImageGrid([cell(image(1, 60_000, [9]))], columns: 1).drawn()
    #expect(long.width <= ImageGrid.largestSide)
  }

  @Test func transparencyShowsThePaper() {
    let sheet = ImageGrid([cell(image(96, 96, [0, 100, 255, 51]))], columns: 1).drawn()
    // A fifth of the colour over white: 255 − (255 − value) / 5.
    #expect(part(sheet, row: 10, column: 10, 1, 1) == [204, 224, 255])
  }

  /// Ink stands below the picture and nowhere else; a longer label leaves less paper white, and none leaves its cell.
  @Test func labelsStandBelow() {
    let white = image(96, 96, [255, 255, 255])
    func ink(_ label: String, _ detail: String) -> [Int] {
      let sheet = ImageGrid([cell(white, label, detail)], columns: 1).drawn()
      return sheet.bytes.indices.filter { sheet.bytes[$0] < 255 }.map { $0 / 3 }
    }
    let width = 116
    let long = "a very long name of a file that does not fit below its picture\n\u{7}.png"
    for places in [ink("horses", "horse001.png"), ink(long, long), ink("ü 馬", "")] {
      guard !places.isEmpty else { continue }  // a system without fonts
      #expect(places.allSatisfy { $0 / width >= 10 + 96 && $0 / width < 10 + 96 + 33 })
      #expect(places.allSatisfy { $0 % width >= 8 && $0 % width < width - 8 })
    }
    #expect(ink("", "").isEmpty)
  }
}
