import ConvoImages
import Testing

/// Damaged BMP, PPM, GIF, WebP and TIFF files: an error that says what is wrong, or a picture; nothing else.
@Suite struct BrokenFormatTests {
  static let refused: [(String, ImageProblem)] = [
    ("broken-lzw.tif", .truncated),
    ("compression.bmp", .unsupported("a BMP with compression 4")),
    ("depth.bmp", .unsupported("a BMP with 7 bits a pixel")),
    ("early-end.gif", .truncated),
    ("half.bmp", .truncated),
    ("half.gif", .truncated),
    ("half.ppm", .truncated),
    ("half.tif", .truncated),
    ("half.webp", .truncated),
    ("header-only.bmp", .truncated),
    ("header-only.gif", .truncated),
    ("header-only.tif", .truncated),
    ("header-only.webp", .truncated),
    ("header-size.bmp", .unsupported("a BMP with a header of 41 bytes")),
    ("long-token.ppm", .damaged("a number is too long")),
    ("no-largest.ppm", .damaged("the largest value is 0, not one of 1 to 65535")),
    ("no-picture.gif", .damaged("there is no picture in it")),
    ("no-strip.tif", .truncated),
    ("plain-half.pgm", .truncated),
    ("plain-negative.pgm", .damaged("something stands where a number should")),
    ("plain-over.pgm", .damaged("a value of 10 is over the largest, 9")),
    ("plain-token.pbm", .damaged("a value of 2 is over the largest, 1")),
    ("runs-half.bmp", .truncated),
    ("token.ppm", .damaged("something stands where a number should")),
    ("too-large-largest.ppm", .damaged("the largest value is 65536, not one of 1 to 65535")),
  ]

  @Test func allRefusedFilesAreListed() throws {
    let names = try Recorded.files(in: "formats-refused").compactMap { $0.split(separator: "/").last.map(String.init) }
    #expect(names == Self.refused.map(\.0))
  }

  @Test(arguments: refused)
  func pillowRefusesAndSoDoWe(name: String, problem: ImageProblem) {
    let path = "\(Recorded.folder)/formats-refused/\(name)"
    let error = #expect(throws: ImageError.self) { try ImageFile.decode(path, as: .rgb) }
    #expect(error == ImageError(file: path, problem: problem))
  }

  /// However short a file is cut, it is refused or has all its pixels; how many bytes at its end may be missing
  /// depends on what the format puts behind them.
  @Test(arguments: [
    ("rgb24.bmp", 1), ("palette4.bmp", 2), ("runs8.bmp", 4), ("color255.ppm", 0), ("plain-gray15.pgm", 1),
    ("bitmap1.pbm", 0), ("palette4.gif", 2), ("palette8-interlaced.gif", 2), ("rgb-lossy.webp", 1),
    ("rgba-lossless.webp", 1), ("rgb8-little.tiff", 0), ("rgb-tiff_lzw.tif", 4), ("tiles8-squeezed.tif", 0),
    ("rgb-jpeg.tif", 8),
  ])
  func everyCutIsRefusedOrWhole(name: String, spare: Int) throws {
    let whole = try Recorded.bytes(of: "\(Recorded.folder)/formats/\(name)")
    let image = try ImageFile.decode(bytes: whole, as: .rgb)
    for length in 0..<whole.count {
      let cut = Array(whole[..<length])
      if length < whole.count - spare {
        #expect(throws: ImageError.self, "\(length) of \(whole.count)") { try ImageFile.decode(bytes: cut, as: .rgb) }
      } else if let decoded = try? ImageFile.decode(bytes: cut, as: .rgb) {
        #expect(decoded == image)
      }
    }
  }

  /// Any byte may be anything: an error or a picture, never a crash.
  @Test(arguments: [
    "palette4.bmp", "rgb565.bmp", "runs4.bmp", "plain-gray15.pgm", "smaller.gif", "rgba-lossy.webp",
    "rgba-lossless.webp", "canvas.webp", "rgba8-more-alpha.tiff", "tiles1-squeezed.tif", "big.tif", "bits-group4.tif",
    "ycbcr-lzw.tif",
  ])
  func changedBytesNeverStopTheProgram(name: String) throws {
    let whole = try Recorded.bytes(of: "\(Recorded.folder)/formats/\(name)")
    for position in whole.indices {
      for value: UInt8 in [0, 0xFF, whole[position] ^ 0x10] {
        var changed = whole
        changed[position] = value
        if let image = try? ImageFile.decode(bytes: changed, as: .rgba) {
          #expect(image.bytes.count == image.height * image.width * 4)
        }
      }
    }
  }

  @Test(arguments: [
    "BM", "P5", "P1\n", "II*\0", "MM\0*", "II+\0", "GIF87a", "GIF89a", "RIFF....WEBPVP8X", "RIFF....WEBPVP8 ",
  ])
  func signaturesWithNothingOrZerosBehind(signature: String) {
    for count in [0, 1, 7, 20, 100, 5000] {
      for fill: UInt8 in [0, 0xFF, 0x20, 0x31] {
        let bytes = Array(signature.utf8) + [UInt8](repeating: fill, count: count)
        _ = try? ImageFile.decode(bytes: bytes, as: .rgb)
      }
    }
    #expect(throws: ImageError.self) { try ImageFile.decode(bytes: Array(signature.utf8), as: .rgb) }
  }

  @Test(arguments: [
    ("\0\0\0\u{1C}ftypavif", "an AVIF picture"), ("\0\0\0\u{18}ftypheic", "a HEIC picture"),
    ("<!DOCTYPE html>", "a web page"), ("<svg xmlns=''>", "an SVG or XML file"), ("PK\u{3}\u{4}", "a ZIP archive"),
    ("%PDF-1.7", "a PDF document"),
  ])
  func otherKindsAreNamed(start: String, kind: String) {
    let error = ImageError(file: nil, problem: .unknownFormat(kind: kind))
    #expect(throws: error) { try ImageFile.decode(bytes: Array(start.utf8) + [1, 2, 3], as: .rgb) }
    #expect(error.description == "it is \(kind); what can be read is PNG, JPEG, BMP, PPM, TIFF, GIF, WebP")
  }
}
