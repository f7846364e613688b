public import ConvoSchema
public import ConvoTensor

/// What a learner wrote of one layer: a value. Weights and buffers live elsewhere.
///
/// An implementer passes the one generic layer test: the shape that it announces is the shape that it computes, its
/// parameter count is the sum of its weights, its gradients match finite differences, and recorded Keras values hold.
public protocol LayerSpec: Nameable, Codable, Hashable {
  /// Keras's class name, shown by `summary`: `Conv2D`.
  static var kerasName: String { get }

  /// The activation that the layer applies last; `linear` where it has none.
  var activation: Activation { get }

  /// A penalty on the layer's outputs, for each sample, that is added to the loss; `nil` for none.
  var activityRegularizer: Regularizer? { get }

  /// The output's shape, without the batch. Throws where the layer can't stand on such an input.
  func outputShape(for input: Shape) throws(ShapeError) -> Shape

  /// The weights that the layer has on such an input, in Keras's order (kernel, bias).
  func weights(for input: Shape) -> [WeightSpec]

  /// How output shape and parameters follow from such an input: the equations come to what the two above say.
  func arithmetic(for input: Shape) -> LayerArithmetic
}

extension LayerSpec {
  /// None.
  public var activityRegularizer: Regularizer? { nil }

  /// The number of values that training or statistics set.
  public func parameterCount(for input: Shape) -> Int {
    weights(for: input).reduce(0) { $0 + ($1.shape.count ?? 0) }
  }
}

/// One weight tensor of a layer.
public struct WeightSpec: Sendable, Hashable {
  /// Keras's name of it: `kernel`, `bias`.
  public var name: String
  /// Keras's layout: `[kernel height, kernel width, input channels, filters]`, `[inputs, units]`.
  public var shape: Shape
  public var initializer: Initializer
  /// Whether the optimizer changes it.
  public var isTrainable: Bool
  /// What the weight adds to the loss; `nil` for nothing.
  public var regularizer: Regularizer?
  /// What the weight is made to keep to after each step; `nil` for nothing.
  public var constraint: WeightConstraint?

  public init(
    name: String, shape: Shape, initializer: Initializer, isTrainable: Bool = true, regularizer: Regularizer? = nil,
    constraint: WeightConstraint? = nil
  ) {
    self.name = name
    self.shape = shape
    self.initializer = initializer
    self.isTrainable = isTrainable
    self.regularizer = regularizer
    self.constraint = constraint
  }
}

/// Why a layer can't stand where it was put.
public struct ShapeError: Error, Hashable, Sendable {
  /// What is wrong, with the sizes: "a 3x3 window does not fit a 2x2 input".
  public var problem: String
  /// How to mend it.
  public var help: String

  public init(_ problem: String, help: String = "") {
    self.problem = problem
    self.help = help
  }
}
