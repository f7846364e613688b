import ConvoKernel
import ConvoLanguage
import ConvoOutput
import ConvoSchema

/// `print`: answers a question about the session in one value.
struct Print: Command {
  static let stage = CourseStage.learn

  static let schema = Schema(
    "print",
    summary: "Computes with what the session knows: parameters, shapes, losses, accuracies",
    details: """
      An expression has numbers, sizes, names, + - * / **, comparisons (== != < <= > >=), and, or, not; 0.98 ± 0.02 is \
      a number that need not be met exactly. With blanks around its signs it stands in quotes.

      What training measured has a value for each epoch: val_loss is the last, val_loss[3] the third, best(val_loss) \
      the lowest, best(val_accuracy) the highest, best_epoch(val_loss) when that was, fluctuation(accuracy) the average \
      change from epoch to epoch. small.val_loss is that of the model small. evaluation.accuracy is what the last \
      evaluate found.

      """ + SessionFact.allCases.map { "\($0.rawValue): \($0.meaning)" }.joined(separator: "\n\n"),
    parameters: [
      Parameter("expression", .text, .positional, .required, help: "What to compute")
    ],
    examples: [
      Example("print parameters", "how many the model has", after: ExampleSetUp.compiledModel),
      Example(
        "print \"floor(images(train) / batch_size(train))\"", "full batches in a pass", after: ExampleSetUp.generators),
      Example("print \"best(val_loss)\"", "of all epochs", after: ExampleSetUp.trainedModel),
    ])

  let expression: String

  init(_ arguments: Arguments) throws(ArgumentError) {
    expression = try arguments.text("expression")
  }

  func run(in context: CommandContext) async throws -> [SessionChange] {
    do throws(ExpressionError) {
      context.say(Self.text(try context.state.value(of: Expression(expression))))
    } catch {
      throw CommandError(.badValue, error.message, help: error.help, parameter: "expression")
    }
    return []
  }

  private static func text(_ value: ExpressionValue) -> String {
    switch value {
    case .number(let number): text(number)
    case .series(let numbers): "[" + numbers.map(text).joined(separator: " ") + "]"
    case .range, .size, .text, .truth: "\(value)"
    }
  }

  private static func text(_ number: Double) -> String {
    Int(exactly: number).map(String.init) ?? NumberText.short(number)
  }
}
