import ConvoTensor

@testable import ConvoNetwork

/// A model in double precision, written straight from the formulas at the head of each layer's file.
struct ReferenceNetwork {
  let model: Model

  /// The outputs of one sample.
  func outputs(_ input: [Double], weights: [Double]) -> [Double] {
    var values = input
    var start = 0
    for layer in model.layers {
      let own = Array(weights[start..<start + layer.parameterCount])
      start += layer.parameterCount
      switch layer.spec {
      case let spec as Conv2D: values = convolution(spec, values, layer, own)
      case let spec as MaxPooling2D: values = pooling(spec, values, layer)
      case let spec as Dense: values = dense(spec, values, layer, own)
      default: break
      }
      values = activation(layer.spec.activation, values, channels: layer.output.sides.last ?? 1)
    }
    return values
  }

  /// The mean over the samples of the mean squared error.
  func loss(_ inputs: [Double], targets: [Double], count: Int, weights: [Double]) -> Double {
    let size = inputs.count / count
    let width = targets.count / count
    var sum = 0.0
    for sample in 0..<count {
      let found = outputs(Array(inputs[sample * size..<(sample + 1) * size]), weights: weights)
      for index in 0..<width {
        let error = found[index] - targets[sample * width + index]
        sum += error * error
      }
    }
    return sum / Double(count * width)
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
    let kernelCount = kernelHeight * kernelWidth * channels * filters
    var y = [Double](repeating: 0, count: rows * columns * filters)
    for row in 0..<rows {
      let top = start(
        row, input: height, kernel: kernelHeight, stride: spec.strides[0], output: rows, spec.padding)
      for column in 0..<columns {
        let left = start(
          column, input: width, kernel: kernelWidth, stride: spec.strides[1], output: columns, spec.padding)
        for filter in 0..<filters {
          var sum = spec.useBias ? weights[kernelCount + filter] : 0
          for u in 0..<kernelHeight where (0..<height).contains(top + u) {
            for v in 0..<kernelWidth where (0..<width).contains(left + v) {
              for channel in 0..<channels {
                sum +=
                  x[((top + u) * width + left + v) * channels + channel]
                  * weights[((u * kernelWidth + v) * channels + channel) * filters + filter]
              }
            }
          }
          y[(row * columns + column) * filters + filter] = sum
        }
      }
    }
    return y
  }

  private func pooling(_ spec: MaxPooling2D, _ x: [Double], _ layer: Model.Layer) -> [Double] {
    let (height, width, channels) = (layer.input.sides[0], layer.input.sides[1], layer.input.sides[2])
    let (rows, columns) = (layer.output.sides[0], layer.output.sides[1])
    let strides = spec.strides ?? spec.poolSize
    var y = [Double](repeating: -.infinity, count: rows * columns * channels)
    for row in 0..<rows {
      let top = start(row, input: height, kernel: spec.poolSize[0], stride: strides[0], output: rows, spec.padding)
      for column in 0..<columns {
        let left = start(
          column, input: width, kernel: spec.poolSize[1], stride: strides[1], output: columns, spec.padding)
        for u in 0..<spec.poolSize[0] where (0..<height).contains(top + u) {
          for v in 0..<spec.poolSize[1] where (0..<width).contains(left + v) {
            for channel in 0..<channels {
              let place = (row * columns + column) * channels + channel
              y[place] = max(y[place], x[((top + u) * width + left + v) * channels + channel])
            }
          }
        }
      }
    }
    return y
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
    case .sigmoid: x.map { 1 / (1 + exponential(-$0)) }
    case .softmax:
      stride(from: 0, to: x.count, by: channels).flatMap { start in
        let row = x[start..<start + channels].map(exponential)
        let sum = row.reduce(0, +)
        return row.map { $0 / sum }
      }
    }
  }
}
