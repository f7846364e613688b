import ConvoImages
import Testing

@Suite struct ResizingTests {
  @Test func everyKindOfResizingIsRecorded() {
    #expect(Recorded.resized.count == 10 * (7 * 2 + 3 * (Interpolation.allCases.count - 2)))
  }

  @Test(arguments: Recorded.resized)
  func resizingIsPillows(picture: Recorded.Picture) throws {
    let size = try #require(picture.size)
    let image = try ImageFile.decode(picture.path, as: picture.mode)
    let resized = image.resized(height: size.height, width: size.width, by: size.interpolation)
    #expect(Recorded.difference(resized, picture.expected) == 0)
  }

  @Test func everyKindOfFitIsRecorded() {
    #expect(Recorded.fitted.count == 4 * 8 * Interpolation.allCases.count)
  }

  @Test(arguments: Recorded.fitted)
  func keepingTheAspectRatioIsKeras(picture: Recorded.Picture) throws {
    let size = try #require(picture.size)
    let fit = ImageFit(
      height: size.height, width: size.width, interpolation: size.interpolation, keepAspectRatio: true)
    let fitted = try ImageFile.decode(picture.path, as: picture.mode, fittedTo: fit)
    #expect(Recorded.difference(fitted, picture.expected) == 0)
  }

  /// Pillow refuses the empty part that Keras computes here; one pixel is left of it.
  @Test(arguments: Interpolation.allCases)
  func extremeProportionsKeepOnePixel(interpolation: Interpolation) {
    let image = PixelImage(height: 3, width: 3, channels: 1, bytes: [1, 2, 3, 4, 5, 6, 7, 8, 9])
    let fit = ImageFit(height: 40, width: 1, interpolation: interpolation, keepAspectRatio: true)
    let fitted = image.fitted(to: fit)
    #expect([fitted.height, fitted.width] == [40, 1])
    let wide = PixelImage(height: 1, width: 65_500, channels: 1, bytes: Array(repeating: 7, count: 65_500))
    let square = ImageFit(height: 2, width: 2, interpolation: interpolation, keepAspectRatio: true)
    #expect(wide.fitted(to: square).bytes == [7, 7, 7, 7])
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
