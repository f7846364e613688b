public import ConvoSchema

/// How gradients change weights: what a learner wrote, a value. What it remembers between steps is `OptimizerState`; the
/// steps themselves are done by `WeightUpdate`, which also does what `options` ask for.
///
/// An implementer gives, step by step and in 32-bit floats, the values that Keras 3 gives from the same gradients, and
/// treats each weight alone, so that the weights may be cut into parts anywhere.
public protocol OptimizerSpec: Nameable, Hashable {
  /// Keras's class name: `RMSprop`.
  static var kerasName: String { get }

  /// How far one step goes.
  var learningRate: Double { get set }

  /// What every optimizer can do besides its own formula.
  var options: OptimizerOptions { get set }

  /// Keras's names of the numbers that the formula remembers for each weight, such as `velocity`; all zero at first.
  var formulaSlots: [String] { get }

  /// Changes weights by the formula.
  ///
  /// Loops over three arrays at most, so that the compiler can make vector code of them: it guards each pair of arrays
  /// against overlapping, and gives up on more.
  ///
  /// - Parameters:
  ///   - weights: Any part of the weights, small enough to stay in the first-level cache with all that belongs to it.
  ///   - gradients: d loss / d weights, of the same part; what stands there afterwards is of no use.
  ///   - slots: What is remembered, in the order of `formulaSlots`, of the same part.
  ///   - step: The number of this change of the weights, from 1.
  func update(
    _ weights: UnsafeMutableBufferPointer<Float>, gradients: UnsafeMutableBufferPointer<Float>,
    slots: OptimizerSlots, step: Int)
}

extension OptimizerSpec {
  /// Keras's names of all that is remembered for each weight, those of the options first, as in Keras.
  public var slotNames: [String] { options.slotNames + formulaSlots }
}
