import ConvoData
import ConvoImages
import ConvoNetwork
import Testing

@testable import ConvoTraining

@Suite struct EvaluationTests {
  @Test func lossAndAccuracyAreThoseOfThePredictions() throws {
    let images = try StripedImages([23, 18])
    let model = try smallModel()
    let state = LearnedState(initial: model, seed: 2)
    let generator = try images.generator(batch: 7)
    let evaluation = try Trainer(model, threads: 2).evaluate(state, on: generator)
    #expect(evaluation.images == 41)

    let predictor = try Predictor(model, state, Preprocessing(generator), threads: 1)
    let pictures = try generator.samples.indices.map { try generator.image($0) }
    let outputs = try predictor.predictions(for: pictures).map { Double($0[0]) }
    var (loss, right) = (0.0, 0.0)
    for (sample, output) in zip(generator.samples, outputs) {
      loss -= logarithm(sample.label == 1 ? output : 1 - output)
      right += (output > 0.5) == (sample.label == 1) ? 1 : 0
    }
    #expect(abs(evaluation.loss - loss / 41) < 1e-5)
    #expect(evaluation.accuracy == right / 41)
  }

  @Test func theSameEveryTimeAndForAnyNumberOfThreads() throws {
    let images = try StripedImages([23, 18])
    let model = try smallModel()
    let state = LearnedState(initial: model, seed: 2)
    let generator = try images.generator(batch: 7)
    let scores = try [1, 2, 4, 1].map { try Trainer(model, threads: $0).evaluate(state, on: generator).scores }
    #expect(Set(scores).count == 1)
  }

  @Test func stepsLimitTheImages() throws {
    let images = try StripedImages([23, 18])
    let model = try smallModel()
    let state = LearnedState(initial: model, seed: 2)
    let generator = try images.generator(batch: 7)
    let trainer = Trainer(model, threads: 1)
    #expect(try trainer.evaluate(state, on: generator, steps: 2).images == 14)
    #expect(try trainer.evaluate(state, on: generator, steps: 7).images == 48)
  }

  @Test func anInterruptEndsIt() throws {
    let images = try StripedImages([23, 18])
    let model = try smallModel()
    let generator = try images.generator(batch: 7)
    var steps = 0
    let error = #expect(throws: TrainingError.self) {
      try Trainer(model, threads: 1).evaluate(
        LearnedState(initial: model, seed: 2), on: generator, isInterrupted: { steps == 3 },
        report: { if case .validating = $0 { steps += 1 } })
    }
    #expect(error?.problem == "interrupted")
    #expect(steps == 3)
  }
}

@Suite struct PredictorTests {
  @Test func theSameForOnePictureAndForMany() throws {
    let images = try StripedImages([40, 37])
    let model = try smallModel()
    let state = LearnedState(initial: model, seed: 2)
    let generator = try images.generator(batch: 7)
    let pictures = try generator.samples.indices.map { try generator.image($0) }
    let many = try Predictor(model, state, Preprocessing(generator), threads: 2).predictions(for: pictures)
    #expect(many.count == 77)
    let single = try Predictor(model, state, Preprocessing(generator), most: 1, threads: 1)
    #expect(try pictures.map { try single.predictions(for: [$0])[0] } == many)
    #expect(try single.predictions(for: []) == [])
  }

  @Test func picturesOfAnySizeAreResizedAndRescaled() throws {
    let images = try StripedImages([2, 2])
    let model = try smallModel()
    let state = LearnedState(initial: model, seed: 2)
    let preprocessing = Preprocessing(try images.generator(batch: 7))
    let predictor = try Predictor(model, state, preprocessing, threads: 1)
    // Of one colour, so that resizing changes nothing but the size.
    let small = PixelImage(height: 8, width: 6, channels: 3, bytes: Array(repeating: 90, count: 144))
    let large = PixelImage(height: 50, width: 31, channels: 3, bytes: Array(repeating: 90, count: 4650))
    #expect(try predictor.predictions(for: [large]) == predictor.predictions(for: [small]))
    var raw = preprocessing
    raw.rescale = nil
    let unscaled = try Predictor(model, state, raw, threads: 1)
    #expect(try unscaled.predictions(for: [small]) != predictor.predictions(for: [small]))
  }

  @Test func preprocessingIsTakenFromTheGenerator() throws {
    let images = try StripedImages([2, 2])
    let generator = try images.generator(batch: 2) {
      $0.colorMode = .grayscale
      $0.interpolation = .bilinear
    }
    #expect(
      Preprocessing(generator)
        == Preprocessing(
          size: ImageSize(height: 8, width: 6), interpolation: .bilinear, colorMode: .grayscale, rescale: 1.0 / 255,
          classNames: ["class0", "class1"]))
  }

  @Test func preprocessingThatDoesNotFitTheModel() throws {
    let model = try smallModel()
    let preprocessing = Preprocessing(size: ImageSize(height: 9, width: 6), rescale: 1.0 / 255)
    #expect(throws: TrainingError.self) {
      try Predictor(model, LearnedState(initial: model, seed: 2), preprocessing, threads: 1)
    }
  }
}

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#endif

private func logarithm(_ number: Double) -> Double { log(number) }
