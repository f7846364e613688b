/// A dataset that convo draws itself, because the pictures of a course may not be passed on.
///
/// Laid out as Keras's `flow_from_directory` expects: `split/class/picture.png`.
public enum BuiltInDataset: String, CaseIterable, Sendable {
  /// The course's first convnet: 1,027 training and 256 validation pictures, 300 x 300 RGB.
  case horseOrHuman = "horse-or-human"

  /// One or two sentences for a list of datasets.
  public var summary: String {
    switch self {
    case .horseOrHuman:
      "Horses and humans drawn in many poses and places: 1,027 to train on and 256 to validate with, 300x300 RGB. "
        + "Validation shows coats, clothes, builds, poses and places that training never does."
    }
  }

  /// In the order of their class indices (alphabetical, as the directory loaders number them).
  public var classNames: [String] {
    switch self {
    case .horseOrHuman: SubjectClass.allCases.map(\.rawValue)
    }
  }

  /// The halves, with the number of pictures of each class in the order of `classNames`.
  public var splits: [SplitContents] {
    switch self {
    case .horseOrHuman:
      [SplitContents(split: .training, counts: [500, 527]), SplitContents(split: .validation, counts: [128, 128])]
    }
  }

  /// Pixels.
  public var pictureSize: (width: Int, height: Int) { (SceneComposer.side, SceneComposer.side) }

  /// - Parameter limit: at most this many of each class in each split; nil for all.
  public func pictureCount(limit: Int? = nil) -> Int {
    splits.reduce(0) { total, contents in
      total + contents.counts.reduce(0) { $0 + min($1, max(0, limit ?? $1)) }
    }
  }

  /// Which drawing this is; raised whenever a picture would come out differently for the same seed.
  static let drawingVersion = 1
}

/// Which half of a dataset a picture belongs to; the raw value is its directory's name.
public enum DatasetSplit: String, CaseIterable, Sendable, Hashable {
  case training = "train"
  case validation = "validation"
}

/// How many pictures of each class a split holds.
public struct SplitContents: Sendable, Hashable {
  /// Which half.
  public var split: DatasetSplit
  /// In the order of the dataset's `classNames`.
  public var counts: [Int]

  /// The split's directory, below the dataset's own.
  public var directory: String { split.rawValue }
  /// Pictures of all classes.
  public var total: Int { counts.reduce(0, +) }
}
