public import ConvoKernel
public import ConvoSchema

/// `python`: says what of Python runs. `help python` shows the same.
public struct PythonHelp: Command {
  public static let stage = CourseStage.learn

  public static let schema = Schema(
    "python",
    summary: "Says which Python runs in cells, .py files and notebooks",
    details: """
      Imports of tensorflow, keras, numpy, matplotlib and os; ImageDataGenerator and flow_from_directory; Sequential, \
      add, and every layer, optimizer, loss and metric that convo has, by Keras's names; Input, compile, fit, evaluate, \
      predict, summary, save, load_model; EarlyStopping and ReduceLROnPlateau; load_img, img_to_array, expand_dims and \
      vstack; plt.plot and what belongs to it; print, f-strings, arithmetic, if and for.

      A cell is Python or convo as a whole. Models and generators are called by the names of their variables, and both \
      languages see them. What lies outside is refused at its line, before anything runs. convo run --fix FILE mends \
      slips such as an import that is broken over two lines.
      """,
    examples: [Example("python", "what runs")])

  public init(_ arguments: Arguments) throws(ArgumentError) {}

  public func run(in context: CommandContext) async throws -> [SessionChange] {
    for paragraph in Self.schema.details.split(separator: "\n", omittingEmptySubsequences: true) {
      context.say(String(paragraph))
    }
    return []
  }
}
