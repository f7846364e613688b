import Testing

@testable import ConvoImages

/// Working out single pixels from a JPEG's planes against decoding it as a whole: not one bit may differ.
@Suite("Pixels of a JPEG one by one")
struct SampledJPEGTests {
  /// Every pixel, so that all places in rows and columns and both edges come up; then some.
  @Test("Equal those of the whole picture, for every plain JPEG")
  func plainFiles() throws {
    var numbers = SmallGenerator(state: 1)
    for path in try Recorded.files(in: "plain-jpegs") {
      try Recorded.bytes(of: path).withRawBytes { data throws(ImageProblem) in
        let header = try JPEGHeader(data)
        let whole = try JPEGDecoder.decode(data)
        for grid in [Self.everything(of: header)] + (0..<20).map({ _ in Self.grid(of: header, &numbers) }) {
          #expect(JPEGPlanes(data, header, grid)?.pixels().bytes == whole.pixels(grid).bytes, "\(path)")
        }
      }
    }
  }

  @Test("Other JPEGs are read as a whole")
  func otherFiles() throws {
    var plain: [String] = []
    for path in try Recorded.files(in: "pictures") where path.hasSuffix(".jpg") {
      try Recorded.bytes(of: path).withRawBytes { data throws(ImageProblem) in
        let header = try JPEGHeader(data)
        let grid = Self.everything(of: header)
        #expect(try JPEGDecoder.decode(data, grid).bytes == JPEGDecoder.decode(data).bytes, "\(path)")
        if JPEGPlanes(data, header, grid) != nil, let name = path.split(separator: "/").last {
          plain.append(String(name))
        }
      }
    }
    // What Pillow calls 4:1:1 is 4:2:0.
    #expect(
      plain == [
        "rgb-411-13x9.jpg", "rgb-411-19x17.jpg", "rgb-420-13x9.jpg", "rgb-420-19x17.jpg", "rgb-422-13x9.jpg",
        "rgb-422-19x17.jpg", "rgb-444-13x9.jpg",
        "rgb-444-19x17.jpg", "rgb-comment.jpg", "rgb-orientation.jpg", "rgb-restarts.jpg",
      ])
  }

  private static let samples = [
    "420-75-47x33", "420-95-5x70", "422-30-64x16", "422-100-5x70", "444-75-5x70", "444-100-64x16",
  ]

  @Test("A file that ends early is never plain", arguments: samples)
  func truncation(file: String) throws {
    let whole = try Recorded.bytes(of: "\(Recorded.folder)/plain-jpegs/\(file).jpg")
    let header = try whole.withRawBytes { data throws(ImageProblem) in try JPEGHeader(data) }
    for length in 0..<whole.count {
      // In memory of its own, so that a sanitizer sees what is read behind it.
      let isPlain = Array(whole[..<length]).withUnsafeBytes {
        JPEGPlanes($0, header, Self.everything(of: header)) != nil
      }
      #expect(!isPlain, "\(length) bytes")
    }
  }

  /// What libjpeg-turbo warns of must not pass for plain either: it alone says what is wrong with a file.
  @Test("A damaged file is not plain, or equals what libjpeg-turbo reads without a warning", arguments: samples)
  func damage(file: String) throws {
    let whole = try Recorded.bytes(of: "\(Recorded.folder)/plain-jpegs/\(file).jpg")
    var numbers = SmallGenerator(state: UInt64(whole.count))
    var accepted = 0
    for round in 0..<3000 {
      var damaged = whole
      if round % 2 == 0 {
        damaged = FuzzTests.damaged(whole, &numbers)
      } else {
        for _ in 0...round % 3 {
          damaged[Int.random(in: 0..<damaged.count, using: &numbers)] ^= 1 << UInt8.random(in: 0..<8, using: &numbers)
        }
      }
      accepted += try damaged.withRawBytes { data throws(ImageProblem) in
        guard let header = try? JPEGHeader(data), header.height * header.width < 1 << 18 else { return 0 }
        let grid = Self.grid(of: header, &numbers)
        guard let planes = JPEGPlanes(data, header, grid) else { return 0 }
        let (layout, format) = try JPEGDecoder.layout(of: header)
        let (bytes, outcome) = try JPEGDecompressor().pixels(data, header, channels: layout.channels, format)
        guard case .clean = outcome else {
          Issue.record("libjpeg-turbo: \(outcome)")
          return 0
        }
        #expect(planes.pixels().bytes == grid.pick(bytes, width: header.width, channels: layout.channels))
        return 1
      }
    }
    // Bits of a value may change without a trace: many of these files are still in order.
    #expect(accepted > 100)
  }

  private static func everything(of header: JPEGHeader) -> PixelGrid {
    let box = PixelBox(rows: 0..<header.height, columns: 0..<header.width)
    return PixelGrid(box, height: header.height, width: header.width)
  }

  /// A part of the picture in some size, larger or smaller.
  private static func grid(of header: JPEGHeader, _ numbers: inout SmallGenerator) -> PixelGrid {
    guard header.height > 0 && header.width > 0 else { return everything(of: header) }
    func part(_ side: Int, _ numbers: inout SmallGenerator) -> Range<Int> {
      let first = Int.random(in: 0..<side, using: &numbers)
      return first..<Int.random(in: (first + 1)...side, using: &numbers)
    }
    let box = PixelBox(rows: part(header.height, &numbers), columns: part(header.width, &numbers))
    let (height, width) = (Int.random(in: 1...40, using: &numbers), Int.random(in: 1...40, using: &numbers))
    return PixelGrid(box, height: height, width: width)
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
