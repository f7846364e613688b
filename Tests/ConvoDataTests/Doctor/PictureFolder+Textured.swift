import ConvoData
import ConvoImages

extension PixelImage {
  /// A picture like no other: its bytes are drawn with a seed.
  static func textured(_ seed: Int, height: Int = 8, width: Int = 8, channels: Int = 3) -> PixelImage {
    var state = UInt32(truncatingIfNeeded: seed) &* 2_654_435_761 | 1
    let bytes = (0..<(height * width * channels)).map { _ in
      state = state &* 1_664_525 &+ 1_013_904_223
      return UInt8(state >> 24)
    }
    return PixelImage(height: height, width: width, channels: channels, bytes: bytes)
  }
}

extension PictureFolder {
  func add(_ file: String, _ image: PixelImage) throws {
    try makeDirectory(file.split(separator: "/").dropLast().joined(separator: "/"))
    try image.writePNG(to: "\(path)/\(file)")
  }

  /// Classes `a` and `b` with so many pictures of 8x8, all different.
  static func textured(_ a: Int, _ b: Int, from seed: Int = 0) throws -> PictureFolder {
    let folder = try PictureFolder()
    for number in 0..<a { try folder.add("a/\(number).png", .textured(seed + number)) }
    for number in 0..<b { try folder.add("b/\(number).png", .textured(seed + a + number)) }
    return folder
  }

  /// A generator that there is nothing to say about: pictures stay as they are, and the batches come out even.
  func healthy(
    _ name: String = "pictures", batchSize: Int = 1, _ change: (inout GeneratorOptions) -> Void = { _ in }
  ) throws -> ImageGenerator {
    var options = GeneratorOptions(seed: 0)
    options.targetSize = ImageSize(height: 8, width: 8)
    options.batchSize = batchSize
    change(&options)
    return try ImageGenerator(name: name, directory: path, options: options, cache: PixelCache(), threads: 2)
  }
}

extension Finding {
  /// The finding in one line, for comparing.
  var line: String {
    let places = places.map { $0.file + ($0.detail.map { " (\($0))" } ?? "") }
    return "\(severity): \(what)" + (places.isEmpty ? "" : " [\(places.joined(separator: ", "))]")
  }
}

extension Examination {
  var lines: [String] { findings.map(\.line) }
}
