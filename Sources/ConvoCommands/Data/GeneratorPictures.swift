import ConvoData
import ConvoFigures
import ConvoImages
import ConvoKernel
import ConvoOutput

/// What the network will see of a generator's pictures, as a sheet.
struct GeneratorPictures {
  /// Rows, and columns, of a grid.
  private static let mostInARow = 20
  /// A picture is shown in so many epochs: 3x3.
  private static let augmentedSide = 3
  /// Of more pictures the labels are not listed.
  private static let mostLabels = 25

  let generator: ImageGenerator
  /// The next epoch of the model that is being trained; 1 without one.
  let epoch: Int

  /// - Throws: `CommandError`.
  func shown(as layout: Show.Layout, _ context: CommandContext) throws -> Shown {
    switch layout {
    case .grid(let rows, let columns): try grid(rows, columns, context)
    case .augmented: try augmented(context)
    }
  }

  private func grid(_ rows: Int, _ columns: Int, _ context: CommandContext) throws -> Shown {
    guard rows <= Self.mostInARow, columns <= Self.mostInARow else {
      throw CommandError(
        .badValue,
        "a grid of \(rows)x\(columns) pictures is too large; the largest is \(Self.mostInARow)x\(Self.mostInARow)",
        parameter: "layout")
    }
    let indices = generator.order(epoch: epoch, pass: 0).prefix(rows * columns)
    try checkSize(indices.count)
    let cells = try cells(indices.map { ($0, epoch) }, context) { index, _ in
      generator.classNames[generator.samples[index].label]
    }
    let count = NumberText.grouped(generator.count)
    let what =
      cells.count == generator.count
      ? "all \(count) images of \(generator.name), in the order of epoch \(epoch)"
      : "the first \(cells.count) of \(count) images that epoch \(epoch) will see of \(generator.name)"
    return Shown(
      image: ImageGrid(cells, columns: min(columns, cells.count)).drawn(),
      caption: what + Self.labels(of: cells, columns: columns))
  }

  /// The labels of a small grid row by row: in a terminal that draws with characters, those in the picture can't be read.
  private static func labels(of cells: [ImageGrid.Cell], columns: Int) -> String {
    guard cells.count <= mostLabels else { return "" }
    let rows = stride(from: 0, to: cells.count, by: columns).map { start in
      cells[start..<min(start + columns, cells.count)].map { FileNameText.oneLine($0.label) }.joined(separator: ", ")
    }
    return rows.count == 1 ? ": \(rows[0])" : ":\n  " + rows.joined(separator: "\n  ")
  }

  private func augmented(_ context: CommandContext) throws -> Shown {
    let index = generator.order(epoch: epoch, pass: 0).first ?? 0
    let epochs = (0..<(Self.augmentedSide * Self.augmentedSide)).map { epoch + $0 }
    try checkSize(epochs.count)
    let cells = try cells(epochs.map { (index, $0) }, context) { _, epoch in "epoch \(epoch)" }
    return Shown(
      image: ImageGrid(cells, columns: Self.augmentedSide).drawn(),
      caption: "\(FileNameText.oneLine(generator.samples[index].path)) of \(generator.name), "
        + (generator.isAugmented
          ? "as \(epochs.count) epochs will see it"
          : "always the same: it was loaded without random changes"))
  }

  /// Pictures that can't be read any more are left out and named.
  private func cells(
    _ wanted: [(index: Int, epoch: Int)], _ context: CommandContext, label: (_ index: Int, _ epoch: Int) -> String
  ) throws -> [ImageGrid.Cell] {
    var cells: [ImageGrid.Cell] = []
    var failure: ImageError?
    for (index, epoch) in wanted {
      guard !context.interruption.isRequested else {
        throw CommandError(.interrupted, "interrupted: nothing is shown")
      }
      let path = generator.samples[index].path
      do {
        let image = try generator.preview(index, epoch: epoch, pass: 0)
        cells.append(
          ImageGrid.Cell(
            image: image, label: label(index, epoch), detail: String(path.split(separator: "/").last ?? "")))
      } catch {
        failure = error
        context.say("left out: \(FileNameText.oneLine("\(error)"))", .warning)
      }
    }
    guard !cells.isEmpty else {
      throw CommandError(
        .data, failure.map { "\($0)" } ?? "there is nothing to show", help: "load the generator again",
        parameter: "source")
    }
    return cells
  }

  private func checkSize(_ count: Int) throws {
    let bytes = generator.imageShape.reduce(count, *)
    guard bytes <= ImageLimits.largestDecodedBytes else {
      throw CommandError(
        .badValue, "\(count) pictures of this size are too large for one sheet",
        help: "show fewer: show \(generator.name) 1x1", parameter: "layout")
    }
  }
}
