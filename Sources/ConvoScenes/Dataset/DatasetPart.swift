/// A folder of a dataset whose pictures are all of one size and colour mode: `train` and `validation` stand in it.
public struct DatasetPart: Sendable, Hashable {
  /// As `load generator` calls them.
  public enum ColorMode: String, Sendable { case grayscale, rgb }

  /// Below the dataset's own; empty where the dataset is its only part.
  public var folder: String
  /// Of each picture in pixels, both ways.
  public var side: Int
  public var colorMode: ColorMode
  /// In the order of their class indices.
  public var classes: [DatasetClass]

  /// Of one half, below the dataset's own: `clean/train`.
  public func directory(of split: DatasetSplit) -> String {
    folder.isEmpty ? split.rawValue : folder + "/" + split.rawValue
  }
}

/// A class of a part, with the number of its pictures.
public struct DatasetClass: Sendable, Hashable {
  let kind: PictureKind
  let counts: [DatasetSplit: Int]

  init(_ kind: PictureKind, training: Int, validation: Int) {
    self.kind = kind
    counts = [.training: training, .validation: validation]
  }

  /// The name of its directory.
  public var name: String { kind.className }

  public func count(in split: DatasetSplit) -> Int { counts[split] ?? 0 }
}

/// Which half of a dataset a picture belongs to; the raw value is its directory's name.
public enum DatasetSplit: String, CaseIterable, Sendable, Hashable {
  case training = "train"
  case validation = "validation"
}
