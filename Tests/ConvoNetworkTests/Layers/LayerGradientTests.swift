import ConvoTensor
import ConvoTestSupport
import Testing

@testable import ConvoNetwork

/// A small model whose every gradient is checked.
struct GradientCase: Sendable, CustomTestStringConvertible {
  let name: String
  let input: Shape
  let layers: [any LayerSpec]

  var testDescription: String { name }

  init(_ name: String, _ input: Shape, _ layers: [any LayerSpec]) {
    self.name = name
    self.input = input
    self.layers = layers
  }

  static let all = convolutions + poolings + denses + normalizations + dropouts

  private static var convolutions: [GradientCase] {
    var cases: [GradientCase] = []
    for channels in [1, 3, 5, 16] {
      for padding in Padding.allCases {
        for activation in Activation.allCases {
          let first = Conv2D(
            filters: 3, kernelSize: [3, 2], strides: [1, 2], padding: padding, activation: activation)
          let second = Conv2D(filters: 2, kernelSize: [2, 2], padding: padding, useBias: false)
          let layers: [any LayerSpec] = [first, second, Flatten()]
          let name = "conv2d, \(channels) channels, \(padding), \(activation)"
          cases.append(GradientCase(name, [6, 5, channels], layers))
        }
      }
    }
    return cases
  }

  private static var poolings: [GradientCase] {
    var cases: [GradientCase] = []
    let windows: [(pool: [Int], strides: [Int]?)] = [([2, 2], nil), ([3, 3], [2, 2]), ([1, 2], [3, 1])]
    for (pool, strides) in windows {
      for padding in Padding.allCases {
        for activation in [Activation.linear, .relu] {
          let convolution = Conv2D(filters: 4, kernelSize: [2, 2], activation: activation)
          let pooling = MaxPooling2D(poolSize: pool, strides: strides, padding: padding)
          let layers: [any LayerSpec] = [convolution, pooling, Flatten(), Dense(units: 2)]
          let name = "maxpooling2d \(pool), strides \(strides ?? pool), \(padding), \(activation)"
          cases.append(GradientCase(name, [7, 8, 2], layers))
        }
      }
    }
    return cases
  }

  private static var denses: [GradientCase] {
    var cases: [GradientCase] = []
    for activation in Activation.allCases {
      for useBias in [true, false] {
        let layers: [any LayerSpec] = [
          Dense(units: 5, activation: activation, useBias: useBias), Dense(units: 3, useBias: useBias),
        ]
        cases.append(GradientCase("dense, \(activation), \(useBias ? "bias" : "no bias")", [6], layers))
      }
      let onPictures: [any LayerSpec] = [
        Dense(units: 3, activation: activation), Conv2D(filters: 2, kernelSize: [2, 2]), Flatten(),
        Dense(units: 2, activation: activation),
      ]
      cases.append(GradientCase("dense on pictures, \(activation)", [3, 4, 2], onPictures))
    }
    return cases
  }
}

extension GradientCase {
  fileprivate static var normalizations: [GradientCase] {
    var cases: [GradientCase] = []
    for (scale, center) in [(true, true), (true, false), (false, true), (false, false)] {
      let normalization = BatchNormalization(center: center, scale: scale)
      let name = "batchnormalization, \(scale ? "gamma" : "no gamma"), \(center ? "beta" : "no beta")"
      for filters in [3, 5, 16, 21] {
        let onPictures: [any LayerSpec] = [
          Conv2D(filters: filters, kernelSize: [2, 2]), normalization, Conv2D(filters: 2, kernelSize: [2, 2]),
          Flatten(),
        ]
        cases.append(GradientCase("\(name), \(filters) channels", [5, 4, 2], onPictures))
      }
      let onRows: [any LayerSpec] = [Dense(units: 70), normalization, Dense(units: 2)]
      cases.append(GradientCase("\(name), on rows", [6], onRows))
      let first: [any LayerSpec] = [normalization, Conv2D(filters: 2, kernelSize: [2, 2]), normalization, Flatten()]
      cases.append(GradientCase("\(name), first and last", [4, 4, 3], first))
    }
    let twice: [any LayerSpec] = [
      Conv2D(filters: 4, kernelSize: [2, 2], activation: .sigmoid), BatchNormalization(), BatchNormalization(),
      MaxPooling2D(), Flatten(), BatchNormalization(), Dense(units: 3, activation: .sigmoid), BatchNormalization(),
      Dense(units: 2),
    ]
    cases.append(GradientCase("batchnormalization, again and again", [6, 5, 2], twice))
    return cases
  }

  fileprivate static var dropouts: [GradientCase] {
    let onPictures: [any LayerSpec] = [
      Conv2D(filters: 5, kernelSize: [2, 2], activation: .sigmoid), Dropout(rate: 0.3),
      Conv2D(filters: 3, kernelSize: [2, 2], activation: .relu), Dropout(rate: 0.5, seed: 4), Flatten(),
      Dense(units: 2),
    ]
    let onRows: [any LayerSpec] = [
      Dropout(rate: 0.2), Dense(units: 7, activation: .sigmoid), Dropout(rate: 0.6), Dense(units: 2),
      Dropout(rate: 0.1),
    ]
    let withNormalization: [any LayerSpec] = [
      Conv2D(filters: 4, kernelSize: [2, 2]), Dropout(rate: 0.4), BatchNormalization(), Dropout(rate: 0.4), Flatten(),
      Dense(units: 2),
    ]
    return [
      GradientCase("dropout on pictures", [6, 5, 2], onPictures), GradientCase("dropout on rows", [9], onRows),
      GradientCase("dropout around batchnormalization", [5, 4, 2], withNormalization),
    ]
  }
}

@Suite struct LayerGradientTests {
  private static let noise = NoiseKey(seed: 6, step: 2)

  /// The executor's gradient against central differences of a double-precision loss.
  @Test(arguments: GradientCase.all)
  func gradientsAreTheSlopesOfTheLoss(_ example: GradientCase) throws {
    let model = try Model(example.input, example.layers)
    let count = 3
    let width = try #require(model.outputShape.count)
    let inputs = numbers(count * (model.inputShape.count ?? 0), seed: 11)
    let targets = numbers(count * width, seed: 12)
    let weights = model.testWeights(seed: 13)
    let executor = try Executor(model, largestBatch: count, threads: 2, forTraining: true)
    _ = executor.weights.values.update(from: weights)
    let found = try executor.step(
      inputs, targets: targets, count: count, width: width, loss: .meanSquaredError,
      noise: Self.noise)

    let reference = ReferenceNetwork(model: model, noise: Self.noise)
    var moved = weights.map(Double.init)
    func loss() -> Double {
      reference.loss(inputs.map(Double.init), targets: targets.map(Double.init), count: count, weights: moved)
    }
    let size = inputs.count / count
    let samples = (0..<count).map { inputs[$0 * size..<($0 + 1) * size].map(Double.init) }
    let expectedOutputs = reference.outputs(samples, weights: moved).flatMap { $0 }
    #expect(largestError(found.outputs, expectedOutputs.map(Float.init)) < 2e-6)

    let step = 1e-6
    let slopes = weights.indices.map { index in
      let weight = moved[index]
      defer { moved[index] = weight }
      moved[index] = weight + step
      let above = loss()
      moved[index] = weight - step
      return Float((above - loss()) / (2 * step))
    }
    let scale = slopes.reduce(0) { max($0, abs($1)) }
    #expect(scale > 0)
    #expect(largestError(found.gradient, slopes, floor: scale) < 2e-6)
  }
}
