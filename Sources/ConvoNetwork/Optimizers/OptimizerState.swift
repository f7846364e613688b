/// What an optimizer remembers between steps: a value.
public struct OptimizerState: Sendable, Hashable, Codable {
  /// The steps done.
  public private(set) var iterations = 0
  /// The steps whose gradients are averaged for one change of the weights; 1 for none.
  public let accumulationSteps: Int
  /// Keras's names of the slots.
  public let slotNames: [String]
  /// The number of weights.
  public let count: Int
  /// One slot after the other, each with a number for each weight.
  private var values: [Float]

  /// The state before the first step.
  public init(for optimizer: any OptimizerSpec, weights count: Int) {
    accumulationSteps = optimizer.options.gradientAccumulationSteps ?? 1
    slotNames = optimizer.slotNames
    self.count = count
    values = Array(repeating: 0, count: count * slotNames.count)
  }

  /// Whether the optimizer can go on from this state.
  public func fits(_ optimizer: any OptimizerSpec, weights count: Int) -> Bool {
    slotNames == optimizer.slotNames && self.count == count
      && accumulationSteps == optimizer.options.gradientAccumulationSteps ?? 1
  }

  /// The remembered numbers of a slot, in the order of the weights; `nil` where there is no such slot.
  public subscript(slot name: String) -> ArraySlice<Float>? {
    guard let index = slotNames.firstIndex(of: name) else { return nil }
    return values[index * count..<(index + 1) * count]
  }

  /// A state that was kept elsewhere; `nil` where the numbers are not as many as the slots have.
  ///
  /// - Parameter values: One slot after the other, each with `count` numbers.
  public init?(iterations: Int, accumulationSteps: Int, slotNames: [String], count: Int, values: [Float]) {
    let (expected, overflow) = count.multipliedReportingOverflow(by: slotNames.count)
    guard !overflow, values.count == expected, iterations >= 0, accumulationSteps > 0, count >= 0 else { return nil }
    self.iterations = iterations
    self.accumulationSteps = accumulationSteps
    self.slotNames = slotNames
    self.count = count
    self.values = values
  }

  /// Hands out the remembered numbers, slot after slot, without a copy.
  public func withValues<Result>(_ body: (UnsafeBufferPointer<Float>) -> Result) -> Result {
    values.withUnsafeBufferPointer(body)
  }

  /// Counts a step, and hands out the slots and the number of changes of the weights before this step.
  mutating func step(_ body: (_ slots: UnsafeMutableBufferPointer<Float>, _ turn: Turn) -> Void) {
    let turn = Turn(updatesBefore: iterations / accumulationSteps, isUpdate: (iterations + 1) % accumulationSteps == 0)
    iterations += 1
    values.withUnsafeMutableBufferPointer { body($0, turn) }
  }

  /// What a step does, by its number.
  struct Turn {
    /// How often the weights were changed before: what Keras calls the optimizer's `iterations`.
    let updatesBefore: Int
    /// Whether this step changes the weights, rather than only adding to the gradients of the ones to come.
    let isUpdate: Bool
  }
}

/// A part of the slots, while a step is done on it.
public struct OptimizerSlots {
  private let values: UnsafeMutableBufferPointer<Float>
  private let stride: Int
  private let range: Range<Int>

  /// - Parameters:
  ///   - values: Slots, one after the other.
  ///   - stride: The numbers in each slot.
  ///   - range: The part of each slot that is meant.
  init(_ values: UnsafeMutableBufferPointer<Float>, stride: Int, range: Range<Int>) {
    self.values = values
    self.stride = stride
    self.range = range
  }

  /// The part of one slot, by the index of its name.
  public subscript(slot: Int) -> UnsafeMutableBufferPointer<Float> {
    UnsafeMutableBufferPointer(
      rebasing: values[slot * stride + range.lowerBound..<slot * stride + range.upperBound])
  }

  /// The slots behind the first ones.
  func dropFirst(_ slots: Int) -> OptimizerSlots {
    OptimizerSlots(UnsafeMutableBufferPointer(rebasing: values[(slots * stride)...]), stride: stride, range: range)
  }
}
