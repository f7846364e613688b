/// What an optimizer remembers between steps: a value.
public struct OptimizerState: Sendable, Hashable, Codable {
  /// The steps done.
  public private(set) var iterations = 0
  /// Keras's names of the slots.
  public let slotNames: [String]
  /// The number of weights.
  public let count: Int
  /// One slot after the other, each with a number for each weight.
  private var values: [Float]

  /// The state before the first step.
  public init(for optimizer: any OptimizerSpec, weights count: Int) {
    slotNames = optimizer.slotNames
    self.count = count
    values = Array(repeating: 0, count: count * slotNames.count)
  }

  /// Whether the optimizer can go on from this state.
  public func fits(_ optimizer: any OptimizerSpec, weights count: Int) -> Bool {
    slotNames == optimizer.slotNames && self.count == count
  }

  /// The remembered numbers of a slot, in the order of the weights; `nil` where there is no such slot.
  public subscript(slot name: String) -> ArraySlice<Float>? {
    guard let index = slotNames.firstIndex(of: name) else { return nil }
    return values[index * count..<(index + 1) * count]
  }

  /// Does one step on the weights in `ranges`; the others stay.
  ///
  /// - Precondition: The state fits the optimizer, and `weights` and `gradients` have `count` numbers.
  public mutating func step(
    _ optimizer: any OptimizerSpec, weights: UnsafeMutableBufferPointer<Float>,
    gradients: UnsafeBufferPointer<Float>, ranges: [Range<Int>]
  ) {
    precondition(fits(optimizer, weights: weights.count) && gradients.count == count)
    iterations += 1
    let (step, count) = (iterations, count)
    values.withUnsafeMutableBufferPointer { values in
      for range in ranges {
        optimizer.update(
          UnsafeMutableBufferPointer(rebasing: weights[range]),
          gradients: UnsafeBufferPointer(rebasing: gradients[range]),
          slots: OptimizerSlots(values, stride: count, range: range), step: step)
      }
    }
  }
}

/// A part of the slots, while a step is done on it.
public struct OptimizerSlots {
  private let values: UnsafeMutableBufferPointer<Float>
  private let stride: Int
  private let range: Range<Int>

  /// - Parameters:
  ///   - values: All slots, one after the other.
  ///   - stride: The numbers in each slot.
  ///   - range: The part of each slot that is meant.
  public init(_ values: UnsafeMutableBufferPointer<Float>, stride: Int, range: Range<Int>) {
    self.values = values
    self.stride = stride
    self.range = range
  }

  /// The part of one slot, by the index of its name in `slotNames`.
  public subscript(slot: Int) -> UnsafeMutableBufferPointer<Float> {
    UnsafeMutableBufferPointer(
      rebasing: values[slot * stride + range.lowerBound..<slot * stride + range.upperBound])
  }
}
