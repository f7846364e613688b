import ConvoTensor

/// The mean or the maximum of all pixels of a picture, channel by channel.
///
///     mean   y[c] = Σ x[i, j, c] / pixels      dx[i, j, c] = dy[c] / pixels
///     max    y[c] = max x[i, j, c]             dx[i, j, c] = dy[c] / n where x[i, j, c] is one of n equal maxima, else 0
///
/// As TensorFlow has it, the maximum hands NaN on (and its gradient is NaN), and shares its gradient among equal ones:
/// both otherwise than in a pooling of windows.
final class GlobalPoolingStage: Stage {
  let name: String
  let input, output: Layout
  let hasBackward: Bool
  private let function: PoolingKernel.Function
  private let picture: Picture

  /// The sizes of what is pooled: pictures lie one behind the other, `[height, width, channels]`.
  struct Picture {
    let batch, height, width, channels: Int
  }

  /// - Parameter picture: What is pooled.
  init(
    name: String, _ function: PoolingKernel.Function, _ picture: Picture, hasBackward: Bool
  ) throws(ComputeError) {
    self.name = name
    self.function = function
    self.picture = picture
    self.hasBackward = hasBackward
    input = try Layout.images([picture.height, picture.width, picture.channels], batch: picture.batch)
    output = try Layout.images([1, 1, picture.channels], batch: picture.batch)
  }

  var kernels: [any ComputeKernel] { [] }
  var readsInput: Bool { hasBackward && function == .largest }
  var readsOutput: Bool { readsInput }

  func bind(_ memory: StageMemory) throws(ComputeError) -> any BoundStage {
    Bound(
      function: function, picture: picture, input: try memory.input.tensor(input).values,
      output: try memory.output.tensor(output).values,
      inputGradient: hasBackward ? try memory.inputGradient?.tensor(input).values : nil,
      outputGradient: hasBackward ? try memory.outputGradient?.tensor(output).values : nil)
  }

  private struct Bound: BoundStage {
    typealias Values = UnsafeMutableBufferPointer<Float>

    let function: PoolingKernel.Function
    let picture: Picture
    let input, output: Values
    let inputGradient, outputGradient: Values?

    private var pixels: Int { picture.height * picture.width }

    func forward(on turn: Turn) {
      for sample in 0..<picture.batch {
        switch function {
        case .largest: takeLargest(sample)
        case .mean: takeMean(sample)
        }
      }
    }

    func backward(addingTo gradients: [Tensor], on turn: Turn) {
      for sample in 0..<picture.batch {
        switch function {
        case .largest: shareAmongLargest(sample)
        case .mean: shareAmongAll(sample)
        }
      }
    }

    /// The values of one pixel, or of one pooled sample: a run of channels.
    private func channels(_ values: Values, _ index: Int) -> Values {
      Values(rebasing: values[index * picture.channels..<(index + 1) * picture.channels])
    }

    private func takeLargest(_ sample: Int) {
      let result = channels(output, sample)
      result.update(repeating: -.infinity)
      for pixel in 0..<pixels {
        let values = channels(input, sample * pixels + pixel)
        for c in values.indices where !(values[c] <= result[c]) && !result[c].isNaN { result[c] = values[c] }
      }
    }

    /// Columns first, then the rows: the sums stay short, and so does what rounding takes from them.
    private func takeMean(_ sample: Int) {
      let result = channels(output, sample)
      result.update(repeating: 0)
      withUnsafeTemporaryAllocation(of: Float.self, capacity: picture.channels) { row in
        for y in 0..<picture.height {
          row.initialize(repeating: 0)
          for x in 0..<picture.width {
            let values = channels(input, (sample * picture.height + y) * picture.width + x)
            for c in row.indices { row[c] += values[c] }
          }
          for c in row.indices { result[c] += row[c] }
        }
      }
      let share = 1 / Float(pixels)
      for c in result.indices { result[c] *= share }
    }

    private func shareAmongAll(_ sample: Int) {
      guard let inputGradient, let outputGradient else { return }
      let gradient = channels(outputGradient, sample)
      let share = 1 / Float(pixels)
      for pixel in 0..<pixels {
        let result = channels(inputGradient, sample * pixels + pixel)
        for c in result.indices { result[c] = gradient[c] * share }
      }
    }

    private func shareAmongLargest(_ sample: Int) {
      guard let inputGradient, let outputGradient else { return }
      let gradient = channels(outputGradient, sample)
      let largest = channels(output, sample)
      withUnsafeTemporaryAllocation(of: Float.self, capacity: picture.channels) { equal in
        equal.initialize(repeating: 0)
        for pixel in 0..<pixels {
          let values = channels(input, sample * pixels + pixel)
          for c in equal.indices where values[c] == largest[c] { equal[c] += 1 }
        }
        for pixel in 0..<pixels {
          let values = channels(input, sample * pixels + pixel)
          let result = channels(inputGradient, sample * pixels + pixel)
          // NaN equals nothing: 0 of 0 shares, which is NaN, as TensorFlow computes it.
          for c in result.indices { result[c] = (values[c] == largest[c] ? 1 : 0) / equal[c] * gradient[c] }
        }
      }
    }
  }
}
