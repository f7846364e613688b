/// A dataset that convo draws itself, because the pictures of a course may not be passed on.
///
/// Laid out as Keras's `flow_from_directory` expects: `split/class/picture.png`, in one or several parts.
public enum BuiltInDataset: String, CaseIterable, Sendable {
  /// The course's first convnet: 1,027 training and 256 validation pictures, 300 x 300 RGB.
  case horseOrHuman = "horse-or-human"
  /// Bags, shirts and shoes twice over: on black in 28 x 28 grey pixels, and somewhere in a picture of 300 x 300.
  case handbags

  /// One or two sentences for a list of datasets.
  public var summary: String {
    switch self {
    case .horseOrHuman:
      "Horses and humans drawn in many poses and places: 1,027 to train on and 256 to validate with, 300x300 RGB. "
        + "Validation shows coats, clothes, builds, poses and places that training never does."
    case .handbags:
      "Bags, shirts and shoes: clean ones in the manner of Fashion MNIST, 28x28 grey, centred on black, and wild ones, "
        + "300x300 RGB, carried, worn, hanging or lying about. What learns from the clean ones fails on the wild ones."
    }
  }

  /// In the order in which they are drawn.
  public var parts: [DatasetPart] {
    switch self {
    case .horseOrHuman:
      [
        DatasetPart(
          folder: "", side: SceneComposer.side, colorMode: .rgb,
          classes: [
            DatasetClass(.figure(.horses), training: 500, validation: 128),
            DatasetClass(.figure(.humans), training: 527, validation: 128),
          ])
      ]
    case .handbags:
      [
        DatasetPart(
          folder: "clean", side: CleanComposer.side, colorMode: .grayscale,
          classes: WareClass.allCases.map { DatasetClass(.clean($0), training: 600, validation: 150) }),
        DatasetPart(
          folder: "wild", side: SceneComposer.side, colorMode: .rgb,
          classes: WareClass.allCases.map { DatasetClass(.wild($0), training: 200, validation: 60) }),
      ]
    }
  }

  /// In the order of their class indices (alphabetical, as the directory loaders number them).
  public var classNames: [String] { parts.first?.classes.map(\.name) ?? [] }

  /// - Parameter limit: at most this many of each class in each split; nil for all.
  public func pictureCount(limit: Int? = nil) -> Int { plan(limit: limit).count }

  /// Which drawing this is; raised whenever a picture would come out differently for the same seed.
  var drawingVersion: Int {
    switch self {
    case .horseOrHuman: 1
    case .handbags: 1
    }
  }
}
