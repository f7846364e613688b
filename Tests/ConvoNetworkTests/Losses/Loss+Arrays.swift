@testable import ConvoNetwork

extension Loss {
  /// `evaluate` on arrays: the loss of each row, and the gradient of their sum times `scale`.
  func evaluated(
    width: Int, logits: [Float], outputs: [Float], activation: Activation, targets: [Float], scale: Float = 1
  ) -> (losses: [Float], gradient: [Float]) {
    let rows = logits.count / width
    var losses = [Float](repeating: .nan, count: rows)
    var gradient = [Float](repeating: .nan, count: logits.count)
    losses.withUnsafeMutableBufferPointer { losses in
      gradient.withUnsafeMutableBufferPointer { gradient in
        evaluate(
          rows: rows, width: width, logits: logits, outputs: outputs, activation: activation, targets: targets,
          losses: losses, gradientScale: scale, gradient: gradient)
      }
    }
    return (losses, gradient)
  }

  /// `evaluate` on arrays, without the gradient.
  func losses(
    width: Int, logits: [Float], outputs: [Float], activation: Activation, targets: [Float]
  ) -> [Float] {
    let rows = logits.count / width
    var losses = [Float](repeating: .nan, count: rows)
    losses.withUnsafeMutableBufferPointer { losses in
      evaluate(
        rows: rows, width: width, logits: logits, outputs: outputs, activation: activation, targets: targets,
        losses: losses, gradientScale: 1, gradient: nil)
    }
    return losses
  }

  private func evaluate(
    rows: Int, width: Int, logits: [Float], outputs: [Float], activation: Activation, targets: [Float],
    losses: UnsafeMutableBufferPointer<Float>, gradientScale: Float, gradient: UnsafeMutableBufferPointer<Float>?
  ) {
    logits.withUnsafeBufferPointer { logits in
      outputs.withUnsafeBufferPointer { outputs in
        targets.withUnsafeBufferPointer { targets in
          evaluate(
            rows: rows, width: width, logits: logits, outputs: outputs, activation: activation, targets: targets,
            losses: losses, gradientScale: gradientScale, gradient: gradient)
        }
      }
    }
  }
}
