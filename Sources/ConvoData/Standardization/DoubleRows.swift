import ConvoThreads

/// A matrix of doubles, row by row, whose rows several threads may work on at once.
///
/// Each row is computed by the same steps whichever thread has it, so that results don't depend on their number.
final class DoubleRows: @unchecked Sendable {
  let count: Int
  let width: Int
  private let memory: UnsafeMutablePointer<Double>

  /// Zeros.
  init(count: Int, width: Int) {
    self.count = count
    self.width = width
    memory = .allocate(capacity: max(1, count * width))
    memory.initialize(repeating: 0, count: count * width)
  }

  deinit {
    memory.deallocate()
  }

  /// A row.
  subscript(row: Int) -> UnsafeMutablePointer<Double> { memory + row * width }

  /// Less work than this, in products, is done before another thread has begun.
  private static let leastShared = 200_000

  /// Runs work on blocks of rows of a range, each block once, on up to so many threads.
  ///
  /// - Parameters:
  ///   - size: rows of a block; the last one may have fewer.
  ///   - products: the work of a row, to see whether threads pay.
  static func inBlocks(
    of size: Int, _ rows: Range<Int>, threads: Int, products: Int, _ work: @escaping @Sendable (Range<Int>) -> Void
  ) {
    let next = Monitor(rows.lowerBound)
    let pays = rows.count * products > leastShared
    let blocks = (rows.count + size - 1) / size
    WorkerThreads.run(pays ? max(1, min(threads, blocks)) : 1) {
      while let first = next.withLock({ next -> Int? in
        guard next < rows.upperBound else { return nil }
        defer { next += size }
        return next
      }) {
        work(first..<min(first + size, rows.upperBound))
      }
    }
  }
}

/// The loops that all of the work goes into.
enum DoubleRow {
  /// Σ left · right, in eight sums.
  static func dot(_ left: UnsafePointer<Double>, _ right: UnsafePointer<Double>, _ count: Int) -> Double {
    var sums = SIMD8<Double>.zero
    let whole = count / 8 * 8
    for start in stride(from: 0, to: whole, by: 8) {
      sums +=
        UnsafeRawPointer(left + start).loadUnaligned(as: SIMD8<Double>.self)
        * UnsafeRawPointer(right + start).loadUnaligned(as: SIMD8<Double>.self)
    }
    var sum = sums.sum()
    for index in whole..<count { sum += left[index] * right[index] }
    return sum
  }

  /// target += factor · source.
  static func add(
    _ factor: Double, _ source: UnsafePointer<Double>, to target: UnsafeMutablePointer<Double>, _ count: Int
  ) {
    for index in 0..<count { target[index] += factor * source[index] }
  }
}
