import ConvoKernel
import ConvoLanguage
import ConvoOutput
import ConvoTraining

/// `dissect threshold`: accuracy at nine thresholds.
struct ThresholdSteps {
  private let answers: Answers
  private let thresholds = (1...9).map { Double($0) / 10 }

  init(_ answers: Answers) throws(CommandError) {
    guard answers.hasOneOutput else {
      throw CommandError(
        .mismatch, "a threshold is for a model with one output; here the largest of several outputs decides",
        help: "try dissect calibration, or a model that ends in dense 1 activation=sigmoid", parameter: "what")
    }
    self.answers = answers
  }

  func tell(_ context: CommandContext) -> [String: ExpressionValue] {
    let accuracies = thresholds.map { answers.accuracy(threshold: $0) }
    let loss = NumberText.metric(answers.meanLoss)
    let positive = answers.name(1)
    context.emit(
      .table(
        Table(
          title: "Taken for \(positive) above a threshold",
          columns: ["threshold", "taken for \(positive)", "right", "accuracy", "loss"].map { .init($0, .right) },
          rows: zip(thresholds, accuracies).map { threshold, accuracy in
            let taken = answers.answers.count { answers.choice(of: $0, threshold: threshold) == 1 }
            return [
              NumberText.fixed(threshold, 1), NumberText.grouped(taken),
              NumberText.grouped(Int((accuracy * Double(answers.count)).rounded())), NumberText.metric(accuracy), loss,
            ]
          })))
    context.say(
      "The loss is \(loss) in every row: it is computed from the probabilities, and no threshold changes those.")
    context.say(sentence(accuracies))
    return [
      "threshold": .series(thresholds), "accuracy": .series(accuracies), "loss": .number(answers.meanLoss),
    ]
  }

  private func sentence(_ accuracies: [Double]) -> String {
    let between = answers.answers.count {
      answers.choice(of: $0, threshold: 0.1) != answers.choice(of: $0, threshold: 0.9)
    }
    let movable =
      between == 0
      ? "No probability lies between 0.1 and 0.9, so no image changes sides"
      : "\(NumberText.images(between)) \(between == 1 ? "has" : "have") a probability between 0.1 and 0.9 and can change sides"
    guard let lowest = accuracies.min(), let highest = accuracies.max(), lowest < highest else {
      return "\(movable). The accuracy is \(NumberText.metric(accuracies[0])) at each of these thresholds."
    }
    let best = zip(thresholds, accuracies).filter { $0.1 == highest }.map { NumberText.fixed($0.0, 1) }
    let usual = accuracies[4] == highest ? "" : "; at 0.5 it is \(NumberText.metric(accuracies[4]))"
    return """
      \(movable). The accuracy goes from \(NumberText.metric(lowest)) to \(NumberText.metric(highest)), which it has at \
      \(best.joined(separator: ", "))\(usual).
      """
  }
}
