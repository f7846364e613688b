import ConvoKerasProgram
import ConvoKernel
import ConvoNetwork
import ConvoSchema

extension Compile: KerasWriting {
  func write(to program: inout KerasProgram, _ run: CommandRun) {
    guard let model = run.after.activeModelName, let loss = run.arguments.choice("loss"),
      let optimizer = run.arguments.choice("optimizer")
    else { return }
    let kind = type(of: settings.optimizer)
    program.compileModel(
      model,
      [
        "loss=\(Self.loss(settings.loss.kind.schema, loss))",
        "optimizer=\(PythonCall("keras.optimizers.\(kind.kerasName)", kind.schema, optimizer).text)",
      ] + metrics(run.arguments))
  }

  /// By its name, or as an object where it has options.
  private static func loss(_ schema: Schema, _ typed: Arguments) -> String {
    let call = PythonCall("keras.losses.\(schema.kerasClass ?? schema.name)", schema, typed)
    return call.arguments.isEmpty ? PythonLiteral.text(schema.name) : call.text
  }

  /// By their names, but those with options of their own are objects, with the name that convo shows: Keras would number
  /// them over the whole program.
  private func metrics(_ typed: Arguments) -> [String] {
    let written = (try? typed.wordsIfGiven("metrics")) ?? []
    let texts = zip(settings.metrics, written.compactMap(WrittenCall.init)).map { metric, call in
      guard !metric.schema.parameters.isEmpty, let name = metric.schema.kerasClass else {
        return PythonLiteral.text(metric.name)
      }
      var call = PythonCall("keras.metrics.\(name)", call)
      call.set("name", PythonLiteral.text(metric.name))
      return call.text
    }
    return texts.isEmpty ? [] : ["metrics=\(PythonLiteral.list(texts))"]
  }
}
