import COneDNN

/// Values in memory together with their layout. Several tensors may look at the same memory.
public final class Tensor: @unchecked Sendable {
  public let layout: Layout
  let memory: dnnl_memory_t
  private let storage: FloatBuffer
  private let offset: Int

  /// Looks at `storage` from the float at `offset` on.
  ///
  /// - Throws: `invalidArguments` where the tensor would reach beyond the storage.
  public init(_ layout: Layout, in storage: FloatBuffer, at offset: Int = 0) throws(ComputeError) {
    guard let base = storage.values.baseAddress, offset >= 0, layout.floatCount <= storage.count - offset else {
      throw ComputeError("placing a tensor", .invalidArguments)
    }
    var memory: dnnl_memory_t?
    let status = convo_memory_create(&memory, layout.handle, try ComputeEngine.shared(), base + offset)
    try ComputeError.check(status, "placing a tensor")
    guard let memory else { throw ComputeError("placing a tensor", .outOfMemory) }
    self.layout = layout
    self.memory = memory
    self.storage = storage
    self.offset = offset
  }

  /// A tensor with memory of its own, all zero.
  public convenience init(_ layout: Layout) throws(ComputeError) {
    try self.init(layout, in: FloatBuffer(count: layout.floatCount))
  }

  deinit {
    dnnl_memory_destroy(memory)
  }

  /// The values as they lie in memory, in the layout's order and with its padding.
  public var values: UnsafeMutableBufferPointer<Float> {
    UnsafeMutableBufferPointer(rebasing: storage.values[offset..<offset + layout.floatCount])
  }
}
