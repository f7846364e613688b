/// A metric that is right answers / samples.
protocol RightAnswers: MetricFunction {
  /// 1 for a right answer, 0 for a wrong one, and what is between for an answer in several parts.
  func right(_ outputs: Row, targets: Row) -> Double
}

extension RightAnswers {
  /// Right answers; samples.
  var sumCount: Int { 2 }

  func add(_ samples: MeasuredSamples, to sums: inout [Double]) {
    var sum = 0.0
    samples.forEachSample { sum += right($0, targets: $1) }
    sums[0] += sum
    sums[1] += Double(samples.rows)
  }

  func value(of sums: [Double]) -> Double {
    sums[0] / sums[1]
  }
}

extension Row {
  /// The place of the largest number, the first of equals. NaN is never the largest.
  var placeOfLargest: Int {
    var place = 0
    var best = -Float.greatestFiniteMagnitude
    for (index, number) in enumerated() where number > best {
      best = number
      place = index
    }
    return place
  }
}
