import ConvoImages
import Dispatch
import Testing

/// BMP, PPM, GIF, WebP and TIFF against Pillow, byte for byte.
@Suite struct FormatTests {
  @Test func everyKindOfPictureIsRecorded() throws {
    let recorded = Set(Recorded.formats.map(\.file))
    #expect(recorded.count == 211)
    #expect(try Recorded.files(in: "formats").count == recorded.count)
  }

  @Test(arguments: Recorded.formats)
  func conversionIsPillows(picture: Recorded.Picture) throws {
    let image = try ImageFile.decode(picture.path, as: picture.mode)
    // Pillow converts YCbCr that nothing has compressed by tables of its own, coarser than libtiff's.
    let tolerance = picture.file.hasSuffix("ycbcr-raw.tif") ? 1 : 0
    #expect(try #require(Recorded.difference(image, picture.expected)) <= tolerance)
    let header = try ImageFile.header(of: picture.path)
    #expect([header.height, header.width] == [picture.expected.height, picture.expected.width])
  }

  /// A gray picture has its gray in each channel; a coloured one the luma of ITU-R 601-2 as its gray.
  @Test(arguments: Recorded.formats.filter { $0.mode != .rgba })
  func otherModesFollowFromTheRecordedOne(picture: Recorded.Picture) throws {
    let gray = try ImageFile.decode(picture.path, as: .grayscale).bytes
    let rgb = try ImageFile.decode(picture.path, as: .rgb).bytes
    let rgba = try ImageFile.decode(picture.path, as: .rgba).bytes
    for pixel in gray.indices {
      let colors = rgb[(pixel * 3)..<(pixel * 3 + 3)].map(Int.init)
      let luma = (colors[0] * 19595 + colors[1] * 38470 + colors[2] * 7471 + 0x8000) >> 16
      #expect(Int(gray[pixel]) == luma)
      #expect(Array(rgba[(pixel * 4)..<(pixel * 4 + 3)]).map(Int.init) == colors)
    }
  }

  static let formats: [(file: String, format: ImageHeader.Format)] = [
    ("palette4.bmp", .bmp), ("color255.ppm", .ppm), ("plain-bitmap1.pbm", .ppm), ("gray255.pgm", .ppm),
    ("rgb8-big.tiff", .tiff), ("big.tif", .tiff), ("transparent.gif", .gif), ("rgba-lossy.webp", .webp),
  ]

  /// The content decides, whatever the name says.
  @Test(arguments: formats)
  func contentDecidesNotTheName(file: String, format: ImageHeader.Format) throws {
    let path = "\(Recorded.folder)/formats/\(file)"
    try withTemporaryFolder { folder in
      let renamed = "\(folder)/picture.jpg"
      try write(Recorded.bytes(of: path), to: renamed)
      #expect(try ImageFile.header(of: renamed).format == format)
      #expect(try ImageFile.decode(renamed, as: .rgb) == ImageFile.decode(path, as: .rgb))
    }
  }

  @Test func endingsOfFormats() throws {
    for picture in Recorded.formats + Recorded.converted {
      let ending = try #require(picture.file.split(separator: ".").last)
      #expect(try ImageFile.header(of: picture.path).format == ImageHeader.Format(extension: ending))
      #expect(ImageHeader.Format(extension: ending.uppercased()) == ImageHeader.Format(extension: ending))
    }
    #expect(ImageHeader.Format(extension: "txt") == nil)
    #expect(ImageHeader.Format(extension: "") == nil)
  }

  @Test func headersSayWhatIsStored() throws {
    func header(_ file: String) throws -> ImageHeader { try ImageFile.header(of: "\(Recorded.folder)/formats/\(file)") }
    func facts(_ file: String) throws -> [Int] { [try header(file).channels, try header(file).bitDepth] }
    #expect(try facts("palette4.bmp") == [1, 4])
    #expect(try facts("bgra32.bmp") == [4, 8])
    #expect(try facts("rgb565.bmp") == [3, 8])
    #expect(try facts("bitmap1.pbm") == [1, 1])
    #expect(try facts("gray65535.pgm") == [1, 16])
    #expect(try facts("palette4.gif") == [1, 8])
    #expect(try facts("rgba-lossy.webp") == [4, 8])
    #expect(try facts("rgb-lossy.webp") == [3, 8])
    #expect(try facts("gray12.tiff") == [1, 12])
    #expect(try facts("cmyk16-big.tiff") == [4, 16])
    #expect(try header("palette4-interlaced.gif").isInterlaced)
    #expect(try !header("palette4.gif").isInterlaced)
  }

  /// Every call may be made from any thread.
  @Test func manyThreadsAtOnce() throws {
    let files = try Recorded.files(in: "formats")
    let images = try files.map { try ImageFile.decode($0, as: .rgb) }
    DispatchQueue.concurrentPerform(iterations: files.count * 2) { number in
      let index = number * 7 % files.count
      let again: PixelImage? = try? ImageFile.decode(files[index], as: .rgb)
      #expect(again == images[index])
    }
  }

  /// The fields of a TIFF stand behind more than the first bytes that are looked at.
  @Test func fieldsBehindThePixels() throws {
    let (height, width) = (300, 400)
    let pixels = (0..<(height * width)).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
    func field(_ tag: UInt8, _ value: Int, high: UInt8 = 1) -> [UInt8] {
      [tag, high, 4, 0, 1, 0, 0, 0] + (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    let directory = 8 + pixels.count
    let bytes =
      Array("II".utf8) + [42, 0] + (0..<4).map { UInt8(truncatingIfNeeded: directory >> (8 * $0)) } + pixels + [7, 0]
      + field(0, width) + field(1, height) + field(2, 8) + field(6, 1) + field(17, 8) + field(22, height)
      + field(23, pixels.count) + [0, 0, 0, 0]
    try withTemporaryFolder { folder in
      try write(bytes, to: "\(folder)/long.tif")
      let header = try ImageFile.header(of: "\(folder)/long.tif")
      #expect([header.height, header.width] == [height, width])
      #expect(try ImageFile.decode("\(folder)/long.tif", as: .grayscale).bytes == pixels)
    }
  }
}
