import ConvoData
import ConvoImages
import Foundation

/// A temporary directory of pictures for one test, removed when it goes.
final class PictureFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "convo-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// Classes of one-colour pictures: the picture `i` of all has the gray level `i`.
  static func numbered(_ classes: [String: Int], height: Int = 2, width: Int = 3) throws -> PictureFolder {
    let folder = try PictureFolder()
    var level: UInt8 = 0
    for (name, count) in classes.sorted(by: { $0.key < $1.key }) {
      try folder.makeDirectory(name)
      for number in 0..<count {
        try folder.add("\(name)/\(String(format: "%03d", number)).png", level: level, height: height, width: width)
        level &+= 1
      }
    }
    return folder
  }

  func makeDirectory(_ name: String) throws {
    try FileManager.default.createDirectory(atPath: "\(path)/\(name)", withIntermediateDirectories: true)
  }

  func add(_ file: String, level: UInt8 = 0, height: Int = 2, width: Int = 3) throws {
    try makeDirectory(file.split(separator: "/").dropLast().joined(separator: "/"))
    let bytes = [UInt8](repeating: level, count: height * width)
    try PixelImage(height: height, width: width, channels: 1, bytes: bytes).writePNG(to: "\(path)/\(file)")
  }

  func add(_ file: String, bytes: [UInt8]) throws {
    try makeDirectory(file.split(separator: "/").dropLast().joined(separator: "/"))
    try Data(bytes).write(to: URL(filePath: "\(path)/\(file)"))
  }

  func link(_ file: String, to destination: String) throws {
    try makeDirectory(file.split(separator: "/").dropLast().joined(separator: "/"))
    try FileManager.default.createSymbolicLink(atPath: "\(path)/\(file)", withDestinationPath: destination)
  }

  func remove(_ file: String) throws {
    try FileManager.default.removeItem(atPath: "\(path)/\(file)")
  }

  /// A generator of the folder; gray pictures of 2x3 in batches of 4, unless changed.
  func generator(
    cache: PixelCache = PixelCache(), threads: Int = 2, _ change: (inout GeneratorOptions) -> Void = { _ in }
  ) throws(GeneratorError) -> ImageGenerator {
    var options = GeneratorOptions(seed: 1)
    options.targetSize = ImageSize(height: 2, width: 3)
    options.colorMode = .grayscale
    options.batchSize = 4
    change(&options)
    return try ImageGenerator(name: "pictures", directory: path, options: options, cache: cache, threads: threads)
  }
}

extension Batch {
  /// The gray level of each picture of a numbered folder.
  var levels: [UInt8] { images.map { $0.bytes[0] } }
}

extension BatchStream {
  func all() throws -> [Batch] {
    var batches: [Batch] = []
    while let batch = try next() { batches.append(batch) }
    return batches
  }
}
