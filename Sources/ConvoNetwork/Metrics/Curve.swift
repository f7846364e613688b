#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#endif

/// What the area is measured under, point by point for falling thresholds, by Keras's names.
///
/// With tp, fp, fn and tn the true and false positives and negatives above a threshold, and N and P all of class 0 and 1:
///
///     ROC       x = fp / N                    y = tp / P
///     PR        x = tp / P                    y = tp / (tp + fp)
///     PRGAIN    x = 1 - P/N · fn / tp         y = 1 - P/N · fp / tp          x from 0 on; 0 and 1 where tp = 0
///
/// The PR curve is not straight between two thresholds (Davis and Goadrich, 2006): there tp grows with the slope
/// s = Δtp / Δ(tp + fp), and the area is s · (Δtp + (tp - s · (tp + fp)) · log ratio of (tp + fp)) / P. (Flach and Kull,
/// 2015, for the gains.) The formulas and what they do where nothing is to be divided by are Keras 3's.
public enum Curve: String, Sendable, Hashable, Codable, CaseIterable {
  case roc = "ROC"
  case pr = "PR"
  case gain = "PRGAIN"

  /// The height of the area between two points: the mean of theirs, the smaller one or the larger one.
  public enum Summation: String, Sendable, Hashable, Codable, CaseIterable {
    case interpolation, minoring, majoring
  }
}

extension Curve {
  /// The area under the curve; 0 where no point is to be had.
  ///
  /// - Parameters:
  ///   - positives: For 0, 1, … thresholds how many of class 1 are above exactly as many of them.
  ///   - negatives: The same for class 0.
  func area(positives: ArraySlice<Double>, negatives: ArraySlice<Double>, _ summation: Summation) -> Double {
    // From the largest threshold, above which is what is in the last bucket.
    var above = Counts(
      allPositives: positives.reduce(0, +), allNegatives: negatives.reduce(0, +),
      truePositives: positives[positives.endIndex - 1], falsePositives: negatives[negatives.endIndex - 1])
    if self == .roc && summation == .interpolation { return rocArea(positives, negatives, from: above) }
    var area = 0.0
    var last = point(above)
    for bucket in (1..<positives.count - 1).reversed() {
      let before = above
      above.truePositives += positives[positives.startIndex + bucket]
      above.falsePositives += negatives[negatives.startIndex + bucket]
      if self == .pr && summation == .interpolation {
        area += above.precisionArea(since: before)
        continue
      }
      let next = point(above)
      let height =
        switch summation {
        case .interpolation: (last.y + next.y) / 2
        case .minoring: min(last.y, next.y)
        case .majoring: max(last.y, next.y)
        }
      area += (next.x - last.x) * height
      last = next
    }
    return area
  }

  /// The sum of trapeziums, in whole numbers until the end.
  private func rocArea(_ positives: ArraySlice<Double>, _ negatives: ArraySlice<Double>, from counts: Counts) -> Double
  {
    guard counts.allPositives > 0, counts.allNegatives > 0 else { return 0 }
    var (area, above) = (0.0, counts.truePositives)
    for bucket in (1..<positives.count - 1).reversed() {
      let inBucket = positives[positives.startIndex + bucket]
      area += negatives[negatives.startIndex + bucket] * (above + inBucket / 2)
      above += inBucket
    }
    return area / (counts.allPositives * counts.allNegatives)
  }

  private func point(_ counts: Counts) -> (x: Double, y: Double) {
    let (right, wrong) = (counts.truePositives, counts.falsePositives)
    switch self {
    case .roc: return (wrong.over(counts.allNegatives), right.over(counts.allPositives))
    case .pr: return (right.over(counts.allPositives), right.over(right + wrong))
    case .gain:
      guard right > 0 else { return (0, 1) }
      let odds = counts.allPositives.over(counts.allNegatives)
      return (max(0, 1 - odds * (counts.allPositives - right) / right), 1 - odds * wrong / right)
    }
  }

  /// What is above a threshold.
  private struct Counts {
    let allPositives, allNegatives: Double
    var truePositives: Double
    var falsePositives: Double

    /// The area under the curve of precision between a higher threshold and this one.
    func precisionArea(since higher: Counts) -> Double {
      let (before, after) = (higher.truePositives + higher.falsePositives, truePositives + falsePositives)
      let gained = truePositives - higher.truePositives
      let slope = gained.over(after - before)
      let intercept = higher.truePositives - slope * before
      let ratio = before > 0 && after > 0 ? after / before : 1
      return (slope * (gained + intercept * log(ratio))).over(allPositives)
    }
  }
}

extension Double {
  /// The quotient; 0 where there is nothing to divide by.
  fileprivate func over(_ divisor: Double) -> Double { divisor == 0 ? 0 : self / divisor }
}
