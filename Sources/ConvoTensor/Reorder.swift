import COneDNN

/// Copies a tensor into another layout.
public final class Reorder: ComputeKernel {
  /// `nil` where the layouts are the same.
  private let operation: Operation?

  /// From one layout of a tensor to another.
  public init(from source: Layout, to destination: Layout) throws(ComputeError) {
    guard source != destination else {
      operation = nil
      return
    }
    let primitive = try Primitive("reorder") { convo_reorder($0, $1, source.handle, destination.handle) }
    operation = try Operation(
      "reorder", primitive, [(convo_source, source, .input), (convo_destination, destination, .output)])
  }

  /// What the kernel may run.
  public var operations: [Operation] { [operation].compactMap { $0 } }

  /// destination ← source.
  public func run(_ source: Tensor, into destination: Tensor, on stream: ComputeStream) {
    if let operation {
      operation.run(on: stream, source, destination)
    } else {
      _ = destination.values.update(from: source.values)
    }
  }
}
