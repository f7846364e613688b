import ConvoImages
import Testing

@Suite struct LimitTests {
  /// A PNG header that promises a picture; what follows does not matter.
  private func png(width: UInt32, height: UInt32, bitDepth: UInt8 = 8, colorType: UInt8 = 2) -> [UInt8] {
    func bytes(_ number: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) } }
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8) + bytes(width)
      + bytes(height) + [bitDepth, colorType, 0, 0, 0] + bytes(0)
  }

  @Test func longSidesAreRefused() {
    let error = ImageError(file: nil, problem: .sideTooLong(height: 3, width: 65_501))
    #expect(throws: error) { try ImageFile.decode(bytes: png(width: 65_501, height: 3), as: .rgb) }
    #expect(error.description == "too large: 65501×3 pixels; the limit is 65500 pixels a side")
  }

  @Test func largestNumbersAreRefused() {
    #expect(throws: ImageError(file: nil, problem: .sideTooLong(height: 0xFFFF_FFFF, width: 0xFFFF_FFFF))) {
      try ImageFile.decode(bytes: png(width: .max, height: .max, bitDepth: 16, colorType: 6), as: .rgb)
    }
  }

  @Test func manyPixelsAreRefused() {
    let error = ImageError(
      file: nil, problem: .tooManyBytes(height: 20_000, width: 20_000, bytes: 20_000 * 20_000 * 3))
    #expect(throws: error) { try ImageFile.decode(bytes: png(width: 20_000, height: 20_000), as: .rgb) }
    #expect(error.description == "too large: 20000×20000 pixels; the limit is 512 MiB decoded")
  }

  @Test func noPixelsAreRefused() {
    #expect(throws: ImageError(file: nil, problem: .noPixels)) {
      try ImageFile.decode(bytes: png(width: 0, height: 5), as: .rgb)
    }
  }

  @Test(arguments: [Int.max, 65_501, 20_000])
  func sizesThatAreAskedForAreChecked(side: Int) {
    let path = "\(Recorded.folder)/pictures/rgb-444-19x17.jpg"
    #expect(throws: ImageError.self) {
      try ImageFile.decode(path, as: .rgb, fittedTo: ImageFit(height: side, width: side))
    }
  }

  @Test func checkHasNoOverflow() {
    #expect(throws: ImageProblem.self) {
      try ImageLimits.check(height: .max, width: .max, bitsPerPixel: 64)
    }
    #expect(throws: ImageProblem.self) {
      try ImageLimits.check(height: 65_500, width: 65_500, bitsPerPixel: .max)
    }
    #expect(throws: Never.self) {
      try ImageLimits.check(height: 512, width: 1 << 15, bitsPerPixel: 256)
    }
    #expect(throws: ImageProblem.noPixels) { try ImageLimits.check(height: -1, width: 5, bitsPerPixel: 8) }
  }
}
