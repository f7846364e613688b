import ConvoData
import ConvoNetwork
import Testing

@testable import ConvoTraining

/// Training that is interrupted and goes on comes to the same bits as training that is not.
@Suite struct InterruptTests {
  /// 3 epochs of 4 steps with 2 steps of validation are 18 questions whether to stop.
  @Test(arguments: 1...18, [false, true])
  func goingOnAfterAnInterruptIsTheSameToTheBit(_ question: Int, _ hasOptions: Bool) throws {
    let setting = try Setting(hasOptions ? descentWithOptions() : descent(0.1))
    let straight = try setting.fit(epochs: 3)
    #expect(straight.asked == 18)

    let stopped = try setting.fit(epochs: 3, stopAt: [question])
    #expect(stopped.ending == "interrupted")
    let rest = try setting.fit(from: stopped.state, epochs: 3 - stopped.state.epochsDone)
    #expect(rest.ending == "finished")
    #expect(rest.state.isTheSame(as: straight.state))
  }

  @Test(arguments: 1...18)
  func theMovingStatisticsAndDropoutGoOnToTheBitAsWell(_ question: Int) throws {
    let setting = try Setting(model: normalizedModel())
    let straight = try setting.fit(epochs: 3)
    let stopped = try setting.fit(epochs: 3, stopAt: [question])
    #expect(stopped.ending == "interrupted")
    let rest = try setting.fit(from: stopped.state, epochs: 3 - stopped.state.epochsDone)
    #expect(rest.state.isTheSame(as: straight.state))
  }

  @Test func oftenInterrupted() throws {
    let setting = try Setting()
    let straight = try setting.fit(epochs: 3).state
    var state = setting.start
    var rounds = 0
    while state.epochsDone < 3 {
      // Each round does one or two batches.
      state = try setting.fit(from: state, epochs: 3 - state.epochsDone, stopAt: [2 + rounds % 2]).state
      rounds += 1
      try #require(rounds < 20)
    }
    #expect(rounds > 8)
    #expect(state.isTheSame(as: straight))
  }

  @Test func beforeTheFirstBatchNothingHasHappened() throws {
    let setting = try Setting()
    let stopped = try setting.fit(epochs: 3, stopAt: [1])
    #expect(stopped.state == setting.start)
  }

  @Test func inTheMiddleOfAnEpoch() throws {
    let stopped = try Setting().fit(epochs: 3, stopAt: [9])
    #expect(stopped.state.epochsDone == 1)
    let unfinished = try #require(stopped.state.unfinished)
    #expect(unfinished.plan.epoch == 2)
    #expect(unfinished.stepsDone == 2)
    #expect(unfinished.tally.samples == 10)
    #expect(stopped.state.optimizer?.iterations == 6)
    #expect(stopped.events.last == "interrupted in epoch 2 after 2 of 4")
  }

  @Test func duringValidationTheTrainingOfTheEpochCountsAndItsLineIsMissing() throws {
    let setting = try Setting()
    let stopped = try setting.fit(epochs: 1, stopAt: [6])
    #expect(stopped.state.history.isEmpty)
    #expect(stopped.state.unfinished?.stepsDone == 4)
    #expect(stopped.state.optimizer?.iterations == 4)
    // The weights are those of the finished epoch already.
    #expect(stopped.state.weights == (try setting.fit(epochs: 1).state.weights))
    let rest = try setting.fit(from: stopped.state, epochs: 1)
    #expect(rest.events.filter { $0.hasPrefix("batch") }.isEmpty)
    #expect(rest.events.filter { $0.hasPrefix("validating") }.count == 2)
  }

  @Test func otherBatchesStartTheEpochAgain() throws {
    let setting = try Setting()
    let stopped = try setting.fit(epochs: 1, stopAt: [3]).state
    let other = try setting.images.generator(batch: 7)
    let rest = try setting.fit(from: stopped, epochs: 1, on: other)
    #expect(rest.events.prefix(3) == ["preparing", "epoch 1 again, 2 steps before", "epoch 1 of 1, 0 of 3 steps done"])
    #expect(rest.state.optimizer?.iterations == 5)
    #expect(rest.state.history.first?.images == 18)
  }

  @Test func compilingAnewForgetsTheUnfinishedEpochAndTheOptimizer() throws {
    let stopped = try Setting().fit(epochs: 3, stopAt: [9]).state
    let anew = stopped.recompiled()
    #expect(anew.unfinished == nil && anew.optimizer == nil)
    #expect(anew.weights == stopped.weights && anew.history == stopped.history)
  }

  /// Pictures, a model and a start for it.
  private struct Setting {
    let images: StripedImages
    let train, validation: ImageGenerator
    let model: Model
    let start: LearnedState

    init(_ optimizer: any OptimizerSpec = descent(0.1), model other: Model? = nil) throws {
      images = try StripedImages([9, 9])
      train = try images.generator(batch: 5)
      validation = try images.generator("validation", batch: 9, seed: 8)
      model =
        try other ?? smallModel(optimizer, metrics: Metric.all.filter { !$0.name.contains("categorical") })
      start = LearnedState(initial: model, seed: 1)
    }

    /// - Parameter stopAt: The questions that are answered with yes.
    func fit(
      from state: LearnedState? = nil, epochs: Int, on other: ImageGenerator? = nil, stopAt: Set<Int> = []
    ) throws -> FitLog {
      try FitLog(
        Trainer(model, threads: 1), from: state ?? start, on: other ?? train, validation: validation,
        FitSettings(epochs: epochs), stopAt: stopAt)
    }
  }
}

extension LearnedState {
  /// Equal but for the times.
  func isTheSame(as other: LearnedState) -> Bool {
    weights.map(\.bitPattern) == other.weights.map(\.bitPattern) && optimizer == other.optimizer
      && history.map(\.untimed) == other.history.map(\.untimed) && unfinished == nil && other.unfinished == nil
  }
}
