import ConvoData
import ConvoNetwork
import ConvoTensor
import Testing

@testable import ConvoTraining

@Suite struct ThreadTests {
  @Test func theSameBitsForAnyNumberOfThreads() throws {
    let images = try StripedImages([40, 45])
    let model = try smallModel()
    let validation = try images.generator("validation", batch: 32, seed: 9)
    let states = try [1, 2, 4].map { threads in
      try FitLog(
        Trainer(model, threads: threads), from: LearnedState(initial: model, seed: 4), on: images.generator(batch: 37),
        validation: validation, FitSettings(epochs: 3)
      ).state
    }
    #expect(states[1].isTheSame(as: states[0]))
    #expect(states[2].isTheSame(as: states[0]))
    #expect(Set(states.map { $0.history.count }) == [3])
  }

  /// More weights than one part of the optimizer's update has.
  @Test func clippingByNormDoesNotDependOnTheNumberOfThreads() throws {
    let images = try StripedImages([12, 12])
    var model = Model(name: "wide", inputShape: [8, 6, 3])
    try model.add(Flatten())
    try model.add(Dense(units: 1000, activation: .relu))
    try model.add(Dense(units: 1, activation: .sigmoid))
    try model.compile(CompileSettings(loss: .binaryCrossentropy, optimizer: descentWithOptions()))
    let states = try [1, 2, 4].map { threads in
      try FitLog(
        Trainer(model, threads: threads), from: LearnedState(initial: model, seed: 4), on: images.generator(batch: 5),
        FitSettings(epochs: 2)
      ).state
    }
    #expect(states[1].isTheSame(as: states[0]))
    #expect(states[2].isTheSame(as: states[0]))
  }

  @Test func theSameBitsWithWholeBatchesAndDropout() throws {
    let images = try StripedImages([40, 45])
    let model = try normalizedModel()
    func state(threads: Int, seed: UInt64 = 6) throws -> LearnedState {
      try FitLog(
        Trainer(model, threads: threads, seed: seed), from: LearnedState(initial: model, seed: 4),
        on: images.generator(batch: 37), validation: images.generator("validation", batch: 32, seed: 9),
        FitSettings(epochs: 2)
      ).state
    }
    let one = try state(threads: 1)
    #expect(try state(threads: 2).isTheSame(as: one))
    #expect(try state(threads: 4).isTheSame(as: one))
    #expect(try state(threads: 1, seed: 7).weights != one.weights)
  }

  @Test func theSeedOfTheGeneratorAndOfTheWeightsBothMatter() throws {
    let images = try StripedImages([10, 10])
    let model = try smallModel()
    func weights(_ order: UInt64, _ start: UInt64) throws -> [Float] {
      try FitLog(
        Trainer(model, threads: 1), from: LearnedState(initial: model, seed: start),
        on: images.generator(batch: 4, seed: order), FitSettings()
      ).state.weights
    }
    #expect(try weights(1, 1) == weights(1, 1))
    #expect(try weights(1, 1) != weights(2, 1))
    #expect(try weights(1, 1) != weights(1, 2))
  }
}
