import ConvoData
import ConvoImages
import ConvoNetwork
import ConvoSchema
import ConvoTensor
import ConvoTestSupport
import ConvoTraining
import Foundation
import Testing

@testable import ConvoKeras

/// What is saved is what is opened.
@Suite struct KerasFileTests {
  private func roundTrip(_ saved: SavedModel, as format: KerasFile.Format) throws -> SavedModel {
    let folder = try TemporaryFolder()
    let path = folder.url.appending(path: "model\(format.rawValue)").path
    try KerasFile.write(saved, to: path, as: format)
    let read =
      format == .weights ? try KerasFile.readWeights(path, for: saved.model) : try KerasFile.read(path)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).count == 1)
    return read
  }

  /// Every layer, with options of all kinds.
  private static func everything() throws -> Model {
    var model = Model(name: "all_of_them", inputShape: [16, 16, 2])
    try model.add(Rescaling(scale: PerChannel([0.5, 2]), offset: PerChannel(0.25)), named: "first")
    try model.add(
      Conv2D(
        filters: 4, kernelSize: [3, 2], strides: [1, 1], padding: .same, dilationRate: [2, 1], groups: 2,
        activation: .leakyReLU, useBias: true, kernelInitializer: .heNormal, biasInitializer: .ones,
        kernelRegularizer: Regularizer(l1: 0.1, l2: 0.2), biasRegularizer: Regularizer(l2: 0.3),
        activityRegularizer: Regularizer(l1: 0.4), kernelConstraint: .maxNorm(3, axes: [0, 1, 2]),
        biasConstraint: .nonNegative))
    try model.add(BatchNormalization(momentum: 0.8, epsilon: 0.01, center: false))
    try model.add(MaxPooling2D(poolSize: [2, 2], strides: [1, 2], padding: .same))
    try model.add(AveragePooling2D(poolSize: [2, 2], strides: nil, padding: .valid))
    try model.add(ActivationLayer(.tanh))
    try model.add(Dropout(rate: 0.25))
    try model.add(Conv2D(filters: 3, kernelSize: [2, 2], useBias: false))
    try model.add(GlobalAveragePooling2D(keepDims: true))
    try model.add(GlobalMaxPooling2D())
    try model.add(
      Dense(
        units: 5, activation: .relu, kernelConstraint: .minMaxNorm(lower: 0.1, upper: 2, rate: 0.5, axes: [0]),
        biasConstraint: .unitNorm(axes: [0])))
    try model.add(Dense(units: 1, activation: .sigmoid))
    return model
  }

  private static func optimizers() throws -> [any OptimizerSpec] {
    let options: [String: Value] = [
      "clipnorm": .number(0.5), "weight_decay": .number(0.01), "use_ema": .boolean(true), "ema_momentum": .number(0.9),
      "ema_overwrite_frequency": .integer(5), "loss_scale_factor": .number(4),
      "gradient_accumulation_steps": .integer(3), "learning_rate": .number(0.0123),
    ]
    let own: [String: [String: Value]] = [
      "SGD": ["momentum": .number(0.7), "nesterov": .boolean(true)],
      "RMSprop": ["rho": .number(0.8), "momentum": .number(0.4), "centered": .boolean(true), "epsilon": .number(1e-5)],
      "Adam": ["beta_1": .number(0.85), "beta_2": .number(0.99), "amsgrad": .boolean(true)],
    ]
    return try OptimizerCatalog.all.flatMap { type in
      [
        try type.init(Arguments(defaultsOf: type.schema)),
        try type.init(Arguments(defaultsOf: type.schema, own[type.kerasName] ?? [:])),
        try type.init(Arguments(defaultsOf: type.schema, options.merging(own[type.kerasName] ?? [:]) { $1 })),
      ]
    }
  }

  @Test(arguments: KerasFile.Format.allCases)
  func everyLayerAndOptimizerComesBack(_ format: KerasFile.Format) throws {
    for optimizer in try Self.optimizers() {
      var model = try Self.everything()
      var loss = Loss.binaryCrossentropy
      loss.labelSmoothing = 0.1
      try model.compile(
        CompileSettings(
          loss: loss, optimizer: optimizer,
          metrics: [
            .accuracy, try Metric("precision(0.3)", for: "metrics"), try Metric("recall(top_k=1)", for: "metrics"),
            try Metric("auc(curve=PR, num_thresholds=50)", for: "metrics"),
            try Metric("binary_accuracy(0.7)", for: "metrics"),
          ]))
      let count = model.parameterCount
      var learned = LearnedState(initial: model, seed: 4)
      let slots = optimizer.slotNames
      // What is not trained is not remembered.
      let trained = WeightLayout(model).entries.filter(\.weight.isTrainable).flatMap(\.range)
      var values = [Float](repeating: 0, count: slots.count * count)
      for slot in slots.indices {
        for place in trained { values[slot * count + place] = Float(slot * count + place) / 7 }
      }
      learned.optimizer = OptimizerState(
        iterations: 17, accumulationSteps: optimizer.options.gradientAccumulationSteps ?? 1, slotNames: slots,
        count: count, values: values)
      learned.learningRate = 0.0004
      let read = try roundTrip(SavedModel(model, learned), as: format)
      #expect(read.notes == [])
      #expect(read.model.name == model.name)
      #expect(read.model.inputShape == model.inputShape)
      #expect(read.model.layers.map(\.name) == model.layers.map(\.name))
      for (found, expected) in zip(read.model.layers, model.layers) {
        #expect(Self.text(found.spec) == Self.text(expected.spec))
      }
      #expect(read.learned.weights == learned.weights)
      let compiled = try #require(read.model.compiled)
      #expect(compiled.loss == loss)
      #expect(compiled.metrics == model.compiled?.metrics)
      #expect("\(compiled.optimizer)" == "\(optimizer)")
      #expect(read.learned.optimizer == learned.optimizer)
      #expect(read.learned.learningRate == 0.0004)
    }
  }

  private static func text(_ spec: any LayerSpec) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return ((try? encoder.encode(spec)).map { String(decoding: $0, as: UTF8.self) }) ?? "?"
  }

  /// What Keras knows nothing of comes back as well.
  @Test(arguments: KerasFile.Format.allCases)
  func preprocessingAndHistoryComeBack(_ format: KerasFile.Format) throws {
    var model = Model(name: "small", inputShape: [4, 5, 1])
    try model.add(Flatten())
    try model.add(Dense(units: 1, activation: .sigmoid))
    try model.compile(CompileSettings(loss: .binaryCrossentropy))
    var learned = LearnedState(initial: model, seed: 1)
    learned.history = [
      EpochRecord(
        epoch: 1, training: Scores(loss: 0.7, metrics: []), images: 9, steps: 3, seconds: 0.5, learningRate: 0.001),
      EpochRecord(
        epoch: 2, training: Scores(loss: .nan, metrics: []), images: 9, steps: 3, seconds: 0.5, learningRate: 0.001),
    ]
    let preprocessing = Preprocessing(
      size: ImageSize(height: 4, width: 5), interpolation: .bicubic, keepAspectRatio: true, colorMode: .grayscale,
      rescale: 1 / 255, classNames: ["horses", "\u{202E}humans\n\"x\""])
    let read = try roundTrip(SavedModel(model, learned, preprocessing), as: format)
    #expect(read.preprocessing == preprocessing)
    #expect(read.learned.history.map(\.epoch) == [1, 2])
    #expect(read.learned.history.first == learned.history.first)
    #expect(read.learned.history.last?.loss.isNaN == true)
  }

  @Test func namesOfFilesSayWhatTheyHold() {
    #expect(KerasFile.Format(path: "a/b.KERAS") == .keras)
    #expect(KerasFile.Format(path: "b.weights.h5") == .weights)
    #expect(KerasFile.Format(path: "b.hdf5") == .legacy)
    #expect(KerasFile.Format(path: "b.onnx") == nil)
    #expect(KerasFile.Format(path: "keras") == nil)
  }

  @Test func weightsOfOtherLayersAreRefused() throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appending(path: "a.weights.h5").path
    var small = Model(name: "small", inputShape: [4])
    try small.add(Dense(units: 2))
    try KerasFile.write(SavedModel(small, LearnedState(initial: small, seed: 1)), to: path, as: .weights)
    var large = Model(name: "large", inputShape: [4])
    try large.add(Dense(units: 3))
    let error = #expect(throws: KerasFileError.self) { try KerasFile.readWeights(path, for: large) }
    #expect(error?.problem == "layers/dense/vars/0 has the shape 4x2, and its place in the model 4x3")
    try large.add(Dense(units: 3))
    #expect(throws: KerasFileError.self) { try KerasFile.readWeights(path, for: large) }
  }
}
