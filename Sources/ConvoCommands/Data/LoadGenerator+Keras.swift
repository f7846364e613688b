import ConvoData
import ConvoKerasProgram
import ConvoKernel
import ConvoSchema

extension LoadGenerator: KerasWriting {
  func write(to program: inout KerasProgram, _ run: CommandRun) {
    guard let generator = run.after.generator(named: name) else { return }
    if !generator.problems.isEmpty {
      program.remark("convo left out \(generator.problems.count) of these files, at which Keras would stop")
    }
    let preparation = PythonCall("ImageDataGenerator", Self.schema, run.arguments, where: Self.isOfPreparation)
    let directory = PythonLiteral.text(generator.directory)
    var flow = PythonCall("flow", Self.schema, run.arguments, where: Self.isOfFlow)
    flow.arguments.insert(directory, at: 0)
    flow.set("seed", String(generator.options.seed))
    let plain = PythonCall("ImageDataGenerator", Self.schema, run.arguments) { $0.name == "validation_split" }
    let still = PythonCall("flow", Self.schema, run.arguments) { parameter in
      Self.isOfFlow(parameter) && !["class_mode", "shuffle"].contains(parameter.name)
    }
    program.loadGenerator(
      name, preparation: preparation, flow: flow.arguments, plain: plain,
      still: [directory] + still.arguments + ["class_mode=None", "shuffle=False"],
      measured: generator.options.normalization.needsStatistics ? statistics ?? name : nil)
  }

  /// Keras's `flow_from_directory` chooses the images; only the split is its generator's.
  private static func isOfFlow(_ parameter: Parameter) -> Bool {
    parameter.group == files && !["validation_split", "seed"].contains(parameter.name)
  }

  /// Keras's `ImageDataGenerator` works on their values.
  private static func isOfPreparation(_ parameter: Parameter) -> Bool {
    parameter.group != nil && !isOfFlow(parameter) && !["seed", "statistics"].contains(parameter.name)
  }
}
