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

  /// Those that hold pictures.
  var classFolders: [String] {
    dataset.parts.flatMap { part in
      DatasetSplit.allCases.flatMap { split in
        part.classes.map { "\(path)/\(part.directory(of: split))/\($0.name)" }
      }
    }
  }

  func file(_ picture: PlannedPicture) -> String { "\(path)/\(picture.folder)/\(picture.fileName)" }

  /// The pictures that somebody else put here in the dataset's own layout, in number and bytes; nil if that is not what
  /// the directory holds. Other files beside them do not matter, other classes do.
  func othersPictures() throws(RenderError) -> PictureCount? {
    guard try FileAccess.kind(path) == .directory, try FileAccess.kind(markerPath) == .missing else { return nil }
    var found = PictureCount()
    for part in dataset.parts {
      for split in DatasetSplit.allCases {
        let folder = path + "/" + part.directory(of: split)
        guard try FileAccess.kind(folder) == .directory else { return nil }
        let names = Set(part.classes.map(\.name))
        for name in try FileAccess.names(folder) where !name.hasPrefix(".") && !names.contains(name) {
          if try FileAccess.kind(folder + "/" + name) == .directory { return nil }
        }
        for name in names {
          let pictures = try pictures(in: folder + "/" + name)
          guard pictures.number > 0 else { return nil }
          found += pictures
        }
      }
    }
    return found
  }

  /// All files with a picture's name in the classes' directories.
  func pictures() throws(RenderError) -> PictureCount {
    var found = PictureCount()
    for folder in classFolders { found += try pictures(in: folder) }
    return found
  }

  private func pictures(in folder: String) throws(RenderError) -> PictureCount {
    var found = PictureCount()
    guard try FileAccess.kind(folder) == .directory else { return found }
    for name in try FileAccess.names(folder) where !name.hasPrefix(".") {
      guard let dot = name.lastIndex(of: "."), Self.endings.contains(name[name.index(after: dot)...].lowercased()),
        let bytes = FileAccess.size(folder + "/" + name)
      else { continue }
      found.number += 1
      found.bytes += bytes
    }
    return found
  }

  /// Of files that are taken for pictures.
  private static let endings: Set = ["png", "jpg", "jpeg", "bmp", "ppm", "pgm", "tif", "tiff", "gif", "webp"]

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
    // What may stand in each directory: other directories of the dataset, or its pictures.
    var allowed: [String: Set<String>] = ["": [DatasetMarker.fileName]]
    for picture in dataset.plan(limit: nil) {
      var folder = ""
      for name in picture.folder.split(separator: "/").map(String.init) + [picture.fileName] {
        allowed[folder, default: []].insert(name)
        folder += folder.isEmpty ? name : "/" + name
      }
    }
    for (folder, names) in allowed.sorted(by: { $0.key < $1.key }) { try check(folder, allowed: names) }
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
    for folder in classFolders {
      try FileAccess.makeDirectory(folder)
      for left in try FileAccess.names(folder) where FileAccess.isTemporary(left) {
        FileAccess.remove(folder + "/" + left)
      }
    }
  }

  func write(_ marker: DatasetMarker) throws(RenderError) {
    try FileAccess.replace(markerPath, with: Array(marker.text.utf8))
  }

  /// Whether a whole picture of the right size stands there already: signature, header and end of a PNG file.
  func holds(_ picture: PlannedPicture) -> Bool {
    guard let ends = FileAccess.ends(file(picture), first: 26, last: 12) else { return false }
    func big(_ at: Int) -> Int { ends.first[at..<(at + 4)].reduce(0) { $0 << 8 | Int($1) } }
    return Array(ends.first[0..<8]) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
      && big(16) == picture.side && big(20) == picture.side && ends.first[24] == 8
      && ends.first[25] == picture.colorMode.inPNG
      && Array(ends.last[4..<8]) == Array("IEND".utf8)
  }
}

extension DatasetPart.ColorMode {
  /// The colour type in a PNG file's header.
  fileprivate var inPNG: UInt8 {
    switch self {
    case .grayscale: 0
    case .rgb: 2
    }
  }
}
