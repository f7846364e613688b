#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#endif

/// How sure a model says it is, against how often it is right, in ten equal bins of the probability of its answers.
///
///     error = Σ images in bin / images · |share right - mean probability|      over the bins
///
/// the expected calibration error (Guo et al., "On Calibration of Modern Neural Networks", 2017, equation 3).
public struct Calibration: Sendable, Hashable {
  /// Answers whose probability is above `lower` and at most `upper`.
  public struct Bin: Sendable, Hashable {
    public var lower, upper: Double
    public var images: Int
    /// The mean probability that the model gave to its answers.
    public var confidence: Double
    /// The share of answers that are right.
    public var accuracy: Double
  }

  /// Those with images, the least sure first.
  public let bins: [Bin]
  /// All images.
  public let images: Int

  private static let count = 10

  public init(_ answers: Answers) {
    var sums = Array(repeating: (images: 0, confidence: 0.0, right: 0), count: Self.count)
    for answer in answers.answers {
      let choice = answers.choice(of: answer)
      let confidence = answer.probabilities[choice]
      guard confidence.isFinite else { continue }
      let bin = min(max(Int(ceil(min(max(confidence, 0), 1) * Double(Self.count))) - 1, 0), Self.count - 1)
      sums[bin].images += 1
      sums[bin].confidence += confidence
      sums[bin].right += choice == answer.truth ? 1 : 0
    }
    images = sums.reduce(0) { $0 + $1.images }
    bins = sums.enumerated().filter { $0.element.images > 0 }.map { index, sum in
      Bin(
        lower: Double(index) / Double(Self.count), upper: Double(index + 1) / Double(Self.count), images: sum.images,
        confidence: sum.confidence / Double(sum.images), accuracy: Double(sum.right) / Double(sum.images))
    }
  }

  public var error: Double { mean { abs($0.accuracy - $0.confidence) } }
  /// The mean probability of all answers.
  public var confidence: Double { mean(\.confidence) }
  /// The share of all answers that are right.
  public var accuracy: Double { mean(\.accuracy) }

  private func mean(_ value: (Bin) -> Double) -> Double {
    bins.reduce(0) { $0 + Double($1.images) * value($1) } / Double(max(1, images))
  }
}
