import ConvoSchema
import ConvoTensor
import ConvoTestSupport
import Foundation
import Testing

@testable import ConvoNetwork

@Suite struct LayerSpecTests {
  private func make(_ type: any LayerSpec.Type, _ values: [String: Value] = [:]) throws -> any LayerSpec {
    try type.init(Arguments(defaultsOf: type.schema, values))
  }

  @Test func namesAreUniqueAndIncludeKeras() {
    let names = LayerCatalog.all.flatMap { [$0.schema.name] + $0.schema.aliases }
    #expect(Set(names).count == names.count)
    for type in LayerCatalog.all {
      #expect(type.schema.answers(to: type.kerasName))
      #expect(!type.schema.examples.isEmpty)
    }
  }

  @Test func defaultsAreThoseOfKeras() throws {
    #expect(
      try Conv2D(Arguments(defaultsOf: Conv2D.schema, ["filters": .integer(4), "kernel_size": .size([3, 5])]))
        == Conv2D(
          filters: 4, kernelSize: [3, 5], strides: [1, 1], padding: .valid, dilationRate: [1, 1], groups: 1,
          activation: .linear, useBias: true, kernelInitializer: .glorotUniform, biasInitializer: .zeros))
    #expect(
      try AveragePooling2D(Arguments(defaultsOf: AveragePooling2D.schema, ["pool_size": .size([2, 3])]))
        == AveragePooling2D(poolSize: [2, 3], strides: nil, padding: .valid))
    #expect(try GlobalMaxPooling2D(Arguments(defaultsOf: GlobalMaxPooling2D.schema)).keepDims == false)
    #expect(
      try Rescaling(Arguments(defaultsOf: Rescaling.schema, ["scale": .number(0.5)]))
        == Rescaling(scale: PerChannel(0.5), offset: PerChannel(0)))
    #expect(
      try MaxPooling2D(Arguments(defaultsOf: MaxPooling2D.schema))
        == MaxPooling2D(poolSize: [2, 2], strides: nil, padding: .valid))
    #expect(
      try Dense(Arguments(defaultsOf: Dense.schema, ["units": .integer(3)]))
        == Dense(
          units: 3, activation: .linear, useBias: true, kernelInitializer: .glorotUniform, biasInitializer: .zeros))
    #expect(try BatchNormalization(Arguments(defaultsOf: BatchNormalization.schema)) == BatchNormalization())
    #expect(
      BatchNormalization()
        == BatchNormalization(
          axis: -1, momentum: 0.99, epsilon: 0.001, center: true, scale: true, betaInitializer: .zeros,
          gammaInitializer: .ones, movingMeanInitializer: .zeros, movingVarianceInitializer: .ones))
    #expect(try Dropout(Arguments(defaultsOf: Dropout.schema, ["rate": .number(0.5)])) == Dropout(rate: 0.5, seed: nil))
  }

  @Test func aRateThatIsNoShareIsRefused() throws {
    for rate in [1.1, -0.1] {
      let error = #expect(throws: ArgumentError.self) {
        try Dropout(Arguments(defaultsOf: Dropout.schema, ["rate": .number(rate)]))
      }
      #expect(error?.parameter == "rate")
    }
    for rate in [1.1, -0.1, .nan] as [Double] {
      #expect(throws: ShapeError.self) { try Dropout(rate: rate).outputShape(for: [3]) }
    }
  }

  @Test func noiseHasTheShapeOfTheInputOrOnes() throws {
    let given: Value = .list([.none, .integer(1), .integer(1), .none])
    let channels = try Dropout(Arguments(defaultsOf: Dropout.schema, ["rate": .number(0.5), "noise_shape": given]))
    #expect(channels == Dropout(rate: 0.5, noiseShape: [nil, 1, 1, nil]))
    #expect(try channels.outputShape(for: [4, 5, 6]) == [4, 5, 6])
    #expect(try Dropout(rate: 0.5, noiseShape: [1, 4, 1, 6]).outputShape(for: [4, 5, 6]) == [4, 5, 6])
    for shape in [[nil, 1], [2, 1, 1, 6], [nil, 2, 1, nil], [nil, 1, 1, nil, nil]] as [[Int?]] {
      #expect(throws: ShapeError.self) { try Dropout(rate: 0.5, noiseShape: shape).outputShape(for: [4, 5, 6]) }
    }
  }

  @Test func constraintsAlongSidesThatAreNotThereAreRefused() throws {
    let filters = Conv2D(filters: 2, kernelSize: [2, 2], kernelConstraint: .unitNorm(axes: [0, 1, -2]))
    #expect(try Model([4, 4, 1], [filters]).parameterCount == 10)
    let tooFar = Conv2D(filters: 2, kernelSize: [2, 2], kernelConstraint: .unitNorm(axes: [4]))
    #expect(throws: ShapeError.self) { try Model([4, 4, 1], [tooFar]) }
    let ofBias = Dense(units: 2, biasConstraint: .maxNorm(2, axes: [1]))
    #expect(throws: ShapeError.self) { try Model([4], [ofBias]) }
  }

  @Test func onlyTheLastAxisIsNormalised() throws {
    #expect(try BatchNormalization(axis: 3).outputShape(for: [4, 5, 6]) == [4, 5, 6])
    #expect(try BatchNormalization(axis: 1).outputShape(for: [4]) == [4])
    for axis in [0, 1, 2] {
      #expect(throws: ShapeError.self) { try BatchNormalization(axis: axis).outputShape(for: [4, 5, 6]) }
    }
  }

  @Test func argumentsAreTaken() throws {
    let values: [String: Value] = [
      "filters": .integer(4), "kernel_size": .integer(3), "strides": .size([2, 1]), "padding": .text("same"),
      "activation": .text("leaky_relu"), "use_bias": .boolean(false), "groups": .integer(2),
      "kernel_initializer": .text("he_normal"), "bias_initializer": .text("ones"),
      "kernel_regularizer": .text("l2"), "bias_regularizer": .text("l1(0.5)"),
      "activity_regularizer": .text("l1_l2(l2=0.25)"), "kernel_constraint": .text("max_norm(3, axis=[0, 1, 2])"),
      "bias_constraint": .text("min_max_norm(0.5, rate=0.1)"),
    ]
    #expect(
      try Conv2D(Arguments(defaultsOf: Conv2D.schema, values))
        == Conv2D(
          filters: 4, kernelSize: [3, 3], strides: [2, 1], padding: .same, groups: 2, activation: .leakyReLU,
          useBias: false, kernelInitializer: .heNormal, biasInitializer: .ones,
          kernelRegularizer: Regularizer(l2: 0.01), biasRegularizer: Regularizer(l1: 0.5),
          activityRegularizer: Regularizer(l1: 0.01, l2: 0.25), kernelConstraint: .maxNorm(3, axes: [0, 1, 2]),
          biasConstraint: .minMaxNorm(lower: 0.5, upper: 1, rate: 0.1, axes: [0])))
    let lists: [String: Value] = ["scale": .list([.number(0.5), .integer(2)]), "offset": .integer(-1)]
    #expect(
      try Rescaling(Arguments(defaultsOf: Rescaling.schema, lists))
        == Rescaling(scale: PerChannel([0.5, 2]), offset: PerChannel(-1)))
  }

  @Test(arguments: [
    ("filters", Value.integer(0)), ("filters", .integer(.max)), ("filters", .text("many")),
    ("kernel_size", .size([3, 0])), ("kernel_size", .size([3, 3, 3])), ("kernel_size", .none),
    ("strides", .size([-1, 1])), ("padding", .text("full")), ("activation", .text("gelu")), ("use_bias", .integer(1)),
    ("dilation_rate", .size([0, 1])), ("groups", .integer(0)), ("groups", .integer(3)),
    ("kernel_initializer", .text("orthogonal")), ("bias_initializer", .integer(0)),
    ("data_format", .text("channels_first")), ("kernel_regularizer", .text("l3")),
    ("kernel_regularizer", .text("l2(-1)")), ("bias_regularizer", .text("l1(nan)")),
    ("bias_regularizer", .text("l1(1")), ("bias_regularizer", .text("l1(l2=1)")),
    ("activity_regularizer", .text("l1(0.1, 0.2)")), ("activity_regularizer", .text("l1_l2(l1=1e300)")),
    ("kernel_regularizer", .text("l2(1e-300)")), ("kernel_constraint", .text("positive")),
    ("kernel_constraint", .text("max_norm(-1)")), ("kernel_constraint", .text("max_norm(axis=0.5)")),
    ("bias_constraint", .text("non_neg(1)")), ("bias_constraint", .text("min_max_norm(rate=2)")),
  ])
  func wrongArgumentsAreNamed(parameter: String, value: Value) {
    var values: [String: Value] = ["filters": .integer(4), "kernel_size": .size([3, 3])]
    values[parameter] = value
    let error = #expect(throws: ArgumentError.self) {
      try Conv2D(Arguments(defaultsOf: Conv2D.schema, values))
    }
    #expect(error?.parameter == parameter)
  }

  @Test func strideAndDilationExcludeEachOther() {
    let values: [String: Value] = [
      "filters": .integer(4), "kernel_size": .size([3, 3]), "strides": .size([2, 1]), "dilation_rate": .size([1, 2]),
    ]
    let error = #expect(throws: ArgumentError.self) { try Conv2D(Arguments(defaultsOf: Conv2D.schema, values)) }
    #expect(error?.problem == "dilation_rate and strides can't both be more than 1")
  }

  @Test func channelsFirstIsRefusedWithAReason() {
    let layers: [(any LayerSpec.Type, [String: Value])] = [
      (Conv2D.self, ["filters": .integer(4), "kernel_size": .size([3, 3])]), (MaxPooling2D.self, [:]),
      (AveragePooling2D.self, ["pool_size": .size([2, 2])]), (GlobalAveragePooling2D.self, [:]),
      (GlobalMaxPooling2D.self, [:]), (Flatten.self, [:]),
    ]
    for (type, values) in layers {
      let given = values.merging(["data_format": .text("channels_first")]) { $1 }
      let error = #expect(throws: ArgumentError.self) { try make(type, given) }
      #expect(error?.parameter == "data_format")
      #expect(error?.problem.contains("height x width x channels") == true)
      #expect(error?.help.contains("leave data_format out") == true)
    }
  }

  @Test(arguments: [Value.list([]), .list([.text("a")]), .text("half"), .none])
  func scalesThatAreNoNumbersAreNamed(_ value: Value) {
    let error = #expect(throws: ArgumentError.self) {
      try Rescaling(Arguments(defaultsOf: Rescaling.schema, ["scale": value]))
    }
    #expect(error?.parameter == "scale")
  }

  @Test func whatDoesNotDivideOrMatchIsSaid() throws {
    #expect(
      throws: ShapeError(
        "3 channels and 4 filters can't each be divided into 2 equal groups",
        help: "choose groups so that it divides both")
    ) {
      try Conv2D(filters: 4, kernelSize: [1, 1], groups: 2).outputShape(for: [5, 5, 3])
    }
    #expect(
      throws: ShapeError("a 3x3 window with dilation_rate=2x1 does not fit a 4x4 input", help: Self.smaller)
    ) {
      try Conv2D(filters: 4, kernelSize: [3, 3], dilationRate: [2, 1]).outputShape(for: [4, 4, 3])
    }
    #expect(
      throws: ShapeError(
        "rescaling has offset=[1 2], which is 2 numbers, and its input of 5x5x3 has 3 channels",
        help: "give offset as one number, or as a list of 3")
    ) {
      try Rescaling(scale: PerChannel(1), offset: PerChannel([1, 2])).outputShape(for: [5, 5, 3])
    }
  }

  @Test func shapeErrorsSayWhatAndHow() throws {
    let convolution = Conv2D(filters: 1, kernelSize: [3, 3])
    #expect(throws: ShapeError("a 3x3 window does not fit a 2x2 input", help: Self.smaller)) {
      try convolution.outputShape(for: [2, 2, 8])
    }
    #expect(throws: ShapeError("a 5x2 window does not fit a 4x9 input", help: Self.smaller)) {
      try MaxPooling2D(poolSize: [5, 2]).outputShape(for: [4, 9, 1])
    }
    let layers: [any LayerSpec] = [
      convolution, MaxPooling2D(), AveragePooling2D(poolSize: [2, 2]), GlobalAveragePooling2D(), GlobalMaxPooling2D(),
    ]
    for layer in layers {
      let error = #expect(throws: ShapeError.self) { try layer.outputShape(for: [512]) }
      #expect(error?.problem.contains("its input is 512") == true)
      #expect(error?.help.contains("before flatten") == true)
    }
  }

  private static let smaller = "use a smaller window, padding=same, or fewer pooling layers before it"

  @Test func hugeNumbersAreErrorsNotTraps() {
    let huge = Int.max
    let layers: [any LayerSpec] = [
      Conv2D(filters: huge, kernelSize: [huge, huge], strides: [huge, huge], padding: .same),
      Conv2D(filters: huge, kernelSize: [1, 1]), Conv2D(filters: 0, kernelSize: [1, 1]),
      Conv2D(filters: 1, kernelSize: [0, -5]), Conv2D(filters: 1, kernelSize: [huge, huge]),
      Conv2D(filters: 1, kernelSize: [1], strides: []), MaxPooling2D(poolSize: [huge, huge]),
      MaxPooling2D(poolSize: [2, 2], strides: [0, 0]), Dense(units: huge), Dense(units: -1),
      Conv2D(filters: 1, kernelSize: [huge, 2], dilationRate: [huge, huge]),
      Conv2D(filters: 1, kernelSize: [2, 2], padding: .same, dilationRate: [0, 1]),
      Conv2D(filters: 3, kernelSize: [1, 1], groups: huge), Conv2D(filters: 3, kernelSize: [1, 1], groups: 0),
      AveragePooling2D(poolSize: [huge, huge]), Rescaling(scale: PerChannel([])),
    ]
    for layer in layers {
      var model = Model(name: "test", inputShape: [8, 8, 3])
      #expect(throws: ShapeError.self, "\(layer)") { try model.add(layer) }
    }
    #expect(throws: ShapeError.self) { try Flatten().outputShape(for: [huge, huge, 3]) }
  }

  @Test func hugeWindowsThatAddUpAreComputed() throws {
    let model = try Model(
      [3, 4, 2], [MaxPooling2D(poolSize: [1 << 40, 1 << 40], strides: [1 << 41, 1], padding: .same), Flatten()])
    #expect(model.outputShape == [8])
    let executor = try Executor(model, largestBatch: 1, threads: 1, forTraining: false)
    let inputs = numbers(24, seed: 1)
    let largest = (0..<2).map { channel in
      stride(from: channel, to: 24, by: 2).map { inputs[$0] }.reduce(-1, max)
    }
    let outputs = try executor.prediction(inputs, count: 1, width: 8)
    #expect(outputs == largest + largest + largest + largest)

    let averaging = try Model(
      [3, 4, 2], [AveragePooling2D(poolSize: [1 << 40, 1 << 40], strides: [1 << 41, 1], padding: .same), Flatten()])
    let means = (0..<2).map { channel in
      stride(from: channel, to: 24, by: 2).map { inputs[$0] }.reduce(0, +) / 12
    }
    let averages = try Executor(averaging, largestBatch: 1, threads: 1, forTraining: false)
      .prediction(inputs, count: 1, width: 8)
    #expect(largestError(averages, means + means + means + means) < 1e-6)
  }

  @Test func everyLayerIsTheSameAfterJSON() throws {
    let layers: [any LayerSpec] = [
      Conv2D(
        filters: 4, kernelSize: [3, 5], strides: [2, 1], padding: .same, dilationRate: [1, 2], groups: 2,
        activation: .softmax, useBias: false, kernelInitializer: .heNormal, biasInitializer: .ones,
        kernelRegularizer: Regularizer(l1: 0.01), biasRegularizer: Regularizer(l2: 0.3),
        activityRegularizer: Regularizer(l1: 1, l2: 2), kernelConstraint: .maxNorm(2, axes: [0, 1]),
        biasConstraint: .nonNegative),
      MaxPooling2D(poolSize: [3, 2], strides: [1, 1], padding: .same), MaxPooling2D(), Flatten(),
      AveragePooling2D(poolSize: [3, 2], strides: [1, 1], padding: .same), AveragePooling2D(poolSize: [2, 2]),
      GlobalAveragePooling2D(keepDims: true), GlobalMaxPooling2D(), ActivationLayer(.leakyReLU),
      Rescaling(scale: PerChannel([1, 2]), offset: PerChannel(-1)),
      Dense(units: 7, activation: .sigmoid, useBias: false, kernelInitializer: .ones, biasInitializer: .lecunUniform),
      Dropout(rate: 0.3, seed: -4), Dropout(rate: 0.5, noiseShape: [nil, 1]),
      BatchNormalization(momentum: 0.9, epsilon: 0.1, center: false, scale: false, gammaInitializer: .zeros),
      BatchNormalization(betaRegularizer: Regularizer(l1: 1), gammaConstraint: .unitNorm(axes: [0])),
    ]
    func same<Layer: LayerSpec>(_ layer: Layer) throws -> Bool {
      try JSONDecoder().decode(Layer.self, from: JSONEncoder().encode(layer)) == layer
    }
    for layer in layers { #expect(try same(layer)) }
    #expect(Set(layers.map { type(of: $0).kerasName }).count == LayerCatalog.all.count)
  }

  @Test func weightsLieInKerasOrder() throws {
    let model = try Model(
      [5, 5, 2], [Conv2D(filters: 3, kernelSize: [2, 2]), Flatten(), Dense(units: 4, useBias: false)])
    let entries = WeightLayout(model).entries
    #expect(entries.map(\.weight.name) == ["kernel", "bias", "kernel"])
    #expect(entries.map(\.weight.shape) == [[2, 2, 2, 3], [3], [48, 4]])
    #expect(entries.map(\.range) == [0..<24, 24..<27, 27..<219])
    #expect(entries.map(\.layer) == [0, 0, 2])
    #expect(
      entries.map(\.weight.initializer) == [
        .glorotUniform, .zeros, .glorotUniform,
      ])
  }
}
