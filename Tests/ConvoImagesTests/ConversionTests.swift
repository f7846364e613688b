import ConvoImages
import Testing

@Suite struct ConversionTests {
  /// Files × colour modes; a count guards against an empty recording.
  @Test func everyKindOfPictureIsRecorded() {
    #expect(Recorded.converted.filter { $0.file.hasSuffix(".png") }.count == 165)
    #expect(Recorded.converted.filter { $0.file.hasSuffix(".jpg") }.count == 68)
  }

  @Test(arguments: Recorded.converted)
  func conversionIsPillows(picture: Recorded.Picture) throws {
    let image = try ImageFile.decode(picture.path, as: picture.mode)
    #expect(Recorded.difference(image, picture.expected) == 0)
  }

  @Test(arguments: ColorMode.allCases)
  func channelsAreThoseOfTheMode(mode: ColorMode) throws {
    let image = try ImageFile.decode("\(Recorded.folder)/pictures/rgba8.png", as: mode)
    #expect([image.height, image.width, image.channels] == [9, 13, mode.channels])
    #expect(image.bytes.count == 9 * 13 * mode.channels)
  }

  @Test func bytesDecodeLikeTheFile() throws {
    let path = "\(Recorded.folder)/pictures/rgb-420-13x9.jpg"
    let bytes = try Recorded.bytes(of: path)
    #expect(try ImageFile.decode(bytes: bytes, as: .rgb) == ImageFile.decode(path, as: .rgb))
  }
}
