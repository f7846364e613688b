import ConvoImages
import ConvoTestSupport
import Foundation
import Testing

/// `show`, run by the real program: what is shown and saved, byte for byte.
@Suite struct ShowFileTests {
  private let folder: TemporaryFolder
  private let image: PixelImage

  init() throws {
    folder = try TemporaryFolder()
    let bytes = (0..<(12 * 20 * 3)).map { UInt8(truncatingIfNeeded: $0 * $0 * 7 + $0) }
    image = PixelImage(height: 12, width: 20, channels: 3, bytes: bytes)
    for (index, name) in ["data/a", "data/b"].enumerated() {
      let directory = folder.url.appending(path: name)
      try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
      for number in 0..<4 {
        let bytes = image.bytes.map { $0 &+ UInt8(17 * (4 * index + number)) }
        try PixelImage(height: 12, width: 20, channels: 3, bytes: bytes)
          .writePNG(to: directory.appending(path: "\(number).png").path)
      }
    }
    try image.writePNG(to: path("photo.png"))
  }

  private func path(_ name: String) -> String { folder.url.appending(path: name).path }

  private func run(
    _ program: String..., options: [String] = [], environment: [String: String] = [:]
  ) throws -> ConvoProcess.Outcome {
    try ConvoProcess.run(
      options + ["-c", program.joined(separator: "\n")], in: folder.url, environment: environment)
  }

  private static let load = "load generator small from data target_size=12x20 batch_size=4"

  @Test func aFileIsSavedAsItIsDecoded() throws {
    let outcome = try run("show photo.png save=out.png")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try ImageFile.decode(path("out.png"), as: .rgb) == image)
    #expect(
      outcome.output == """
        photo.png: 12x20, png
        a picture of 20x12 pixels (image/png), which can't be shown here
        saved as out.png

        """)
  }

  @Test(arguments: [Interpolation.nearest, .bilinear, .lanczos], [true, false])
  func aFileIsFittedAsAGeneratorDoes(_ interpolation: Interpolation, _ keep: Bool) throws {
    let outcome = try run(
      "show photo.png target_size=7x5 interpolation=\(interpolation) keep_aspect_ratio=\(keep) color_mode=grayscale "
        + "save=out.png")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let fit = ImageFit(height: 7, width: 5, interpolation: interpolation, keepAspectRatio: keep)
    let expected = try ImageFile.decode(path("photo.png"), as: .grayscale, fittedTo: fit)
    #expect(try ImageFile.decode(path("out.png"), as: .grayscale) == expected)
    #expect(try ImageFile.header(of: path("out.png")).channels == 1)
  }

  @Test func theEventHoldsThePicture() throws {
    let outcome = try run("show photo.png", options: ["--json"])
    let event = try #require(outcome.events.first { $0["event"] as? String == "image" })
    #expect(event["width"] as? Int == 20 && event["height"] as? Int == 12 && event["mime"] as? String == "image/png")
    let data = try #require(Data(base64Encoded: event["data"] as? String ?? ""))
    #expect(try ImageFile.decode(bytes: Array(data), as: .rgb) == image)
  }

  /// Byte for byte the pictures of the first epoch's order, in rows; on a system without any font as well.
  @Test(arguments: [true, false]) func aGridIsInTheOrderOfTheNextEpoch(hasFonts: Bool) throws {
    let configuration = "<?xml version=\"1.0\"?><fontconfig><dir>\(path("none"))</dir></fontconfig>"
    try Data(configuration.utf8).write(to: folder.url.appending(path: "fonts.conf"))
    let outcome = try run(
      Self.load + " shuffle=false", "show small 2x3 save=grid.png",
      environment: hasFonts ? [:] : ["FONTCONFIG_FILE": path("fonts.conf")])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("the first 6 of 8 images that epoch 1 will see of small"))
    let sheet = try ImageFile.decode(path("grid.png"), as: .rgb)
    // 20x12 is enlarged four times (96 / 20), in cells of 96: 8 pixels of paper on either side.
    #expect(sheet.height == 10 + 2 * (48 + 33 + 10))
    #expect(sheet.width == 10 + 3 * (96 + 10))
    for (index, file) in ["a/0", "a/1", "a/2", "a/3", "b/0", "b/1"].enumerated() {
      let image = try ImageFile.decode(path("data/\(file).png"), as: .rgb)
      let (row, column) = (10 + index / 3 * 91, 10 + index % 3 * 106 + 8)
      for y in 0..<12 {
        for x in 0..<20 {
          let place = ((row + 4 * y) * sheet.width + column + 4 * x) * 3
          let from = (y * 20 + x) * 3
          #expect(sheet.bytes[place..<(place + 3)] == image.bytes[from..<(from + 3)], "\(file) \(y) \(x)")
        }
      }
    }
  }

  @Test func augmentedPicturesDiffer() throws {
    let outcome = try run(
      Self.load + " width_shift_range=0.5 horizontal_flip=true", "show small augmented save=nine.png")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let sheet = try ImageFile.decode(path("nine.png"), as: .rgb)
    var pictures: Set<[UInt8]> = []
    for index in 0..<9 {
      let (row, column) = (10 + index / 3 * 91, 10 + index % 3 * 106 + 8)
      var picture: [UInt8] = []
      for y in row..<(row + 48) {
        let start = (y * sheet.width + column) * 3
        picture += sheet.bytes[start..<(start + 240)]
      }
      pictures.insert(picture)
    }
    #expect(pictures.count > 5)
    let again = try run(
      Self.load + " width_shift_range=0.5 horizontal_flip=true", "show small augmented save=again.png")
    #expect(again.status == 0)
    #expect(try ImageFile.decode(path("again.png"), as: .rgb) == sheet)
  }

  @Test func withoutRandomChangesAllAreAlike() throws {
    let outcome = try run(Self.load, "show small augmented")
    #expect(outcome.output.contains("of small, always the same: it was loaded without random changes"))
  }

  /// As Keras takes them, which draws the sign of what it takes from a list.
  @Test func aListOfShiftsMayHoldNegativeOnes() throws {
    let outcome = try run(
      Self.load + " width_shift_range=[-3, 3] height_shift_range=[-0.2, 0.2]", "show small augmented")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("as 9 epochs will see it"))
  }

  @Test func aGeneratorsNameGoesBeforeAFile() throws {
    try image.writePNG(to: path("small"))
    #expect(try run(Self.load, "show small 1x1").output.contains("the first 1 of 8 images"))
    #expect(try run(Self.load, "show ./small").output.contains("./small: 12x20, png"))
  }

  @Test(arguments: [
    ("show smal", "there is no generator and no file 'smal'", "did you mean the generator 'small'?"),
    ("show foto.png", "there is no generator and no file 'foto.png'", "did you mean the file 'photo.png'?"),
    ("show data", "'data' is a directory", "load it as a generator"),
    ("show photo.png 2x2", "a grid is of a generator", "show photo.png"),
    ("show small target_size=3x3", "target_size is of a file", "load another generator"),
    ("show small 21x1", "a grid of 21x1 pictures is too large", ""),
    ("show photo.png target_size=70000x2", "target_size is not possible", ""),
    ("show photo.png save=none/out.png", "there is no directory 'none'", "make it first"),
    ("show photo.png save=out.jpg", "'out.jpg' would be a PNG file under another name", "name it out.png"),
    ("show photo.png save=link.png", "'link.png' is there and is no regular file", ""),
    ("show photo.png save=dir.png", "'dir.png' is there and is no regular file", ""),
    ("show empty.png", "empty.png: the file is empty", ""),
    ("show dangling.png", "dangling.png: the link leads to nothing", ""),
    ("show loop.png", "loop.png: the link leads back to itself", ""),
  ])
  func mistakesAreNamed(_ command: String, _ message: String, _ help: String) throws {
    for (link, destination) in [("link", "photo"), ("dangling", "nothing"), ("loop", "loop")] {
      try FileManager.default.createSymbolicLink(
        atPath: path("\(link).png"), withDestinationPath: "\(destination).png")
    }
    try FileManager.default.createDirectory(atPath: path("dir.png"), withIntermediateDirectories: true)
    try Data().write(to: folder.url.appending(path: "empty.png"))
    let before = try Data(contentsOf: folder.url.appending(path: "photo.png"))
    let outcome = try run(Self.load, command)
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains(message) && (help.isEmpty || outcome.errors.contains(help)), "\(outcome.errors)")
    #expect(try Data(contentsOf: folder.url.appending(path: "photo.png")) == before)
  }

  @Test func aFileThatIsThereIsReplaced() throws {
    try Data("old".utf8).write(to: folder.url.appending(path: "out.png"))
    #expect(try run("show photo.png save=out.png").status == 0)
    #expect(try ImageFile.decode(path("out.png"), as: .rgb) == image)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
    #expect(!names.contains { $0.hasSuffix(".tmp") })
  }
}
