import ConvoData
import ConvoKerasProgram
import ConvoKernel
import ConvoNetwork
import ConvoSchema
import ConvoTensor
import ConvoTraining

extension Fit: KerasWriting {
  func write(to program: inout KerasProgram, _ run: CommandRun) {
    guard let before = run.before.activeModel, let after = run.after.activeModel,
      let images = run.before.generator(named: generator), let epochs = epochs(run)
    else { return }
    if !run.isComplete { program.remark("fit was interrupted: these are the epochs that it finished") }
    guard epochs > 0, let variable = program.generator(generator) else { return }
    let goesAround = goesAround(images, epochs: epochs)
    var call = KerasFit(
      images: goesAround ? "endless(\(variable))" : variable, epochs: epochs, done: before.learned?.epochsDone ?? 0)
    if let steps = settings.stepsPerEpoch { call.options.append("steps_per_epoch=\(steps)") }
    if epochs != 1 { call.options.append("epochs=\(epochs)") }
    if verbosity != 1 { call.options.append("verbose=\(verbosity)") }
    if let validation {
      guard let variable = program.generator(validation) else { return }
      call.options.append("validation_data=\(variable)")
    }
    if let steps = settings.validationSteps { call.options.append("validation_steps=\(steps)") }
    call.callbacks = CallbackOption.keras(run.arguments, validates: validation != nil)
    program.fit(after.model.name, call, helpers: goesAround ? [.endless] : [])
    program.model(after.model.name, learnedFrom: generator)
  }

  /// How many epochs Keras has to train to come as far: those that were typed, but for a fit that finished an epoch that
  /// was interrupted before, or was interrupted itself.
  private func epochs(_ run: CommandRun) -> Int? {
    if run.isComplete, settings.callbacks.earlyStopping != nil { return settings.epochs }
    guard let learned = run.after.activeModel?.learned else { return nil }
    return learned.epochsDone - (run.before.activeModel?.learned?.epochsDone ?? 0)
  }

  /// Whether an epoch goes on with the images from the beginning in its midst, where Keras would end it.
  private func goesAround(_ images: ImageGenerator, epochs: Int) -> Bool {
    guard let steps = settings.stepsPerEpoch else { return false }
    if steps > images.stepsPerPass { return true }
    return images.stepsPerPass % steps != 0 && epochs > images.stepsPerPass / steps
  }
}

extension CallbackOption {
  /// What was asked for, as Keras's callbacks.
  static func keras(_ arguments: Arguments, validates: Bool) -> [String] {
    let usual = validates ? "val_loss" : "loss"
    return [(earlyStopping, "EarlyStopping"), (reduceLearningRate, "ReduceLROnPlateau")].compactMap { schema, name in
      guard let (monitor, options) = try? call(schema, in: arguments, usual: usual) else { return nil }
      var call = PythonCall("keras.callbacks.\(name)", schema, options)
      call.arguments.insert("monitor=\(PythonLiteral.text(monitor))", at: 0)
      return call.text
    }
  }
}
