import ConvoImages
import Foundation

/// What `Fixtures/record.py` recorded of Pillow.
enum Recorded {
  /// The folder beside this file.
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures").path

  struct Picture: CustomStringConvertible {
    let file: String
    let mode: ColorMode
    let size: (height: Int, width: Int, interpolation: Interpolation)?
    let expected: PixelImage

    var path: String { "\(folder)/\(file)" }
    var description: String {
      "\(file) \(mode)" + (size.map { " \($0.width)x\($0.height) \($0.interpolation)" } ?? "")
    }
  }

  static let converted = pictures(in: "converted.txt")
  static let formats = pictures(in: "formats.txt")
  static let resized = pictures(in: "resized.txt")
  static let fitted = pictures(in: "fitted.txt")

  static func files(in name: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(name)").sorted().map { "\(folder)/\(name)/\($0)" }
  }

  private static func pictures(in name: String) -> [Picture] {
    guard let text = try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8) else { return [] }
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.compactMap { line in
      let fields = line.split(separator: " ").map(String.init)
      guard let mode = ColorMode(rawValue: fields[1]), let bytes = Data(base64Encoded: fields[fields.count - 1])
      else { return nil }
      let shape = fields.dropLast().suffix(3).compactMap { Int($0) }
      let image = PixelImage(height: shape[0], width: shape[1], channels: shape[2], bytes: Array(bytes))
      var size: (Int, Int, Interpolation)?
      if fields.count == 9, let height = Int(fields[2]), let width = Int(fields[3]),
        let interpolation = Interpolation(rawValue: fields[4])
      {
        size = (height, width, interpolation)
      }
      return Picture(file: fields[0], mode: mode, size: size, expected: image)
    }
  }

  /// Largest difference of two pictures' bytes; nil if their shapes differ.
  static func difference(_ first: PixelImage, _ second: PixelImage) -> Int? {
    guard (first.height, first.width, first.channels) == (second.height, second.width, second.channels) else {
      return nil
    }
    return zip(first.bytes, second.bytes).map { abs(Int($0) - Int($1)) }.max()
  }
}
