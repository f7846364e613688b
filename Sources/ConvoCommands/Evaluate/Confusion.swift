import ConvoData
import ConvoKernel
import ConvoLanguage
import ConvoNetwork
import ConvoOutput
import ConvoSchema
import ConvoTraining

/// `confusion`: counts which class is taken for which.
struct Confusion: Command {
  static let stage = CourseStage.evaluate

  static let schema = Schema(
    "confusion",
    summary: "Counts which class the model takes for which",
    details: """
      A row for each class that images are of, a column for each class that they are taken for: what is right stands on \
      the diagonal. With two classes, class 1 is the positive one: a false positive is an image of class 0 that is taken \
      for class 1.

      threshold moves the line between two classes: a higher one makes fewer false positives and more false negatives. \
      The accuracy changes with it; the loss does not.

      print knows confusion.accuracy, .right and .wrong; of two classes .true_positives, .false_positives, \
      .true_negatives and .false_negatives as well.
      """,
    parameters: [AnswerParameters.generator, AnswerParameters.threshold],
    examples: [
      Example("confusion validation", "which class is taken for which", after: ExampleSetUp.trainedModel),
      Example(
        "confusion validation threshold=0.9", "class 1 only where the model is quite sure",
        after: ExampleSetUp.trainedModel),
    ],
    keras: "numpy.bincount(2 * labels + (model.predict(images)[:, 0] > 0.5), minlength=4).reshape((2, 2))")

  let generator: String
  let threshold: Double

  init(_ arguments: Arguments) throws(ArgumentError) {
    generator = try arguments.text("generator")
    threshold = try arguments.number("threshold")
  }

  func run(in context: CommandContext) async throws -> [SessionChange] {
    let trained = try context.activeModel()
    let generator = try context.generator(generator, parameter: "generator")
    let question = AnswerQuestion(trained, generator, in: context)
    let answers = try await context.onOwnThread { try question.answers(context) }
    try answers.check(threshold: threshold)
    let counts = answers.confusion(threshold: threshold)
    context.emit(.table(Self.table(counts, answers, title: "\(trained.model.name) on \(generator.name)")))
    let right = counts.indices.reduce(0) { $0 + counts[$1][$1] }
    context.say("Rows are what the images are, columns what they are taken for.", .faint)
    let share = NumberText.metric(Double(right) / Double(answers.count))
    context.say(
      "\(NumberText.grouped(right)) of \(NumberText.images(answers.count)) are right: \(right) / \(answers.count) = \(share)"
        + (threshold == 0.5 ? "" : ", with threshold=\(Value.number(threshold))"))
    var results: [String: ExpressionValue] = [
      "accuracy": .number(answers.accuracy(threshold: threshold)), "right": .number(Double(right)),
      "wrong": .number(Double(answers.count - right)),
    ]
    if counts.count == 2 {
      let names = [["true_negatives", "false_positives"], ["false_negatives", "true_positives"]]
      for (truth, row) in counts.enumerated() {
        for (choice, count) in row.enumerated() { results[names[truth][choice]] = .number(Double(count)) }
      }
      context.say(Self.sentence(counts, answers))
    }
    return [.setResults(of: "confusion", results)]
  }

  private static func table(_ counts: [[Int]], _ answers: Answers, title: String) -> Table {
    Table(
      title: "Confusion of \(title)",
      columns: [.init("")] + counts.indices.map { .init("taken for " + answers.name($0), .right) }
        + [.init("right", .right)],
      rows: counts.enumerated().map { truth, row in
        let all = row.reduce(0, +)
        let right = all == 0 ? "–" : NumberText.fixed(100 * Double(row[truth]) / Double(all), 1) + " %"
        return ["is " + answers.name(truth)] + row.map(NumberText.grouped) + [right]
      })
  }

  private static func sentence(_ counts: [[Int]], _ answers: Answers) -> String {
    let (positive, negative) = (answers.name(1), answers.name(0))
    return """
      With \(positive) as the positive class: \(counts[1][1]) true positives, \(counts[0][1]) false positives \
      (\(negative) taken for \(positive)), \(counts[0][0]) true negatives, \(counts[1][0]) false negatives \
      (\(positive) taken for \(negative)).
      """
  }
}
