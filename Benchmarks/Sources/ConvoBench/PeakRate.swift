import CPeakRate
import ConvoThreads

/// How many multiply-adds this machine does in a second where nothing holds it up: no memory, no dependencies.
struct PeakRate {
  /// Of all threads together.
  let multiplyAddsPerSecond: Double

  /// Keeps some threads busy for about so many seconds.
  init(threads: Int, seconds: Double) {
    let rates = Monitor<[Double]>([])
    WorkerThreads.run(threads) {
      let rate = Self.rate(seconds: seconds)
      rates.withLock { $0.append(rate) }
    }
    multiplyAddsPerSecond = rates.withLock { $0.reduce(0, +) }
  }

  /// `AVX-512`, `AVX2` or `128-bit`.
  static var vectors: String { String(cString: convo_peak_vectors()) }

  /// Some hundred microseconds at a time, so that the clock is hardly ever looked at.
  private static let rounds: Int64 = 20_000

  private static func rate(seconds: Double) -> Double {
    var done = 0.0
    var result: Float = 0
    let watch = Stopwatch()
    while watch.seconds < seconds { done += Double(convo_peak_run(rounds, &result)) }
    return done / watch.seconds
  }
}
