import ConvoImages
import Foundation
import Testing

@Suite struct PNGWritingTests {
  private func picture(_ mode: ColorMode) -> PixelImage {
    let count = 7 * 5 * mode.channels
    return PixelImage(height: 7, width: 5, channels: mode.channels, bytes: (0..<count).map { UInt8($0 * 97 % 256) })
  }

  @Test(arguments: ColorMode.allCases)
  func whatIsWrittenIsRead(mode: ColorMode) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/a picture \u{1F408}\n.png"
      try picture(mode).writePNG(to: path)
      #expect(try ImageFile.decode(path, as: mode) == picture(mode))
      #expect(try ImageFile.header(of: path).channels == mode.channels)
      #expect(try Recorded.bytes(of: path) == picture(mode).pngBytes())
    }
  }

  @Test(arguments: ColorMode.allCases)
  func writingForGrainLosesNothing(mode: ColorMode) throws {
    let file = try picture(mode).pngBytes(for: .grain)
    #expect(try ImageFile.decode(bytes: file, as: mode) == picture(mode))
  }

  @Test func aFileIsReplacedAndNothingElseLeft() throws {
    try withTemporaryFolder { folder in
      try write([1, 2, 3], to: "\(folder)/cat.png")
      try picture(.rgb).writePNG(to: "\(folder)/cat.png")
      #expect(try ImageFile.decode("\(folder)/cat.png", as: .rgb) == picture(.rgb))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["cat.png"])
    }
  }

  @Test func failuresSayWhyAndLeaveNothing() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/missing/cat.png"
      #expect(throws: ImageError(file: path, problem: .unwritable("No such file or directory"))) {
        try picture(.rgb).writePNG(to: path)
      }
      try FileManager.default.createDirectory(atPath: "\(folder)/directory", withIntermediateDirectories: true)
      #expect(throws: ImageError.self) { try picture(.rgb).writePNG(to: "\(folder)/directory") }
      #expect(throws: ImageError.self) { try picture(.rgb).writePNG(to: "") }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["directory"])
    }
  }
}
