import ConvoNetwork
import Synchronization

/// The weights and the optimizer's state of one moment, in a file: it takes nearly no memory, and all states that have
/// the moment in their past share it.
final class EpochSnapshot: Sendable {
  /// What is known of an optimizer's state without its numbers.
  struct OptimizerOutline: Sendable {
    let iterations, accumulationSteps: Int
    let slotNames: [String]
    let count: Int

    init(_ state: OptimizerState) {
      iterations = state.iterations
      accumulationSteps = state.accumulationSteps
      slotNames = state.slotNames
      count = state.count
    }
  }

  private let archive: EpochArchive
  /// Where in the file; `nil` once that was needed for something else.
  private let place: Mutex<Range<Int>?>
  /// The number of weights.
  let count: Int
  private let outline: OptimizerOutline?

  init(archive: EpochArchive, range: Range<Int>, weights: Int, optimizer: OptimizerOutline?) {
    self.archive = archive
    place = Mutex(range)
    count = weights
    outline = optimizer
  }

  deinit {
    giveUp()
  }

  /// Makes room for others. Whoever still refers to the moment is told so when it is read.
  func giveUp() {
    let range = place.withLock { place in
      defer { place = nil }
      return place
    }
    if let range { archive.free(range) }
  }

  /// Reads a part of what was kept, while nobody can make room of it.
  ///
  /// - Parameter skipped: The numbers before the part.
  private func read(
    into numbers: UnsafeMutableBufferPointer<Float>, skipping skipped: Int
  ) throws(ArchiveError) {
    let problem = place.withLock { place -> ArchiveError? in
      guard let place else { return .displaced }
      let bytes = UnsafeMutableRawBufferPointer(numbers)
      let start = place.lowerBound + skipped * MemoryLayout<Float>.stride
      guard start + bytes.count <= place.upperBound else { return ArchiveError("less was kept than is asked for") }
      return archive.read(into: bytes, at: start)
    }
    if let problem { throw problem }
  }

  /// The weights.
  func weights() throws(ArchiveError) -> [Float] {
    try numbers(count, skipping: 0)
  }

  /// Puts the weights where they are to be used.
  ///
  /// - Precondition: There are as many.
  func read(into weights: UnsafeMutableBufferPointer<Float>) throws(ArchiveError) {
    precondition(weights.count == count)
    try read(into: weights, skipping: 0)
  }

  /// What the optimizer remembered; `nil` before its first step.
  func optimizer() throws(ArchiveError) -> OptimizerState? {
    guard let outline else { return nil }
    let state = OptimizerState(
      iterations: outline.iterations, accumulationSteps: outline.accumulationSteps, slotNames: outline.slotNames,
      count: outline.count, values: try numbers(outline.count * outline.slotNames.count, skipping: count))
    guard let state else { throw ArchiveError("the file holds another number of values than was written") }
    return state
  }

  private func numbers(_ count: Int, skipping skipped: Int) throws(ArchiveError) -> [Float] {
    var problem: ArchiveError?
    let numbers = [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
      do throws(ArchiveError) {
        try read(into: UnsafeMutableBufferPointer(rebasing: buffer[..<count]), skipping: skipped)
        initialized = count
      } catch {
        problem = error
      }
    }
    if let problem { throw problem }
    return numbers
  }
}
