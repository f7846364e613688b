import ConvoData
public import ConvoImages
public import ConvoNetwork
public import ConvoTensor

/// What one layer of a model gets of a picture.
public enum LayerInput {
  /// The values that the layers before it hand on, in the layer's input shape.
  ///
  /// - Parameters:
  ///   - index: The layer's place in the model.
  ///   - image: Of any size, with the channels of the preprocessing's `colorMode`.
  public static func values(
    ofLayer index: Int, in model: Model, _ state: LearnedState, _ preprocessing: Preprocessing, _ image: PixelImage,
    threads: Int, kernels: KernelSet = .best
  ) throws(TrainingError) -> [Float] {
    guard state.fits(model) else { throw .weights(have: state.weights.count, need: model.parameterCount) }
    let before = model.prefix(index)
    guard !before.layers.isEmpty else { return try values(of: image, preprocessing, for: model) }
    let weights = Array(state.weights.prefix(before.parameterCount))
    let predictor = try Predictor(
      before, LearnedState(weights: weights), preprocessing, most: 1, threads: threads, kernels: kernels)
    return try predictor.predictions(for: [image])[0]
  }

  /// The picture itself as the first layer gets it.
  private static func values(
    of image: PixelImage, _ preprocessing: Preprocessing, for model: Model
  ) throws(TrainingError) -> [Float] {
    do {
      try model.check(images: preprocessing.source)
    } catch {
      throw .mismatch(error)
    }
    let batch = Batch(
      indices: [0], labels: [0], images: [preprocessing.apply(to: image)], imageShape: preprocessing.imageShape.sides,
      classMode: .none, standardization: preprocessing.standardization)
    return [Float](unsafeUninitializedCapacity: preprocessing.imageShape.sides.reduce(1, *)) { values, count in
      values.update(repeating: 0)
      count = values.count
      batch.writeImages(0..<1, into: values)
    }
  }
}
