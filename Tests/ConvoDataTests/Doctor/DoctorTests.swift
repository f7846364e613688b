import ConvoImages
import Foundation
import Testing

@testable import ConvoData

@Suite struct DoctorTests {
  @Test func aHealthyFolderHasNoFindings() throws {
    let (train, validation) = (try PictureFolder.textured(3, 3), try PictureFolder.textured(2, 2, from: 100))
    let examination = Doctor.examine(try train.healthy(), with: [try validation.healthy()], areMeantTogether: true)
    #expect(examination.lines == [])
    #expect(examination.classes.map(\.name) == ["a", "b"])
    #expect(examination.classes.map(\.images) == [3, 3])
    #expect(examination.kinds.map(\.images) == [6])
  }

  /// Small ones, so that what grows with their number counts: 10,000 are compared with each other and with 2 more.
  @Test func tenThousandPicturesAreExamined() throws {
    let (train, validation) = (try PictureFolder.textured(5000, 5000), try PictureFolder.textured(1, 1, from: 9_999))
    let other = try validation.healthy("validation")
    let examination = Doctor.examine(try train.healthy(), with: [other], areMeantTogether: true)
    #expect(examination.classes.map(\.images) == [5000, 5000])
    #expect(examination.findings.map(\.severity) == [.serious])
  }

  @Test func picturesInTwoClassesContradictEachOther() throws {
    let folder = try PictureFolder.textured(3, 3)
    try folder.add("b/again.png", .textured(1))
    #expect(
      Doctor.examine(try folder.healthy()).lines == [
        "serious: 1 picture is in two classes, so one of the labels is wrong [b/again.png (the same picture as a/1.png)]"
      ])
    // Without labels they are only twice there.
    #expect(
      Doctor.examine(try folder.healthy { $0.classMode = .none }).findings.map(\.severity) == [.warning])
  }

  /// The pixels count, not the file's bytes: one is stored as gray, the other in colours.
  @Test func copiesInAClassAreFoundByTheirPixels() throws {
    let folder = try PictureFolder.textured(3, 3)
    let gray = PixelImage.textured(50, channels: 1)
    let rgb = PixelImage(height: 8, width: 8, channels: 3, bytes: gray.bytes.flatMap { [$0, $0, $0] })
    try folder.add("a/gray.png", gray)
    try folder.add("b/x.png", .textured(60))
    try folder.add("a/rgb.png", rgb)
    try folder.add("b/y.png", .textured(61))
    #expect(
      Doctor.examine(try folder.healthy()).lines == [
        "warning: 1 picture is there twice, and counts twice in training and in what is measured "
          + "[a/rgb.png (the same picture as a/gray.png)]"
      ])
  }

  /// Transposed, a picture has the same bytes in another shape.
  @Test func theShapeIsPartOfAPicture() throws {
    let folder = try PictureFolder()
    let wide = PixelImage.textured(1, height: 4, width: 9)
    try folder.add("a/wide.png", wide)
    try folder.add("b/high.png", PixelImage(height: 9, width: 4, channels: 3, bytes: wide.bytes))
    let findings = Doctor.examine(try folder.healthy()).findings
    #expect(!findings.contains { $0.severity == .serious })
  }

  @Test func aPictureInTwoGeneratorsIsALeak() throws {
    let (train, validation) = (try PictureFolder.textured(3, 3), try PictureFolder.textured(2, 2, from: 100))
    try validation.add("a/leaked.png", .textured(2))
    try validation.add("b/fresh.png", .textured(200))
    let (one, other) = (try train.healthy("train"), try validation.healthy("validation"))
    #expect(
      Doctor.examine(one, with: [other]).lines == [
        "serious: 1 picture is in train and in validation as well "
          + "[a/2.png (the same picture as a/leaked.png of validation)]"
      ])
    #expect(
      Doctor.examine(other, with: [one]).lines == [
        "serious: 1 picture is in validation and in train as well "
          + "[a/leaked.png (the same picture as a/2.png of train)]"
      ])
    #expect(
      Doctor.examine(one, with: [try validation.healthy("validation") { $0.colorMode = .grayscale }]).lines == [
        "note: the pictures were not compared with those of validation, whose color_mode is grayscale"
      ])
  }

  /// One directory under two names, for two sizes, is no accident; validating with it is, and so are parts that overlap.
  @Test func theSameFilesAreALeakWhereTheyAreMeantTogether() throws {
    let folder = try PictureFolder.textured(4, 4)
    let (large, small) = (try folder.healthy("large"), try folder.healthy("small") { $0.batchSize = 2 })
    #expect(Doctor.examine(large, with: [small]).lines == ["note: large and small read the same files"])
    #expect(
      Doctor.examine(large, with: [small], areMeantTogether: true).findings.map(\.what) == [
        "8 pictures are in large and in small as well"
      ])
    let half = try folder.healthy("half") {
      $0.validationSplit = 0.5
      $0.subset = .training
    }
    let quarter = try folder.healthy("quarter") {
      $0.validationSplit = 0.75
      $0.subset = .validation
    }
    #expect(
      Doctor.examine(half, with: [quarter]).lines == [
        "serious: 2 pictures are in half and in quarter as well "
          + "[a/2.png (the same picture as a/2.png of quarter), b/2.png (the same picture as b/2.png of quarter)]"
      ])
    let rest = try folder.healthy("rest") {
      $0.validationSplit = 0.5
      $0.subset = .validation
    }
    #expect(Doctor.examine(half, with: [rest], areMeantTogether: true).lines == [])
    let viaDots = try ImageGenerator(
      name: "dots", directory: folder.path + "/./a/..", options: large.options, cache: PixelCache(), threads: 1)
    #expect(Doctor.examine(large, with: [viaDots]).lines == ["note: large and dots read the same files"])
  }

  @Test func classesHaveToAgree() throws {
    let (train, validation) = (try PictureFolder.textured(1, 1), try PictureFolder.textured(1, 1, from: 10))
    let turned = try validation.healthy("validation") { $0.classes = ["b", "a"] }
    let one = try train.healthy("train")
    #expect(
      Doctor.examine(one, with: [turned]).lines == [
        "serious: the classes of train and validation are in another order: class 0 is 'a' here and 'b' there"
      ])
    try validation.add("c/1.png", .textured(77))
    #expect(
      Doctor.examine(one, with: [try validation.healthy("validation")]).lines == [
        "serious: the classes of train and validation differ: train has no 'c'"
      ])
    let unrelated = try PictureFolder()
    try unrelated.add("x/1.png", .textured(80))
    try unrelated.add("y/1.png", .textured(81))
    #expect(Doctor.examine(one, with: [try unrelated.healthy("other")]).lines == [])
    #expect(
      Doctor.examine(one, with: [try unrelated.healthy("other")], areMeantTogether: true).lines == [
        "serious: the classes of train and other differ: other has no 'a', 'b', and train has no 'x', 'y'"
      ])
  }

  @Test(arguments: [(2, 3, "note"), (1, 3, "warning"), (3, 4, nil)])
  func unevenClasses(_ a: Int, _ b: Int, _ severity: String?) throws {
    let examination = Doctor.examine(try PictureFolder.textured(a, b).healthy())
    #expect(
      examination.lines
        == (severity.map { ["\($0): the classes are uneven: \(b) pictures of 'b', \(a) of 'a'"] } ?? []))
  }

  @Test func anEmptyClassIsSerious() throws {
    let folder = try PictureFolder.textured(2, 0)
    try folder.makeDirectory("b")
    #expect(Doctor.examine(try folder.healthy()).lines == ["serious: the class 'b' has no picture [b]"])
  }

  @Test func unreadableAndPassedOverFilesAreNamed() throws {
    let folder = try PictureFolder.textured(2, 2)
    try folder.add("a/empty.png", bytes: [])
    try folder.add("b/notes.txt", bytes: [1])
    try folder.add("loose.png", bytes: [1])
    let examination = Doctor.examine(try folder.healthy())
    #expect(
      examination.lines == [
        "warning: 1 file can't be read and is left out [a/empty.png (the file is empty)]",
        "warning: 1 picture lies beside the classes and belongs to none",
        "note: 1 file is passed over: no name of a picture ends like its [b/notes.txt (no picture by its name)]",
      ])
    #expect(examination.classes.map(\.leftOut) == [1, 0])
  }

  @Test func namesThatLieAreNamed() throws {
    let folder = try PictureFolder.textured(2, 2)
    try folder.add("a/photo.JPG", .textured(30))
    try folder.add("b/photopng", .textured(31))
    #expect(
      Doctor.examine(try folder.healthy()).lines == [
        "note: 1 name says another format than the file has [a/photo.JPG (is a PNG picture)]"
      ])
  }

  /// Blank pictures are no copies of each other besides.
  @Test func blankPicturesAreNamed() throws {
    let folder = try PictureFolder.textured(2, 2)
    var nearly = [UInt8](repeating: 100, count: 64)
    nearly[17] = 108
    try folder.add("a/blank.png", PixelImage(height: 8, width: 8, channels: 1, bytes: nearly))
    try folder.add("a/white.png", level: 255, height: 8, width: 8)
    nearly[63] = 109
    try folder.add("b/mark.png", PixelImage(height: 8, width: 8, channels: 1, bytes: nearly))
    try folder.add("b/white.png", level: 255, height: 8, width: 8)
    #expect(
      Doctor.examine(try folder.healthy()).lines == [
        """
        warning: 3 pictures are blank: no value is more than 8 of 255 away from another [a/blank.png (blank), \
        a/white.png (blank), b/white.png (blank)]
        """
      ])
  }

  /// A blank channel beside one that is not makes no blank picture.
  @Test func allChannelsHaveToBeBlank() throws {
    let folder = try PictureFolder.textured(2, 2)
    let bytes = (0..<64).flatMap { [UInt8(10), UInt8($0 * 4), UInt8(10)] }
    try folder.add("a/green.png", PixelImage(height: 8, width: 8, channels: 3, bytes: bytes))
    try folder.add("b/other.png", .textured(44))
    #expect(Doctor.examine(try folder.healthy()).lines == [])
  }

  @Test(arguments: [(5, 4, 2), (9, 8, 3), (8, 4, 0), (3, 4, 0), (4, 4, 0)])
  func batchesThatDoNotComeOutEven(_ images: Int, _ batchSize: Int, _ batches: Int) throws {
    let folder = try PictureFolder.textured(images / 2, images - images / 2)
    let lines = Doctor.examine(try folder.healthy(batchSize: batchSize)).lines.filter { $0.contains("batch") }
    let rest = images % batchSize
    #expect(
      lines == (batches == 0 ? [] : ["note: the last of 2 batches holds only 1 picture of \(batchSize)"]), "\(rest)")
  }

  @Test func aFormatThatGivesTheClassAway() throws {
    let folder = try PictureFolder()
    for number in 0..<5 {
      try folder.add("a/\(number).png", .textured(number))
      try folder.add("b/\(number).png", .textured(10 + number, channels: 1))
    }
    #expect(
      Doctor.examine(try folder.healthy()).lines == [
        "warning: the colour mode of the file alone tells the classes apart: a rgb, b gray or palette"
      ])
    try folder.add("b/colour.png", .textured(20))
    #expect(Doctor.examine(try folder.healthy()).lines == [])
  }

  @Test func theMostSeriousComesFirst() throws {
    let folder = try PictureFolder.textured(3, 2)
    try folder.add("a/blank.png", level: 0, height: 8, width: 8)
    try folder.add("b/again.png", .textured(1))
    let severities = Doctor.examine(try folder.healthy(batchSize: 4)).findings.map(\.severity)
    #expect(severities == [.serious, .warning, .note])
  }
}
