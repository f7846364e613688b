/// A block of 32-bit floats aligned for vector loads, all zero at first.
///
/// The buffer is a reference: whoever holds it may write to it, and only the trainer's own threads do, each to its own
/// part.
public final class FloatBuffer: @unchecked Sendable {
  /// Enough for a cache line and for the widest vector registers.
  private static let alignment = 64

  private let storage: UnsafeMutableRawPointer
  public let count: Int

  public init(count: Int) {
    self.count = count
    let bytes = max(count * MemoryLayout<Float>.stride, Self.alignment)
    storage = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: Self.alignment)
    storage.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
  }

  deinit {
    storage.deallocate()
  }

  /// The values, for as long as the buffer lives.
  public var values: UnsafeMutableBufferPointer<Float> {
    UnsafeMutableBufferPointer(start: storage.assumingMemoryBound(to: Float.self), count: count)
  }
}
