import COneDNN

/// The largest value or the mean of each window, channel by channel, forward and backward.
///
///     y[n, i, j, c] = max  x[n, i·s + u - p, j·s + v - p, c]      over u, v
///     y[n, i, j, c] = mean x[n, i·s + u - p, j·s + v - p, c]      over u, v within the picture
///
/// The gradient goes to the place of the maximum, to the first one (row by row) where several are equal; that of a mean
/// is shared by all of its values. As TensorFlow does (which computes it with the same library), the maximum passes over
/// NaN, and is never below the lowest finite number; the mean hands NaN on.
public final class PoolingKernel: ComputeKernel {
  /// What is kept of a window.
  public enum Function: Sendable {
    case largest, mean

    fileprivate var oneDNN: convo_pooling {
      switch self {
      case .largest: convo_largest
      case .mean: convo_mean
      }
    }
  }

  /// The layout of the pictures that the kernel reads best, and of their gradient.
  public let source: Layout
  /// The layout of the outputs, and of their gradient.
  public let destination: Layout
  /// The layout of the places of the maxima, kept from `forward` to `backward`; `nil` for a mean, and where only
  /// `forward` is wanted.
  public let places: Layout?
  private let forwardOperation: Operation
  private let backwardOperation: Operation?

  /// - Parameters:
  ///   - function: What is kept of a window.
  ///   - input: `[height, width, channels]`.
  ///   - layout: The layout in which the pictures come; the kernel asks for another one only where it can't be read fast.
  ///   - hasBackward: Whether the gradient of the source is wanted.
  /// - Throws: `invalidArguments` where the window does not fit, or what oneDNN reports.
  public init(
    _ function: Function, input: Shape, layout: Layout, batch: Int, window: Window, hasBackward: Bool
  ) throws(ComputeError) {
    guard input.sides.count == 3,
      let vertical = window.axis(0, input: input.sides[0])?.clippedForPooling(input: input.sides[0]),
      let horizontal = window.axis(1, input: input.sides[1])?.clippedForPooling(input: input.sides[1])
    else { throw ComputeError("forward pooling", .invalidArguments) }
    let output: Shape = [vertical.output, horizontal.output, input.sides[2]]
    let destination = try Layout.images(output, batch: batch, .any)
    let window = convo_window(vertical, horizontal)
    let candidates = try [
      layout, Layout.images(input, batch: batch, .blocksOf16),
      Layout.images(input, batch: batch, .blocksOf8),
    ]
    var chosen: (source: Layout, forward: Primitive, backward: Primitive?)?
    for source in candidates {
      let forward = try Primitive("forward pooling") { result, engine in
        withUnsafePointer(to: window) {
          convo_pooling_forward(
            result, engine, hasBackward ? 1 : 0, source.handle, destination.handle, $0, function.oneDNN)
        }
      }
      var backward: Primitive?
      if hasBackward {
        let outputs = try forward.requiredLayout(of: convo_destination)
        backward = try Primitive("backward pooling") { result, engine in
          withUnsafePointer(to: window) {
            convo_pooling_backward(
              result, engine, source.handle, outputs.handle, $0, function.oneDNN, forward.description)
          }
        }
      }
      if chosen == nil { chosen = (source, forward, backward) }
      if !forward.isReference && backward?.isReference != true {
        chosen = (source, forward, backward)
        break
      }
    }
    guard let chosen else { throw ComputeError("forward pooling", .unsupported) }
    source = chosen.source
    self.destination = try chosen.forward.requiredLayout(of: convo_destination)
    places = try chosen.forward.layout(of: convo_workspace)
    var arguments: [(Int32, Layout, Operation.Direction)] = [
      (convo_source, source, .input), (convo_destination, self.destination, .output),
    ]
    if let places { arguments.append((convo_workspace, places, .output)) }
    forwardOperation = try Operation("forward pooling", chosen.forward, arguments)
    guard let backward = chosen.backward else {
      backwardOperation = nil
      return
    }
    arguments = [
      (convo_destination_gradient, self.destination, .input), (convo_source_gradient, source, .output),
    ]
    if let places { arguments.append((convo_workspace, places, .input)) }
    backwardOperation = try Operation("backward pooling", backward, arguments)
  }

  /// What the kernel may run.
  public var operations: [Operation] { [forwardOperation, backwardOperation].compactMap { $0 } }

  /// destination ← the maxima or the means, places ← where the maxima were.
  public func forward(_ source: Tensor, into destination: Tensor, places: Tensor?, on stream: ComputeStream) {
    forwardOperation.run(on: stream, source, destination, places)
  }

  /// The gradient of the source, in place of what the tensor held.
  public func backward(destinationGradient: Tensor, places: Tensor?, sourceGradient: Tensor, on stream: ComputeStream) {
    backwardOperation?.run(on: stream, destinationGradient, sourceGradient, places)
  }
}
