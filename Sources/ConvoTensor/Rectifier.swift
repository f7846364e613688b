/// x above 0, and x · slope below.
///
/// The comparisons are such that NaN, which is neither above nor below 0, goes through, and that its slope is the one
/// below 0, as TensorFlow has it. A slope is multiplied by, even by 0: NaN and infinity stay to be seen in gradients.
struct Rectifier {
  let slope: Float

  /// result ← the function of values; both may be the same memory.
  func apply(_ values: UnsafeMutableBufferPointer<Float>, into result: UnsafeMutableBufferPointer<Float>) {
    let count = min(values.count, result.count)
    guard let from = values.baseAddress, let to = result.baseAddress else { return }
    if slope == 0 {
      // -∞ · 0 would be NaN.
      for index in 0..<count { to[index] = from[index] <= 0 ? 0 : from[index] }
    } else {
      for index in 0..<count { to[index] = from[index] > 0 ? from[index] : from[index] * slope }
    }
  }

  /// result ← the gradient of the values, from that of the outputs; both may be the same memory.
  func pullBack(
    outputs: UnsafeMutableBufferPointer<Float>, _ gradient: UnsafeMutableBufferPointer<Float>,
    into result: UnsafeMutableBufferPointer<Float>
  ) {
    let count = min(outputs.count, gradient.count, result.count)
    guard let outputs = outputs.baseAddress, let from = gradient.baseAddress, let to = result.baseAddress else {
      return
    }
    for index in 0..<count { to[index] = from[index] * (outputs[index] > 0 ? 1 : slope) }
  }
}
