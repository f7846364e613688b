import ConvoData
public import ConvoImages
public import ConvoNetwork
public import ConvoTensor

/// Asks a model about pictures, as often as wanted: the network is built once.
public final class Predictor {
  /// What is done to every picture before.
  public let preprocessing: Preprocessing
  private let executor: Executor
  private let outputs: Int
  private let predictions: FloatBuffer

  /// As many pictures as are computed at a time: enough for all threads, and not much memory.
  private static let largestBatch = 32

  /// Builds the network of a model with the weights of a state.
  ///
  /// - Parameter most: The most pictures that will be asked about at once, as a hint: fewer need less memory.
  public init(
    _ model: Model, _ state: LearnedState, _ preprocessing: Preprocessing, most: Int = .max, threads: Int,
    kernels: KernelSet = .best
  ) throws(TrainingError) {
    do {
      try model.check(images: preprocessing.source)
    } catch {
      throw .mismatch(error)
    }
    guard state.fits(model) else { throw .weights(have: state.weights.count, need: model.parameterCount) }
    let batch = min(max(1, most), Self.largestBatch)
    do {
      executor = try Executor(model, largestBatch: batch, threads: threads, forTraining: false, kernels: kernels)
    } catch {
      throw .network(error)
    }
    _ = executor.weights.values.update(from: state.weights)
    self.preprocessing = preprocessing
    outputs = model.outputShape.count ?? 0
    predictions = FloatBuffer(count: batch * outputs)
  }

  /// The outputs of the model for each picture, in the order of the pictures.
  ///
  /// - Parameter images: Of any size; with the channels of the preprocessing's `colorMode`.
  /// - Precondition: Every picture has these channels.
  /// - Throws: `network` where computing fails.
  public func predictions(for images: [PixelImage]) throws(TrainingError) -> [[Float]] {
    var results: [[Float]] = []
    results.reserveCapacity(images.count)
    let batchSize = predictions.count / max(1, outputs)
    var start = 0
    while start < images.count {
      let part = images[start..<min(start + batchSize, images.count)]
      results += try predictions(forPart: part.map(preprocessing.apply))
      start += part.count
    }
    return results
  }

  private func predictions(forPart images: [PixelImage]) throws(TrainingError) -> [[Float]] {
    let batch = Batch(
      indices: Array(images.indices), labels: images.map { _ in 0 }, images: images,
      imageShape: preprocessing.imageShape.sides, classMode: .none,
      standardization: preprocessing.standardization)
    do {
      try executor.predict(
        count: batch.count, inputs: { batch.writeImages($0, into: $1) }, predictions: predictions.values)
    } catch {
      throw .network(error)
    }
    return images.indices.map { Array(predictions.values[$0 * outputs..<($0 + 1) * outputs]) }
  }
}

extension Preprocessing {
  /// What a model needs to know of the pictures that are prepared like this.
  var source: ImageSource {
    ImageSource(
      name: "the preprocessing", imageShape: imageShape, classMode: nil, classes: classNames.count)
  }
}
