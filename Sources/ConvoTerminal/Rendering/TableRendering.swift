import ConvoOutput

extension Table {
  func lines(width: Int) -> [Line] {
    let heading = title.isEmpty ? [] : TextLayout(width: width).lines(of: Line(Printable.clean(title), .strong))
    let box = BoxTable(
      columns: columns.map { BoxTable.Column(Printable.clean($0.title), $0.alignment) },
      rows: rows.map { $0.map { Line(Printable.clean($0)) } }, separatesRows: false)
    return heading + box.lines(width: width)
  }
}

extension ModelSummary {
  /// As Keras 3 prints it.
  func lines(width: Int) -> [Line] {
    let box = BoxTable(
      columns: [
        .init("Layer (type)", .left, usualWidth: 31), .init("Output Shape", .left, usualWidth: 22),
        .init("Param #", .right, usualWidth: 13),
      ],
      rows: layers.map(\.cells), separatesRows: true)
    let totals = [
      ("Total params", totalParams), ("Trainable params", trainableParams),
      ("Non-trainable params", nonTrainableParams),
    ]
    let layout = TextLayout(width: width, hangingIndent: 2)
    let footer = totals.flatMap { name, count -> [Line] in
      var line = Line(" \(name): ", .strong)
      line.append("\(NumberText.grouped(count)) (\(NumberText.memory(ofParameters: count)))", .success)
      return layout.lines(of: line)
    }
    return layout.lines(of: Line("Model: \"\(Printable.clean(name))\"", .strong)) + box.lines(width: width) + footer
  }
}

extension ModelSummary.Layer {
  fileprivate var cells: [Line] {
    var title = Line(Printable.clean(name) + " (")
    title.append(Printable.clean(type), .type)
    title.append(")")
    let sides = ["None"] + outputShape.map(String.init)
    return [
      title, Line("(\(sides.joined(separator: ", ")))", .shape), Line(NumberText.grouped(params), .success),
    ]
  }
}
