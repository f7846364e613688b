import ConvoKerasProgram
import ConvoKernel
import ConvoOutput
import ConvoSchema

/// `keras`: shows the session as a program for Keras.
struct Keras: Command {
  static let stage = CourseStage.notebook

  static let schema = Schema(
    "keras",
    summary: "Shows what the session did so far as a Python program that does the same with Keras",
    details: """
      The program has what succeeded, in the same order, and only the options that differ from Keras's defaults. It runs \
      with Keras 3 and TensorFlow in the directory in which convo was started. Its numbers are close to convo's but not \
      the same, because Keras draws its first weights and its orders of the images from other random numbers.

      What Keras has no counterpart for is left out, such as summary explain. export writes the program to a file.
      """,
    examples: [
      Example(
        "keras", "the notes' last layer, in Python",
        after: ["new model input=8x8x3", "add flatten", "add dense 1 activation=sigmoid"])
    ])

  init(_ arguments: Arguments) throws(ArgumentError) {}

  func run(in context: CommandContext) async throws -> [SessionChange] {
    let program = context.state.program
    guard !program.isEmpty else {
      throw CommandError(
        .notReady, "the session has done nothing yet that Keras could do",
        help: "begin with load generator or new model")
    }
    // The last line break would show as an empty line.
    context.emit(.text(StyledText(String(program.text.dropLast()), .code, mayWrap: false)))
    return []
  }
}
