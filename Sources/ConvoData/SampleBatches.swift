/// The samples of one batch.
struct PlannedBatch: Equatable {
  /// How often all samples were shown in the epoch before this batch.
  let pass: Int
  /// The samples, in order.
  let indices: [Int]
}

/// The samples of an epoch's batches, one batch after another, pass after pass without end.
///
/// Each pass has its own order and ends with a shorter batch if the size does not divide the count; the next
/// pass goes on with a full one.
struct SampleBatches: Sequence, IteratorProtocol {
  private let count: Int
  private let batchSize: Int
  private let stepsPerPass: Int
  private let order: (_ pass: Int) -> [Int]
  private var step: Int
  private var current: (pass: Int, order: [Int])?

  /// - Parameters:
  ///   - step: the first batch's number in the epoch.
  ///   - order: a permutation of `0..<count` for each pass.
  init(count: Int, batchSize: Int, from step: Int, order: @escaping (_ pass: Int) -> [Int]) {
    self.count = count
    self.batchSize = batchSize
    self.stepsPerPass = Self.stepsPerPass(count: count, batchSize: batchSize)
    self.step = step
    self.order = order
  }

  static func stepsPerPass(count: Int, batchSize: Int) -> Int {
    count == 0 ? 0 : (count - 1) / batchSize + 1
  }

  mutating func next() -> PlannedBatch? {
    guard count > 0 else { return nil }
    let (pass, position) = step.quotientAndRemainder(dividingBy: stepsPerPass)
    if current?.pass != pass { current = (pass, order(pass)) }
    step = (step &+ 1) & .max  // a caller may name any step to begin with
    let start = position * batchSize
    let end = count - start > batchSize ? start + batchSize : count
    return current.map { PlannedBatch(pass: pass, indices: Array($0.order[start..<end])) }
  }
}
