import COneDNN

/// A product of two matrices, row after row in memory or transposed.
///
///     C = A · B (+ b) (+ C) , then max(C, 0) if wanted
public final class MatrixProduct: ComputeKernel {
  private let operation: Operation

  /// - Parameters:
  ///   - name: What the product is for: "dense forward".
  ///   - left: `[rows, inner]`, from `Layout.matrix` or `Layout.transposedMatrix`.
  ///   - right: `[inner, columns]`.
  ///   - bias: `[1, columns]`, added to every row; `nil` for none.
  ///   - destination: `[rows, columns]`.
  ///   - accumulates: Whether the product is added to what the destination holds.
  ///   - relu: Whether the product ends with max(C, 0).
  public init(
    _ name: String, left: Layout, right: Layout, bias: Layout? = nil, destination: Layout, accumulates: Bool = false,
    relu: Bool = false
  ) throws(ComputeError) {
    let primitive = try Primitive(name) { result, engine in
      convo_matrix_product(
        result, engine, left.handle, right.handle, bias?.handle, destination.handle, relu ? 1 : 0, accumulates ? 1 : 0)
    }
    var arguments: [(Int32, Layout, Operation.Direction)] = [
      (convo_source, left, .input), (convo_weights, right, .input), (convo_destination, destination, .output),
    ]
    if let bias { arguments.append((convo_bias, bias, .input)) }
    operation = try Operation(name, primitive, arguments)
  }

  /// What the kernel may run.
  public var operations: [Operation] { [operation] }

  /// Runs the product.
  public func run(
    _ left: Tensor, _ right: Tensor, bias: Tensor? = nil, into destination: Tensor, on stream: ComputeStream
  ) {
    operation.run(on: stream, left, right, destination, bias)
  }
}
