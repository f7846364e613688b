import COneDNN

/// A function of a layer's linear part, and its slope, which is computed from the function's value alone.
///
///     relu      y = max(x, 0)                 dx = dy where y > 0, else 0
///     sigmoid   y = 1 / (1 + exp(-x))         dx = dy · y · (1 - y)
///     softmax   y = exp(x) / Σ exp(x)         dx = y · (dy - Σ dy · y)       Σ over channels
public final class ActivationKernel: ComputeKernel {
  /// Which function.
  public enum Function: Sendable, Hashable {
    case relu, sigmoid
    /// Over the channels of pictures, or over the columns of a matrix.
    case softmax
  }

  private let forwardOperation: Operation
  private let backwardOperation: Operation?

  /// - Parameter layout: The layout of pictures or of a matrix; outputs and gradients have the same one.
  public init(_ function: Function, layout: Layout, hasBackward: Bool) throws(ComputeError) {
    let forward = try Primitive("forward \(function)") { result, engine in
      switch function {
      case .relu: convo_function_forward(result, engine, convo_relu, layout.handle)
      case .sigmoid: convo_function_forward(result, engine, convo_logistic, layout.handle)
      // Channels and columns are both the second side.
      case .softmax: convo_softmax_forward(result, engine, layout.handle, 1)
      }
    }
    forwardOperation = try Operation(
      "forward \(function)", forward, [(convo_source, layout, .input), (convo_destination, layout, .output)])
    guard hasBackward else {
      backwardOperation = nil
      return
    }
    let backward = try Primitive("backward \(function)") { result, engine in
      switch function {
      case .relu: convo_function_backward(result, engine, convo_relu, layout.handle, forward.description)
      case .sigmoid: convo_function_backward(result, engine, convo_logistic, layout.handle, forward.description)
      case .softmax: convo_softmax_backward(result, engine, layout.handle, 1, forward.description)
      }
    }
    backwardOperation = try Operation(
      "backward \(function)", backward,
      [
        (convo_destination, layout, .input), (convo_destination_gradient, layout, .input),
        (convo_source_gradient, layout, .output),
      ])
  }

  /// What the kernel may run.
  public var operations: [Operation] { [forwardOperation, backwardOperation].compactMap { $0 } }

  /// destination ← function of source; both may be the same memory.
  public func forward(_ source: Tensor, into destination: Tensor, on stream: ComputeStream) {
    forwardOperation.run(on: stream, source, destination)
  }

  /// The gradient of the source from the outputs; both gradients may be the same memory.
  public func backward(output: Tensor, gradient: Tensor, sourceGradient: Tensor, on stream: ComputeStream) {
    backwardOperation?.run(on: stream, output, gradient, sourceGradient)
  }
}
