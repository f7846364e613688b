/// A directory that holds, or is to hold, a rendered dataset.
struct DatasetFolder {
  let path: String
  let dataset: BuiltInDataset

  init(_ path: String, _ dataset: BuiltInDataset) {
    var path = path
    while path.utf8.count > 1, path.hasSuffix("/") { path.removeLast() }
    self.path = path
    self.dataset = dataset
  }

  var markerPath: String { path + "/" + DatasetMarker.fileName }

  func file(_ picture: PlannedPicture) -> String { "\(path)/\(picture.folder)/\(picture.fileName)" }

  /// Makes sure that nothing but our own files is there, and that they are of the wanted kind.
  func check(for wanted: DatasetMarker) throws(RenderError) {
    switch try FileAccess.kind(path) {
    case .missing: return
    case .other: throw .notADirectory(path: path)
    case .directory: break
    }
    // Left by an interrupted call before it had written a single file.
    let names = try FileAccess.names(path).filter { !ignored($0) }
    if names.isEmpty { return }
    guard names.contains(DatasetMarker.fileName) else { throw .notOurs(path: path, found: names[0]) }
    guard let found = DatasetMarker.read(in: path) else {
      throw .notOurs(path: path, found: "a \(DatasetMarker.fileName) that cannot be read")
    }
    guard found.name == wanted.name, found.drawing == wanted.drawing, found.seed == wanted.seed,
      (wanted.limit ?? .max) >= (found.limit ?? .max)
    else { throw .otherSettings(path: path, found: found.settings, wanted: wanted.settings) }
    try checkContents()
  }

  private func checkContents() throws(RenderError) {
    let planned = Dictionary(grouping: dataset.plan(limit: nil), by: \.folder)
      .mapValues { Set($0.map(\.fileName)) }
    let splits = Set(dataset.splits.map(\.directory))
    try check("", allowed: splits.union([DatasetMarker.fileName]))
    for split in splits.sorted() {
      try check(split, allowed: Set(dataset.classNames))
      for name in dataset.classNames { try check(split + "/" + name, allowed: planned[split + "/" + name] ?? []) }
    }
  }

  private func check(_ folder: String, allowed: Set<String>) throws(RenderError) {
    let place = folder.isEmpty ? path : path + "/" + folder
    switch try FileAccess.kind(place) {
    case .missing: return
    case .other: throw .notADirectory(path: place)
    case .directory: break
    }
    for name in try FileAccess.names(place) where !allowed.contains(name) && !ignored(name) {
      throw .notOurs(path: place, found: name)
    }
  }

  private func ignored(_ name: String) -> Bool { FileAccess.isTemporary(name) || name == ".DS_Store" }

  /// Makes the directories, and clears away what an interrupted call left half written.
  func prepare() throws(RenderError) {
    for split in dataset.splits {
      for name in dataset.classNames {
        let folder = "\(path)/\(split.directory)/\(name)"
        try FileAccess.makeDirectory(folder)
        for left in try FileAccess.names(folder) where FileAccess.isTemporary(left) {
          FileAccess.remove(folder + "/" + left)
        }
      }
    }
  }

  func write(_ marker: DatasetMarker) throws(RenderError) {
    try FileAccess.replace(markerPath, with: Array(marker.text.utf8))
  }

  /// Whether a whole picture of the right size stands there already: signature, header and end of a PNG file.
  func holds(_ picture: PlannedPicture) -> Bool {
    guard let ends = FileAccess.ends(file(picture), first: 26, last: 12) else { return false }
    let (width, height) = dataset.pictureSize
    func big(_ at: Int) -> Int { ends.first[at..<(at + 4)].reduce(0) { $0 << 8 | Int($1) } }
    return Array(ends.first[0..<8]) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
      && big(16) == width && big(20) == height && ends.first[24] == 8 && ends.first[25] == 2
      && Array(ends.last[4..<8]) == Array("IEND".utf8)
  }
}
