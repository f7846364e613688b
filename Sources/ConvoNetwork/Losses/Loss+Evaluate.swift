import ConvoTensor

extension Loss {
  /// The losses of `rows` samples and their gradient.
  ///
  /// With `activation` the sigmoid or the softmax, the cross-entropies are computed from the logits, as Keras does:
  /// neither overflows nor loses the small probabilities. With `fromLogits`, the outputs of any other activation are taken
  /// for logits. Else the loss is computed from the outputs.
  ///
  /// - Parameters:
  ///   - rows: The number of samples.
  ///   - width: The number of outputs of the model.
  ///   - logits: `[rows, width]`, the last layer's linear part.
  ///   - outputs: `[rows, width]`, `activation` of the logits.
  ///   - activation: The last layer's activation.
  ///   - targets: `[rows, targetWidth(outputs: width)]`, the truth.
  ///   - losses: `[rows]`, receives the loss of each sample.
  ///   - gradientScale: 1 / samples in the batch, for the gradient of the mean.
  ///   - gradient: `[rows, width]`, receives d (gradientScale · sum of losses) / d logits.
  public func evaluate(
    rows: Int, width: Int, logits: UnsafeBufferPointer<Float>, outputs: UnsafeBufferPointer<Float>,
    activation: Activation, targets: UnsafeBufferPointer<Float>, losses: UnsafeMutableBufferPointer<Float>,
    gradientScale: Float, gradient: UnsafeMutableBufferPointer<Float>?
  ) {
    let function = kind.function
    let ignorance = function.ignorance(outputs: width)
    let keep = ignorance == nil ? 1 : Float(1 - labelSmoothing)
    let add = Float(labelSmoothing) * (ignorance ?? 0)
    let targetWidth = function.targetWidth(outputs: width)
    let takesLogits = function.takesLogits(of: activation)
    for row in 0..<rows {
      let span = row * width..<(row + 1) * width
      let truth = Truth(
        values: Row(rebasing: targets[row * targetWidth..<(row + 1) * targetWidth]), keep: keep, add: add)
      let slopes = gradient.map { MutableRow(rebasing: $0[span]) }
      if takesLogits {
        losses[row] = function.fromLogits(Row(rebasing: logits[span]), targets: truth, gradient: slopes)
      } else {
        let values = Row(rebasing: outputs[span])
        losses[row] =
          fromLogits
          ? function.fromLogits(values, targets: truth, gradient: slopes)
          : function.fromOutputs(values, targets: truth, gradient: slopes)
        if let slopes { activation.pullBack(slopes, outputs: values) }
      }
      if let slopes {
        for index in slopes.indices { slopes[index] *= gradientScale }
      }
    }
  }
}

extension Activation {
  /// Turns the gradient with respect to the outputs of one sample into that with respect to its logits, in place.
  func pullBack(_ gradient: MutableRow, outputs: Row) {
    switch self {
    case .linear: break
    case .relu:
      for index in gradient.indices where outputs[index] <= 0 { gradient[index] = 0 }
    case .leakyReLU:
      for index in gradient.indices where !(outputs[index] > 0) { gradient[index] *= ActivationKernel.negativeSlope }
    case .sigmoid:
      for index in gradient.indices { gradient[index] *= outputs[index] * (1 - outputs[index]) }
    case .tanh:
      for index in gradient.indices { gradient[index] *= 1 - outputs[index] * outputs[index] }
    case .softmax:
      var mean: Float = 0
      for index in gradient.indices { mean += gradient[index] * outputs[index] }
      for index in gradient.indices { gradient[index] = outputs[index] * (gradient[index] - mean) }
    }
  }
}
