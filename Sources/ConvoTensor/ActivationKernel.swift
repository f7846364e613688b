import COneDNN

/// A function of a layer's linear part, and its slope, which is computed from the function's value alone.
///
///     relu         y = max(x, 0)                 dx = dy · (1 where y > 0, else 0)
///     leaky_relu   y = x where x > 0, else a·x   dx = dy · (1 where y > 0, else a)       a = 0.2
///     sigmoid      y = 1 / (1 + exp(-x))         dx = dy · y · (1 - y)
///     tanh         y = tanh x                    dx = dy · (1 - y²)
///     softmax      y = exp(x) / Σ exp(x)         dx = y · (dy - Σ dy · y)       Σ over channels
///
/// NaN stays NaN in all of them, and max(NaN, 0) is NaN as well.
public final class ActivationKernel: ComputeKernel {
  /// Which function.
  public enum Function: Sendable, Hashable {
    case relu, leakyReLU, sigmoid, tanh
    /// Over the channels of pictures, or over the columns of a matrix: so many. The layout must be plain.
    case softmax(width: Int)

    /// `softmax`, for messages.
    var name: String {
      switch self {
      case .relu: "relu"
      case .leakyReLU: "leaky_relu"
      case .sigmoid: "sigmoid"
      case .tanh: "tanh"
      case .softmax: "softmax"
      }
    }
  }

  /// The slope of `leakyReLU` below 0, Keras's default.
  public static let negativeSlope: Float = 0.2

  private let function: Function
  /// oneDNN's, of the functions that it computes as Keras does. Its own ReLU makes 0 of NaN, and it has fast code for a
  /// softmax's gradient on some processors alone; loops over memory are as fast.
  private let forwardOperation, backwardOperation: Operation?

  /// - Parameter layout: The layout of pictures or of a matrix; outputs and gradients have the same one.
  /// - Throws: `invalidArguments` where a softmax's layout has no whole rows, or what oneDNN reports.
  public init(_ function: Function, layout: Layout, hasBackward: Bool) throws(ComputeError) {
    self.function = function
    switch function {
    case .relu, .leakyReLU:
      (forwardOperation, backwardOperation) = (nil, nil)
    case .sigmoid:
      (forwardOperation, backwardOperation) = try Self.smooth(convo_logistic, function.name, layout, hasBackward)
    case .tanh:
      (forwardOperation, backwardOperation) = try Self.smooth(convo_tanh, function.name, layout, hasBackward)
    case .softmax(let width):
      guard width >= 1, layout.floatCount % width == 0 else {
        throw ComputeError("forward softmax", .invalidArguments)
      }
      // Channels and columns are both the second side.
      let forward = try Primitive("forward softmax") { convo_softmax_forward($0, $1, layout.handle, 1) }
      forwardOperation = try Operation(
        "forward softmax", forward, [(convo_source, layout, .input), (convo_destination, layout, .output)])
      backwardOperation = nil
    }
  }

  private static func smooth(
    _ function: convo_function, _ name: String, _ layout: Layout, _ hasBackward: Bool
  ) throws(ComputeError) -> (Operation, Operation?) {
    let forward = try Primitive("forward \(name)") { convo_function_forward($0, $1, function, layout.handle) }
    let forwardOperation = try Operation(
      "forward \(name)", forward, [(convo_source, layout, .input), (convo_destination, layout, .output)])
    guard hasBackward else { return (forwardOperation, nil) }
    let backward = try Primitive("backward \(name)") {
      convo_function_backward($0, $1, function, layout.handle, forward.description)
    }
    let backwardOperation = try Operation(
      "backward \(name)", backward,
      [
        (convo_destination, layout, .input), (convo_destination_gradient, layout, .input),
        (convo_source_gradient, layout, .output),
      ])
    return (forwardOperation, backwardOperation)
  }

  /// What the kernel may run.
  public var operations: [Operation] { [forwardOperation, backwardOperation].compactMap { $0 } }

  /// destination ← function of source; both may be the same memory.
  public func forward(_ source: Tensor, into destination: Tensor, on stream: ComputeStream) {
    switch function {
    case .relu: Rectifier(slope: 0).apply(source.values, into: destination.values)
    case .leakyReLU: Rectifier(slope: Self.negativeSlope).apply(source.values, into: destination.values)
    case .sigmoid, .tanh, .softmax: forwardOperation?.run(on: stream, source, destination)
    }
  }

  /// The gradient of the source from the outputs; both gradients may be the same memory.
  public func backward(output: Tensor, gradient: Tensor, sourceGradient: Tensor, on stream: ComputeStream) {
    switch function {
    case .relu:
      Rectifier(slope: 0).pullBack(outputs: output.values, gradient.values, into: sourceGradient.values)
    case .leakyReLU:
      Rectifier(slope: Self.negativeSlope)
        .pullBack(outputs: output.values, gradient.values, into: sourceGradient.values)
    case .sigmoid, .tanh: backwardOperation?.run(on: stream, output, gradient, sourceGradient)
    case .softmax(let width):
      Self.pullBack(outputs: output.values, gradient.values, into: sourceGradient.values, width: width)
    }
  }

  /// A softmax's gradient, row by row.
  private static func pullBack(
    outputs: UnsafeMutableBufferPointer<Float>, _ gradient: UnsafeMutableBufferPointer<Float>,
    into result: UnsafeMutableBufferPointer<Float>, width: Int
  ) {
    for start in stride(from: 0, to: outputs.count, by: width) {
      var mean: Float = 0
      for index in start..<start + width { mean += gradient[index] * outputs[index] }
      for index in start..<start + width { result[index] = outputs[index] * (gradient[index] - mean) }
    }
  }
}
