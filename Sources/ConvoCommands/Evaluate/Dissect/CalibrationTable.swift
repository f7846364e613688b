import ConvoKernel
import ConvoLanguage
import ConvoOutput
import ConvoTraining

/// `dissect calibration`: how sure the model says it is, against how often it is right.
struct CalibrationTable {
  private let calibration: Calibration

  init(_ answers: Answers) throws(CommandError) {
    guard answers.areProbabilities else {
      throw CommandError(
        .mismatch, "the outputs of this model are not meant as probabilities",
        help: "end it in a sigmoid or a softmax", parameter: "what")
    }
    calibration = Calibration(answers)
    guard calibration.images > 0 else {
      throw CommandError(.data, "no answer of the model is a number", help: "reset, and train it anew")
    }
  }

  func tell(_ context: CommandContext) -> [String: ExpressionValue] {
    let bins = calibration.bins
    context.emit(
      .table(
        Table(
          title: "How sure the answers are, and how many are right",
          columns: ["probability", "images", "says on average", "right", "difference"].map { .init($0, .right) },
          rows: bins.map { bin in
            [
              "\(NumberText.fixed(bin.lower, 1)) to \(NumberText.fixed(bin.upper, 1))", NumberText.grouped(bin.images),
              NumberText.fixed(bin.confidence, 4), NumberText.fixed(bin.accuracy, 4),
              NumberText.fixed(bin.confidence - bin.accuracy, 4),
            ]
          })))
    context.emit(.chart(chart))
    context.say(balance)
    let terms = bins.map {
      "\(NumberText.grouped($0.images)) / \(NumberText.grouped(calibration.images)) × "
        + NumberText.fixed(abs($0.confidence - $0.accuracy), 4)
    }
    context.say(
      """
      The expected calibration error is the difference, whatever its sign, averaged over all images: \
      \(terms.joined(separator: " + ")) = \(NumberText.fixed(calibration.error, 4)) (Guo et al., 2017).
      """)
    return [
      "confidence": .series(bins.map(\.confidence)), "accuracy": .series(bins.map(\.accuracy)),
      "images": .series(bins.map { Double($0.images) }), "error": .number(calibration.error),
    ]
  }

  /// Above the diagonal the model keeps more than it says, below it less.
  private var chart: Chart {
    let whole = ChartAxis("", range: 0...1)
    var (horizontal, vertical) = (whole, whole)
    horizontal.title = "says on average"
    vertical.title = "right"
    let points = calibration.bins.map { Chart.Point($0.confidence, $0.accuracy) }
    return Chart(
      title: "", horizontal: horizontal,
      panels: [
        Chart.Panel(
          vertical: vertical,
          series: [
            Chart.Series("keeps what it says", [Chart.Point(0, 0), Chart.Point(1, 1)], mark: .guide),
            Chart.Series("answers of a bin", points, mark: .points),
          ])
      ])
  }

  private var balance: String {
    let (says, keeps) = (calibration.confidence, calibration.accuracy)
    let numbers =
      "On average the model is \(NumberText.fixed(says, 4)) sure, and \(NumberText.fixed(keeps, 4)) of its answers are right"
    if says - keeps > 0.005 {
      return
        "\(numbers): it is overconfident, and each confident mistake costs much loss and no more accuracy than another."
    }
    if keeps - says > 0.005 { return "\(numbers): it is underconfident, and keeps more than it says." }
    return "\(numbers): over all images it says about what it keeps."
  }
}
