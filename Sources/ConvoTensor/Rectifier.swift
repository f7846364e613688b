/// x above 0, and x · slope below.
///
/// The comparisons are such that NaN, which is neither above nor below 0, goes through, and that its slope is the one
/// below 0, as TensorFlow has it. A slope is multiplied by, even by 0: NaN and infinity stay to be seen in gradients.
///
/// Each loop writes where it reads: with a second pointer for the result the compiler would have to make sure that the
/// two do not overlap, and they do wherever a layer works in place.
struct Rectifier {
  typealias Values = UnsafeMutableBufferPointer<Float>

  let slope: Float

  /// result ← the function of values; both may be the same memory.
  func apply(_ values: Values, into result: Values) {
    guard let to = Self.copy(values, into: result) else { return }
    if slope == 0 {
      // -∞ · 0 would be NaN.
      for index in 0..<result.count { to[index] = to[index] <= 0 ? 0 : to[index] }
    } else {
      for index in 0..<result.count { to[index] = to[index] > 0 ? to[index] : to[index] * slope }
    }
  }

  /// result ← the gradient of the values, from that of the outputs; both may be the same memory.
  func pullBack(outputs: Values, _ gradient: Values, into result: Values) {
    guard let outputs = outputs.baseAddress, let to = Self.copy(gradient, into: result) else { return }
    for index in 0..<result.count { to[index] *= outputs[index] > 0 ? 1 : slope }
  }

  /// The beginning of `result`, which then holds the values.
  private static func copy(_ values: Values, into result: Values) -> UnsafeMutablePointer<Float>? {
    if values.baseAddress != result.baseAddress { _ = result.update(from: values) }
    return result.baseAddress
  }
}
