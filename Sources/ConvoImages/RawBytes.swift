extension [UInt8] {
  /// `withUnsafeBytes` that keeps the type of the error.
  func withRawBytes<Value>(
    _ body: (UnsafeRawBufferPointer) throws(ImageProblem) -> Value
  ) throws(ImageProblem) -> Value {
    try withUnsafeBytes { data -> Result<Value, ImageProblem> in
      do throws(ImageProblem) {
        return .success(try body(data))
      } catch {
        return .failure(error)
      }
    }.get()
  }
}
