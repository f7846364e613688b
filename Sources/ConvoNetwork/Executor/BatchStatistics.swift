import ConvoTensor

/// The numbers of a batch normalisation, one for each channel: what was summed up over a batch, and what follows from it.
///
///     mean = Σ x / n        variance = Σ (x - mean)² / n        inverse = 1 / √(variance + ε)
///     y = (x - mean) · γ · inverse + β
///     dβ = Σ dy        dγ = inverse · Σ dy · (x - mean)
///     dx = γ · inverse · (dy - Σ dy / n - (x - mean) · inverse² · Σ dy · (x - mean) / n)
///
/// (Ioffe and Szegedy, 2015). The variance is the biased one in all places, as in Keras. Channels may be padded with
/// zeros, and stay so.
final class BatchStatistics: @unchecked Sendable {
  // Threads write to parts of their own; what they read of others' was written in an earlier phase.
  let channels: Int
  private let settings: Settings
  private let gamma, beta: Parameters?
  private let movingMean, movingVariance: Parameters
  private let numbers: FloatBuffer
  /// Whether there are statistics of a batch that are not remembered yet. Set by one job alone.
  var isMeasured = false

  struct Settings: Sendable {
    var momentum, epsilon: Double
    /// Whether there are γ and β.
    var scales, centers: Bool
  }

  /// - Parameters:
  ///   - padded: The channels with their padding.
  ///   - parameters: γ and β, where there are, the moving mean and the moving variance.
  init(_ settings: Settings, channels: Int, padded: Int, parameters: [Parameters]) throws(ComputeError) {
    var rest = parameters[...]
    gamma = settings.scales ? rest.popFirst() : nil
    beta = settings.centers ? rest.popFirst() : nil
    guard let mean = rest.popFirst(), let variance = rest.popFirst() else {
      throw ComputeError("batch normalization", .invalidArguments)
    }
    (movingMean, movingVariance) = (mean, variance)
    self.settings = settings
    self.channels = channels
    width = padded
    numbers = FloatBuffer(count: 9 * padded)
  }

  private let width: Int
  private func row(_ index: Int) -> UnsafeMutablePointer<Float> { numbers.first + index * width }

  var mean: UnsafeMutablePointer<Float> { row(0) }
  /// γ · inverse.
  var scale: UnsafeMutablePointer<Float> { row(1) }
  /// β.
  var shift: UnsafeMutablePointer<Float> { row(2) }
  /// Σ dy / n.
  var gradientMean: UnsafeMutablePointer<Float> { row(3) }
  /// γ · inverse³ · Σ dy · (x - mean) / n.
  var inputFactor: UnsafeMutablePointer<Float> { row(4) }
  /// The moving mean, and γ / √(moving variance + ε), for inference.
  var movingCenter: UnsafeMutablePointer<Float> { row(5) }
  var movingScale: UnsafeMutablePointer<Float> { row(6) }
  private var inverse: UnsafeMutablePointer<Float> { row(7) }
  private var variance: UnsafeMutablePointer<Float> { row(8) }

  var hasWeights: Bool { gamma?.gradients != nil || beta?.gradients != nil }
  var bytes: Int { numbers.count * MemoryLayout<Float>.stride }

  /// Reads the weights, which have changed.
  func refresh() {
    for channel in 0..<channels {
      movingCenter[channel] = movingMean.values.pointer[channel]
      let deviation = (Double(movingVariance.values.pointer[channel]) + settings.epsilon).squareRoot()
      movingScale[channel] = Float(Double(gamma?.values.pointer[channel] ?? 1) / deviation)
      shift[channel] = beta?.values.pointer[channel] ?? 0
    }
  }

  /// Takes the sums of (x - mean)² over `count` values of each of some channels; `mean` is set already.
  func finishForward(_ channels: Range<Int>, count: Int, squares: UnsafePointer<Double>) {
    for channel in channels where channel < self.channels {
      let variance = squares[channel - channels.lowerBound] / Double(max(count, 1))
      let inverse = 1 / (variance + settings.epsilon).squareRoot()
      self.variance[channel] = Float(variance)
      self.inverse[channel] = Float(inverse)
      scale[channel] = Float(inverse * Double(gamma?.values.pointer[channel] ?? 1))
    }
  }

  /// Takes the sums of dy and of dy · (x - mean) of some channels.
  func finishBackward(
    _ channels: Range<Int>, count: Int, sums: UnsafePointer<Double>, products: UnsafePointer<Double>
  ) {
    for channel in channels where channel < self.channels {
      let (sum, product) = (sums[channel - channels.lowerBound], products[channel - channels.lowerBound])
      let inverse = Double(self.inverse[channel])
      beta?.gradients?.pointer[channel] = Float(sum)
      gamma?.gradients?.pointer[channel] = Float(product * inverse)
      gradientMean[channel] = Float(sum / Double(max(count, 1)))
      inputFactor[channel] = Float(Double(scale[channel]) * inverse * inverse * product / Double(max(count, 1)))
    }
  }

  /// Ends a training step: moves the moving statistics.
  func remember() {
    guard isMeasured else { return }
    isMeasured = false
    let (keep, take) = (Float(settings.momentum), Float(1 - settings.momentum))
    let (means, variances) = (movingMean.values.pointer, movingVariance.values.pointer)
    for channel in 0..<channels {
      means[channel] = means[channel] * keep + mean[channel] * take
      variances[channel] = variances[channel] * keep + variance[channel] * take
    }
  }
}
