import CKernels

/// Batch normalisation of the columns of matrices: sums down the columns, and what is computed from them.
///
///     y = (x - center) · scale + shift        dx = (dy - dyCenter) · scale - (x - center) · xFactor
public struct NormalizationKernel: Sendable {
  /// A part of a matrix: some of its rows and of its columns.
  public struct Part: Sendable {
    public var rows, width: Int
    /// The floats from row to row.
    public var stride: Int

    public init(rows: Int, width: Int, stride: Int) {
      self.rows = rows
      self.width = width
      self.stride = stride
    }
  }

  private let set: KernelSet

  public init(set: KernelSet = .best) {
    self.set = set
  }

  /// Adds the sums of `x` or, with `center`, of (x - center)². `run`: `[width]`.
  public func sum(
    _ part: Part, _ x: UnsafePointer<Float>, center: UnsafePointer<Float>?, into sums: UnsafeMutablePointer<Double>,
    run: UnsafeMutablePointer<Float>
  ) {
    set.functions.pointee.normalization.sum_columns(
      Int64(part.rows), Int64(part.width), Int64(part.stride), x, center, sums, run)
  }

  /// Adds the sums of `dy` and of dy · (x - center). `run`: `[2 · width]`.
  public func sumSlopes(
    _ part: Part, _ x: UnsafePointer<Float>, gradient dy: UnsafePointer<Float>, center: UnsafePointer<Float>,
    into sums: UnsafeMutablePointer<Double>, products: UnsafeMutablePointer<Double>, run: UnsafeMutablePointer<Float>
  ) {
    set.functions.pointee.normalization.sum_slopes(
      Int64(part.rows), Int64(part.width), Int64(part.stride), x, dy, center, sums, products, run)
  }

  /// `y` may be `x`.
  public func forward(
    _ part: Part, _ x: UnsafePointer<Float>, center: UnsafePointer<Float>, scale: UnsafePointer<Float>,
    shift: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>
  ) {
    set.functions.pointee.normalization.normalize(
      Int64(part.rows), Int64(part.width), Int64(part.stride), x, center, scale, shift, y)
  }

  /// `dx` may be `dy`.
  public func backward(
    _ part: Part, _ x: UnsafePointer<Float>, gradient dy: UnsafePointer<Float>, center: UnsafePointer<Float>,
    scale: UnsafePointer<Float>, gradientCenter: UnsafePointer<Float>, inputFactor: UnsafePointer<Float>,
    into dx: UnsafeMutablePointer<Float>
  ) {
    set.functions.pointee.normalization.normalize_back(
      Int64(part.rows), Int64(part.width), Int64(part.stride), x, dy, center, scale, gradientCenter, inputFactor, dx)
  }
}
