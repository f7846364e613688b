/// All that is done to a picture's values before a network sees them: Keras's `standardize`, with the statistics that
/// it needs. A model carries it, so that what it is asked about is treated as what it learned from.
public struct Standardization: Sendable, Equatable, Codable {
  /// Each value is multiplied by this first; nil leaves 0…255.
  public var rescale: Double?
  /// What comes after.
  public private(set) var normalization: Normalization
  /// The mean of each channel, subtracted; nil where none is.
  public private(set) var mean: [Float]?
  /// The standard deviation of each channel, divided by; nil where none is.
  public private(set) var deviation: [Float]?
  /// What pictures are multiplied with in the end; nil for nothing.
  public private(set) var whitening: Whitening?

  /// Rescaling alone.
  public init(rescale: Double? = nil) {
    self.rescale = rescale
    normalization = Normalization()
  }

  /// - Parameters:
  ///   - statistics: of rescaled pictures; used where the normalization asks for them.
  ///   - whitening: for the normalization's `zcaWhitening`.
  init(
    rescale: Double?, _ normalization: Normalization, statistics: ChannelStatistics?, whitening: Whitening? = nil
  ) {
    self.rescale = rescale
    self.normalization = normalization
    if let statistics {
      mean = normalization.centersFeatures ? statistics.mean.map { Float($0) } : nil
      deviation = normalization.dividesFeatures ? statistics.deviation.map { Float($0) } : nil
    }
    self.whitening = whitening
  }

  /// Whether it can be applied to pictures of this size; one that was read from a file need not.
  public func fits(height: Int, width: Int, channels: Int) -> Bool {
    let (area, isTooLarge) = height.multipliedReportingOverflow(by: width)
    let (values, overflow) = area.multipliedReportingOverflow(by: channels)
    guard !isTooLarge, !overflow, height > 0, width > 0, channels > 0 else { return false }
    let whitens = whitening.map {
      $0.size == values && $0.size <= Whitening.largestSize && $0.matrix.count == values * values
    }
    return rescale?.isFinite ?? true && mean?.count ?? channels == channels && deviation?.count ?? channels == channels
      && whitens ?? true
  }

  /// What both divisions by a standard deviation add to it, as in Keras.
  private static let least: Float = 1e-6

  /// The factor that is all there is to do; nil if there is more.
  var factorAlone: Float? {
    let isMore = normalization.centersSamples || mean != nil || whitening != nil
    return isMore ? nil : rescale.map { Float($0) } ?? 1
  }

  /// Standardizes pictures in place. Each comes to the same bits alone and in company.
  ///
  /// - Parameter values: `[pictures, height, width, channels]`.
  func apply(to values: UnsafeMutableBufferPointer<Float>, imageSize: Int, channels: Int) {
    for start in stride(from: 0, to: values.count, by: imageSize) {
      let picture = UnsafeMutableBufferPointer(rebasing: values[start..<(start + imageSize)])
      if let rescale { picture.multiply(by: Float(rescale)) }
      if normalization.centersSamples { picture.subtract(Float(picture.mean)) }
      if normalization.samplewiseStd { picture.divide(by: Float(picture.deviation) + Self.least) }
      if let mean { picture.subtractEach(mean) }
      if let deviation { picture.divideEach(by: deviation.map { $0 + Self.least }) }
    }
    whitening?.apply(to: values)
  }
}

extension UnsafeMutableBufferPointer<Float> {
  fileprivate func multiply(by factor: Float) {
    for index in indices { self[index] *= factor }
  }

  fileprivate func subtract(_ number: Float) {
    for index in indices { self[index] -= number }
  }

  fileprivate func divide(by number: Float) {
    for index in indices { self[index] /= number }
  }

  /// One number for each channel.
  fileprivate func subtractEach(_ numbers: [Float]) {
    for channel in numbers.indices {
      let number = numbers[channel]
      for index in Swift.stride(from: channel, to: count, by: numbers.count) { self[index] -= number }
    }
  }

  fileprivate func divideEach(by numbers: [Float]) {
    for channel in numbers.indices {
      let number = numbers[channel]
      for index in Swift.stride(from: channel, to: count, by: numbers.count) { self[index] /= number }
    }
  }

  fileprivate var mean: Double { sum { $0 } / Double(count) }

  /// Of values whose mean is nearly 0; it is taken off all the same.
  fileprivate var deviation: Double {
    let mean = mean
    return (Swift.max(0, sum { $0 * $0 } / Double(count) - mean * mean)).squareRoot()
  }

  /// In eight sums, so that none waits for another.
  private func sum(_ term: (SIMD8<Double>) -> SIMD8<Double>) -> Double {
    var sums = SIMD8<Double>.zero
    let whole = count / 8 * 8
    for start in Swift.stride(from: 0, to: whole, by: 8) {
      var values = SIMD8<Double>.zero
      for lane in 0..<8 { values[lane] = Double(self[start + lane]) }
      sums += term(values)
    }
    var rest = SIMD8<Double>.zero
    for index in whole..<count { rest[index - whole] = Double(self[index]) }
    return (sums + term(rest)).sum()
  }
}
