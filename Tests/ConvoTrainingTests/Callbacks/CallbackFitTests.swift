import ConvoData
import ConvoNetwork
import Testing

@testable import ConvoTraining

/// Callbacks in a `fit`.
@Suite struct CallbackFitTests {
  let images: StripedImages
  let train, validation: ImageGenerator
  let model: Model

  init() throws {
    images = try StripedImages([9, 9])
    train = try images.generator(batch: 5)
    validation = try images.generator("validation", batch: 9, seed: 8)
    // Large steps, so that the values go up and down.
    model = try smallModel(descent(0.3))
  }

  private func fit(
    from state: LearnedState? = nil, epochs: Int, _ callbacks: FitCallbacks, stopAt: Set<Int> = []
  ) throws -> FitLog {
    var settings = FitSettings(epochs: epochs)
    settings.callbacks = callbacks
    return try FitLog(
      Trainer(model, threads: 1), from: state ?? LearnedState(initial: model, seed: 1), on: train,
      validation: validation, settings, stopAt: stopAt)
  }

  private func stopping(
    _ name: String = "val_loss", patience: Int = 2, delta: Double = 0, restores: Bool = false
  ) -> FitCallbacks {
    FitCallbacks(
      earlyStopping: EarlyStopping(
        MonitoredMetric(name, minDelta: delta), patience: patience, restoresBestWeights: restores))
  }

  /// Nothing is better by 1000, so that the first epoch stays the best.
  @Test func stopsAndSaysWhy() throws {
    let log = try fit(epochs: 9, stopping(delta: 1000))
    #expect(log.ending == "finished")
    #expect(log.state.epochsDone == 3)
    #expect(log.events.suffix(2) == ["stopped after 3, best 1, waited 2", "finished 3"])
    #expect(log.outcome.stop?.epoch == 3 && log.outcome.bestEpoch == 1)
    // No other than a fit of three epochs.
    #expect(log.state.isTheSame(as: try fit(epochs: 3, FitCallbacks()).state))
  }

  @Test func theBestWeightsAreRestoredHoweverTheFitEnds() throws {
    let first = try fit(epochs: 1, FitCallbacks()).state
    for epochs in [2, 9] {
      let log = try fit(epochs: epochs, stopping(delta: 1000, restores: true))
      #expect(log.events.contains("restored 1"))
      #expect(log.state.weights == first.weights)
      // As in Keras, the optimizer stays where it was.
      #expect(log.state.optimizer?.iterations == 4 * min(3, epochs))
    }
  }

  @Test func theBestWeightsAreRestoredWithoutAnArchive() throws {
    var start = LearnedState(initial: model, seed: 1)
    start.kept.use(try EpochArchive(budget: 10))
    let log = try fit(from: start, epochs: 9, stopping(delta: 1000, restores: true))
    #expect(log.events.filter { $0.hasPrefix("not kept") }.count == 1)
    #expect(log.state.weights == (try fit(epochs: 1, FitCallbacks()).state.weights))
  }

  /// Interrupted at any question and finished with the same callbacks, all is as without the interruption.
  @Test(arguments: 1...24)
  func anInterruptedFitStopsAtTheSameEpoch(_ question: Int) throws {
    var callbacks = stopping(patience: 3, delta: 1000, restores: true)
    callbacks.reduceLearningRate = ReduceLearningRate(
      MonitoredMetric("loss", minDelta: 1000), factor: 0.5, patience: 1, cooldown: 1)
    let straight = try fit(epochs: 9, callbacks)
    #expect(straight.state.epochsDone == 4 && straight.asked == 24)
    #expect(straight.state.history.map(\.learningRate) == [0.3, 0.3, 0.15, 0.075])
    let stopped = try fit(epochs: 9, callbacks, stopAt: [question])
    #expect(stopped.ending == "interrupted")
    let rest = try fit(from: stopped.state, epochs: 9 - stopped.state.epochsDone, callbacks)
    #expect(rest.state.isTheSame(as: straight.state))
    #expect(rest.state.learningRate == straight.state.learningRate)
    #expect(rest.state.unfinishedCallbacks == nil)
    #expect(rest.outcome.stop == straight.outcome.stop)
  }

  /// As in Keras, the patience begins anew with every fit, and the learning rate stays.
  @Test func aSecondFitBeginsAnewAtTheReducedRate() throws {
    var callbacks = stopping(delta: 1000)
    callbacks.reduceLearningRate = ReduceLearningRate(
      MonitoredMetric("loss", minDelta: 1000), factor: 0.5, patience: 1)
    let first = try fit(epochs: 9, callbacks)
    let second = try fit(from: first.state, epochs: 9, callbacks)
    #expect(second.state.epochsDone == 6)
    #expect(second.state.history.map(\.learningRate) == [0.3, 0.3, 0.15, 0.075, 0.075, 0.0375])
    #expect(second.state.recompiled().learningRate == nil)
  }

  /// The rate that is reported is the one that is trained with.
  @Test func theReducedRateIsUsed() throws {
    let callbacks = FitCallbacks(
      reduceLearningRate: ReduceLearningRate(MonitoredMetric("loss", minDelta: 1000), factor: 0.5, patience: 1))
    let reduced = try fit(epochs: 3, callbacks).state
    let two = try fit(epochs: 2, FitCallbacks()).state
    let slower = try smallModel(descent(0.15))
    let third = try FitLog(
      Trainer(slower, threads: 1), from: two, on: train, validation: validation, FitSettings(epochs: 1)
    ).state
    #expect(reduced.weights == third.weights)
  }

  @Test func aValueThatNobodyMeasuresIsAnErrorBeforeTraining() throws {
    var settings = FitSettings(epochs: 1)
    settings.callbacks = stopping("val_accuracy")
    let trainer = Trainer(model, threads: 1)
    let start = LearnedState(initial: model, seed: 1)
    let error = #expect(throws: TrainingError.self) { try trainer.fit(from: start, on: train, settings: settings) }
    #expect(error?.problem == "early_stopping can't look at val_accuracy: the epochs will not have it")
    #expect(
      error?.help == "there will be loss, accuracy; with validation_data=GENERATOR there is val_accuracy as well")
  }
}
