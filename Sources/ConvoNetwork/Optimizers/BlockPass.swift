/// What a step does to one block of weights: the formulas of `OptimizerOptions` around that of the optimizer.
struct BlockPass {
  let options: OptimizerOptions
  let turn: OptimizerState.Turn
  let weights: UnsafeMutableBufferPointer<Float>
  let gradients: UnsafeMutableBufferPointer<Float>
  /// Those of the options first.
  let slots: OptimizerSlots

  /// Makes the gradients those of the plain loss, and averages them with those of the steps before.
  func gather() {
    if let scale = options.lossScaleFactor.map({ Float($0) }) {
      for index in gradients.indices { gradients[index] /= scale }
    }
    guard let steps = options.gradientAccumulationSteps else { return }
    let accumulated = slots[options.average == nil ? 0 : 1]
    if turn.isUpdate {
      let steps = Float(steps)
      for index in gradients.indices { gradients[index] = (gradients[index] + accumulated[index]) / steps }
      accumulated.update(repeating: 0)
    } else {
      for index in gradients.indices { accumulated[index] += gradients[index] }
    }
  }

  /// In 64 bits, in eight sums: the order is the same wherever the block is computed.
  var sumOfSquares: Double {
    var sums = SIMD8<Double>()
    let whole = gradients.count / 8 * 8
    for start in stride(from: 0, to: whole, by: 8) {
      var values = SIMD8<Double>()
      for lane in 0..<8 { values[lane] = Double(gradients[start + lane]) }
      sums += values * values
    }
    var sum = sums.sum()
    for index in whole..<gradients.count { sum += Double(gradients[index]) * Double(gradients[index]) }
    return sum
  }

  /// Changes the weights where it is their turn, and the average of them.
  ///
  /// - Parameter norm: What clipping needs to know.
  func change(by optimizer: any OptimizerSpec, norm: Float) {
    if turn.isUpdate {
      clip(norm)
      decay(learningRate: Float(optimizer.learningRate))
      optimizer.update(
        weights, gradients: gradients, slots: slots.dropFirst(options.slotNameCount), step: turn.updatesBefore + 1)
    }
    average()
  }

  private func clip(_ norm: Float) {
    switch options.clipping {
    case nil: break
    case .norm(let limit):
      let limit = Float(limit)
      // `<` rather than `max`, so that NaN stays NaN.
      let divisor = norm < limit ? limit : norm
      for index in gradients.indices { gradients[index] = gradients[index] * limit / divisor }
    case .globalNorm(let limit):
      let limit = Float(limit)
      // As Keras has it: an infinite norm makes all gradients NaN.
      let scale = limit * min(1 / norm, 1 / limit) + (norm - norm)
      for index in gradients.indices { gradients[index] *= scale }
    case .value(let limit):
      let limit = Float(limit)
      for index in gradients.indices {
        let gradient = gradients[index]
        gradients[index] = gradient < -limit ? -limit : (gradient > limit ? limit : gradient)
      }
    }
  }

  private func decay(learningRate: Float) {
    guard let decay = options.weightDecay.map({ Float($0) }) else { return }
    for index in weights.indices { weights[index] -= weights[index] * decay * learningRate }
  }

  private func average() {
    guard let average = options.average else { return }
    let keep: Float = turn.updatesBefore == 0 ? 0 : Float(average.momentum)
    let take = 1 - keep
    let averages = slots[0]
    for index in weights.indices { averages[index] = keep * averages[index] + take * weights[index] }
    if let frequency = average.overwriteFrequency, (turn.updatesBefore + 1) % frequency == 0 {
      _ = weights.update(from: averages)
    }
  }
}

extension OptimizerOptions {
  /// As many as `slotNames`, without making them.
  fileprivate var slotNameCount: Int { (average == nil ? 0 : 1) + (gradientAccumulationSteps == nil ? 0 : 1) }
}
