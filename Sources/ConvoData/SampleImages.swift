import ConvoImages

/// Where the pixels of a generator's samples come from: the cache, or the files.
struct SampleImages: Sendable {
  let directory: String
  let options: GeneratorOptions
  let samples: [Sample]
  let region: PixelCache.Region

  /// A sample's pixels in the generator's size and channels.
  ///
  /// - Throws: ``ImageError`` if the file has gone or was damaged since it was checked.
  func image(_ index: Int) throws(ImageError) -> PixelImage {
    let sample = samples[index]
    if let kept = region[sample.slot] { return kept }
    let image = try ImageFile.decode("\(directory)/\(sample.path)", as: options.colorMode, fittedTo: options.fit)
    region.keep(image, in: sample.slot)
    return image
  }
}
