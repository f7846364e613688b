import ConvoImages
import Testing

@Suite struct HeaderTests {
  @Test func pngHeader() throws {
    let header = try ImageFile.header(of: "\(Recorded.folder)/pictures/grayalpha16i.png")
    #expect(header.format == .png)
    #expect([header.width, header.height, header.channels, header.bitDepth] == [13, 9, 2, 16])
    #expect(header.isInterlaced)
  }

  @Test func jpegHeader() throws {
    let header = try ImageFile.header(of: "\(Recorded.folder)/pictures/cmyk-progressive-19x17.jpg")
    #expect(header.format == .jpeg)
    #expect([header.width, header.height, header.channels, header.bitDepth] == [19, 17, 4, 8])
    #expect(header.isInterlaced)
  }

  /// A turned picture keeps its stored sides.
  @Test func orientationIsNotApplied() throws {
    let header = try ImageFile.header(of: "\(Recorded.folder)/pictures/rgb-orientation.jpg")
    #expect([header.width, header.height] == [19, 17])
  }

  @Test(arguments: Recorded.converted)
  func headerHasThePicturesSize(picture: Recorded.Picture) throws {
    let header = try ImageFile.header(of: picture.path)
    #expect([header.height, header.width] == [picture.expected.height, picture.expected.width])
  }

  @Test func contentDecidesNotTheName() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/really-a-jpeg.png"
      try write(Recorded.bytes(of: "\(Recorded.folder)/pictures/gray-13x9.jpg"), to: path)
      #expect(try ImageFile.header(of: path).format == .jpeg)
      #expect(try ImageFile.decode(path, as: .grayscale).width == 13)
    }
  }

  /// The frame stands behind more than the first bytes that are looked at.
  @Test func headerBehindALongProfile() throws {
    let jpeg = try Recorded.bytes(of: "\(Recorded.folder)/pictures/gray-13x9.jpg")
    let segment: [UInt8] = [0xFF, 0xE2, 0xFF, 0xFF] + Array(repeating: 0xD9, count: 0xFFFD)
    let bytes = Array(jpeg[..<2] + segment + segment + jpeg[2...])
    try withTemporaryFolder { folder in
      try write(bytes, to: "\(folder)/profile.jpg")
      #expect(try ImageFile.header(of: "\(folder)/profile.jpg").width == 13)
      #expect(try ImageFile.decode("\(folder)/profile.jpg", as: .rgb).height == 9)
    }
  }
}
