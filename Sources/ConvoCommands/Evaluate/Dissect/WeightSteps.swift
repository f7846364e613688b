import ConvoKernel
import ConvoLanguage
import ConvoOutput
import ConvoTraining

/// `dissect weight`: what moving one weight in small steps does to loss and accuracy.
struct WeightSteps {
  /// On either side of where the weight is.
  private static let steps = 20

  private let move: LastLayerMove
  private let images: Int
  /// How far the weight is moved at each place.
  private let moves: [Double]
  private let measured: [(loss: Double, accuracy: Double)]

  init(_ logits: Logits, _ move: LastLayerMove) {
    self.move = move
    images = logits.count
    let reach = Self.reach(logits, move.direction)
    moves = (-Self.steps...Self.steps).map { reach * Double($0) / Double(Self.steps) }
    measured = moves.map { logits.measured(shift: $0, along: move.direction) }
  }

  /// Far enough for about ten images to change sides, a quarter of them at the most, so that most steps change none.
  private static func reach(_ logits: Logits, _ direction: [Float]?) -> Double {
    let places = (0..<logits.count).map { abs(logits.margin($0) / Double(direction?[$0] ?? 1)) }
      .filter(\.isFinite).sorted()
    let index = min(10, max(1, logits.count / 4)) - 1
    return max(0.05, 1.02 * (places.indices.contains(index) ? places[index] : 1))
  }

  func tell(_ context: CommandContext) -> [String: ExpressionValue] {
    let (losses, accuracies) = (measured.map(\.loss), measured.map(\.accuracy))
    let (lossValues, accuracyValues) = (Set(losses).count, Set(accuracies).count)
    context.emit(.chart(chart))
    context.say(
      """
      \(move.name) is \(NumberText.metric(Double(move.value))). It is moved in \(2 * Self.steps) steps of \
      \(NumberText.metric(moves[Self.steps + 1])), and everything else stays as it is.
      """)
    context.say(lossSentence(lossValues))
    context.say(accuracySentence(accuracies, values: accuracyValues))
    return [
      "loss": .series(losses), "accuracy": .series(accuracies), "loss_values": .number(Double(lossValues)),
      "accuracy_values": .number(Double(accuracyValues)),
    ]
  }

  /// The accuracy as points: between two of them there is a step, and no slope.
  private var chart: Chart {
    func panel(_ name: String, _ values: [Double], _ mark: Chart.Mark) -> Chart.Panel {
      Chart.Panel(
        vertical: ChartAxis(name),
        series: [Chart.Series(name, zip(moves, values).map { Chart.Point($0, $1) }, mark: mark)])
    }
    return Chart(
      title: "Loss and accuracy while \(move.name) is moved", horizontal: ChartAxis("moved by"),
      panels: [
        panel("loss", measured.map(\.loss), .line), panel("accuracy", measured.map(\.accuracy), .points),
      ])
  }

  private func lossSentence(_ values: Int) -> String {
    let centre = Self.steps
    guard values > 1 else {
      return "The loss is the same in all \(moves.count) places: whatever this weight is, no answer depends on it."
    }
    let slope = (measured[centre + 1].loss - measured[centre - 1].loss) / (moves[centre + 1] - moves[centre - 1])
    let all = values == moves.count ? "one for each, so" : "so"
    return """
      The loss has \(values) different values in \(moves.count) places: \(all) it has a slope, here \
      \(NumberText.metric(slope)), and training knows which way is down.
      """
  }

  private func accuracySentence(_ accuracies: [Double], values: Int) -> String {
    let still = zip(accuracies, accuracies.dropFirst()).count { $0 == $1 }
    guard values > 1 else {
      return "The accuracy is \(NumberText.metric(accuracies[0])) in all of them: it does not say which way to go."
    }
    return """
      The accuracy has \(values): it is a staircase. \(still) of the \(2 * Self.steps) steps leave it as it is, and there \
      its slope is 0, which says nothing about which way to go.
      """
  }
}
