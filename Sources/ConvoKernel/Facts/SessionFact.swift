import ConvoData
import ConvoLanguage
import ConvoNetwork
import ConvoSchema
import ConvoTensor
import ConvoTraining

/// What a session knows of its generators and models, beside what training measured.
public enum SessionFact: String, Sendable, CaseIterable {
  case layers, parameters
  case inputShape = "input_shape"
  case outputShape = "output_shape"
  case activation
  case hasModel = "has_model"
  case isCompiled = "is_compiled"
  case lossFunction = "loss_function"
  case optimizer
  case learningRate = "learning_rate"
  case epochs
  case secondsPerEpoch = "seconds_per_epoch"
  case hasGenerator = "has_generator"
  case images, classes, problems
  case batchSize = "batch_size"
  case steps
  case targetSize = "target_size"
  case rescale
  case classMode = "class_mode"
  case seed

  /// What it is, for people.
  public var meaning: String {
    switch self {
    case .layers: "how many layers the model has"
    case .parameters: "how many parameters the model has, or one layer: parameters(dense)"
    case .inputShape: "what goes into the model, or into one layer: input_shape(dense)"
    case .outputShape: "what comes out of the model, or of one layer: output_shape(conv2d)"
    case .activation: "the activation of a layer: activation(dense) == \"relu\""
    case .hasModel: "whether there is a model, or one of that name: has_model(small)"
    case .isCompiled: "whether the model is compiled"
    case .lossFunction: "the name of the loss that the model is compiled with"
    case .optimizer: "the name of the optimizer that the model is compiled with"
    case .learningRate: "the optimizer's learning rate"
    case .epochs: "how many epochs the model has trained"
    case .secondsPerEpoch: "how long an epoch of training took, on average"
    case .hasGenerator: "whether there is a generator of that name: has_generator(train)"
    case .images: "how many images a generator has: images(train); of one class: images(train, horses)"
    case .classes: "how many classes a generator has: classes(train)"
    case .problems: "how many files a generator had to leave out: problems(train)"
    case .batchSize: "how many images a generator puts in a batch: batch_size(train)"
    case .steps: "how many batches show every image once: steps(train)"
    case .targetSize: "the size that a generator brings its images to: target_size(train) == 300x300"
    case .rescale: "what a generator multiplies its values by; 1 where it leaves them alone: rescale(train)"
    case .classMode: "the labels that a generator gives: class_mode(train) == \"binary\""
    case .seed: "the seed of the session"
    }
  }

  func value(
    in state: SessionState, model: TrainedModel?, _ question: FactQuestion
  ) throws(ExpressionError) -> ExpressionValue {
    switch self {
    case .hasModel:
      guard let name = question.arguments.first else { return .truth(model != nil) }
      return .truth(state.model(named: name) != nil)
    case .hasGenerator: return .truth(state.generator(named: try question.argument("a generator")) != nil)
    case .seed: return .number(Double(state.settings.seed))
    case .images, .classes, .problems, .batchSize, .steps, .targetSize, .rescale, .classMode:
      return try ofGenerator(state, question)
    case .isCompiled where model == nil: return .truth(false)
    case .epochs where model == nil: return .number(0)
    case .layers, .parameters, .inputShape, .outputShape, .activation, .isCompiled, .lossFunction, .optimizer,
      .learningRate, .epochs, .secondsPerEpoch:
      guard let model else {
        throw question.error("there is no model yet", help: "begin one with: new model input=300x300x3")
      }
      return try ofModel(model, question)
    }
  }

  private func ofGenerator(
    _ state: SessionState, _ question: FactQuestion
  ) throws(ExpressionError) -> ExpressionValue {
    guard let name = question.arguments.first, question.arguments.count <= (self == .images ? 2 : 1) else {
      throw question.error("\(rawValue)( ) wants a generator between its parentheses", help: "as in \(rawValue)(train)")
    }
    guard let generator = state.generator(named: name) else {
      let near = Spelling.nearest(to: name, in: state.generators.map(\.name))
      throw question.error(
        "there is no generator '\(name)'", help: near.map { "did you mean '\($0)'?" } ?? "load it first")
    }
    switch self {
    case .images where question.arguments.count == 2:
      let className = question.arguments[1]
      guard let label = generator.classNames.firstIndex(of: className) else {
        throw question.error(
          "\(name) has no class '\(className)'", help: "its classes: " + generator.classNames.joined(separator: ", "))
      }
      return .number(Double(generator.classCounts[label]))
    case .images: return .number(Double(generator.count))
    case .classes: return .number(Double(generator.classNames.count))
    case .problems: return .number(Double(generator.problems.count))
    case .batchSize: return .number(Double(generator.options.batchSize))
    case .steps: return .number(Double(generator.stepsPerPass))
    case .targetSize: return .size([generator.options.targetSize.height, generator.options.targetSize.width])
    case .rescale: return .number(generator.options.rescale ?? 1)
    case .classMode: return .text(generator.options.classMode.rawValue)
    case .layers, .parameters, .inputShape, .outputShape, .activation, .hasModel, .isCompiled, .lossFunction,
      .optimizer, .learningRate, .epochs, .secondsPerEpoch, .hasGenerator, .seed:
      preconditionFailure("\(rawValue) is no fact of a generator")
    }
  }

  private func ofModel(
    _ trained: TrainedModel, _ question: FactQuestion
  ) throws(ExpressionError) -> ExpressionValue {
    let model = trained.model
    switch self {
    case .layers: return .number(Double(model.layers.count))
    case .parameters:
      guard !question.arguments.isEmpty else { return .number(Double(model.parameterCount)) }
      return .number(Double(try layer(of: model, question).parameterCount))
    case .inputShape:
      return .size(question.arguments.isEmpty ? model.inputShape.sides : try layer(of: model, question).input.sides)
    case .outputShape:
      return .size(question.arguments.isEmpty ? model.outputShape.sides : try layer(of: model, question).output.sides)
    case .activation: return .text(try layer(of: model, question).spec.activation.rawValue)
    case .isCompiled: return .truth(model.compiled != nil)
    case .epochs: return .number(Double(trained.learned?.epochsDone ?? 0))
    case .secondsPerEpoch:
      guard let seconds = trained.learned?.secondsPerEpoch else {
        throw question.error("\(model.name) has trained no epoch yet", help: "fit trains it")
      }
      return .number(seconds)
    case .lossFunction, .optimizer, .learningRate:
      guard let compiled = model.compiled else {
        throw question.error("\(model.name) is not compiled", help: "compile it first")
      }
      if self == .lossFunction { return .text(compiled.loss.kind.rawValue) }
      return self == .optimizer
        ? .text(type(of: compiled.optimizer).schema.name)
        : .number(trained.learned?.learningRate ?? compiled.optimizer.learningRate)
    case .hasModel, .hasGenerator, .images, .classes, .problems, .batchSize, .steps, .targetSize, .rescale,
      .classMode, .seed:
      preconditionFailure("\(rawValue) is no fact of a model")
    }
  }

  /// The layer of that name, or with that number from 1.
  private func layer(of model: Model, _ question: FactQuestion) throws(ExpressionError) -> Model.Layer {
    let name = try question.argument("a layer")
    if let layer = model.layers.first(where: { $0.name == name }) { return layer }
    if let number = Int(name), model.layers.indices.contains(number - 1) { return model.layers[number - 1] }
    let near = Spelling.nearest(to: name, in: model.layers.map(\.name))
    throw question.error(
      "\(model.name) has no layer '\(name)'",
      help: near.map { "did you mean '\($0)'?" } ?? "summary shows the layers and their names")
  }
}
