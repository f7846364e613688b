import ConvoScenes

/// Where the built-in data sets are kept.
enum BuiltInDatasets {
  /// The folder where lessons expect a data set, below the directory convo was started in.
  static func directory(of dataset: BuiltInDataset) -> String {
    "datasets/\(dataset.rawValue)"
  }

  /// The command that draws what a path leads to, where that is a built-in data set: for
  /// `datasets/horse-or-human/train`, `make dataset horse-or-human`.
  static func commandThatRenders(_ path: String) -> String? {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    for dataset in BuiltInDataset.allCases {
      guard let index = parts.firstIndex(of: dataset.rawValue) else { continue }
      let directory = parts[...index].joined(separator: "/")
      let place = directory == Self.directory(of: dataset) ? "" : " into \(directory)"
      return "draw it with: make dataset \(dataset.rawValue)\(place)"
    }
    return nil
  }
}
