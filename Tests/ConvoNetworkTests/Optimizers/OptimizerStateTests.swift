import ConvoSchema
import Testing

@testable import ConvoNetwork

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@Suite struct OptimizerStateTests {
  @Test(arguments: Optimizers.all.indices)
  func aKeptStateGoesOnToTheSameBits(_ kind: Int) throws {
    let optimizer = try Optimizers.all[kind].make()
    let update = WeightUpdate(optimizer, variables: [0..<33])
    let (start, gradients) = Optimizers.numbers(33)
    var (straight, kept) = (start, start)
    var state = OptimizerState(for: optimizer, weights: 33)
    for _ in 0..<2 { update.step(&state, weights: &straight, gradients: gradients) }
    kept = straight
    var copy = try JSONDecoder().decode(OptimizerState.self, from: JSONEncoder().encode(state))
    update.step(&state, weights: &straight, gradients: gradients)
    update.step(&copy, weights: &kept, gradients: gradients)
    #expect(kept == straight)
    #expect(copy == state)
  }

  @Test func aStateFitsItsOwnKindAlone() throws {
    let state = OptimizerState(for: RMSprop(), weights: 5)
    #expect(state.fits(RMSprop(), weights: 5))
    #expect(!state.fits(RMSprop(), weights: 6))
    #expect(!state.fits(Adam(), weights: 5))
    for (option, value) in [("centered", Value.boolean(true)), ("use_ema", .boolean(true))] {
      let other = try Optimizers.Case("rmsprop", [option: value]).make()
      #expect(!state.fits(other, weights: 5), "\(option)")
      #expect(!OptimizerState(for: other, weights: 5).fits(RMSprop(), weights: 5), "\(option)")
    }
    let three = try Optimizers.Case("sgd", ["gradient_accumulation_steps": .integer(3)]).make()
    let four = try Optimizers.Case("sgd", ["gradient_accumulation_steps": .integer(4)]).make()
    #expect(!OptimizerState(for: three, weights: 5).fits(four, weights: 5))
    #expect(!OptimizerState(for: three, weights: 5).fits(SGD(), weights: 5))
  }
}

/// Every way to change weights that has code of its own.
enum Optimizers {
  struct Case: Sendable {
    let name: String
    let settings: [String: Value]

    init(_ name: String, _ settings: [String: Value] = [:]) {
      self.name = name
      self.settings = settings
    }

    func make() throws -> any OptimizerSpec {
      let type = try #require(OptimizerCatalog.named(name))
      return try type.init(Arguments(defaultsOf: type.schema, settings))
    }
  }

  static let all: [Case] = [
    Case("sgd"), Case("sgd", ["momentum": .number(0.9)]),
    Case("sgd", ["momentum": .number(0.9), "nesterov": .boolean(true)]), Case("rmsprop"),
    Case("rmsprop", ["momentum": .number(0.5), "centered": .boolean(true)]),
    Case("rmsprop", ["momentum": .number(0.5)]), Case("rmsprop", ["centered": .boolean(true)]), Case("adam"),
    Case("adam", ["amsgrad": .boolean(true)]), Case("sgd", ["weight_decay": .number(0.1)]),
    Case("sgd", ["clipvalue": .number(0.01)]), Case("sgd", ["clipnorm": .number(0.1)]),
    Case("rmsprop", ["global_clipnorm": .number(0.1), "loss_scale_factor": .number(8)]),
    Case("adam", ["use_ema": .boolean(true), "ema_overwrite_frequency": .integer(2)]),
    Case(
      "adam",
      ["gradient_accumulation_steps": .integer(3), "clipnorm": .number(0.1), "use_ema": .boolean(true)]),
  ]

  static func numbers(_ count: Int) -> (weights: [Float], gradients: [Float]) {
    var generator = SeededGenerator(5)
    return (
      (0..<count).map { _ in generator.nextUnit() - 0.5 },
      (0..<count).map { _ in (generator.nextUnit() - 0.5) * 0.1 }
    )
  }
}
