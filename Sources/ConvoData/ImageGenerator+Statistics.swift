import ConvoImages

extension ImageGenerator {
  /// The standardization that the options ask for, and the statistics that were measured for it; nil where they ask for
  /// none.
  ///
  /// - Parameter donor: the generator whose pictures count in place of `images`.
  static func standardization(
    _ options: GeneratorOptions, _ images: SampleImages, _ donor: ImageGenerator?, threads: Int,
    isCancelled: () -> Bool, progress: StatisticsPass.Progress
  ) throws(GeneratorError) -> (ChannelStatistics?, Standardization) {
    let normalization = options.normalization
    if let donor { try check(donor, for: options) }
    guard normalization.needsStatistics else {
      return (nil, Standardization(rescale: options.rescale, normalization, statistics: nil))
    }
    let pass = StatisticsPass(images: donor?.pixels ?? images, threads: threads)
    let statistics: ChannelStatistics
    if let measured = donor?.statistics {
      statistics = measured
    } else {
      statistics = try pass.channelStatistics(isCancelled: isCancelled, progress: progress)
    }
    var whitening: Whitening?
    if normalization.zcaWhitening {
      let epsilon = normalization.zcaEpsilon
      whitening = donor?.whitening(epsilon: epsilon)
      if whitening == nil {
        whitening = try pass.whitening(statistics, epsilon: epsilon, isCancelled: isCancelled, progress: progress)
      }
    }
    return (
      statistics,
      Standardization(rescale: options.rescale, normalization, statistics: statistics, whitening: whitening)
    )
  }

  /// The whitening that this generator has, if it was made with such an epsilon.
  private func whitening(epsilon: Double) -> Whitening? {
    options.normalization.zcaEpsilon == epsilon ? standardization.whitening : nil
  }

  private static func check(_ donor: ImageGenerator, for options: GeneratorOptions) throws(GeneratorError) {
    let theirs = donor.options
    func refuse(_ option: String, _ their: String, _ our: String) throws(GeneratorError) {
      guard their != our else { return }
      throw .foreignStatistics(name: donor.name, difference: "it has \(option)=\(their), and this one \(option)=\(our)")
    }
    func text(_ size: ImageSize) -> String { "\(size.height)x\(size.width)" }
    func text(_ number: Double?) -> String { number.map { "\($0)" } ?? "none" }
    try refuse("color_mode", theirs.colorMode.rawValue, options.colorMode.rawValue)
    try refuse("rescale", text(theirs.rescale), text(options.rescale))
    // The mean of a channel does not depend on the size; a whitening matrix does.
    try refuse("target_size", text(theirs.targetSize), text(options.targetSize))
  }
}
