/// A dataset that convo draws itself, because the pictures of a course may not be passed on.
///
/// Laid out as Keras's `flow_from_directory` expects: `split/class/picture.png`.
public enum BuiltInDataset: String, CaseIterable, Sendable {
  /// The course's first convnet: 1,027 training and 256 validation pictures, 300 x 300 RGB.
  case horseOrHuman = "horse-or-human"

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
  public var split: DatasetSplit
  /// In the order of the dataset's `classNames`.
  public var counts: [Int]

  public var directory: String { split.rawValue }
  public var total: Int { counts.reduce(0, +) }
}

/// One file to be.
struct PlannedPicture: Sendable, Hashable {
  var split: DatasetSplit
  var subject: SubjectClass
  /// Within its class and split, from 0.
  var index: Int

  /// `train/horses`
  var folder: String { "\(split.rawValue)/\(subject.rawValue)" }

  /// `horse001.png`
  var fileName: String {
    let stem: String
    switch subject {
    case .horses: stem = "horse"
    case .humans: stem = "human"
    }
    let digits = String(index + 1)
    return stem + String(repeating: "0", count: max(0, 3 - digits.utf8.count)) + digits + ".png"
  }

  func png(seed: UInt64) throws(RenderError) -> [UInt8] {
    guard let recipe = SceneRecipe(subject, split, index: index, seed: seed) else {
      throw .drawingFailed(reason: "a catalogue is empty")
    }
    return try SceneComposer(recipe: recipe).picture().png()
  }
}

extension BuiltInDataset {
  /// Every file, in the order in which they are drawn.
  func plan(limit: Int?) -> [PlannedPicture] {
    var pictures: [PlannedPicture] = []
    for contents in splits {
      for (subject, count) in zip(SubjectClass.allCases, contents.counts) {
        for index in 0..<min(count, max(0, limit ?? count)) {
          pictures.append(PlannedPicture(split: contents.split, subject: subject, index: index))
        }
      }
    }
    return pictures
  }
}
