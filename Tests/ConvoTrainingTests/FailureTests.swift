import ConvoData
import ConvoNetwork
import ConvoTensor
import Testing

@testable import ConvoTraining

/// What is refused before work starts, and what is left when work can't go on.
@Suite struct FailureTests {
  @Test(arguments: [
    (FitSettings(epochs: 0), "epochs=0 is not possible: there must be at least 1; give epochs=1 or more"),
    (
      FitSettings(stepsPerEpoch: -2),
      "steps_per_epoch=-2 is not possible: there must be at least 1; give steps_per_epoch=1 or more"
    ),
    (
      FitSettings(validationSteps: 0),
      "validation_steps=0 is not possible: there must be at least 1; give validation_steps=1 or more"
    ),
  ])
  func settingsThatMakeNoSense(_ settings: FitSettings, _ problem: String) throws {
    let error = #expect(throws: TrainingError.self) {
      try settings.check(after: LearnedState(weights: []))
    }
    #expect(error.map { "\($0.problem); \($0.help)" } == problem)
  }

  @Test func moreEpochsThanCanBeCounted() throws {
    var state = LearnedState(weights: [])
    state.history = [
      EpochRecord(epoch: 3, training: Scores(loss: 1), images: 1, steps: 1, seconds: 1, learningRate: 1)
    ]
    try FitSettings(epochs: .max - 3).check(after: state)
    #expect(throws: TrainingError.self) { try FitSettings(epochs: .max - 2).check(after: state) }
  }

  @Test func modelAndImagesThatDoNotFit() throws {
    let images = try StripedImages([4, 4])
    let trainer = Trainer(try smallModel(), threads: 1)
    let start = LearnedState(initial: trainer.model, seed: 1)
    let wide = try images.generator(batch: 4) { $0.targetSize = ImageSize(height: 8, width: 9) }
    let fitting = #expect(throws: TrainingError.self) {
      try trainer.fit(from: start, on: wide, settings: FitSettings())
    }
    #expect(fitting?.problem == "train gives images of 8x9x3, and the model small takes 8x6x3")
    #expect(fitting?.help == "load train with target_size=8x6, or make the model with input=8x9x3")

    // Validation data is looked at before the first epoch, not after it.
    let unlabelled = try images.generator("validation", batch: 4, mode: .none)
    let train = try images.generator(batch: 4)
    let validating = #expect(throws: TrainingError.self) {
      try trainer.fit(from: start, on: train, validation: unlabelled, settings: FitSettings())
    }
    #expect(validating?.problem.hasPrefix("validation has no labels") == true)
    #expect(throws: TrainingError.self) { try trainer.evaluate(start, on: unlabelled) }
    #expect(throws: TrainingError.self) { try trainer.evaluate(start, on: train, steps: 0) }
  }

  @Test(arguments: [[(Int.max, 2)], [(Int.max / 2, 1), (Int.max, 1)], [(1 << 40, 1 << 20)], [(1 << 61, 1)]])
  func moreMemoryThanThereIs(_ floats: [(Int, Int)]) {
    #expect(throws: TrainingError.self) { try BatchRunner.checkMemory(floats) }
  }

  @Test func memoryThatThereIs() throws {
    try BatchRunner.checkMemory([(1000, 8), (32, 5)])
  }

  @Test func weightsOfAnotherModel() throws {
    let images = try StripedImages([4, 4])
    var model = try smallModel()
    let start = LearnedState(initial: model, seed: 1)
    try model.add(Dense(units: 1, activation: .sigmoid))
    let generator = try images.generator(batch: 4)
    let error = #expect(throws: TrainingError.self) {
      try Trainer(model, threads: 1).fit(from: start, on: generator, settings: FitSettings())
    }
    #expect(error?.problem == "there are 137 weights for a model of 139")
    #expect(error?.help == "reset, which draws new weights for the model as it is now")
  }

  @Test func aLossThatIsNotANumberIsToldOnceAndTrainingGoesOn() throws {
    let images = try StripedImages([4, 4])
    let model = try smallModel(descent(1e39, momentum: 0))
    let log = try FitLog(
      Trainer(model, threads: 1), from: LearnedState(initial: model, seed: 1), on: images.generator(batch: 2),
      FitSettings(epochs: 2))
    #expect(log.ending == "finished")
    #expect(log.state.history.last?.loss.isFinite == false)
    let news = log.events.filter { $0.hasPrefix("not finite") }
    #expect(news.count == 1)
    #expect(
      news.first?.hasSuffix("compile with a learning_rate below 1e+39, and reset: weights that are not numbers stay so")
        == true)
  }

  @Test func aFileThatGoesAwayIsLeftOutAndTold() throws {
    let images = try StripedImages([5, 5])
    let train = try images.generator(batch: 10, cache: PixelCache(budget: 0))
    try images.remove(class: 1, number: 2)
    let model = try smallModel()
    let log = try FitLog(
      Trainer(model, threads: 1), from: LearnedState(initial: model, seed: 1), on: train, FitSettings(epochs: 2))
    #expect(log.ending == "finished")
    #expect(log.state.history.map(\.images) == [9, 9])
    #expect(log.events.filter { $0.hasPrefix("problems") } == ["problems with class1/002.png"])
  }

  @Test func whatWasLearnedSurvivesAFailure() throws {
    let images = try StripedImages([3, 3])
    let train = try images.generator(batch: 3, cache: PixelCache(budget: 0))
    let model = try smallModel()
    let trainer = Trainer(model, threads: 1)
    let start = LearnedState(initial: model, seed: 1)
    let first = try FitLog(trainer, from: start, on: train, FitSettings(epochs: 1))
    let log = try FitLog(
      trainer, from: start, on: train, FitSettings(epochs: 40),
      onEvent: { event in
        guard case .epoch(let record, _) = event, record.epoch == 1 else { return }
        for label in 0..<2 {
          for number in 0..<3 { try? images.remove(class: label, number: number) }
        }
      })
    #expect(log.ending.hasPrefix("no picture in '"))
    // The second epoch's first batches may have been decoded ahead.
    #expect((1...2).contains(log.state.history.count))
    #expect(log.state.history.first?.untimed == first.state.history.first?.untimed)
    #expect(log.state.optimizer?.iterations ?? 0 >= 2)
    #expect(log.state.fits(model))
  }

  /// An operation that fails while it runs: the weights and the optimizer's state are those before the step.
  @Test func aStepThatFailsChangesNothing() throws {
    let model = try normalizedModel()
    let compiled = try #require(model.compiled)
    let images = try StripedImages([3, 3])
    let batch = try #require(try images.generator(batch: 6).batches(epoch: 1, steps: 1).next())
    let start = LearnedState(initial: model, seed: 1)
    let runner = try BatchRunner(
      model, compiled, from: start, classes: 2, largestBatch: 6, threads: 1, forTraining: true)
    var optimizer = OptimizerState(for: compiled.optimizer, weights: start.weights.count)
    runner.executor.failNextStep(ComputeError("forward convolution", .outOfMemory))
    let error = #expect(throws: TrainingError.self) { try runner.train(batch, &optimizer) }
    #expect(error?.problem == "computing stopped: forward convolution: out of memory")
    #expect(Array(runner.executor.weights.values) == start.weights)
    #expect(optimizer.iterations == 0)
    try runner.train(batch, &optimizer)
    #expect(optimizer.iterations == 1)
  }
}
