#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Measures where the time of one thread goes. Used by one thread at a time.
final class StageClock {
  /// What time is spent on.
  enum Part {
    case input, loss, collecting, refreshing, seam
    case forward(stage: Int)
    case backward(stage: Int)
  }

  private(set) var input: UInt64 = 0
  private(set) var loss: UInt64 = 0
  private(set) var collecting: UInt64 = 0
  private(set) var refreshing: UInt64 = 0
  private(set) var seams: UInt64 = 0
  private(set) var forward: [UInt64]
  private(set) var backward: [UInt64]
  private var last: UInt64 = 0

  init(stages: Int) {
    forward = Array(repeating: 0, count: stages)
    backward = Array(repeating: 0, count: stages)
  }

  /// Nanoseconds by a clock that never goes back.
  static var now: UInt64 { clock_gettime_nsec() }

  private static func clock_gettime_nsec() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  /// A piece of work begins.
  func begin() { last = Self.now }

  /// The time since the last call goes to `part`.
  func add(to part: Part) {
    let now = Self.now
    let spent = now - last
    last = now
    switch part {
    case .input: input += spent
    case .loss: loss += spent
    case .collecting: collecting += spent
    case .refreshing: refreshing += spent
    case .seam: seams += spent
    case .forward(let stage): forward[stage] += spent
    case .backward(let stage): backward[stage] += spent
    }
  }

  /// All that was measured.
  var total: UInt64 {
    [forward.reduce(0, +), backward.reduce(0, +), input, loss, collecting, refreshing, seams].reduce(0, +)
  }
}
