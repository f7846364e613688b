import ConvoData
import ConvoKernel
import ConvoLanguage
import ConvoNetwork
import ConvoOutput
import ConvoTraining

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#endif

/// `dissect images`: confidently right, barely right, barely wrong, confidently wrong, as far as there are such images.
struct TellingImages {
  private struct Pick {
    var name: String
    var answer: Answer
    var isRight: Bool
  }

  private let answers: Answers
  private let picks: [Pick]

  init(_ answers: Answers) {
    self.answers = answers
    let sure = answers.answers.filter { $0.probabilityOfTruth.isFinite && $0.loss.isFinite }
      .sorted { ($1.probabilityOfTruth, $0.sample) < ($0.probabilityOfTruth, $1.sample) }
    let (right, wrong) = (sure.filter { answers.isRight($0) }, sure.filter { !answers.isRight($0) })
    picks =
      Self.ends(of: right, ["confidently right", "barely right"], isRight: true)
      + Self.ends(of: wrong, ["barely wrong", "confidently wrong"], isRight: false)
  }

  /// The first and the last one.
  private static func ends(of answers: [Answer], _ names: [String], isRight: Bool) -> [Pick] {
    guard let first = answers.first, let last = answers.last else { return [] }
    if answers.count == 1 { return [Pick(name: isRight ? "right" : "wrong", answer: first, isRight: isRight)] }
    return zip(names, [first, last]).map { Pick(name: $0, answer: $1, isRight: isRight) }
  }

  func tell(_ question: AnswerQuestion, _ context: CommandContext) throws(CommandError) -> [String: ExpressionValue] {
    guard !picks.isEmpty else {
      throw CommandError(
        .data, "no answer of \(question.trained.model.name) is a number", help: "reset, and train it anew")
    }
    let title = picks.count == 1 ? "One telling image" : "\(picks.count) telling images"
    context.emit(.table(table(title: "\(title) of \(question.generator.name)")))
    try AnswerPictures(
      generator: question.generator,
      entries: picks.map {
        .init(
          sample: $0.answer.sample, label: $0.name, detail: "loss \(NumberText.metric($0.answer.loss))")
      }
    ).show(context, saving: nil)
    for sentence in [formula, means, lesson].compactMap({ $0 }) { context.say(sentence) }
    return [
      "probability": .series(picks.map { answers.shownProbability(of: $0.answer) }),
      "loss": .series(picks.map(\.answer.loss)), "right": .series(picks.map { $0.isRight ? 1 : 0 }),
      "mean_loss": .number(meanLoss), "accuracy": .number(accuracy),
    ]
  }

  private func table(title: String) -> Table {
    Table(
      title: title,
      columns: [
        .init(""), .init("file"), .init("truth"), .init(answers.probabilityTitle, .right), .init("loss", .right),
        .init("right", .right),
      ],
      rows: picks.map { pick in
        [
          pick.name, FileNameText.oneLine(pick.answer.file), answers.name(pick.answer.truth),
          NumberText.metric(answers.shownProbability(of: pick.answer)), NumberText.metric(pick.answer.loss),
          pick.isRight ? "1" : "0",
        ]
      })
  }

  private var meanLoss: Double { picks.reduce(0) { $0 + $1.answer.loss } / Double(picks.count) }
  private var right: Int { picks.count { $0.isRight } }
  private var accuracy: Double { Double(right) / Double(picks.count) }

  /// The formula with the numbers of the image on which it can be followed best; `nil` where the loss is another one.
  private var formula: String? {
    let followed = picks.filter {
      let expected = -log($0.answer.probabilityOfTruth)
      return expected.isFinite && abs(expected - $0.answer.loss) <= 1e-4 * max(1, expected)
    }
    guard followed.count == picks.count, let pick = followed.max(by: { $0.answer.loss < $1.answer.loss }) else {
      return nil
    }
    let probability = pick.answer.probabilityOfTruth
    let truth = answers.name(pick.answer.truth)
    let given =
      answers.hasOneOutput && pick.answer.truth == 0
      ? "1 - \(NumberText.metric(answers.shownProbability(of: pick.answer))) = \(NumberText.metric(probability))"
      : NumberText.metric(probability)
    return """
      The loss of an image is -log of the probability that the model gave to its class. \
      \(AnswerPictures.name(of: pick.answer.file)) is of class \(truth), which got \(given), and \
      -log(\(NumberText.metric(probability))) = \(NumberText.metric(pick.answer.loss)).
      """
  }

  private var means: String {
    let losses = picks.map { NumberText.metric($0.answer.loss) }.joined(separator: " + ")
    return picks.count == 1
      ? "Of one image alone the mean loss is its loss, \(losses), and the accuracy is \(right)."
      : """
      Their mean loss is (\(losses)) / \(picks.count) = \(NumberText.metric(meanLoss)). Their accuracy is \(right) right \
      of \(picks.count) = \(NumberText.metric(accuracy)).
      """
  }

  private var lesson: String {
    let wrong = picks.filter { !$0.isRight }
    let rights = picks.filter(\.isRight)
    if wrong.count == 2, wrong[0].answer.loss > 0, wrong[1].answer.loss > wrong[0].answer.loss {
      let ratio = wrong[1].answer.loss / wrong[0].answer.loss
      return """
        Accuracy counts both wrong answers the same. In the loss the confident one weighs \
        \(NumberText.fixed(ratio, ratio < 10 ? 1 : 0)) times as much as the other.
        """
    }
    if wrong.isEmpty, rights.count == 2 {
      return """
        No answer to the \(NumberText.images(answers.count)) is wrong, so the accuracy is 1 and can't rise any more. The \
        loss still tells the two right answers apart: \(NumberText.metric(rights[0].answer.loss)) and \
        \(NumberText.metric(rights[1].answer.loss)).
        """
    }
    if rights.isEmpty {
      return
        "No answer to the \(NumberText.images(answers.count)) is right, so the accuracy is 0; the loss says how far from right they are."
    }
    return "Accuracy asks on which side an answer is; the loss asks how much of the probability the truth got."
  }
}
