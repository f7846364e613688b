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
    /// Over the channels of pictures, or over the columns of a matrix: so many. The layout must be plain.
    case softmax(width: Int)

    /// `softmax`, for messages.
    var name: String {
      switch self {
      case .relu: "relu"
      case .sigmoid: "sigmoid"
      case .softmax: "softmax"
      }
    }
  }

  private let function: Function
  private let forwardOperation: Operation
  private let backwardOperation: Operation?

  /// - Parameter layout: The layout of pictures or of a matrix; outputs and gradients have the same one.
  /// - Throws: `invalidArguments` where a softmax's layout has no whole rows, or what oneDNN reports.
  public init(_ function: Function, layout: Layout, hasBackward: Bool) throws(ComputeError) {
    if case .softmax(let width) = function, width < 1 || layout.floatCount % width != 0 {
      throw ComputeError("forward softmax", .invalidArguments)
    }
    self.function = function
    let forward = try Primitive("forward \(function.name)") { result, engine in
      switch function {
      case .relu: convo_function_forward(result, engine, convo_relu, layout.handle)
      case .sigmoid: convo_function_forward(result, engine, convo_logistic, layout.handle)
      // Channels and columns are both the second side.
      case .softmax: convo_softmax_forward(result, engine, layout.handle, 1)
      }
    }
    forwardOperation = try Operation(
      "forward \(function.name)", forward, [(convo_source, layout, .input), (convo_destination, layout, .output)])
    let slope: convo_function
    switch function {
    case .relu: slope = convo_relu
    case .sigmoid: slope = convo_logistic
    case .softmax:
      // oneDNN has fast code for a softmax's gradient on some processors alone; `pullBack` is as fast on all.
      backwardOperation = nil
      return
    }
    guard hasBackward else {
      backwardOperation = nil
      return
    }
    let backward = try Primitive("backward \(function.name)") {
      convo_function_backward($0, $1, slope, layout.handle, forward.description)
    }
    backwardOperation = try Operation(
      "backward \(function.name)", backward,
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
    switch function {
    case .relu, .sigmoid: backwardOperation?.run(on: stream, output, gradient, sourceGradient)
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
