/// A metric that is true positives / (true positives + answers that are wrong in one way), 0 where there are neither.
///
/// An output above 0.5 (0.5 itself is not) is a positive, a true one where the truth is not 0. Several outputs count one
/// by one.
protocol PositiveAnswers: MetricFunction {
  /// Whether an answer counts at all: those that do are right where they are positive and the truth is, else wrong.
  static func counts(isPositive: Bool, isTrue: Bool) -> Bool
}

extension PositiveAnswers {
  static var domain: String { "outputs that each have a truth of their own" }

  static func accepts(outputs: Int, targetWidth: Int) -> Bool { outputs == targetWidth }

  /// True positives; wrong answers.
  static var sumCount: Int { 2 }

  static func add(_ samples: MeasuredSamples, to sums: inout [Double]) {
    var (right, wrong) = (0.0, 0.0)
    samples.forEachOutput { output, isTrue in
      let isPositive = output > 0.5
      guard counts(isPositive: isPositive, isTrue: isTrue) else { return }
      if isPositive && isTrue { right += 1 } else { wrong += 1 }
    }
    sums[0] += right
    sums[1] += wrong
  }

  static func value(of sums: [Double]) -> Double {
    sums[0] == 0 ? 0 : sums[0] / (sums[0] + sums[1])
  }
}
