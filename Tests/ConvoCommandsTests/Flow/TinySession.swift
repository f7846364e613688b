import ConvoCommands
import ConvoImages
import ConvoKernel
import ConvoLanguage
import ConvoOutput
import ConvoTestSupport
import ConvoTraining
import Foundation
import Testing

/// A session with pictures of 8x8 in two classes, which learn in no time, and all that its cells said.
final class TinySession {
  let folder: TemporaryFolder
  let session: Session
  private(set) var contents: [OutputEvent.Content] = []

  init() throws {
    folder = try TemporaryFolder()
    session = Session(catalog: .standard, state: SessionState(settings: Settings(threads: 1)))
    for part in ["train", "validation"] {
      for (label, name) in ["cats", "dogs"].enumerated() {
        let directory = folder.url.appending(path: "\(part)/\(name)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        for number in 0..<(part == "train" ? 8 : 5) {
          let bytes = (0..<8 * 8 * 3).map { index in
            UInt8((index * 7 + number * 37 + (part == "train" ? 11 : 5)) % 90 + (index / 24 % 2 == label ? 60 : 20))
          }
          try PixelImage(height: 8, width: 8, channels: 3, bytes: bytes)
            .writePNG(to: directory.appending(path: "\(number).png").path)
        }
      }
    }
  }

  func path(_ name: String) -> String { folder.url.appending(path: name).path }

  /// Loads the pictures, and makes and compiles a model.
  func setUp(
    mode: String = "binary", last: String = "dense 1 activation=sigmoid", loss: String = "binary_crossentropy",
    rate: Double = 0.05
  ) async throws {
    try await run(
      """
      load generator train from \(path("train")) rescale=1/255 target_size=8x8 batch_size=4 class_mode=\(mode)
      load generator validation from \(path("validation")) rescale=1/255 target_size=8x8 batch_size=5 class_mode=\(mode)
      new model input=8x8x3
      add flatten
      add \(last)
      compile loss=\(loss) optimizer=sgd learning_rate=\(rate) momentum=0.9 metrics=[accuracy]
      """)
  }

  /// Runs a cell that succeeds.
  func run(_ source: String) async throws {
    let errors = await execute(source)
    try #require(errors.isEmpty, "\(errors)")
  }

  /// Runs a cell; what went wrong, as `message; help`.
  ///
  /// - Parameter isMeant: The cell is interrupted at the first such event.
  @discardableResult
  func execute(
    _ source: String, interruptedWhen isMeant: (OutputEvent.Content) -> Bool = { _ in false }
  ) async -> [String] {
    contents = []
    var errors: [String] = []
    for await event in await session.execute(SourceText(source)) {
      contents.append(event.content)
      if isMeant(event.content) { session.interrupt() }
      if case .error(let error) = event.content {
        errors.append("\(error.diagnostic.message); \(error.diagnostic.help)")
      }
    }
    return errors
  }

  /// The sentences of the last cell.
  var texts: [String] {
    contents.compactMap { if case .text(let text) = $0 { text.plain } else { nil } }
  }

  var tables: [Table] {
    contents.compactMap { if case .table(let table) = $0 { table } else { nil } }
  }

  /// What an expression comes to.
  func value(_ expression: String) async throws -> ExpressionValue {
    try await session.state.value(of: Expression(expression))
  }

  /// What a series comes to.
  func series(_ name: String) async throws -> [Double] {
    guard case .series(let values) = try await value(name) else { return [] }
    return values
  }

  var learned: LearnedState {
    get async throws { try #require(await session.state.activeModel?.learned) }
  }
}
