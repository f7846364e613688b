import Testing

@testable import ConvoNetwork

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#endif

/// Every gradient against the slope of its own loss, measured by a small step both ways.
@Suite struct LossGradientTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var loss: Loss
    var activation: Activation
    var width: Int
    var testDescription: String {
      let options = (loss.fromLogits ? " from logits" : "") + (loss.labelSmoothing > 0 ? " smoothed" : "")
      return "\(loss.kind.rawValue)\(options), \(activation.rawValue), \(width) outputs"
    }

    static let losses = Loss.Kind.allCases.flatMap { kind in
      var (logits, smooth) = (Loss(kind), Loss(kind))
      logits.fromLogits = true
      smooth.labelSmoothing = 0.2
      return [Loss(kind), logits, smooth]
    }

    static let all = losses.flatMap { loss in
      Activation.allCases.flatMap { activation in
        [1, 2, 5].compactMap { width in
          // A softmax over one output has no slope, and neither has the class of one.
          width == 1 && activation == .softmax ? nil : Case(loss: loss, activation: activation, width: width)
        }
      }
    }
  }

  @Test(arguments: Case.all)
  func gradientIsTheSlopeOfTheLoss(_ test: Case) {
    var generator = SeededGenerator(11, UInt64(test.width))
    // Within (0, 1), away from the kinks of ReLU and of the clipping.
    var logits = (0..<test.width).map { _ in 0.1 + 0.8 * generator.nextUnit() }
    let truth = truth(test, generator: &generator)
    let gradient = evaluate(test, logits: logits, targets: truth, scale: 0.25).gradient

    let step: Float = 1 / 128
    for index in logits.indices {
      let logit = logits[index]
      logits[index] = logit + step
      let above = evaluate(test, logits: logits, targets: truth).loss
      logits[index] = logit - step
      let below = evaluate(test, logits: logits, targets: truth).loss
      logits[index] = logit
      let slope = 0.25 * (above - below) / (2 * step)
      #expect(abs(gradient[index] - slope) < 3e-4 * max(1, abs(slope)))
    }
  }

  @Test func numbersFarOutStayFinite() {
    let sigmoid = Case(loss: .binaryCrossentropy, activation: .sigmoid, width: 1)
    #expect(evaluate(sigmoid, logits: [1000], targets: [0]) == (1000, [1]))
    #expect(evaluate(sigmoid, logits: [-1000], targets: [0]) == (0, [0]))
    let softmax = Case(loss: .categoricalCrossentropy, activation: .softmax, width: 2)
    #expect(evaluate(softmax, logits: [1000, -1000], targets: [0, 1]) == (2000, [1, -1]))
  }

  @Test(arguments: Loss.Kind.allCases, [Activation.sigmoid, .softmax])
  func notANumberIsNotHidden(_ kind: Loss.Kind, _ activation: Activation) {
    let test = Case(loss: Loss(kind), activation: activation, width: 2)
    let truth: [Float] = kind == .sparseCategoricalCrossentropy ? [1] : [0, 1]
    let found = evaluate(test, logits: [.nan, 0.3], targets: truth)
    #expect(found.loss.isNaN)
    #expect(found.gradient.contains { $0.isNaN })
  }

  @Test(arguments: [-1, 2, 0.5, .nan, 1e30] as [Float])
  func aClassThatTheModelDoesNotHaveIsNotANumber(_ label: Float) {
    let test = Case(loss: .sparseCategoricalCrossentropy, activation: .softmax, width: 2)
    let found = evaluate(test, logits: [1, 2], targets: [label])
    #expect(found.loss.isNaN)
    #expect(found.gradient.allSatisfy { $0.isNaN })
  }

  private func truth(_ test: Case, generator: inout SeededGenerator) -> [Float] {
    let label = Int.random(in: 0..<test.width, using: &generator)
    switch test.loss.kind {
    case .sparseCategoricalCrossentropy: return [Float(label)]
    case .categoricalCrossentropy: return (0..<test.width).map { $0 == label ? 1 : 0 }
    case .binaryCrossentropy, .meanSquaredError: return (0..<test.width).map { _ in generator.nextUnit() }
    }
  }

  private func evaluate(
    _ test: Case, logits: [Float], targets: [Float], scale: Float = 1
  ) -> (loss: Float, gradient: [Float]) {
    let found = test.loss.evaluated(
      width: test.width, logits: logits, outputs: apply(test.activation, logits), activation: test.activation,
      targets: targets, scale: scale)
    return (found.losses[0], found.gradient)
  }

  private func apply(_ activation: Activation, _ logits: [Float]) -> [Float] {
    switch activation {
    case .linear: logits
    case .relu: logits.map { max(0, $0) }
    case .leakyReLU: logits.map { $0 > 0 ? $0 : 0.2 * $0 }
    case .tanh: logits.map { tanh($0) }
    case .sigmoid: logits.map { 1 / (1 + exp(-$0)) }
    case .softmax:
      logits.map { logit in
        let largest = logits.max() ?? 0
        return exp(logit - largest) / logits.reduce(0) { $0 + exp($1 - largest) }
      }
    }
  }
}
