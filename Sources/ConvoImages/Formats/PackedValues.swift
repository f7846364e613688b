/// Rows of values of 1, 2 or 4 bits, the leftmost in a byte's high bits; each row begins at a whole byte.
struct PackedValues {
  let bits: Int
  /// Bytes from a row to the next.
  let stride: Int

  /// One byte a value.
  ///
  /// - Precondition: there are `stride` bytes for each row but the last, and what its values need for that.
  func unpacked(_ packed: UnsafeRawBufferPointer, height: Int, width: Int) -> [UInt8] {
    let valuesInByte = 8 / bits
    let mask = UInt8((1 << bits) - 1)
    return [UInt8](unsafeUninitializedCapacity: height * width) { values, count in
      for row in 0..<height {
        let start = row * stride
        for column in 0..<width {
          let shift = UInt8(8 - bits * (column % valuesInByte + 1))
          values[count] = packed[start + column / valuesInByte] >> shift & mask
          count += 1
        }
      }
    }
  }
}
