/// The note at the top of a rendered directory: what it is, and whether it is whole.
///
/// A dot file, which directory loaders pass over.
public struct DatasetMarker: Sendable, Hashable {
  /// In the dataset's directory.
  public static let fileName = ".convo-dataset"

  /// A dataset's raw value.
  public var name: String
  /// From which all its pictures come.
  public var seed: UInt64
  /// At most this many pictures of each class in each split; nil for all.
  public var limit: Int?
  /// False while rendering, or after it was interrupted.
  public var isComplete: Bool
  var drawing: Int

  /// The marker of a directory; nil if it has none or one that cannot be read.
  public static func read(in directory: String) -> DatasetMarker? {
    guard let bytes = FileAccess.contents(directory + "/" + fileName, atMost: 4096) else { return nil }
    return DatasetMarker(text: String(decoding: bytes, as: UTF8.self))
  }

  init(name: String, seed: UInt64, limit: Int?, isComplete: Bool, drawing: Int) {
    self.name = name
    self.seed = seed
    self.limit = limit
    self.isComplete = isComplete
    self.drawing = drawing
  }

  init?(text: String) {
    var fields: [Substring: Substring] = [:]
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { return nil }
      fields[parts[0]] = parts[1].drop { $0 == " " }
    }
    guard let name = fields["dataset"], let seed = fields["seed"].flatMap({ UInt64($0) }), let limit = fields["limit"],
      let state = fields["state"], let drawing = fields["drawing"].flatMap({ Int($0) })
    else { return nil }
    let number = Int(limit)
    guard limit == "none" || number != nil, state == "complete" || state == "rendering" else { return nil }
    self.init(name: String(name), seed: seed, limit: number, isComplete: state == "complete", drawing: drawing)
  }

  var text: String {
    """
    dataset: \(name)
    drawing: \(drawing)
    seed: \(seed)
    limit: \(limit.map { String($0) } ?? "none")
    state: \(isComplete ? "complete" : "rendering")

    """
  }

  /// What it was rendered as, for a message.
  var settings: String {
    "\(name), drawing \(drawing), seed \(seed), " + (limit.map { "at most \($0) of each class" } ?? "all pictures")
  }
}
