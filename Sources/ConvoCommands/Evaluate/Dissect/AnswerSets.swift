import ConvoKernel
import ConvoLanguage
import ConvoOutput
import ConvoTraining

/// `dissect sets`: the same accuracy with another loss, and the same loss with another accuracy.
struct AnswerSets {
  private let logits: Logits
  private let own: Logits.Variant
  private let bolder: Logits.Variant?
  private let shifted: (variant: Logits.Variant, hasSameLoss: Bool)?

  init(_ logits: Logits) {
    self.logits = logits
    own = logits.variant()
    bolder = logits.bolder()
    shifted = logits.shifted()
  }

  func tell(_ context: CommandContext) -> [String: ExpressionValue] {
    let sets = [own, bolder ?? own, shifted?.variant ?? own]
    let names = ["as they are", (bolder?.factor ?? 3) > 1 ? "bolder" : "less sure", "shifted"]
    context.emit(
      .table(
        Table(
          title: "Three sets of answers to \(NumberText.images(logits.count))",
          columns: [.init("answers"), .init("made by"), .init("accuracy", .right), .init("loss", .right)],
          rows: zip(names, sets).map { name, set in
            [
              name, set == own ? "the model" : Self.recipe(set), NumberText.metric(set.accuracy),
              NumberText.metric(set.loss),
            ]
          })))
    context.say(
      "z is what the last layer computes before its \(logits.width == 1 ? "sigmoid" : "softmax"); "
        + (logits.width == 1
          ? "above 0 means class 1." : "the largest one decides, and the last class is the one that is moved."),
      .faint)
    context.say(sameAccuracy)
    context.say(sameLoss)
    if bolder != nil, shifted?.hasSameLoss == true {
      context.say(
        "So neither number follows from the other: accuracy counts sides, loss weighs how sure each answer is.")
    }
    return ["accuracy": .series(sets.map(\.accuracy)), "loss": .series(sets.map(\.loss))]
  }

  private static func recipe(_ set: Logits.Variant) -> String {
    let factor = NumberText.fixed(set.factor, set.factor < 0.1 ? 4 : 2)
    guard set.shift != 0 else {
      return "\(factor) × z" + (set.pushed > 0 ? ", \(set.pushed) pushed over the line" : "")
    }
    let shift = NumberText.metric(abs(set.shift))
    return "\(factor) × (z \(set.shift < 0 ? "-" : "+") \(shift))"
  }

  private var sameAccuracy: String {
    guard let bolder else {
      return
        "No answer gets surer or less sure by a factor: the model says the same of every image, and is not sure of any."
    }
    let (from, to) = (NumberText.metric(own.loss), NumberText.metric(bolder.loss))
    let change = bolder.loss > own.loss ? "rises" : "falls"
    return """
      \(bolder.factor > 1 ? "Bolder" : "Less sure") answers: every decision stays, so the accuracy stays \
      \(NumberText.metric(own.accuracy)), and the loss \(change) from \(from) to \(to), since \(reason(for: bolder)).
      """
  }

  private func reason(for bolder: Logits.Variant) -> String {
    if bolder.factor < 1 || logits.isSmoothed { return "every answer costs something else than before" }
    if own.accuracy == 1 { return "every answer is right, and a surer one costs less" }
    if own.accuracy == 0 { return "every answer is wrong, and a surer one costs more" }
    return bolder.loss > own.loss
      ? "the mistakes cost more than the right answers save" : "the right answers save more than the mistakes cost"
  }

  private var sameLoss: String {
    guard let shifted else {
      return "Nothing changes the accuracy, so there is no third set; its row repeats the first."
    }
    let (accuracy, other) = (NumberText.metric(own.accuracy), NumberText.metric(shifted.variant.accuracy))
    guard shifted.hasSameLoss else {
      let least = 0.693147 / Double(logits.count)
      let reason =
        own.loss < least && !logits.isSmoothed
        ? """
        One wrong answer costs at least log 2 = 0.6931, which is \(NumberText.metric(least)) in the mean of \
        \(NumberText.images(logits.count)), and the model's whole loss is \(NumberText.metric(own.loss))
        """ : "Of the sets with another accuracy that were tried, none has the loss of \(NumberText.metric(own.loss))"
      return "\(reason). The nearest set has accuracy \(other) and loss \(NumberText.metric(shifted.variant.loss))."
    }
    let pushed = shifted.variant.pushed == 1 ? "the one" : "the \(shifted.variant.pushed)"
    let change =
      shifted.variant.pushed == 0
      ? "some change sides"
      : own.accuracy == 1
        ? "\(pushed) that was right by the least is pushed just over the line"
        : "\(pushed) that \(shifted.variant.pushed == 1 ? "was" : "were") wrong by the least \(shifted.variant.pushed == 1 ? "is" : "are") pushed just over the line"
    return """
      Shifted answers: \(change), so the accuracy goes from \(accuracy) to \(other), and a factor that makes all \
      \(shifted.variant.factor > 1 ? "surer" : "less sure") brings the loss back to \
      \(NumberText.metric(shifted.variant.loss)).
      """
  }
}
