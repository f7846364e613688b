/// Measures by a clock that never goes back.
struct Stopwatch {
  private let start = ContinuousClock.now

  /// Since it was made.
  var seconds: Double { (ContinuousClock.now - start) / .seconds(1) }
}
