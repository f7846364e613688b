import ConvoData
import ConvoNetwork
import ConvoTensor
import ConvoTraining

/// `evaluate` of a model on a folder of pictures, as the command does it.
struct EvaluationRun {
  /// What was measured, and what it took.
  struct Outcome: Encodable {
    /// Finding the files and checking them.
    var loading: Double
    /// Measuring the model.
    var seconds: Double
    var loss: Double
    var images: Int
  }

  let model: Model
  let threads: Int

  /// - Parameters:
  ///   - keepsPictures: Whether pictures that were decoded to check them are kept for the measurement, as in a session;
  ///     otherwise every picture is decoded again while the model is measured.
  func run(directory: String, batch: Int, keepsPictures: Bool) throws(BenchError) -> Outcome {
    guard case let sides = model.inputShape.sides, sides.count == 3 else { throw .failed("the input is no picture") }
    var options = GeneratorOptions(seed: 0)
    options.rescale = 1.0 / 255
    options.targetSize = ImageSize(height: sides[0], width: sides[1])
    options.classMode = .binary
    options.batchSize = batch
    let cache = PixelCache(budget: keepsPictures ? PixelCache.defaultBudget : 0)
    let watch = Stopwatch()
    let generator: ImageGenerator
    do {
      generator = try ImageGenerator(
        name: "pictures", directory: directory, options: options, cache: cache, threads: threads)
    } catch {
      throw .failed("\(error)")
    }
    let loading = watch.seconds
    do {
      let state = LearnedState(initial: model, seed: 0)
      let evaluating = Stopwatch()
      let result = try Trainer(model, threads: threads).evaluate(state, on: generator)
      return Outcome(
        loading: loading, seconds: evaluating.seconds, loss: result.loss, images: result.images)
    } catch {
      throw .failed("\(error)")
    }
  }
}
