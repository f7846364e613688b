import ConvoCommands
import ConvoImages
import ConvoKernel
import ConvoLanguage
import ConvoOutput
import ConvoPython
import ConvoTestSupport
import Foundation
import Testing

/// A session that knows Python, with pictures of 8x8 in two classes, and all that its cells said.
final class TinyPython {
  let folder: TemporaryFolder
  let session: Session
  private(set) var contents: [OutputEvent.Content] = []

  init() throws {
    folder = try TemporaryFolder()
    let catalog = CommandCatalog(CommandCatalog.standard.commands, dialect: PythonDialect())
    session = Session(catalog: catalog, state: SessionState(settings: Settings(threads: 1)))
    for part in ["train", "validation"] {
      for (label, name) in ["cats", "dogs"].enumerated() {
        let directory = folder.url.appending(path: "\(part)/\(name)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        for number in 0..<4 {
          let bytes = (0..<8 * 8 * 3).map { UInt8(($0 * 7 + number * 37) % 90 + ($0 / 24 % 2 == label ? 60 : 20)) }
          try PixelImage(height: 8, width: 8, channels: 3, bytes: bytes)
            .writePNG(to: directory.appending(path: "\(number).png").path)
        }
      }
    }
  }

  func path(_ name: String) -> String { folder.url.appending(path: name).path }

  /// Runs a cell; its mistakes, as they are shown.
  @discardableResult
  func execute(_ source: String) async -> [String] {
    contents = []
    for await event in await session.execute(SourceText(source)) { contents.append(event.content) }
    return contents.compactMap { if case .error(let mistake) = $0 { mistake.rendered } else { nil } }
  }

  /// Runs a cell that succeeds; what it printed.
  func run(_ source: String) async throws -> [String] {
    let mistakes = await execute(source)
    try #require(mistakes.isEmpty, "\(mistakes.joined(separator: "\n"))")
    return contents.compactMap { if case .text(let text) = $0 { text.plain } else { nil } }
  }
}
