/// Reads a file's numbers; one that lies beyond its end throws ``ImageProblem/truncated``.
struct LittleEndianBytes {
  let data: UnsafeRawBufferPointer

  init(_ data: UnsafeRawBufferPointer) {
    self.data = data
  }

  func byte(at offset: Int) throws(ImageProblem) -> UInt8 {
    guard data.indices.contains(offset) else { throw .truncated }
    return data[offset]
  }

  func number16(at offset: Int) throws(ImageProblem) -> Int {
    Int(UInt16(littleEndian: try load(at: offset)))
  }

  func number32(at offset: Int) throws(ImageProblem) -> Int {
    Int(UInt32(littleEndian: try load(at: offset)))
  }

  /// `count` bytes.
  func slice(at offset: Int, count: Int) throws(ImageProblem) -> UnsafeRawBufferPointer {
    guard offset >= 0, count >= 0, offset <= data.count, count <= data.count - offset else { throw .truncated }
    return UnsafeRawBufferPointer(rebasing: data[offset..<(offset + count)])
  }

  private func load<Number: FixedWidthInteger & BitwiseCopyable>(at offset: Int) throws(ImageProblem) -> Number {
    try slice(at: offset, count: MemoryLayout<Number>.size).loadUnaligned(as: Number.self)
  }
}
