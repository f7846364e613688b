/// What a picture shows, and in which manner.
enum PictureKind: Sendable, Hashable {
  case figure(SubjectClass)
  case clean(WareClass)
  case wild(WareClass)

  var className: String {
    switch self {
    case .figure(let subject): subject.rawValue
    case .clean(let ware), .wild(let ware): ware.rawValue
    }
  }

  /// With which a file's name begins.
  var stem: String {
    switch self {
    case .figure(.horses): "horse"
    case .figure(.humans): "human"
    case .clean(let ware), .wild(let ware): ware.rawValue
    }
  }
}

/// One file to be.
struct PlannedPicture: Sendable, Hashable {
  var kind: PictureKind
  var split: DatasetSplit
  /// Within its class and split, from 0.
  var index: Int
  /// Below the dataset's own: `train/horses`.
  var folder: String
  /// Pixels, both ways.
  var side: Int
  var colorMode: DatasetPart.ColorMode

  init(_ kind: PictureKind, _ split: DatasetSplit, index: Int, in part: DatasetPart) {
    self.kind = kind
    self.split = split
    self.index = index
    folder = part.directory(of: split) + "/" + kind.className
    side = part.side
    colorMode = part.colorMode
  }

  /// `horse001.png`
  var fileName: String {
    let digits = String(index + 1)
    return kind.stem + String(repeating: "0", count: max(0, 3 - digits.utf8.count)) + digits + ".png"
  }

  func png(seed: UInt64) throws(RenderError) -> [UInt8] {
    guard let canvas = picture(seed: seed) else { throw .drawingFailed(reason: "a catalogue is empty") }
    return try canvas.png(colorMode)
  }

  /// Nil only if a catalogue is empty.
  func picture(seed: UInt64) -> Canvas? {
    switch kind {
    case .figure(let subject):
      SceneRecipe(subject, split, index: index, seed: seed).map { SceneComposer(recipe: $0).picture() }
    case .clean(let ware):
      CleanRecipe(ware, split, index: index, seed: seed).map { CleanComposer(recipe: $0).picture() }
    case .wild(let ware):
      WildRecipe(ware, split, index: index, seed: seed).map { WildComposer(recipe: $0).picture() }
    }
  }
}

extension BuiltInDataset {
  /// Every file, in the order in which they are drawn.
  func plan(limit: Int?) -> [PlannedPicture] {
    var pictures: [PlannedPicture] = []
    for part in parts {
      for split in DatasetSplit.allCases {
        for entry in part.classes {
          let count = entry.count(in: split)
          for index in 0..<min(count, max(0, limit ?? count)) {
            pictures.append(PlannedPicture(entry.kind, split, index: index, in: part))
          }
        }
      }
    }
    return pictures
  }
}
