/// A calculation compiled for tensors of fixed layouts.
///
/// An implementer runs on any number of threads at once, each with a stream that was made for its operations, and gives
/// the same bits on each.
public protocol ComputeKernel: Sendable {
  /// What the kernel may run.
  var operations: [Operation] { get }
}

extension ComputeKernel {
  /// Whether oneDNN has nothing but its plain loops for one of the operations, hundreds of times slower than the rest.
  public var isReference: Bool { operations.contains { $0.primitive.isReference } }

  /// What oneDNN calls the code that it chose for each operation: none begins with `ref` on a layer that a learner waits
  /// for.
  public var implementationNames: [String] {
    operations.flatMap { operation in operation.implementationNames.map { "\(operation.name): \($0)" } }
  }
}
