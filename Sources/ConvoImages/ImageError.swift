/// A picture that could not be read or written: which, and what is wrong with it.
public struct ImageError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Path of the file as it was asked for; nil for bytes without a name.
  public let file: String?
  /// What is wrong.
  public let problem: ImageProblem

  /// An error about the file at a path, or about unnamed bytes.
  public init(file: String?, problem: ImageProblem) {
    self.file = file
    self.problem = problem
  }

  /// For example `cats/7.png: the file is truncated`.
  public var description: String {
    file.map { "\($0): \(problem)" } ?? problem.description
  }
}

/// What can be wrong with a picture or its file.
public enum ImageProblem: Error, Sendable, Equatable, CustomStringConvertible {
  case noSuchFile
  case brokenLink
  case linkLoop
  case noPermission
  case isDirectory
  case notARegularFile
  case emptyFile
  /// The operating system's reason.
  case unreadable(String)
  case fileTooLarge(bytes: Int)

  /// The content is in none of the known formats; `kind` says what it looks like ("a web page"), if that is known.
  case unknownFormat(kind: String?)
  /// A picture of a known format, but of a kind that cannot be decoded.
  case unsupported(String)
  case truncated
  /// The decoder's reason.
  case damaged(String)

  case noPixels
  case sideTooLong(height: Int, width: Int)
  case tooManyBytes(height: Int, width: Int, bytes: Int)

  /// The operating system's or the encoder's reason.
  case unwritable(String)

  /// The problem in plain words, without the file's name.
  public var description: String {
    switch self {
    case .noSuchFile: "there is no such file"
    case .brokenLink: "the link leads to nothing"
    case .linkLoop: "the link leads back to itself"
    case .noPermission: "no permission to read it"
    case .isDirectory: "it is a directory, not a picture"
    case .notARegularFile: "it is not a regular file"
    case .emptyFile: "the file is empty"
    case .unreadable(let reason): "it cannot be read: \(reason)"
    case .fileTooLarge(let bytes):
      "the file is too large: \(bytes) bytes; the limit is \(ImageLimits.largestFileBytes)"
    case .unknownFormat(nil): "it is not a picture that can be read (\(Self.readable))"
    case .unknownFormat(let kind?): "it is \(kind); what can be read is \(Self.readable)"
    case .unsupported(let what): "it cannot be decoded: \(what)"
    case .truncated: "the file is truncated"
    case .damaged(let reason): "the file is damaged: \(reason)"
    case .noPixels: "the picture has no pixels"
    case .sideTooLong(let height, let width):
      "too large: \(width)×\(height) pixels; the limit is \(ImageLimits.largestSide) pixels a side"
    case .tooManyBytes(let height, let width, _):
      "too large: \(width)×\(height) pixels; the limit is \(ImageLimits.largestDecodedBytes >> 20) MiB decoded"
    case .unwritable(let reason): "it cannot be written: \(reason)"
    }
  }

  private static var readable: String {
    ImageHeader.Format.allCases.map(\.name).joined(separator: ", ")
  }
}
