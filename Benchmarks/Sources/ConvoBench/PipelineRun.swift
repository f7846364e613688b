import ConvoData
import ConvoImages
import ConvoTensor
import ConvoThreads

/// Batches of pictures from files to the floats that a network takes, with no network behind them.
struct PipelineRun {
  private let generator: ImageGenerator
  private let threads: Int

  var images: Int { generator.count }

  init(_ request: Request.Load) throws(BenchError) {
    var options = GeneratorOptions(seed: 0)
    options.rescale = 1.0 / 255
    options.targetSize = ImageSize(height: request.size[0], width: request.size[1])
    options.classMode = .binary
    options.batchSize = request.batch
    guard let interpolation = Interpolation(rawValue: request.interpolation) else {
      throw .missing("there is no interpolation \(request.interpolation)")
    }
    options.interpolation = interpolation
    if request.augments { options.augmentation = .usual }
    let cache = PixelCache(budget: request.keepsPictures ? PixelCache.defaultBudget : 0)
    do {
      generator = try ImageGenerator(
        name: "pictures", directory: request.directory, options: options, cache: cache, threads: request.threads)
    } catch {
      throw .failed("\(error)")
    }
    threads = request.threads
  }

  /// All pictures once, batch by batch; each batch's floats are written by all threads, as a network's threads do it.
  func epoch(_ number: Int) throws(BenchError) -> Answer.Epoch {
    let pixels = generator.imageShape.reduce(1, *)
    let floats = FloatBuffer(count: min(generator.options.batchSize, generator.count) * pixels)
    let watch = Stopwatch()
    var images = 0
    let stream = generator.batches(epoch: number, steps: generator.stepsPerPass)
    do {
      while let batch = try stream.next() {
        images += batch.count
        let next = Monitor(0)
        // Each picture has a place of its own there.
        nonisolated(unsafe) let values = floats.values
        WorkerThreads.run(threads) {
          while let image = next.withLock({ number -> Int? in
            defer { number += 1 }
            return number < batch.count ? number : nil
          }) {
            let place = UnsafeMutableBufferPointer(rebasing: values[(image * pixels)..<((image + 1) * pixels)])
            batch.writeImages(image..<(image + 1), into: place)
          }
        }
      }
    } catch {
      throw .failed("\(error)")
    }
    return Answer.Epoch(seconds: watch.seconds, images: images)
  }
}

extension Augmentation {
  /// What courses and Keras's documentation show; `keras_side/pipeline.py` has the same numbers.
  fileprivate static var usual: Augmentation {
    var usual = Augmentation()
    usual.rotationRange = 40
    usual.widthShiftRange = .upTo(0.2)
    usual.heightShiftRange = .upTo(0.2)
    usual.shearRange = 0.2
    usual.zoomRange = NumberRange(0.8, 1.2)
    usual.horizontalFlip = true
    return usual
  }
}
