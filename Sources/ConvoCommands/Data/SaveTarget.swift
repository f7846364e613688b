import ConvoImages
import ConvoKernel
import ConvoOutput

/// A PNG file that is to be written, checked before any work.
struct SaveTarget: Sendable {
  let path: String

  /// - Throws: where nothing can be written there: no such directory, or something else than a file of pixels has
  ///   that name.
  init(_ path: String) throws(CommandError) {
    let path = Path.expandingTilde(path)
    guard path.lowercased().hasSuffix(".png") else {
      throw Self.error("'\(path)' would be a PNG file under another name", "name it \(Self.withoutEnding(path)).png")
    }
    let directory = Path.parent(of: path)
    guard Path.isDirectory(directory) else {
      throw Self.error("there is no directory '\(directory)'", "make it first, or save elsewhere")
    }
    guard Path.isRegularFileOrMissing(path) else {
      throw Self.error("'\(path)' is there and is no regular file", "only a file is replaced; choose another name")
    }
    self.path = path
  }

  /// The file appears whole or not at all.
  func write(_ image: PixelImage) throws(CommandError) {
    do {
      try image.writePNG(to: path)
    } catch {
      throw Self.error("'\(path)' can't be saved: \(error.problem)", "choose another place")
    }
  }

  private static func error(_ message: String, _ help: String) -> CommandError {
    CommandError(.file, FileNameText.oneLine(message), help: FileNameText.oneLine(help), parameter: "save")
  }

  private static func withoutEnding(_ path: String) -> String {
    guard let dot = path.lastIndex(of: "."), dot > path.lastIndex(of: "/") ?? path.startIndex else { return path }
    return String(path[..<dot])
  }
}
