import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@testable import ConvoScenes

@Suite struct FolderTests {
  private let one = DatasetRenderer(.horseOrHuman, seed: 4, limit: 1, threads: 1)

  @Test func anInterruptedRenderingIsCompleted() throws {
    let (scratch, whole) = (try Scratch(), try Scratch())
    let recorder = Recorder()
    #expect(throws: RenderError.cancelled(done: 2, total: 4)) {
      try one.render(
        into: scratch.path, isCancelled: { recorder.all.count == 2 }, progress: { recorder.add($0) })
    }
    #expect(try DatasetStatus(of: .horseOrHuman, in: scratch.path).number == 2)
    #expect(DatasetMarker.read(in: scratch.path)?.isComplete == false)
    let early = try scratch.files().filter { $0.hasSuffix(".png") }
    #expect(early == ["train/horses/horse001.png", "train/humans/human001.png"])
    // What a killed process may leave: half a file under its temporary name.
    try scratch.write("train/horses/.horse001.png.part", "half")
    #expect(try one.render(into: scratch.path) == RenderReport(drawn: 2, kept: 2))
    #expect(DatasetMarker.read(in: scratch.path)?.isComplete == true)
    try one.render(into: whole.path)
    #expect(try scratch.files() == whole.files())
    for file in try whole.files() { #expect(scratch.bytes(file) == whole.bytes(file), "\(file)") }
  }

  @Test func aCompleteDirectoryIsLeftAloneAndADamagedOneMended() throws {
    let scratch = try Scratch()
    try one.render(into: scratch.path)
    #expect(try one.render(into: scratch.path + "/") == RenderReport(drawn: 0, kept: 4))
    let picture = "train/humans/human001.png"
    let good = try #require(scratch.bytes(picture))
    try FileAccess.replace(scratch.path + "/" + picture, with: Array(good.dropLast(20)))
    FileAccess.remove(scratch.path + "/validation/horses/horse001.png")
    #expect(try one.render(into: scratch.path) == RenderReport(drawn: 2, kept: 2))
    #expect(scratch.bytes(picture) == good)
  }

  @Test func aLargerLimitExtendsAndASmallerOneIsRefused() throws {
    let scratch = try Scratch()
    try one.render(into: scratch.path)
    let first = scratch.bytes("train/horses/horse001.png")
    var two = one
    two.limit = 2
    #expect(try two.render(into: scratch.path) == RenderReport(drawn: 4, kept: 4))
    #expect(scratch.bytes("train/horses/horse001.png") == first)
    #expect(DatasetMarker.read(in: scratch.path)?.limit == 2)
    #expect(throws: RenderError.self) { try one.render(into: scratch.path) }
  }

  @Test func anotherSeedIsRefused() throws {
    let scratch = try Scratch()
    try one.render(into: scratch.path)
    let before = try scratch.files().map { scratch.bytes($0) }
    var other = one
    other.seed = 5
    let error = #expect(throws: RenderError.self) { try other.render(into: scratch.path) }
    #expect(error?.description.contains("seed 4") == true)
    #expect(error?.description.contains("seed 5") == true)
    #expect(try scratch.files().map { scratch.bytes($0) } == before)
  }

  @Test(arguments: ["notes.txt", ".hidden", "train"]) func aForeignDirectoryIsRefused(name: String) throws {
    let scratch = try Scratch()
    try scratch.write(name, "mine")
    #expect(throws: RenderError.notOurs(path: scratch.path, found: name)) { try one.render(into: scratch.path) }
    #expect(try scratch.files() == [name])
    #expect(scratch.bytes(name) == Array("mine".utf8))
  }

  @Test(arguments: ["mine.png", "train/mine.png", "validation/humans/human999.png", "train/horses/horse1.png"])
  func aForeignFileInOurDirectoryIsRefused(name: String) throws {
    let scratch = try Scratch()
    let folder = DatasetFolder(scratch.path, .horseOrHuman)
    try folder.prepare()
    try folder.write(
      DatasetMarker(
        name: "horse-or-human", seed: 4, limit: 1, isComplete: true, drawing: BuiltInDataset.horseOrHuman.drawingVersion
      ))
    try scratch.write(name, "mine")
    let error = #expect(throws: RenderError.self) { try one.render(into: scratch.path) }
    guard case .notOurs(_, let found) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(name.hasSuffix(found))
    #expect(scratch.bytes(name) == Array("mine".utf8))
  }

  @Test func aFileInPlaceOfTheDirectoryIsNamed() throws {
    let scratch = try Scratch()
    try scratch.write("file", "mine")
    let path = scratch.path + "/file"
    #expect(throws: RenderError.notADirectory(path: path)) { try one.render(into: path) }
    #expect(throws: RenderError.notADirectory(path: path + "/below")) { try one.render(into: path + "/below") }
  }

  @Test(.enabled(if: getuid() != 0, "the superuser may write anywhere"))
  func aDirectoryWithoutPermissionIsNamed() throws {
    let scratch = try Scratch()
    chmod(scratch.path, 0o500)
    #expect(throws: RenderError.noPermission(path: scratch.path + "/new")) {
      try one.render(into: scratch.path + "/new")
    }
  }

  @Test func anotherRendererAtWorkIsNoticed() throws {
    let scratch = try Scratch()
    let lock = try FileAccess.lock(scratch.path)
    #expect(throws: RenderError.busy(path: scratch.path)) { try one.render(into: scratch.path) }
    FileAccess.unlock(lock)
    #expect(try scratch.files().isEmpty)
  }

  @Test func systemErrorsHaveWordsOfTheirOwn() {
    #expect(FileAccess.error(ENOSPC, "write", "p") == .diskFull(path: "p"))
    #expect(FileAccess.error(EDQUOT, "write", "p") == .diskFull(path: "p"))
    #expect(FileAccess.error(EACCES, "open", "p") == .noPermission(path: "p"))
    #expect(FileAccess.error(EROFS, "mkdir", "p") == .noPermission(path: "p"))
    #expect(FileAccess.error(ENOTDIR, "stat", "p") == .notADirectory(path: "p"))
    guard case .system("p", "open", EMFILE, let reason) = FileAccess.error(EMFILE, "open", "p") else {
      Issue.record("EMFILE has no case of its own")
      return
    }
    #expect(reason == String(cString: strerror(EMFILE)))
  }

  @Test func senselessArgumentsAreRefused() throws {
    let scratch = try Scratch()
    for renderer in [
      DatasetRenderer(.horseOrHuman, limit: 0), DatasetRenderer(.horseOrHuman, limit: -3),
      DatasetRenderer(.horseOrHuman, threads: 0),
    ] {
      #expect(throws: RenderError.self) { try renderer.render(into: scratch.path) }
    }
    #expect(throws: RenderError.self) { try one.render(into: "") }
    #expect(try scratch.files().isEmpty)
  }
}

@Suite struct MarkerTests {
  @Test(arguments: [nil, 12] as [Int?], [true, false]) func textReadsBack(limit: Int?, complete: Bool) {
    let marker = DatasetMarker(
      name: "horse-or-human", seed: .max, limit: limit, isComplete: complete, drawing: 3)
    #expect(DatasetMarker(text: marker.text) == marker)
  }

  @Test(arguments: [
    "", "nonsense", "dataset: a\nseed: 1\nlimit: none\nstate: complete\n",
    "dataset: a\ndrawing: 1\nseed: -1\nlimit: none\nstate: complete\n",
    "dataset: a\ndrawing: 1\nseed: 1\nlimit: few\nstate: complete\n",
    "dataset: a\ndrawing: 1\nseed: 1\nlimit: none\nstate: maybe\n",
  ])
  func otherTextDoesNot(text: String) {
    #expect(DatasetMarker(text: text) == nil)
  }
}
