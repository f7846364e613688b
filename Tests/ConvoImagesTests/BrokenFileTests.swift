import ConvoImages
import Foundation
import Testing

@Suite struct BrokenFileTests {
  static let refused: [(String, ImageProblem)] = [
    ("flipped-bits.png", .damaged("invalid scanline filter")),
    ("gif.png", .truncated),
    ("half-progressive.jpg", .truncated),
    ("half.jpg", .truncated),
    ("half.png", .truncated),
    ("header-checksum.png", .damaged("invalid chunk checksum")),
    ("header-only.jpg", .truncated),
    ("header-only.png", .truncated),
    ("no-end-progressive.jpg", .truncated),
    ("no-end.jpg", .truncated),
    ("no-height.jpg", .noPixels),
    ("signature-only.png", .truncated),
    ("start-only.jpg", .truncated),
    ("stream-checksum.png", .damaged("IDAT stream error")),
    ("text-checksum.png", .damaged("invalid chunk checksum")),
    ("text.jpg", .unknownFormat(kind: nil)),
    ("twelve-bits.jpg", .unsupported("a JPEG with 12 bits a channel; only 8 can be read")),
    ("two-channels.jpg", .unsupported("a JPEG with 2 channels; only 1, 3 or 4 can be read")),
  ]

  @Test func allRefusedFilesAreListed() throws {
    let names = try Recorded.files(in: "refused").compactMap { $0.split(separator: "/").last.map(String.init) }
    #expect(names == Self.refused.map(\.0))
  }

  @Test(arguments: refused)
  func pillowRefusesAndSoDoWe(name: String, problem: ImageProblem) {
    let path = "\(Recorded.folder)/refused/\(name)"
    let error = #expect(throws: ImageError.self) { try ImageFile.decode(path, as: .rgb) }
    #expect(error == ImageError(file: path, problem: problem))
  }

  /// However short a file is cut, it is refused: none decodes to made-up pixels, none stops the program.
  @Test(arguments: ["rgb-420-19x17.jpg", "rgb-444-progressive-13x9.jpg", "ycck-13x9.jpg"])
  func everyCutOfAJPEGIsRefused(name: String) throws {
    let whole = try Recorded.bytes(of: "\(Recorded.folder)/pictures/\(name)")
    for length in 0..<whole.count {
      #expect(throws: ImageError.self) { try ImageFile.decode(bytes: Array(whole[..<length]), as: .rgb) }
    }
  }

  /// A PNG that lacks only the end of its last chunks still has all its pixels.
  @Test(arguments: ["rgb8.png", "gray2i.png", "palette4.png"])
  func everyCutOfAPNGIsRefusedOrWhole(name: String) throws {
    let whole = try Recorded.bytes(of: "\(Recorded.folder)/pictures/\(name)")
    let image = try ImageFile.decode(bytes: whole, as: .rgb)
    for length in 0..<whole.count {
      let cut = Array(whole[..<length])
      if length < whole.count - 12 - 4 - 4 - 4 {
        #expect(throws: ImageError.self) { try ImageFile.decode(bytes: cut, as: .rgb) }
      } else if let decoded = try? ImageFile.decode(bytes: cut, as: .rgb) {
        #expect(decoded == image)
      }
    }
  }

  /// Any byte may be anything: an error or a picture, never a crash.
  @Test(arguments: [
    "rgb8.png", "palette2i.png", "palette8-short-alpha.png", "gray16-key.png", "rgb-420-13x9.jpg", "cmyk-13x9.jpg",
  ])
  func changedBytesNeverStopTheProgram(name: String) throws {
    let whole = try Recorded.bytes(of: "\(Recorded.folder)/pictures/\(name)")
    for position in whole.indices {
      for value: UInt8 in [0, 1, 0x7F, 0xFF, whole[position] ^ 0x10] {
        var changed = whole
        changed[position] = value
        if let image = try? ImageFile.decode(bytes: changed, as: .rgba) {
          #expect(image.bytes.count == image.height * image.width * 4)
        }
      }
    }
  }

  @Test func whatIsNoFile() throws {
    try withTemporaryFolder { folder in
      let manager = FileManager.default
      try manager.createSymbolicLink(atPath: "\(folder)/dangling.png", withDestinationPath: "\(folder)/gone.png")
      try manager.createSymbolicLink(atPath: "\(folder)/loop.png", withDestinationPath: "\(folder)/loop.png")
      try write([], to: "\(folder)/empty.png")
      #expect(mkfifo("\(folder)/pipe.png", 0o600) == 0)
      let expected: [(String, ImageProblem)] = [
        ("\(folder)/gone.png", .noSuchFile), ("\(folder)/dangling.png", .brokenLink), ("\(folder)/loop.png", .linkLoop),
        ("\(folder)/empty.png", .emptyFile), (folder, .isDirectory), ("\(folder)/pipe.png", .notARegularFile),
        ("", .noSuchFile), ("\(folder)/empty.png\0", .noSuchFile), ("\(folder)/empty.png/x.png", .noSuchFile),
      ]
      for (path, problem) in expected {
        let error = ImageError(file: path, problem: problem)
        #expect(throws: error) { try ImageFile.decode(path, as: .rgb) }
        #expect(throws: error) { try ImageFile.header(of: path) }
      }
    }
  }

  @Test(.enabled(if: geteuid() != 0, "the super-user may read everything"))
  func noPermission() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/secret.png"
      try write([1], to: path)
      chmod(path, 0)
      #expect(throws: ImageError(file: path, problem: .noPermission)) { try ImageFile.decode(path, as: .rgb) }
    }
  }

  @Test func noBytes() {
    #expect(throws: ImageError(file: nil, problem: .emptyFile)) { try ImageFile.decode(bytes: [], as: .rgb) }
  }
}
