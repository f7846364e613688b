import ConvoOutput
import Testing

@testable import ConvoTerminal

/// Charts in characters.
@Suite struct ChartRenderingTests {
  private func chart(_ panels: [(String, [Chart.Series])], title: String = "") -> Chart {
    Chart(
      title: title, horizontal: ChartAxis("epoch", isWhole: true),
      panels: panels.map { Chart.Panel(vertical: ChartAxis($0.0), series: $0.1) })
  }

  private func text(_ chart: Chart, _ width: Int, _ symbols: ChartSymbols = .unicode) -> String {
    chart.lines(width: width, symbols: symbols).map(\.text).joined(separator: "\n")
  }

  private let history = [
    (
      "loss",
      [Chart.Series("training", values: [0.8, 0.4, 0.2]), Chart.Series("validation", values: [0.7, 0.6, 0.8])]
    ),
    ("accuracy", [Chart.Series("training", values: [0.5, 0.75, 1])]),
  ]

  @Test func twoPanelsWithLinesAndPoints() {
    #expect(
      text(chart(history, title: "History of model"), 40) == """
        History of model
        loss   ● training   ○ validation
        0.8 ┤●⠢⢄                          ⣀ ⠠⠒⠂○
            │○⠒ ⠩⠶⢄⡀⣀⣀             ⣀ ⠠⠔⠂ ⠉
        0.6 ┤      ⠈⠑⠤⣀⠈⠉⠁ ⠒⠒ ○⠔⠂ ⠉
            │          ⠑⠢⢄
            │             ⠉⠒⢄⡀
        0.4 ┤                ⠈●⠢⠤⢄⣀
            │                      ⠉⠑⠒⠢⠤⣀⣀
        0.2 ┤                             ⠉⠑⠒⠤⠤●
            └┬────────────────┬────────────────┬
             1                2                3

        accuracy   ● training
        1.0 ┤                              ⣀⡠⠤⠒●
            │                         ⣀⠤⠔⠒⠉
        0.8 ┤                   ⢀⣀⠤⠔⠊⠉
            │              ⢀⡠⠤●⠊⠁
            │         ⣀⡠⠔⠒⠉⠁
        0.6 ┤   ⢀⣀⠤⠔⠊⠉
            │●⠒⠊⠁
        0.4 ┤
            └┬────────────────┬────────────────┬
             1                2                3
                            epoch
        """)
  }

  @Test func lettersWhereThereIsNothingElse() {
    #expect(
      text(chart(history), 40, .ascii) == """
        loss   * training   o validation
        0.8 +**                            ooooo
            |ooooooooo             oooooooo
        0.6 +      ***ooooooooooooo
            |         ***
            |            ****
        0.4 +                ******
            |                      ********
        0.2 +                              *****
            ++----------------+----------------+
             1                2                3

        accuracy   * training
        1.0 +                                ***
            |                          ******
        0.8 +                    ******
            |               *****
            |         ******
        0.6 +   ******
            |***
        0.4 +
            ++----------------+----------------+
             1                2                3
                            epoch
        """)
  }

  /// Only letters of ASCII, whatever is drawn.
  @Test func asciiIsAscii() {
    var series = Chart.Series("guide", values: [0, 1])
    series.mark = .guide
    let text = text(chart([("a", [series, Chart.Series("b", values: (0..<500).map { Double($0 % 7) })])]), 70, .ascii)
    #expect(text.utf8.allSatisfy { $0 < 128 })
    #expect(text.contains("."))
  }

  /// Where points would run into one another, the lines themselves differ: one is whole, one has gaps.
  @Test func manyEpochsAreTwoKindsOfLines() {
    let flat = [
      Chart.Series("training", values: Array(repeating: 1, count: 200)),
      Chart.Series("validation", values: Array(repeating: 2, count: 200)),
    ]
    let lines = chart([("loss", flat)]).lines(width: 60, symbols: .unicode).map(\.text)
    #expect(lines[0] == "loss   ── training   ╌╌ validation")
    let drawn = lines.filter { $0.contains { ("\u{2801}"..."\u{28FF}").contains($0) } }
    #expect(drawn.count == 2)
    let blanks = drawn.map { line in line.drop { $0 != "┤" && $0 != "│" }.dropFirst().filter { $0 == " " }.count }
    #expect(blanks[0] > 0 && blanks[1] == 0)
  }

  /// Lines never get wider than the terminal.
  @Test(arguments: [20, 27, 40, 79, 100])
  func theWidthIsKept(_ width: Int) {
    for symbols in [ChartSymbols.unicode, .ascii] {
      for values in [[0.5], [1, 2], (0..<300).map { Double($0 * $0) }, [1e-9, 1e9], [-1.25e300, 3e300]] {
        let chart = chart([("loss", [Chart.Series("training", values: values), .init("validation", values: [1])])])
        #expect(chart.lines(width: width, symbols: symbols).allSatisfy { $0.width <= width })
      }
    }
  }

  @Test func withoutRoomThereIsATable() {
    let text = text(chart(history), 15)
    #expect(text.contains("epoch: 3"))
    #expect(!text.contains("●"))
  }

  @Test func whatIsNoNumberIsSaid() {
    let gaps = chart([("loss", [Chart.Series("training", values: [1, .nan, 2, .infinity])])])
    let lines = gaps.lines(width: 70, symbols: .unicode).map(\.text)
    #expect(lines.last == "2 of 4 values are not finite numbers and can't be drawn: training")
    let none = chart([("loss", [Chart.Series("training", values: [.nan])])])
    #expect(
      text(none, 70) == """
        loss
          no value can be drawn
        1 of 1 value is not a finite number and can't be drawn: training
        """)
    #expect(gaps.table.rows.map { $0[1] } == ["1.0000", "nan", "2.0000", "inf"])
  }

  /// Rows where any series has a point, and as many as the one with the most points there.
  @Test func tablesHaveAllPoints() {
    let chart = Chart(
      title: "t", horizontal: ChartAxis("x"),
      panels: [
        Chart.Panel(
          vertical: ChartAxis("y"),
          series: [
            Chart.Series("a", [.init(0.5, 1), .init(0.5, 2), .init(2, 3)], mark: .points),
            Chart.Series("b", [.init(1, 4), .init(0.5, 5)]),
          ])
      ])
    #expect(chart.table.columns.map(\.title) == ["x", "a", "b"])
    #expect(
      chart.table.rows == [
        ["0.5", "1.0000", "5.0000"], ["0.5", "2.0000", ""], ["1", "", "4.0000"], ["2", "3.0000", ""],
      ])
  }

  @Test func facesShowChartsInTheirWays() {
    let sink = MemorySink()
    JSONFace(output: sink).show(OutputEvent(cell: 2, .chart(chart([history[1]], title: "t"))))
    #expect(
      sink.text == #"{"event":"table","cell":2,"title":"t","columns":["epoch","training"],"rows":[["1","0.5000"],"#
        + #"["2","0.7500"],["3","1.0000"]]}"# + "\n")
    let plain = MemorySink(columns: 60)
    PlainFace(output: plain).show(OutputEvent(cell: 2, .chart(chart(history))))
    #expect(plain.text.hasPrefix("loss ") && plain.text.contains("epoch"))
    #expect(!plain.text.contains("\u{1B}"))
    let terminal = MemorySink(columns: 60)
    TerminalFace(output: terminal, hasColors: true, hasErrorColors: true, environment: [])
      .show(OutputEvent(cell: 2, .chart(chart(history))))
    #expect(terminal.text.contains("\u{1B}[34m") && terminal.text.contains("\u{1B}[33m"))
  }
}
