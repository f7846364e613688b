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

  static let all =
    convolutions + dividedConvolutions + poolings + averages + wholePictures + denses + normalizations + dropouts
    + activationsInARow + penalties

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

  private static var dividedConvolutions: [GradientCase] {
    var cases: [GradientCase] = []
    for (channels, groups) in [(2, 1), (16, 1), (4, 2), (32, 2), (6, 6)] {
      for padding in Padding.allCases {
        for activation in [Activation.linear, .relu, .leakyReLU] {
          let first = Conv2D(filters: channels, kernelSize: [1, 1])
          let second = Conv2D(
            filters: 2 * groups, kernelSize: [2, 3], padding: padding, dilationRate: [2, 1], groups: groups,
            activation: activation)
          let layers: [any LayerSpec] = [first, second, Flatten(), Dense(units: 2)]
          let name = "conv2d dilated, \(channels) channels in \(groups) groups, \(padding), \(activation)"
          cases.append(GradientCase(name, [6, 5, 2], layers))
        }
      }
    }
    return cases
  }

  private static var averages: [GradientCase] {
    var cases: [GradientCase] = []
    let windows: [(pool: [Int], strides: [Int]?)] = [([2, 2], nil), ([3, 3], [2, 2]), ([1, 2], [3, 1])]
    for (pool, strides) in windows {
      for padding in Padding.allCases {
        for channels in [3, 16] {
          let convolution = Conv2D(filters: channels, kernelSize: [2, 2], activation: .relu)
          let pooling = AveragePooling2D(poolSize: pool, strides: strides, padding: padding)
          let layers: [any LayerSpec] = [convolution, pooling, Flatten(), Dense(units: 2)]
          let name = "averagepooling2d \(pool), strides \(strides ?? pool), \(padding), \(channels) channels"
          cases.append(GradientCase(name, [7, 8, 2], layers))
        }
      }
    }
    return cases
  }

  private static var wholePictures: [GradientCase] {
    var cases: [GradientCase] = []
    for channels in [3, 16] {
      let convolution = Conv2D(filters: channels, kernelSize: [2, 2], activation: .tanh)
      let pooled: [(String, [any LayerSpec])] = [
        ("globalaveragepooling2d", [GlobalAveragePooling2D()]), ("globalmaxpooling2d", [GlobalMaxPooling2D()]),
        ("globalaveragepooling2d keepdims", [GlobalAveragePooling2D(keepDims: true), Flatten()]),
        ("globalmaxpooling2d keepdims", [GlobalMaxPooling2D(keepDims: true), Flatten()]),
      ]
      for (name, layers) in pooled {
        let all: [any LayerSpec] = [convolution] + layers + [Dense(units: 2)]
        cases.append(GradientCase("\(name), \(channels) channels", [5, 6, 2], all))
      }
      let scaled: [any LayerSpec] = [
        Rescaling(scale: PerChannel([0.5, -2]), offset: PerChannel(0.25)), convolution,
        Rescaling(scale: PerChannel((0..<channels).map { Double($0) - 1.5 })), Flatten(),
        Rescaling(scale: PerChannel(3)),
        Dense(units: 2),
      ]
      cases.append(GradientCase("rescaling, \(channels) channels", [5, 6, 2], scaled))
      for activation in Activation.allCases {
        let layers: [any LayerSpec] = [
          Conv2D(filters: channels, kernelSize: [2, 2]), ActivationLayer(activation), MaxPooling2D(),
          ActivationLayer(.tanh), Flatten(), Dense(units: 2), ActivationLayer(activation),
        ]
        cases.append(GradientCase("activation \(activation), \(channels) channels", [5, 6, 2], layers))
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
    let together: [any LayerSpec] = [
      Conv2D(filters: 5, kernelSize: [2, 2], activation: .sigmoid), Dropout(rate: 0.3, noiseShape: [nil, 1, 1, nil]),
      Conv2D(filters: 3, kernelSize: [2, 2]), Dropout(rate: 0.4, noiseShape: [1, 4, 1, 3]), Flatten(),
      Dropout(rate: 0.5, noiseShape: [1, nil]), Dense(units: 2),
    ]
    return [
      GradientCase("dropout of values together", [6, 5, 2], together),
      GradientCase("dropout on pictures", [6, 5, 2], onPictures), GradientCase("dropout on rows", [9], onRows),
      GradientCase("dropout around batchnormalization", [5, 4, 2], withNormalization),
    ]
  }
}

extension GradientCase {
  /// The gradient of the first needs what it left, which the second must not take the place of.
  fileprivate static var activationsInARow: [GradientCase] {
    var cases: [GradientCase] = []
    for first in Activation.allCases where first != .linear {
      for second in Activation.allCases where second != .linear {
        let onRows: [any LayerSpec] = [Dense(units: 5, activation: first), ActivationLayer(second), Dense(units: 2)]
        cases.append(GradientCase("\(first), then \(second), on rows", [6], onRows))
        let onPictures: [any LayerSpec] = [
          Conv2D(filters: 3, kernelSize: [2, 2], activation: first), ActivationLayer(second), Flatten(),
          Dense(units: 2),
        ]
        cases.append(GradientCase("\(first), then \(second), on pictures", [4, 4, 2], onPictures))
        let between: [any LayerSpec] = [
          Conv2D(filters: 3, kernelSize: [2, 2], activation: first, activityRegularizer: Regularizer(l1: 0.1)),
          Flatten(), ActivationLayer(second), Dense(units: 2),
        ]
        cases.append(GradientCase("\(first), then \(second), with flatten between", [4, 4, 2], between))
      }
    }
    return cases
  }

  /// Penalties on outputs: of each activation, before each kind of stage, in the last layer.
  fileprivate static var penalties: [GradientCase] {
    var cases: [GradientCase] = []
    let strong = Regularizer(l1: 0.02, l2: 0.05)
    for activation in Activation.allCases {
      let convolution = Conv2D(
        filters: 5, kernelSize: [3, 3], activation: activation, activityRegularizer: strong)
      let dense = Dense(units: 4, activation: activation, activityRegularizer: Regularizer(l2: 0.3))
      let last = Dense(units: 3, activation: activation, activityRegularizer: strong)
      let onPictures: [any LayerSpec] = [convolution, MaxPooling2D(), convolution, Flatten(), dense, last]
      cases.append(GradientCase("penalties, \(activation)", [9, 8, 2], onPictures))
      let followed: [any LayerSpec] = [
        convolution, ActivationLayer(.sigmoid), dense, ActivationLayer(.relu), Flatten(), dense, ActivationLayer(.tanh),
        Dropout(rate: 0.3), last,
      ]
      cases.append(GradientCase("penalties, \(activation), before activations", [5, 4, 2], followed))
    }
    let normalization = BatchNormalization(activityRegularizer: Regularizer(l1: 0.05, l2: 0.1))
    let normalized: [any LayerSpec] = [
      normalization, Conv2D(filters: 16, kernelSize: [2, 2], activation: .relu, activityRegularizer: strong),
      normalization, ActivationLayer(.relu), AveragePooling2D(poolSize: [2, 2]), Flatten(), normalization,
      Dense(units: 2), normalization,
    ]
    cases.append(GradientCase("penalties of batchnormalization", [5, 6, 2], normalized))
    return cases
  }
}

@Suite struct LayerGradientTests {
  /// The executor's gradient against central differences of a double-precision loss.
  @Test(arguments: GradientCase.all)
  func gradientsAreTheSlopesOfTheLoss(_ example: GradientCase) throws {
    try example.check()
  }
}
