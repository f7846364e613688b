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
