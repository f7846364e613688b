import ConvoImages

extension ImageGenerator {
  /// The same pictures as they are: each once in a pass, in the order of ``samples``, without random changes.
  public var still: ImageGenerator {
    ImageGenerator(self, options: stillOptions, pixels: pixels, standardization: standardization)
  }

  /// As ``still``, with the pictures resized, converted and labelled in another way, as another model takes them.
  ///
  /// - Parameters:
  ///   - standardization: what is done to the values.
  ///   - cache: where pictures of another size are kept.
  ///   - change: to what of the options the pictures are made.
  public func still(
    _ standardization: Standardization, cache: PixelCache, change: (inout GeneratorOptions) -> Void
  ) -> ImageGenerator {
    var options = stillOptions
    change(&options)
    let isAlike = options.fit == self.options.fit && options.colorMode == self.options.colorMode
    let pixels =
      isAlike
      ? pixels
      : SampleImages(directory: directory, options: options, samples: samples, region: cache.makeRegion())
    return ImageGenerator(self, options: options, pixels: pixels, standardization: standardization)
  }

  private var stillOptions: GeneratorOptions {
    var options = options
    options.shuffle = false
    options.augmentation = Augmentation()
    return options
  }
}
