#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Reads what a reference system computed: `Recorded/NAME.json` in the folder of the test file or in one above it.
public func recorded<Record: Decodable>(
  _ name: String, as type: Record.Type = Record.self, near file: String = #filePath
) throws -> Record {
  var parts = file.split(separator: "/", omittingEmptySubsequences: false).dropLast()
  while !parts.isEmpty {
    let path = parts.joined(separator: "/") + "/Recorded/\(name).json"
    if FileManager.default.fileExists(atPath: path) {
      return try JSONDecoder().decode(type, from: Data(contentsOf: URL(filePath: path)))
    }
    parts.removeLast()
  }
  throw MissingRecord(name: name, file: file)
}

/// An array of numbers: `{"shape": [2, 3], "float32": "…"}`, with base64 of little-endian 32-bit floats, or `"uint8"`
/// with base64 of bytes.
public struct RecordedArray: Decodable, Sendable {
  /// Outermost side first.
  public let shape: [Int]
  /// Row-major.
  public let values: [Float]

  private enum Key: CodingKey {
    case shape, float32, uint8
  }

  /// Unpacks either form.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    shape = try container.decode([Int].self, forKey: .shape)
    if container.contains(.float32) {
      let bytes = try container.decode(Data.self, forKey: .float32)
      values = stride(from: 0, to: bytes.count, by: 4).map { start in
        Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(bytes[start + $1]) << (8 * $1) })
      }
    } else {
      values = try container.decode(Data.self, forKey: .uint8).map(Float.init)
    }
    guard values.count == shape.reduce(1, *) else {
      throw DecodingError.dataCorruptedError(forKey: .shape, in: container, debugDescription: "shape and values differ")
    }
  }
}

/// There is no such recorded file.
public struct MissingRecord: Error, CustomStringConvertible {
  let name: String
  let file: String

  /// What is missing, and where it was looked for.
  public var description: String { "no Recorded/\(name).json in the folder of \(file) or above it" }
}
