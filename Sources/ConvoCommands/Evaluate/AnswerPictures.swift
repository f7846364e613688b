import ConvoData
import ConvoFigures
import ConvoImages
import ConvoKernel
import ConvoOutput

/// Pictures of a generator side by side, with what was answered below each.
struct AnswerPictures {
  struct Entry {
    /// Which of the generator's samples.
    var sample: Int
    var label: String
    var detail: String
  }

  private static let columns = 4

  let generator: ImageGenerator
  let entries: [Entry]

  /// Shows them, and writes them where they are to be saved; pictures that can't be read any more are left out. Blocks.
  func show(_ context: CommandContext, saving target: SaveTarget?) throws(CommandError) {
    var cells: [ImageGrid.Cell] = []
    for entry in entries {
      if context.interruption.isRequested { throw CommandError(.interrupted, "interrupted: no picture is shown") }
      do throws(ImageError) {
        cells.append(
          ImageGrid.Cell(image: try generator.image(entry.sample), label: entry.label, detail: entry.detail))
      } catch {
        context.say("left out: \(FileNameText.oneLine("\(error)"))", .warning)
      }
    }
    guard !cells.isEmpty else { return }
    try context.show(ImageGrid(cells, columns: min(Self.columns, cells.count)).drawn(), saving: target)
  }

  /// The last part of a path.
  static func name(of file: String) -> String { String(file.split(separator: "/").last ?? "") }
}
