import ConvoData
import ConvoImages
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A directory of small pictures with a stripe, one class for each place of it, that is there as long as the value.
final class StripedImages {
  let path: String

  /// - Parameter counts: How many pictures each class has.
  init(_ counts: [Int], height: Int = 8, width: Int = 6) throws {
    path = FileManager.default.temporaryDirectory.appending(path: "striped-\(UInt64.random(in: 0 ... .max))").path
    for (label, count) in counts.enumerated() {
      let folder = "\(path)/class\(label)"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      for number in 0..<count {
        let bytes = (0..<height * width * 3).map { index in
          let column = index / 3 % width
          // Any numbers that differ from picture to picture.
          return UInt8((column / 2 % counts.count == label ? 150 : 20) + (index * 7 + number * 31 + label * 13) % 100)
        }
        try PixelImage(height: height, width: width, channels: 3, bytes: bytes)
          .writePNG(to: "\(folder)/\(String(number + 1000).dropFirst()).png")
      }
    }
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// Keras's defaults but for what is given here.
  func generator(
    _ name: String = "train", batch: Int, mode: ClassMode = .binary, seed: UInt64 = 5, cache: PixelCache = PixelCache(),
    change: (inout GeneratorOptions) -> Void = { _ in }
  ) throws -> ImageGenerator {
    var options = GeneratorOptions(seed: seed)
    options.rescale = 1.0 / 255
    options.targetSize = ImageSize(height: 8, width: 6)
    options.classMode = mode
    options.batchSize = batch
    change(&options)
    return try ImageGenerator(name: name, directory: path, options: options, cache: cache, threads: 2)
  }

  /// Takes the picture's file away.
  func remove(class label: Int, number: Int) throws {
    try FileManager.default.removeItem(atPath: "\(path)/class\(label)/\(String(number + 1000).dropFirst()).png")
  }
}
