import CKernels

/// The matrix products of a dense layer, each cut into parts that can be computed at the same time.
///
///     Y = X · W + b        dW (+)= Xᵀ · dY        db (+)= 1ᵀ · dY        dX = dY · Wᵀ
///
/// All matrices are plain, row after row. How they are cut depends on the sizes of the weights alone, and what a part
/// leaves on nothing but the part.
public struct DenseKernel: Sendable {
  public let inputs, units: Int
  private let set: KernelSet

  /// Products with a kernel of `[inputs, units]`.
  public init(inputs: Int, units: Int, set: KernelSet = .best) {
    self.inputs = inputs
    self.units = units
    self.set = set
  }

  /// Less work than this is not worth cutting.
  private static let leastWeights = 1 << 13

  /// The columns of Y in a part.
  private var forwardColumns: Int { inputs * units <= Self.leastWeights ? units : 64 }
  /// The rows of W in a part: about eight parts, each of which packs dY for itself.
  private var backwardRows: Int {
    inputs * units <= Self.leastWeights ? min(inputs, 512) : min(((inputs + 7) / 8 + 11) / 12 * 12, 512)
  }

  /// The parts into which Y is cut.
  public var forwardParts: Int { (units - 1) / forwardColumns + 1 }
  /// The parts into which dW and dX are cut.
  public var backwardParts: Int { (inputs - 1) / backwardRows + 1 }
  /// The floats of working memory that a thread needs.
  public var scratchFloats: Int { Int(convo_dense_scratch_floats(Int64(backwardRows))) }

  /// A part of `y`, `[rows, units]`, from `x`, `[rows, inputs]`; ends with max(y, 0) where `relu`.
  public func forward(
    part: Int, rows: Int, _ x: UnsafePointer<Float>, kernel: UnsafePointer<Float>, bias: UnsafePointer<Float>?,
    relu: Bool, into y: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
  ) {
    withSize(rows) { size in
      let first = part * forwardColumns
      set.functions.pointee.dense.forward(
        size, Int64(first), Int64(min(forwardColumns, units - first)), x, kernel, bias, relu ? 1 : 0, y, scratch)
    }
  }

  /// A part of the kernel's gradient, added to what is there where `adds`.
  public func backwardKernel(
    part: Int, rows: Int, _ x: UnsafePointer<Float>, gradient dy: UnsafePointer<Float>, adds: Bool,
    into dw: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
  ) {
    withSize(rows) { size in
      let first = part * backwardRows
      set.functions.pointee.dense.backward_kernel(
        size, Int64(first), Int64(min(backwardRows, inputs - first)), x, dy, adds ? 1 : 0, dw, scratch)
    }
  }

  /// A part of the input's gradient: the columns of it that belong to the part's rows of the kernel.
  public func backwardInput(
    part: Int, rows: Int, gradient dy: UnsafePointer<Float>, kernel: UnsafePointer<Float>,
    into dx: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
  ) {
    withSize(rows) { size in
      let first = part * backwardRows
      set.functions.pointee.dense.backward_input(
        size, Int64(first), Int64(min(backwardRows, inputs - first)), dy, kernel, dx, scratch)
    }
  }

  /// All of the bias's gradient, added to what is there where `adds`.
  public func backwardBias(
    rows: Int, gradient dy: UnsafePointer<Float>, adds: Bool, into db: UnsafeMutablePointer<Float>
  ) {
    withSize(rows) { set.functions.pointee.dense.backward_bias($0, dy, adds ? 1 : 0, db) }
  }

  private func withSize(_ rows: Int, _ body: (UnsafePointer<convo_dense>) -> Void) {
    withUnsafePointer(to: convo_dense(rows: Int64(rows), inputs: Int64(inputs), units: Int64(units)), body)
  }
}
