import Testing

@testable import ConvoImages

/// Working out single pixels from a JPEG's planes against decoding it as a whole: not one bit may differ.
@Suite("Pixels of a JPEG one by one")
struct SampledJPEGTests {
  /// Every pixel, so that all places in rows and columns and both edges come up.
  @Test("Equal those of the whole picture, for every kind of JPEG")
  func everyPixel() throws {
    var byPlanes = 0
    for path in try Recorded.files(in: "pictures") where path.hasSuffix(".jpg") {
      try Recorded.bytes(of: path).withRawBytes { data throws(ImageProblem) in
        let header = try JPEGHeader(data)
        let whole = try JPEGDecoder.decode(data)
        let box = PixelBox(rows: 0..<header.height, columns: 0..<header.width)
        let grid = PixelGrid(box, height: header.height, width: header.width)
        #expect(try JPEGDecoder.decode(data, grid).bytes == whole.bytes, "\(path)")
        if try JPEGDecompressor().planes(data, header) != nil { byPlanes += 1 }
      }
    }
    #expect(byPlanes >= 12)
  }

  @Test(
    "Shrinking a file to the nearest pixels gives what decoding and then shrinking gives", arguments: [true, false])
  func shrinking(keepAspectRatio: Bool) throws {
    let fit = ImageFit(height: 3, width: 4, interpolation: .nearest, keepAspectRatio: keepAspectRatio)
    for path in try Recorded.files(in: "pictures") where path.hasSuffix(".jpg") {
      for mode in ColorMode.allCases {
        let expected = try ImageFile.decode(path, as: mode).fitted(to: fit)
        #expect(try ImageFile.decode(path, as: mode, fittedTo: fit) == expected, "\(path)")
      }
    }
  }
}
