/// How far numbers are from those expected: the largest |found - expected| / max(|expected|, `floor`).
///
/// Equal numbers and two NaNs are no distance apart; a NaN on one side alone is infinitely far.
public func largestError(
  _ found: some Sequence<Float>, _ expected: some Sequence<Float>, floor: Float = 1
) -> Float {
  var (left, right) = (found.makeIterator(), expected.makeIterator())
  var largest: Float = 0
  while true {
    switch (left.next(), right.next()) {
    case (nil, nil): return largest
    case (let found?, let expected?):
      if found == expected || (found.isNaN && expected.isNaN) { continue }
      let error = abs(found - expected) / max(abs(expected), floor)
      if error.isNaN { return .infinity }
      largest = max(largest, error)
    case (nil, _), (_, nil): return .infinity
    }
  }
}
