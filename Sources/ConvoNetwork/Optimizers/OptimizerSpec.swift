public import ConvoSchema

/// How gradients change weights: what a learner wrote, a value. What it remembers between steps is `OptimizerState`.
///
/// An implementer gives, step by step and in 32-bit floats, the values that Keras 3 gives from the same gradients, and
/// treats each weight alone, so that the weights may be cut into parts anywhere.
public protocol OptimizerSpec: Nameable, Codable, Hashable {
  /// Keras's class name: `RMSprop`.
  static var kerasName: String { get }

  /// How far one step goes.
  var learningRate: Double { get set }

  /// Keras's names of the numbers that are remembered for each weight, such as `velocity`; all zero at first.
  var slotNames: [String] { get }

  /// Changes weights after a step.
  ///
  /// - Parameters:
  ///   - weights: Any part of the weights.
  ///   - gradients: d loss / d weights, of the same part.
  ///   - slots: What is remembered, in the order of `slotNames`, of the same part.
  ///   - step: The number of this step, from 1.
  func update(
    _ weights: UnsafeMutableBufferPointer<Float>, gradients: UnsafeBufferPointer<Float>,
    slots: OptimizerSlots, step: Int)
}
