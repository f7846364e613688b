import ConvoFiles
import ConvoImages
import ConvoKernel
import ConvoOutput

/// A file that is to be written, checked before any work.
struct SaveTarget: Sendable {
  let path: String
  /// What names it in the command.
  private let parameter: String

  /// - Parameters:
  ///   - endings: What the file's name may end in, the usual one first.
  ///   - kind: What the file will be: "a PNG file".
  ///   - parameter: What names it in the command.
  /// - Throws: where nothing can be written there: another ending, no such directory, or something else than a file has
  ///   that name.
  init(_ path: String, endings: [String], kind: String, parameter: String) throws(CommandError) {
    self.parameter = parameter
    self.path = Path.expandingTilde(path)
    guard endings.contains(where: self.path.lowercased().hasSuffix) else {
      throw error(
        "'\(self.path)' would be \(kind) under another name",
        "name it " + endings.map { Self.withoutEnding(self.path) + $0 }.joined(separator: " or "))
    }
    let directory = Path.parent(of: self.path)
    guard Path.isDirectory(directory) else {
      throw error("there is no directory '\(directory)'", "make it first, or save elsewhere")
    }
    guard Path.isRegularFileOrMissing(self.path) else {
      throw error("'\(self.path)' is there and is no regular file", "only a file is replaced; choose another name")
    }
  }

  /// A PNG file.
  init(_ path: String) throws(CommandError) {
    try self.init(path, endings: [".png"], kind: "a PNG file", parameter: "save")
  }

  /// The file appears whole or not at all.
  func write(_ image: PixelImage) throws(CommandError) {
    do {
      try image.writePNG(to: path)
    } catch {
      throw failure(error.problem.description)
    }
  }

  /// The file appears whole or not at all.
  func write(_ bytes: [UInt8]) throws(CommandError) {
    do {
      try AtomicFile.write(bytes, to: path)
    } catch {
      throw failure(error.reason)
    }
  }

  private func failure(_ reason: String) -> CommandError {
    error("'\(path)' can't be saved: \(reason)", "choose another place")
  }

  private func error(_ message: String, _ help: String) -> CommandError {
    CommandError(.file, FileNameText.oneLine(message), help: FileNameText.oneLine(help), parameter: parameter)
  }

  private static func withoutEnding(_ path: String) -> String {
    guard let dot = path.lastIndex(of: "."), dot > path.lastIndex(of: "/") ?? path.startIndex else { return path }
    return String(path[..<dot])
  }
}
