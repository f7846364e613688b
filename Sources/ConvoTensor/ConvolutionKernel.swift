import COneDNN

/// A two-dimensional convolution of a batch of pictures with a bank of filters, forward and backward.
///
///     y[n, i, j, f] = b[f] + Σ x[n, i·s + u·d - p, j·s + v·d - p, c] · w[u, v, c, f]      over u, v, c
///
/// Pictures are `[batch, height, width, channels]`; the layouts are oneDNN's choice.
public final class ConvolutionKernel: ComputeKernel {
  /// The layout of the pictures, and of their gradient.
  public let source: Layout
  /// The layout of the outputs, and of their gradient.
  public let destination: Layout
  /// The layout of the filters that `forward` takes.
  public let forwardFilters: Layout
  /// The layout of the filters that `backwardSource` takes.
  public let backwardFilters: Layout?
  /// The layout of the filters' gradient.
  public let filterGradient: Layout?
  private let forwardOperation: Operation
  private let filterOperation: Operation?
  private let sourceOperation: Operation?

  /// Which gradients are wanted.
  public enum Gradients: Sendable {
    case none, filters, filtersAndSource
  }

  /// - Parameters:
  ///   - input: `[height, width, channels]`.
  ///   - filters: The number of filters.
  ///   - groups: Into how many equal groups channels and filters are divided; each filter sees only its own group.
  ///   - relu: Whether `forward` ends with max(y, 0).
  /// - Throws: `invalidArguments` where the window does not fit, or what oneDNN reports.
  public init(
    input: Shape, batch: Int, filters: Int, groups: Int = 1, window: Window, hasBias: Bool, relu: Bool,
    gradients: Gradients
  ) throws(ComputeError) {
    guard input.sides.count == 3, groups >= 1, input.sides[2] % groups == 0,
      let vertical = window.axis(0, input: input.sides[0]),
      let horizontal = window.axis(1, input: input.sides[1])
    else { throw ComputeError("forward convolution", .invalidArguments) }
    let output: Shape = [vertical.output, horizontal.output, filters]
    let shape: Shape = [vertical.kernel, horizontal.kernel, input.sides[2] / groups, filters]
    let problem = try Problem(
      source: Layout.images(input, batch: batch, .any),
      filters: Layout.anyFilters(shape, groups: groups), bias: hasBias ? Layout.vector(filters) : nil,
      destination: Layout.images(output, batch: batch, .any),
      window: convo_window(vertical, horizontal))
    let forward = try problem.forward(relu: relu, training: gradients != .none)
    source = try forward.requiredLayout(of: convo_source)
    destination = try forward.requiredLayout(of: convo_destination)
    forwardFilters = try forward.requiredLayout(of: convo_weights)
    var arguments: [(Int32, Layout, Operation.Direction)] = [
      (convo_source, source, .input), (convo_weights, forwardFilters, .input),
      (convo_destination, destination, .output),
    ]
    if let bias = problem.bias { arguments.append((convo_bias, bias, .input)) }
    forwardOperation = try Operation("forward convolution", forward, arguments)
    guard gradients != .none else {
      (backwardFilters, filterGradient, filterOperation, sourceOperation) = (nil, nil, nil, nil)
      return
    }
    let toFilters = try problem.backwardFilters(hint: forward)
    let filterGradient = try toFilters.requiredLayout(of: convo_weights_gradient)
    self.filterGradient = filterGradient
    arguments = [
      (convo_source, source, .input), (convo_destination_gradient, destination, .input),
      (convo_weights_gradient, filterGradient, .output),
    ]
    if let bias = problem.bias { arguments.append((convo_bias_gradient, bias, .output)) }
    filterOperation = try Operation("backward convolution to filters", toFilters, arguments)
    guard gradients == .filtersAndSource else {
      (backwardFilters, sourceOperation) = (nil, nil)
      return
    }
    let toSource = try problem.backwardSource(hint: forward)
    let backwardFilters = try toSource.requiredLayout(of: convo_weights)
    self.backwardFilters = backwardFilters
    sourceOperation = try Operation(
      "backward convolution to source", toSource,
      [
        (convo_destination_gradient, destination, .input), (convo_weights, backwardFilters, .input),
        (convo_source_gradient, source, .output),
      ])
  }

  /// What the kernel may run.
  public var operations: [Operation] {
    [forwardOperation, filterOperation, sourceOperation].compactMap { $0 }
  }

  /// destination ← source ∗ filters + bias, and max(·, 0) if the kernel was made so.
  public func forward(
    _ source: Tensor, filters: Tensor, bias: Tensor?, into destination: Tensor, on stream: ComputeStream
  ) {
    forwardOperation.run(on: stream, source, filters, destination, bias)
  }

  /// The gradients of the filters and of the bias, in place of what the tensors held.
  public func backwardFilters(
    source: Tensor, destinationGradient: Tensor, filterGradient: Tensor, biasGradient: Tensor?, on stream: ComputeStream
  ) {
    filterOperation?.run(on: stream, source, destinationGradient, filterGradient, biasGradient)
  }

  /// The gradient of the source, in place of what the tensor held.
  public func backwardSource(
    destinationGradient: Tensor, filters: Tensor, sourceGradient: Tensor, on stream: ComputeStream
  ) {
    sourceOperation?.run(on: stream, destinationGradient, filters, sourceGradient)
  }
}

/// A convolution as oneDNN is asked for it, with layouts left open.
private struct Problem {
  let source, filters: Layout
  let bias: Layout?
  let destination: Layout
  let window: convo_window

  func forward(relu: Bool, training: Bool) throws(ComputeError) -> Primitive {
    try Primitive("forward convolution") { result, engine in
      withUnsafePointer(to: window) { window in
        convo_convolution_forward(
          result, engine, training ? 1 : 0, source.handle, filters.handle, bias?.handle, destination.handle, window,
          relu ? 1 : 0)
      }
    }
  }

  func backwardFilters(hint: Primitive) throws(ComputeError) -> Primitive {
    try Primitive("backward convolution to filters") { result, engine in
      withUnsafePointer(to: window) { window in
        convo_convolution_backward_weights(
          result, engine, source.handle, filters.handle, bias?.handle, destination.handle, window, hint.description)
      }
    }
  }

  func backwardSource(hint: Primitive) throws(ComputeError) -> Primitive {
    try Primitive("backward convolution to source") { result, engine in
      withUnsafePointer(to: window) { window in
        convo_convolution_backward_data(
          result, engine, source.handle, filters.handle, destination.handle, window, hint.description)
      }
    }
  }
}
