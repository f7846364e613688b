import ConvoImages
import Testing

@Suite struct ResizingTests {
  @Test func everyKindOfResizingIsRecorded() {
    #expect(Recorded.resized.count == 7 * 10 * Interpolation.allCases.count)
  }

  @Test(arguments: Recorded.resized)
  func resizingIsPillows(picture: Recorded.Picture) throws {
    let size = try #require(picture.size)
    let image = try ImageFile.decode(picture.path, as: picture.mode)
    let resized = image.resized(height: size.height, width: size.width, by: size.interpolation)
    #expect(Recorded.difference(resized, picture.expected) == 0)
  }

  @Test(arguments: Interpolation.allCases)
  func sameSizeChangesNothing(interpolation: Interpolation) {
    let image = PixelImage(height: 2, width: 1, channels: 4, bytes: [200, 100, 50, 3, 9, 8, 7, 0])
    #expect(image.resized(height: 2, width: 1, by: interpolation) == image)
  }

  /// One new pixel covers all old ones; the triangle's weights at distances 1/2 and 3/2, stretched by the ratio
  /// 4, are 7/8 and 5/8: (7·(10 + 30) + 5·(0 + 80)) / 24.
  @Test func bilinearAveragesWhatItShrinks() {
    let image = PixelImage(height: 1, width: 4, channels: 1, bytes: [0, 10, 30, 80])
    #expect(image.resized(height: 1, width: 1, by: .bilinear).bytes == [28])
  }

  @Test func nearestTakesThePixelUnderTheCentre() {
    let image = PixelImage(height: 1, width: 5, channels: 1, bytes: [0, 10, 20, 30, 40])
    #expect(image.resized(height: 1, width: 2, by: .nearest).bytes == [10, 30])
    let row: [UInt8] = [0, 10, 10, 20, 30, 30, 40]
    #expect(image.resized(height: 2, width: 7, by: .nearest).bytes == row + row)
  }

  /// Red that cannot be seen leaves no trace in the green beside it.
  @Test func transparentPixelsDoNotBleed() {
    let image = PixelImage(height: 1, width: 2, channels: 4, bytes: [255, 0, 0, 0, 0, 200, 0, 255])
    let small = image.resized(height: 1, width: 1, by: .bilinear)
    #expect(small.bytes[0] == 0)
    #expect(small.bytes[3] == 128)
  }
}
