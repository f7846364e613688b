import ConvoImages
import ConvoThreads
import Foundation
import Testing

@testable import ConvoData

@Suite struct FileCheckTests {
  private func folderWithProblems() throws -> PictureFolder {
    let folder = try PictureFolder.numbered(["a": 1, "b": 2])
    let whole = try Array(Data(contentsOf: URL(filePath: "\(folder.path)/a/000.png")))
    try folder.add("a/cut.png", bytes: Array(whole[..<50]))
    try folder.add("a/empty.png", bytes: [])
    try folder.add("a/page.jpg", bytes: Array("<!DOCTYPE html><html></html>".utf8))
    try folder.add("a/really.bmp", bytes: Array("BM".utf8) + Array(repeating: 0, count: 60))
    try folder.add("a/text.png", bytes: Array("no picture".utf8))
    try folder.add("a/tiff.tif", bytes: [0x49, 0x49, 0x2A, 0x00] + Array(repeating: 0, count: 60))
    try folder.link("b/dangling.png", to: "nowhere.png")
    try folder.link("b/loop.png", to: "loop.png")
    #expect(mkfifo("\(folder.path)/b/pipe.png", 0o600) == 0)
    return folder
  }

  @Test(.timeLimit(.minutes(1)), arguments: [1, 2, 7])
  func unreadableFilesAreLeftOutAndNamedInOrder(threads: Int) throws {
    let generator = try folderWithProblems().generator(threads: threads)
    #expect(generator.samples.map(\.path) == ["a/000.png", "b/000.png", "b/001.png"])
    #expect(
      generator.problems.map(\.description) == [
        "a/cut.png: the file is truncated",
        "a/empty.png: the file is empty",
        "a/page.jpg: it is a web page; what can be read is PNG, JPEG, BMP, PPM, TIFF, GIF, WebP",
        "a/really.bmp: it cannot be decoded: a BMP with a header of 0 bytes",
        "a/text.png: it is not a picture that can be read (PNG, JPEG, BMP, PPM, TIFF, GIF, WebP)",
        "a/tiff.tif: the file is damaged: it has no page",
        "b/dangling.png: the link leads to nothing",
        "b/loop.png: the link leads back to itself",
        "b/pipe.png: it is not a regular file",
      ])
  }

  @Test(.timeLimit(.minutes(1))) func unreadableFilesNeverReachABatch() throws {
    let generator = try folderWithProblems().generator()
    let batches = try generator.batches(epoch: 0, steps: generator.stepsPerPass).all()
    #expect(batches.flatMap(\.indices).sorted() == [0, 1, 2])
    #expect(
      batches.flatMap { zip($0.indices, $0.levels).map { index, level in Int(level) == index } } == [true, true, true])
  }

  /// Whatever a name holds, the file is found, read and named.
  @Test func namesMayHoldAnything() throws {
    let folder = try PictureFolder()
    let names = [
      " .png", "a\tb\u{1B}[2J.png", "line\nbreak.png", "quote\"'`$.png", "two  spaces.png", "ü.png", "u\u{308}.png",
      "馬 🐎.png", "\u{202E}gnp.png",
    ].sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    for (level, name) in names.enumerated() { try folder.add("a/\(name)", level: UInt8(level)) }
    try folder.add("b b\n/broken\n.png", bytes: [])
    try folder.add("b b\n/x.png", level: 100)
    let generator = try folder.generator { $0.shuffle = false }
    #expect(generator.classNames == ["a", "b b\n"])
    #expect(
      generator.samples.map { Array($0.path.utf8) }
        == (names.map { "a/\($0)" } + ["b b\n/x.png"]).map { Array($0.utf8) })
    #expect(generator.problems == [FileProblem(file: "b b\n/broken\n.png", problem: .emptyFile)])
    let levels = try generator.batches(epoch: 0, steps: generator.stepsPerPass).all().flatMap(\.levels)
    #expect(levels == names.indices.map { UInt8($0) } + [100])
  }

  @Test(.enabled(if: geteuid() != 0, "the super-user may read everything")) func filesWithoutPermissionAreLeftOut()
    throws
  {
    let folder = try PictureFolder.numbered(["a": 2, "b": 1])
    #expect(chmod("\(folder.path)/a/001.png", 0) == 0)
    let generator = try folder.generator()
    #expect(generator.count == 2)
    #expect(generator.problems == [FileProblem(file: "a/001.png", problem: .noPermission)])
  }

  #if os(Linux)
    /// Other systems do not allow such names.
    @Test func namesThatAreNotUTF8AreNamed() throws {
      let folder = try PictureFolder.numbered(["a": 1, "b": 1])
      let path = Array("\(folder.path)/a/bad".utf8CString.dropLast()) + [-1, -2] + Array(".png".utf8CString)
      let file = open(path, O_WRONLY | O_CREAT, 0o600)
      try #require(file >= 0)
      close(file)
      let generator = try folder.generator()
      #expect(generator.count == 2)
      #expect(
        generator.problems.map(\.description) == [
          "a/bad\u{FFFD}\u{FFFD}.png: it cannot be read: its name is not valid UTF-8"
        ])
    }
  #endif

  @Test func nothingReadableIsAnError() throws {
    let folder = try PictureFolder()
    try folder.add("a/1.png", bytes: [1])
    try folder.add("b/1.png", bytes: [])
    let error = #expect(throws: GeneratorError.self) { try folder.generator() }
    #expect(
      error
        == .noReadableImages(
          path: folder.path,
          problems: [
            FileProblem(file: "a/1.png", problem: .unknownFormat(kind: nil)),
            FileProblem(file: "b/1.png", problem: .emptyFile),
          ]))
    #expect(
      error?.description == """
        none of the 2 pictures in '\(folder.path)' can be read; a/1.png: it is not a picture that can be read \
        (PNG, JPEG, BMP, PPM, TIFF, GIF, WebP); \
        b/1.png: the file is empty
        """)
  }

  @Test(arguments: [1, 3]) func progressEndsWithAllFiles(threads: Int) throws {
    let folder = try PictureFolder.numbered(["a": 9, "b": 8])
    var seen: [Int] = []
    _ = try ImageGenerator(
      name: "g", directory: folder.path, options: GeneratorOptions(seed: 0), cache: PixelCache(), threads: threads,
      progress: { done, total in
        seen.append(done)
        #expect(total == 17)
      })
    #expect(seen.last == 17)
    #expect(zip(seen, seen.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test func aGeneratorCanBeStopped() throws {
    let folder = try PictureFolder.numbered(["a": 2, "b": 2])
    #expect(throws: GeneratorError.cancelled) {
      try ImageGenerator(
        name: "g", directory: folder.path, options: GeneratorOptions(seed: 0), cache: PixelCache(), threads: 1,
        isCancelled: { true })
    }
  }

  /// The sixth file takes until somebody wants to stop; few files after it are looked at.
  @Test(.timeLimit(.minutes(1)), arguments: [1, 3]) func stoppingIsSeenWhileAFileTakesLong(threads: Int) {
    let (gate, looked) = (Monitor(false), Monitor(0))
    var done = 0
    let findings = FileCheck<Int>.run(
      count: 100_000, threads: threads,
      isCancelled: {
        guard done >= 5 else { return false }
        gate.update { $0 = true }
        return true
      },
      progress: { reached, _ in done = reached }
    ) { index in
      looked.update { $0 += 1 }
      if index >= 5 {
        gate.wait { $0 ? () : nil }
        usleep(1000)
      }
      return index
    }
    #expect(findings == nil)
    // A few more may be begun before the wish is seen.
    #expect(looked.withLock { $0 } < 10_000)
  }
}
