import ConvoImages
import Testing

/// Files with random damage, the same in every run: each is a picture or an error, and never more than that.
@Suite struct FuzzTests {
  private static let files = [
    "pictures/rgb8.png", "pictures/palette2i.png", "pictures/gray16-key.png", "pictures/rgb-420-19x17.jpg",
    "pictures/rgb-420-progressive-19x17.jpg", "pictures/cmyk-13x9.jpg", "formats/palette4.bmp", "formats/bgra32.bmp",
    "formats/runs8.bmp", "formats/runs4.bmp", "formats/core8.bmp", "formats/color65535.ppm",
    "formats/plain-color255.ppm",
    "formats/bitmap1.pbm", "formats/smaller-transparent.gif", "formats/animated.gif", "formats/palette8-interlaced.gif",
    "formats/rgb-lossy.webp", "formats/rgba-lossless.webp", "formats/rgba-animated.webp", "formats/rgb8-little.tiff",
    "formats/palette4-big.tiff", "formats/planes-squeezed.tif", "formats/tiles1-squeezed.tif",
    "formats/rgb-tiff_lzw.tif",
    "formats/rgb-packbits.tif", "formats/bits-group3.tif", "formats/ycbcr-jpeg.tif", "formats/ycbcr-lzw.tif",
  ]

  @Test(arguments: files)
  func damageIsAnErrorOrAPicture(file: String) throws {
    let whole = try Recorded.bytes(of: "\(Recorded.folder)/\(file)")
    var numbers = SmallGenerator(state: UInt64(file.utf8.reduce(7) { ($0 &* 31 &+ Int($1)) & 0xFFFF_FFFF }))
    for _ in 0..<800 {
      let damaged = Self.damaged(whole, &numbers)
      let mode = ColorMode.allCases[Int.random(in: 0..<3, using: &numbers)]
      do throws(ImageError) {
        let image = try ImageFile.decode(bytes: damaged, as: mode)
        #expect(image.bytes.count == image.height * image.width * mode.channels)
      } catch {
        #expect(!error.description.isEmpty)
      }
    }
  }

  /// Bytes changed, most of them near the start, where headers are; a stretch left out, doubled or overwritten.
  static func damaged(_ whole: [UInt8], _ numbers: inout SmallGenerator) -> [UInt8] {
    var bytes = whole
    for _ in 0..<Int.random(in: 1...6, using: &numbers) {
      let reach = Bool.random(using: &numbers) ? min(64, bytes.count) : bytes.count
      guard reach > 1 else { break }
      let place = Int.random(in: 0..<reach, using: &numbers)
      let stretch = place..<min(bytes.count, place + Int.random(in: 1...16, using: &numbers))
      switch Int.random(in: 0..<8, using: &numbers) {
      case 0: bytes.removeSubrange(stretch)
      case 1: bytes.insert(contentsOf: Array(bytes[stretch]), at: place)
      case 2: bytes.replaceSubrange(stretch, with: repeatElement(0xFF, count: stretch.count))
      case 3: bytes.removeLast(Int.random(in: 0..<bytes.count, using: &numbers) / 4)
      case 4: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &numbers)
      default: bytes[place] = UInt8.random(in: 0...255, using: &numbers)
      }
    }
    return bytes
  }
}

/// SplitMix64.
struct SmallGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}
