import ConvoData
import ConvoNetwork
import Testing

@testable import ConvoTraining

/// What an epoch is, how it is counted, and what is told of it.
@Suite struct EpochTests {
  @Test func theAverageTakesThePlaceOfTheWeightsWhenTrainingEnds() throws {
    let images = try StripedImages([9, 9])
    var optimizer = descent(0.1)
    optimizer.options.average = WeightAverage(momentum: 0.9)
    let model = try smallModel(optimizer)
    let start = LearnedState(initial: model, seed: 1)
    func fit(stopAt: Set<Int>) throws -> LearnedState {
      try FitLog(
        Trainer(model, threads: 1), from: start, on: images.generator(batch: 5), FitSettings(epochs: 2), stopAt: stopAt
      ).state
    }
    let finished = try fit(stopAt: [])
    let average = try #require(finished.optimizer?[slot: "average"])
    #expect(Array(average) == finished.weights)
    let interrupted = try fit(stopAt: [7])
    let running = try #require(interrupted.optimizer?[slot: "average"])
    #expect(Array(running) != interrupted.weights)
  }

  /// 1,024 is a power of 2, so that nothing is rounded.
  @Test func aScaledLossTrainsAndIsReportedAsTheSame() throws {
    let images = try StripedImages([9, 9])
    let states = try [nil, 1024.0].map { scale in
      var optimizer = descent(0.1)
      optimizer.options.lossScaleFactor = scale
      let model = try smallModel(optimizer)
      return try FitLog(
        Trainer(model, threads: 1), from: LearnedState(initial: model, seed: 1), on: images.generator(batch: 5),
        FitSettings(epochs: 2)
      ).state
    }
    #expect(states[0].isTheSame(as: states[1]))
  }

  private func options(batch: Int) -> GeneratorOptions {
    var options = GeneratorOptions(seed: 0)
    options.batchSize = batch
    return options
  }

  @Test func theNotesLeaveThreeImagesOut() {
    let plan = EpochPlan(
      epoch: 1, steps: 8, directory: "train", images: 1027, options: options(batch: 128),
      for: CompileSettings(loss: .binaryCrossentropy))
    #expect(plan.steps == 8 && plan.batchesInPass == 9 && plan.imagesUnseen == 3)
  }

  @Test(arguments: [(nil, 4, 0), (1, 1, 20), (3, 3, 4), (4, 4, 0), (5, 5, 0), (9, 9, 0)] as [(Int?, Int, Int)])
  func imagesUnseen(_ asked: Int?, _ steps: Int, _ unseen: Int) {
    let plan = EpochPlan(
      epoch: 1, steps: asked, directory: "train", images: 28, options: options(batch: 8),
      for: CompileSettings(loss: .binaryCrossentropy))
    #expect(plan.steps == steps && plan.batchesInPass == 4 && plan.imagesUnseen == unseen)
  }

  @Test func everythingIsTold() throws {
    let images = try StripedImages([6, 6])
    let log = try FitLog(
      Trainer(smallModel(), threads: 1), from: LearnedState(initial: smallModel(), seed: 1),
      on: images.generator(batch: 5), validation: images.generator("validation", batch: 8), FitSettings(epochs: 2))
    #expect(
      log.events == [
        "preparing",
        "epoch 1 of 2, 0 of 3 steps done",
        "batch 1 of 3, 5 images", "batch 2 of 3, 10 images", "batch 3 of 3, 12 images",
        "validating 1 of 2", "validating 2 of 2",
        "finished epoch 1 of 2, 12 images",
        "epoch 2 of 2, 0 of 3 steps done",
        "batch 1 of 3, 5 images", "batch 2 of 3, 10 images", "batch 3 of 3, 12 images",
        "validating 1 of 2", "validating 2 of 2",
        "finished epoch 2 of 2, 12 images",
        "finished 2",
      ])
  }

  @Test func stepsBeyondAPassGoAroundAgain() throws {
    let images = try StripedImages([6, 6])
    let log = try FitLog(
      Trainer(smallModel(), threads: 1), from: LearnedState(initial: smallModel(), seed: 1),
      on: images.generator(batch: 5), FitSettings(stepsPerEpoch: 7))
    #expect(log.batches.map(\.images) == [5, 10, 12, 17, 22, 24, 29])
    #expect(log.state.history.map(\.images) == [29])
    #expect(log.state.history.map(\.steps) == [7])
  }

  @Test func aSecondFitGoesOn() throws {
    let images = try StripedImages([6, 6])
    let train = try images.generator(batch: 5)
    let trainer = Trainer(try smallModel(), threads: 1)
    let start = LearnedState(initial: trainer.model, seed: 1)
    let both = try FitLog(trainer, from: start, on: train, FitSettings(epochs: 3))
    let first = try FitLog(trainer, from: start, on: train, FitSettings(epochs: 2))
    let second = try FitLog(trainer, from: first.state, on: train, FitSettings(epochs: 1))
    #expect(second.events[1] == "epoch 3 of 3, 0 of 3 steps done")
    #expect(second.state.isTheSame(as: both.state))
    #expect(both.state.history.map(\.epoch) == [1, 2, 3])
    #expect(both.state.optimizer?.iterations == 9)
  }

  @Test func runningValuesAreMeansOverSamples() throws {
    let images = try StripedImages([6, 6])
    let log = try FitLog(
      Trainer(smallModel(), threads: 1), from: LearnedState(initial: smallModel(), seed: 1),
      on: images.generator(batch: 5), FitSettings())
    let sizes = [5.0, 5, 2]
    var (loss, right, images_) = (0.0, 0.0, 0.0)
    for (batch, size) in zip(log.batches, sizes) {
      loss += batch.alone.loss * size
      right += try #require(batch.alone.accuracy) * size
      images_ += size
      #expect(abs(batch.running.loss - loss / images_) < 1e-12)
      #expect(abs(try #require(batch.running.accuracy) - right / images_) < 1e-12)
    }
    let record = try #require(log.state.history.first)
    #expect(record.loss == log.batches.last?.running.loss)
    #expect(record.accuracy == log.batches.last?.running.accuracy)
    #expect(record.learningRate == 0.001)
    #expect(record.seconds > 0 && record.seconds < 60)
  }

  @Test func validationMeasuresTheEpochsWeights() throws {
    let images = try StripedImages([6, 6])
    let trainer = Trainer(try smallModel(), threads: 1)
    let validation = try images.generator("validation", batch: 8)
    let log = try FitLog(
      trainer, from: LearnedState(initial: trainer.model, seed: 1), on: images.generator(batch: 5),
      validation: validation, FitSettings(epochs: 2))
    let evaluation = try trainer.evaluate(log.state, on: validation)
    let record = try #require(log.state.history.last)
    // In another order, so that the sum is rounded otherwise.
    #expect(abs(try #require(record.valLoss) - evaluation.loss) < 1e-6)
    #expect(record.valAccuracy == evaluation.accuracy)
    #expect(record.validationSeconds != nil)
  }

  @Test func validationStepsMayBeFewer() throws {
    let images = try StripedImages([6, 6])
    let trainer = Trainer(try smallModel(), threads: 1)
    let log = try FitLog(
      trainer, from: LearnedState(initial: trainer.model, seed: 1), on: images.generator(batch: 12),
      validation: images.generator("validation", batch: 4), FitSettings(validationSteps: 2))
    #expect(log.events.filter { $0.hasPrefix("validating") } == ["validating 1 of 2", "validating 2 of 2"])
  }

  @Test func withoutMetricsThereIsNoAccuracy() throws {
    let images = try StripedImages([6, 6])
    let model = try smallModel(metrics: [])
    let log = try FitLog(
      Trainer(model, threads: 1), from: LearnedState(initial: model, seed: 1), on: images.generator(batch: 12),
      FitSettings())
    #expect(log.state.history.first?.accuracy == nil)
    #expect(log.batches.first?.running.metrics == [])
  }

  @Test func trainingLearnsTheStripes() throws {
    let images = try StripedImages([20, 20, 20])
    let model = try smallModel(Adam(), classes: 3)
    let train = try images.generator(batch: 12, mode: .categorical)
    let log = try FitLog(
      Trainer(model, threads: 2), from: LearnedState(initial: model, seed: 1), on: train, FitSettings(epochs: 25))
    #expect(try #require(log.state.history.last?.accuracy) > 0.95)
  }
}
