import ConvoTensor

@testable import ConvoNetwork

/// A model in double precision, written straight from the formulas at the head of each layer's file.
struct ReferenceNetwork {
  let model: Model
  var noise = NoiseKey()

  /// The outputs of the samples of a batch in training.
  func outputs(_ batch: [[Double]], weights: [Double]) -> [[Double]] {
    run(batch, weights: weights).outputs
  }

  /// The outputs, and what those of the layers add to the mean loss.
  private func run(_ batch: [[Double]], weights: [Double]) -> (outputs: [[Double]], penalty: Double) {
    var values = batch
    var penalty = 0.0
    var start = 0
    for (index, layer) in model.layers.enumerated() {
      let own = Array(weights[start..<start + layer.parameterCount])
      start += layer.parameterCount
      switch layer.spec {
      case let spec as BatchNormalization: values = normalization(spec, values, own, layer.output.sides.last ?? 1)
      case let spec as Dropout:
        let mask = DropoutMask(spec, layer: index, input: layer.input)
        values = values.enumerated().map { dropout(mask, $1, sample: $0) }
      default: values = values.map { outputs(of: layer, $0, own) }
      }
      if let regularizer = layer.spec.activityRegularizer {
        let sizes = values.joined().reduce(0) { $0 + abs($1) }
        let squares = values.joined().reduce(0) { $0 + $1 * $1 }
        penalty += (regularizer.l1 * sizes + regularizer.l2 * squares) / Double(batch.count)
      }
    }
    return (values, penalty)
  }

  private func outputs(of layer: Model.Layer, _ input: [Double], _ own: [Double]) -> [Double] {
    var values = input
    switch layer.spec {
    case let spec as Conv2D: values = convolution(spec, values, layer, own)
    case let spec as MaxPooling2D:
      let strides = spec.strides ?? spec.poolSize
      values = pooling(spec.poolSize, strides, spec.padding, values, layer) { $0.max() ?? -.infinity }
    case let spec as AveragePooling2D:
      let strides = spec.strides ?? spec.poolSize
      values = pooling(spec.poolSize, strides, spec.padding, values, layer, Self.mean)
    case is GlobalAveragePooling2D: values = overAll(values, layer, Self.mean)
    case is GlobalMaxPooling2D: values = overAll(values, layer) { $0.max() ?? -.infinity }
    case let spec as Rescaling: values = rescaled(spec, values, channels: layer.input.sides.last ?? 1)
    case let spec as Dense: values = dense(spec, values, layer, own)
    default: break
    }
    return activation(layer.spec.activation, values, channels: layer.output.sides.last ?? 1)
  }

  /// The mean over the samples of the mean squared error, with the penalties on the layers' outputs.
  func loss(_ inputs: [Double], targets: [Double], count: Int, weights: [Double]) -> Double {
    let size = inputs.count / count
    let (found, penalty) = run(
      (0..<count).map { Array(inputs[$0 * size..<($0 + 1) * size]) }, weights: weights)
    let errors = zip(found.joined(), targets).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    return errors / Double(targets.count) + penalty
  }

  private func normalization(
    _ spec: BatchNormalization, _ batch: [[Double]], _ weights: [Double], _ channels: Int
  ) -> [[Double]] {
    var batch = batch
    for channel in 0..<channels {
      let values = batch.flatMap { sample in stride(from: channel, to: sample.count, by: channels).map { sample[$0] } }
      let mean = values.reduce(0, +) / Double(values.count)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
      let gamma = spec.scale ? weights[channel] : 1
      let beta = spec.center ? weights[(spec.scale ? channels : 0) + channel] : 0
      for sample in batch.indices {
        for place in stride(from: channel, to: batch[sample].count, by: channels) {
          batch[sample][place] = gamma * (batch[sample][place] - mean) / (variance + spec.epsilon).squareRoot() + beta
        }
      }
    }
    return batch
  }

  /// What is left out is the network's own choice; that it is the right share of the values is another test.
  private func dropout(_ mask: DropoutMask, _ values: [Double], sample: Int) -> [Double] {
    var factors = [Float](repeating: 0, count: values.count)
    mask.apply(
      [Float](repeating: 1, count: values.count), to: &factors, count: values.count, sample: sample, noise: noise)
    return zip(values, factors).map { $0 * Double($1) }
  }

  /// The first pixel under the window at a place, which may lie before the picture.
  private func start(_ place: Int, input: Int, kernel: Int, stride: Int, output: Int, _ padding: Padding) -> Int {
    let before = padding == .valid ? 0 : max((output - 1) * stride + kernel - input, 0) / 2
    return place * stride - before
  }

  private func convolution(_ spec: Conv2D, _ x: [Double], _ layer: Model.Layer, _ weights: [Double]) -> [Double] {
    let (height, width, channels) = (layer.input.sides[0], layer.input.sides[1], layer.input.sides[2])
    let (rows, columns, filters) = (layer.output.sides[0], layer.output.sides[1], spec.filters)
    let (kernelHeight, kernelWidth) = (spec.kernelSize[0], spec.kernelSize[1])
    let (across, down) = (spec.dilationRate[1], spec.dilationRate[0])
    let own = channels / spec.groups
    let kernelCount = kernelHeight * kernelWidth * own * filters
    var y = [Double](repeating: 0, count: rows * columns * filters)
    for row in 0..<rows {
      let top = start(
        row, input: height, kernel: (kernelHeight - 1) * down + 1, stride: spec.strides[0], output: rows, spec.padding)
      for column in 0..<columns {
        let left = start(
          column, input: width, kernel: (kernelWidth - 1) * across + 1, stride: spec.strides[1], output: columns,
          spec.padding)
        for filter in 0..<filters {
          let first = filter / (filters / spec.groups) * own
          var sum = spec.useBias ? weights[kernelCount + filter] : 0
          for u in 0..<kernelHeight where (0..<height).contains(top + u * down) {
            for v in 0..<kernelWidth where (0..<width).contains(left + v * across) {
              for channel in 0..<own {
                sum +=
                  x[((top + u * down) * width + left + v * across) * channels + first + channel]
                  * weights[((u * kernelWidth + v) * own + channel) * filters + filter]
              }
            }
          }
          y[(row * columns + column) * filters + filter] = sum
        }
      }
    }
    return y
  }

  private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  private func pooling(
    _ size: [Int], _ strides: [Int], _ padding: Padding, _ x: [Double], _ layer: Model.Layer,
    _ function: ([Double]) -> Double
  ) -> [Double] {
    let (height, width, channels) = (layer.input.sides[0], layer.input.sides[1], layer.input.sides[2])
    let (rows, columns) = (layer.output.sides[0], layer.output.sides[1])
    var y: [Double] = []
    for row in 0..<rows {
      let top = start(row, input: height, kernel: size[0], stride: strides[0], output: rows, padding)
      for column in 0..<columns {
        let left = start(column, input: width, kernel: size[1], stride: strides[1], output: columns, padding)
        for channel in 0..<channels {
          var window: [Double] = []
          for u in 0..<size[0] where (0..<height).contains(top + u) {
            for v in 0..<size[1] where (0..<width).contains(left + v) {
              window.append(x[((top + u) * width + left + v) * channels + channel])
            }
          }
          y.append(function(window))
        }
      }
    }
    return y
  }

  private func overAll(_ x: [Double], _ layer: Model.Layer, _ function: ([Double]) -> Double) -> [Double] {
    let channels = layer.input.sides[2]
    return (0..<channels).map { channel in
      function(stride(from: channel, to: x.count, by: channels).map { x[$0] })
    }
  }

  private func rescaled(_ spec: Rescaling, _ x: [Double], channels: Int) -> [Double] {
    x.indices.map { index in
      let scale = spec.scale.numbers[spec.scale.numbers.count == 1 ? 0 : index % channels]
      let offset = spec.offset.numbers[spec.offset.numbers.count == 1 ? 0 : index % channels]
      return x[index] * scale + offset
    }
  }

  private func dense(_ spec: Dense, _ x: [Double], _ layer: Model.Layer, _ weights: [Double]) -> [Double] {
    let inputs = layer.input.sides.last ?? 1
    var y: [Double] = []
    for row in 0..<x.count / inputs {
      for unit in 0..<spec.units {
        var sum = spec.useBias ? weights[inputs * spec.units + unit] : 0
        for input in 0..<inputs { sum += x[row * inputs + input] * weights[input * spec.units + unit] }
        y.append(sum)
      }
    }
    return y
  }

  private func activation(_ activation: Activation, _ x: [Double], channels: Int) -> [Double] {
    switch activation {
    case .linear: x
    case .relu: x.map { max($0, 0) }
    case .leakyReLU: x.map { $0 > 0 ? $0 : 0.2 * $0 }
    case .sigmoid: x.map { 1 / (1 + exponential(-$0)) }
    case .tanh: x.map { 2 / (1 + exponential(-2 * $0)) - 1 }
    case .softmax:
      stride(from: 0, to: x.count, by: channels).flatMap { start in
        let row = x[start..<start + channels].map(exponential)
        let sum = row.reduce(0, +)
        return row.map { $0 / sum }
      }
    }
  }
}
