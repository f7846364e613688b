import ConvoFiles
import Foundation
import Testing

@Suite struct AtomicFileTests {
  @Test func aFileIsReplacedWhole() throws {
    try inFolder { folder in
      let path = folder.appending(path: "a").path
      try AtomicFile.write(Array("old".utf8), to: path)
      try AtomicFile.write(Array("new".utf8), to: path)
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "new")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a"])
    }
  }

  @Test func whereMakingFailsTheOldFileStays() throws {
    try inFolder { folder in
      let path = folder.appending(path: "a").path
      try AtomicFile.write(Array("old".utf8), to: path)
      let failure = #expect(throws: FileFailure.self) {
        try AtomicFile.replace(path) { temporary throws(FileFailure) in
          try AtomicFile.write(Array("half".utf8), to: temporary)
          throw FileFailure(reason: "out of ink")
        }
      }
      #expect(failure?.reason == "out of ink")
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a"])
    }
  }

  @Test(arguments: ["", "a\0b", "/nowhere/at/all"])
  func impossiblePathsAreRefused(path: String) {
    #expect(throws: FileFailure.self) { try AtomicFile.write([1], to: path) }
  }

  private func inFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "convo-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }
}
