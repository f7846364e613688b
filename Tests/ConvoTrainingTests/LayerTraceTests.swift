import ConvoData
import ConvoImages
import ConvoNetwork
import ConvoTensor
import Testing

@testable import ConvoTraining

/// One output computed by hand is what the network computes there.
@Suite struct LayerTraceTests {
  /// Convolutions with every option, then dense layers, on pictures and on rows.
  private func model() throws -> Model {
    var model = Model(name: "traced", inputShape: [8, 6, 3])
    try model.add(Conv2D(filters: 4, kernelSize: [3, 3], activation: .relu))
    try model.add(Conv2D(filters: 6, kernelSize: [3, 2], strides: [2, 1], padding: .same, activation: .leakyReLU))
    try model.add(BatchNormalization())
    try model.add(Conv2D(filters: 4, kernelSize: [2, 2], groups: 2, activation: .sigmoid, useBias: false))
    try model.add(Conv2D(filters: 3, kernelSize: [2, 2], padding: .same, dilationRate: [2, 2], activation: .softmax))
    try model.add(Dense(units: 5, activation: .tanh))
    try model.add(Flatten())
    try model.add(Dense(units: 4))
    try model.add(Dense(units: 3, activation: .softmax))
    return model
  }

  @Test func everyOutputOfEveryLayer() throws {
    let images = try StripedImages([1, 1])
    let generator = try images.generator(batch: 2)
    let preprocessing = Preprocessing(generator)
    let image = try generator.image(0)
    let model = try model()
    var state = LearnedState(initial: model, seed: 4)
    // Biases and moving statistics that are not what they begin as.
    for index in state.weights.indices { state.weights[index] += Float(index % 7) * 0.01 }
    var traced = 0
    for (index, layer) in model.layers.enumerated() where layer.isTraceable {
      let input = try LayerInput.values(ofLayer: index, in: model, state, preprocessing, image, threads: 1)
      let through = model.prefix(index + 1)
      let weights = Array(state.weights.prefix(through.parameterCount))
      let expected = try Predictor(through, LearnedState(weights: weights), preprocessing, most: 1, threads: 1)
        .predictions(for: [image])[0]
      let own = Array(weights.suffix(layer.parameterCount))
      let sides = layer.output.sides
      let (height, width) = sides.count == 3 ? (sides[0], sides[1]) : (1, 1)
      #expect(expected.count == height * width * layer.units)
      for row in 0..<height {
        for column in 0..<width {
          for unit in 0..<layer.units {
            let trace = try #require(layer.trace(unit: unit, row: row, column: column, input: input, weights: own))
            let output = Double(expected[(row * width + column) * layer.units + unit])
            #expect(abs(trace.output - output) < 1e-5, "\(layer.name) \(row),\(column) \(unit)")
            traced += 1
          }
        }
      }
      #expect(layer.trace(unit: layer.units, row: 0, column: 0, input: input, weights: own) == nil)
      #expect(layer.trace(unit: 0, row: height, column: 0, input: input, weights: own) == nil)
      #expect(layer.trace(unit: 0, row: 0, column: -1, input: input, weights: own) == nil)
    }
    #expect(traced > 200)
  }

  @Test func aPoolingLayerHasNoProducts() throws {
    var model = Model(name: "traced", inputShape: [8, 6, 3])
    try model.add(MaxPooling2D())
    let layer = model.layers[0]
    #expect(!layer.isTraceable)
    #expect(
      layer.trace(unit: 0, row: 0, column: 0, input: Array(repeating: 0, count: 144), weights: []) == nil)
  }

  @Test func preprocessingThatDoesNotFit() throws {
    let model = try model()
    let preprocessing = Preprocessing(size: ImageSize(height: 9, width: 6))
    let image = PixelImage(height: 4, width: 4, channels: 3, bytes: Array(repeating: 1, count: 48))
    for index in [0, 1] {
      #expect(throws: TrainingError.self) {
        try LayerInput.values(
          ofLayer: index, in: model, LearnedState(initial: model, seed: 1), preprocessing, image, threads: 1)
      }
    }
  }
}
