public import ConvoImages

extension ImageGenerator {
  /// Whether pictures are changed at random.
  public var isAugmented: Bool { options.augmentation.isActive }

  /// How a sample is changed in a pass of an epoch.
  ///
  /// It is drawn from the seed, the epoch, the pass and the sample's place among the files alone, so that it does not
  /// depend on the batch, on threads, or on files that have become unreadable.
  func transform(of index: Int, epoch: Int, pass: Int) -> ImageTransform {
    options.augmentation.transform(
      height: options.targetSize.height, width: options.targetSize.width, seed: options.seed, epoch: epoch, pass: pass,
      picture: samples[index].slot)
  }

  /// How the samples of a batch are changed; nil where nothing is.
  func changes(of indices: [Int], in pass: Int, _ epoch: Int) -> PictureChanges? {
    guard isAugmented else { return nil }
    return PictureChanges(
      indices.map { transform(of: $0, epoch: epoch, pass: pass) }, surroundings: options.augmentation.surroundings)
  }

  /// What the network sees of a sample in a pass of an epoch: augmented, before rescaling and all that follows it.
  /// Values between two grey levels are rounded.
  ///
  /// - Parameter index: in `0..<count`.
  /// - Throws: ``ImageError`` if the file has gone or was damaged since it was checked.
  public func preview(_ index: Int, epoch: Int, pass: Int) throws(ImageError) -> PixelImage {
    let image = try image(index)
    guard isAugmented else { return image }
    return image.transformed(
      by: transform(of: index, epoch: epoch, pass: pass), surroundings: options.augmentation.surroundings)
  }
}
