import ConvoData
import ConvoImages
import ConvoNetwork
import ConvoTensor
import Testing

@testable import ConvoTraining

/// Training on pictures that change at random.
@Suite struct AugmentedFitTests {
  private static func change(_ options: inout GeneratorOptions) {
    options.augmentation.rotationRange = 20
    options.augmentation.widthShiftRange = .upTo(0.2)
    options.augmentation.zoomRange = NumberRange(0.8, 1.2)
    options.augmentation.horizontalFlip = true
    options.augmentation.brightnessRange = NumberRange(0.7, 1.2)
    options.normalization.featurewiseStd = true
  }

  private func log(
    _ images: StripedImages, threads: Int, epochs: Int = 3, from state: LearnedState? = nil, stopAt: Set<Int> = [],
    _ change: (inout GeneratorOptions) -> Void = change
  ) throws -> FitLog {
    let model = try smallModel()
    return try FitLog(
      Trainer(model, threads: threads), from: state ?? LearnedState(initial: model, seed: 4),
      on: images.generator(batch: 7, change: change),
      validation: images.generator("validation", batch: 9, seed: 8, change: change), FitSettings(epochs: epochs),
      stopAt: stopAt)
  }

  @Test func theSameBitsForAnyNumberOfThreads() throws {
    let images = try StripedImages([14, 13])
    let states = try [1, 2, 4].map { try log(images, threads: $0).state }
    #expect(states[1].isTheSame(as: states[0]))
    #expect(states[2].isTheSame(as: states[0]))
    let unchanged = try log(images, threads: 1) { _ in }.state
    #expect(!unchanged.isTheSame(as: states[0]))
  }

  @Test(arguments: [2, 4, 5, 7, 10, 16]) func goingOnAfterAnInterruptIsTheSameToTheBit(_ question: Int) throws {
    let images = try StripedImages([14, 13])
    let straight = try log(images, threads: 2).state
    let stopped = try log(images, threads: 1, stopAt: [question])
    #expect(stopped.ending == "interrupted")
    let rest = try log(images, threads: 2, epochs: 3 - stopped.state.epochsDone, from: stopped.state)
    #expect(rest.state.isTheSame(as: straight))
  }

  /// An epoch that was begun with other changes can't be finished with these.
  @Test func otherChangesStartTheEpochAgain() throws {
    let images = try StripedImages([14, 13])
    let stopped = try log(images, threads: 1, epochs: 1, stopAt: [3]).state
    let rest = try log(images, threads: 1, epochs: 1, from: stopped) { options in
      Self.change(&options)
      options.augmentation.rotationRange = 21
    }
    #expect(rest.events.contains { $0.hasPrefix("epoch 1 again") })
  }

  /// `predict` treats pictures as a generator without augmentation does, bit for bit, whatever it was trained with.
  @Test func predictionsAreThoseOfTheGeneratorWithoutItsChanges() throws {
    let images = try StripedImages([9, 8])
    let model = try smallModel()
    let state = LearnedState(initial: model, seed: 2)
    func options(_ options: inout GeneratorOptions) {
      options.normalization.samplewiseStd = true
      options.normalization.featurewiseStd = true
      options.normalization.zcaWhitening = true
      options.normalization.zcaEpsilon = 0.1
      options.keepAspectRatio = true
      options.interpolation = .bilinear
      options.shuffle = false
    }
    let plain = try images.generator(batch: 17, change: options)
    let augmented = try images.generator(batch: 17) {
      options(&$0)
      $0.augmentation.rotationRange = 90
    }
    let preprocessing = Preprocessing(augmented)
    #expect(preprocessing == Preprocessing(plain))
    #expect(preprocessing.standardization == plain.standardization)

    // A larger picture, from which the generator's size has to be cut and resized.
    let large = PixelImage(height: 31, width: 19, channels: 3, bytes: (0..<31 * 19 * 3).map { UInt8($0 * 7 % 251) })
    let fitted = large.fitted(to: plain.options.fit)
    #expect(preprocessing.apply(to: large) == fitted)
    let pictures = try (0..<plain.count).map { try plain.image($0) }
    let outputs = try Predictor(model, state, preprocessing, threads: 2).predictions(for: pictures)
    let batch = try #require(try plain.batches(epoch: 0, steps: 1).next())
    let executor = try Executor(model, largestBatch: 17, threads: 1, forTraining: false)
    _ = executor.weights.values.update(from: state.weights)
    let direct = FloatBuffer(count: 17)
    try executor.predict(
      count: 17, inputs: { batch.writeImages($0, into: $1) }, predictions: direct.values)
    #expect(outputs.map { $0[0] } == Array(direct.values))
  }

  /// An autoencoder: the loss is the mean squared distance from what the network was shown.
  @Test func imagesAreTheirOwnTruth() throws {
    let images = try StripedImages([5, 6])
    var model = Model(name: "auto", inputShape: [8, 6, 3])
    try model.add(Flatten())
    try model.add(Dense(units: 144, activation: .sigmoid))
    try model.compile(CompileSettings(loss: .meanSquaredError))
    let state = LearnedState(initial: model, seed: 3)
    let generator = try images.generator(batch: 4, mode: .input) { $0.augmentation.horizontalFlip = true }
    let losses = try [1, 2].map { try Trainer(model, threads: $0).evaluate(state, on: generator).loss }
    #expect(losses[0] == losses[1])

    var (sum, count) = (0.0, 0)
    let preprocessing = Preprocessing(size: ImageSize(height: 8, width: 6), rescale: 1.0 / 255)
    let predictor = try Predictor(model, state, preprocessing, threads: 1)
    for index in 0..<generator.count {
      let seen = try generator.preview(index, epoch: 0, pass: 0)
      for (output, byte) in zip(try predictor.predictions(for: [seen])[0], seen.bytes) {
        let distance = Double(output) - Double(byte) / 255
        sum += distance * distance
        count += 1
      }
    }
    #expect(abs(losses[0] - sum / Double(count)) < 1e-6)
    #expect(throws: TrainingError.self) {
      try Trainer(smallModel(), threads: 1).evaluate(
        LearnedState(initial: smallModel(), seed: 1), on: generator)
    }
  }
}
