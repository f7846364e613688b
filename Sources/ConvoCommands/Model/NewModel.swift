import ConvoKerasProgram
import ConvoKernel
import ConvoNetwork
import ConvoOutput
import ConvoSchema
import ConvoTensor

/// `new model`: begins a model.
struct NewModel: Command {
  static let stage = CourseStage.model

  static let schema = Schema(
    "new model",
    summary: "Begins a model: a row of layers, empty at first",
    details: """
      input is the size of one image: height x width x channels. The notes' 300x300x3 are pictures of 300 by 300 \
      pixels with three bytes of colour each. The new model becomes the one that add, compile and fit speak of.
      """,
    parameters: [
      Parameter("name", .newName, .positional, .optional, help: "What to call it; sequential where not given"),
      Parameter(
        "input", .either([.size(sides: 1...1), .size(sides: 3...3)]), .named, .required,
        help: "Height x width x channels of one image"),
    ],
    examples: [
      Example("new model input=300x300x3", "the model of the notes"),
      Example("new model small input=64x64x3", "a second model, with a name"),
    ],
    keras: "model = keras.Sequential([keras.Input(shape=(300, 300, 3))])")

  let name: String?
  let input: Shape

  init(_ arguments: Arguments) throws(ArgumentError) {
    name = try arguments.textIfGiven("name")
    input = Shape(try arguments.size("input"))
    guard let count = input.count, count <= Model.largestParameterCount else {
      throw ArgumentError(
        parameter: "input", problem: "an image of \(input) is too large",
        help: "an image can have \(Model.largestParameterCount) values at the most")
    }
  }

  func run(in context: CommandContext) async throws -> [SessionChange] {
    let taken = context.state.models.map(\.model.name)
    if let name, let old = context.state.model(named: name), old.learned != nil {
      throw CommandError(
        .badValue, "the model '\(name)' has been trained already", help: "choose another name, and nothing is lost",
        parameter: "name")
    }
    let free = name ?? (["sequential"] + (1...taken.count + 1).map { "sequential_\($0)" }).first { !taken.contains($0) }
    let model = Model(name: free ?? "sequential", inputShape: input)
    context.say("model \(model.name): input \(input)", .faint)
    return [.setModel(TrainedModel(model))]
  }
}

extension NewModel: KerasWriting {
  func write(to program: inout KerasProgram, _ run: CommandRun) {
    guard let model = run.after.activeModel?.model else { return }
    program.beginModel(model.name, input: model.inputShape.sides)
  }
}
