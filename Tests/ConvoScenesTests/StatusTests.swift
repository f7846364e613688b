import Testing

@testable import ConvoScenes

extension DatasetStatus {
  /// Pictures found.
  var number: Int? {
    switch self {
    case .missing, .foreign: nil
    case .whole(let pictures), .partial(let pictures, _), .older(let pictures), .others(let pictures): pictures.number
    }
  }
}

@Suite struct StatusTests {
  private func status(_ scratch: Scratch, _ dataset: BuiltInDataset = .horseOrHuman) throws -> DatasetStatus {
    try DatasetStatus(of: dataset, in: scratch.path)
  }

  @Test func aRenderingIsFollowed() throws {
    let scratch = try Scratch()
    #expect(try DatasetStatus(of: .handbags, in: scratch.path + "/nowhere") == .missing)
    #expect(try status(scratch) == .missing)
    try DatasetRenderer(.horseOrHuman, limit: 1).render(into: scratch.path)
    let bytes = try scratch.files().filter { $0.hasSuffix(".png") }.reduce(0) { $0 + (scratch.bytes($1)?.count ?? 0) }
    #expect(try status(scratch) == .partial(PictureCount(number: 4, bytes: bytes), limit: 1))
    FileAccess.remove(scratch.path + "/train/horses/horse001.png")
    #expect(try status(scratch).number == 3)
    #expect(try status(scratch, .handbags) == .foreign)
  }

  @Test func anotherDrawingIsToldApart() throws {
    let scratch = try Scratch()
    let version = BuiltInDataset.horseOrHuman.drawingVersion
    for (drawing, expected) in [
      (version, DatasetStatus.partial(PictureCount(), limit: nil)), (version + 1, .older(PictureCount())),
    ] {
      let marker = DatasetMarker(name: "horse-or-human", seed: 0, limit: nil, isComplete: true, drawing: drawing)
      try scratch.write(DatasetMarker.fileName, marker.text)
      #expect(try status(scratch) == expected)
    }
  }

  /// As the course's archives unpack.
  private func course(_ scratch: Scratch, picture: String = "png") throws {
    for folder in DatasetFolder(scratch.path, .horseOrHuman).classFolders {
      try FileAccess.makeDirectory(folder)
      try FileAccess.replace(folder + "/horse01-0." + picture, with: Array("theirs".utf8))
    }
    try scratch.write("horse-or-human.zip", "archive")
  }

  @Test(arguments: ["png", "JPG"]) func othersPicturesInTheLayoutAreUsedAndLeftAlone(ending: String) throws {
    let scratch = try Scratch()
    try course(scratch, picture: ending)
    let before = try scratch.files()
    let report = try DatasetRenderer(.horseOrHuman, limit: 1).render(into: scratch.path)
    #expect(report == RenderReport(drawn: 0, kept: 4, isOthers: true))
    #expect(try scratch.files() == before)
    #expect(before.allSatisfy { scratch.bytes($0)?.count ?? 0 < 8 })
    #expect(try status(scratch) == .others(PictureCount(number: 4, bytes: 24)))
  }

  @Test(arguments: ["a class is missing", "a class is empty", "there is another class", "no picture at all"])
  func othersFilesInAnotherLayoutAreRefused(fault: String) throws {
    let scratch = try Scratch()
    try course(scratch, picture: fault == "no picture at all" ? "txt" : "png")
    switch fault {
    case "a class is missing": try rename(scratch, "validation/humans", "people")
    case "a class is empty": FileAccess.remove(scratch.path + "/train/humans/horse01-0.png")
    case "there is another class": try FileAccess.makeDirectory(scratch.path + "/train/dogs")
    default: break
    }
    let before = try scratch.files()
    let error = #expect(throws: RenderError.self) {
      try DatasetRenderer(.horseOrHuman, limit: 1).render(into: scratch.path)
    }
    guard case .notOurs = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(try scratch.files() == before)
    #expect(try status(scratch) == .foreign)
  }

  private func rename(_ scratch: Scratch, _ folder: String, _ name: String) throws {
    for file in try FileAccess.names(scratch.path + "/" + folder) {
      let bytes = try #require(scratch.bytes(folder + "/" + file))
      try FileAccess.makeDirectory(scratch.path + "/" + name)
      try scratch.write(name + "/" + file, String(decoding: bytes, as: UTF8.self))
      FileAccess.remove(scratch.path + "/" + folder + "/" + file)
    }
  }

  @Test func handbagsNeedBothParts() throws {
    let scratch = try Scratch()
    let folders = DatasetFolder(scratch.path, .handbags).classFolders
    #expect(folders.count == 12)
    for (index, folder) in folders.enumerated() {
      #expect(try status(scratch, .handbags).number == nil, "\(index)")
      try FileAccess.makeDirectory(folder)
      try FileAccess.replace(folder + "/mine.jpeg", with: [1, 2, 3])
    }
    #expect(try status(scratch, .handbags) == .others(PictureCount(number: 12, bytes: 36)))
  }
}
