import ConvoFiles
import ConvoImages
import ConvoKernel
import ConvoOutput

/// A file that is to be written, checked before any work.
struct SaveTarget: Sendable {
  let path: String
  /// The parameter that errors name.
  private let parameter: String

  /// A PNG file.
  ///
  /// - Throws: where nothing can be written there: no such directory, or something else than a file of pixels has
  ///   that name.
  init(_ path: String) throws(CommandError) {
    guard path.lowercased().hasSuffix(".png") else {
      let path = Path.expandingTilde(path)
      throw Self.error(
        "'\(path)' would be a PNG file under another name", "name it \(Self.withoutEnding(path)).png", "save")
    }
    try self.init(anyFile: path, parameter: "save")
  }

  /// A file of any kind.
  ///
  /// - Throws: where nothing can be written there: no such directory, or something else than a file has that name.
  init(anyFile path: String, parameter: String) throws(CommandError) {
    let path = Path.expandingTilde(path)
    let directory = Path.parent(of: path)
    guard Path.isDirectory(directory) else {
      throw Self.error("there is no directory '\(directory)'", "make it first, or choose another place", parameter)
    }
    guard Path.isRegularFileOrMissing(path) else {
      throw Self.error(
        "'\(path)' is there and is no regular file", "only a file is replaced; choose another name", parameter)
    }
    self.path = path
    self.parameter = parameter
  }

  /// The file appears whole or not at all.
  func write(_ image: PixelImage) throws(CommandError) {
    do {
      try image.writePNG(to: path)
    } catch {
      throw Self.error("'\(path)' can't be saved: \(error.problem)", "choose another place", parameter)
    }
  }

  /// The file appears whole or not at all.
  func write(_ bytes: [UInt8]) throws(CommandError) {
    do {
      try AtomicFile.write(bytes, to: path)
    } catch {
      throw Self.error("'\(path)' can't be saved: \(error.reason)", "choose another place", parameter)
    }
  }

  private static func error(_ message: String, _ help: String, _ parameter: String) -> CommandError {
    CommandError(.file, FileNameText.oneLine(message), help: FileNameText.oneLine(help), parameter: parameter)
  }

  private static func withoutEnding(_ path: String) -> String {
    guard let dot = path.lastIndex(of: "."), dot > path.lastIndex(of: "/") ?? path.startIndex else { return path }
    return String(path[..<dot])
  }
}
