import ConvoOutput

extension DatasetReport {
  func lines(width: Int) -> [Line] {
    var found = "Found \(images) \(images == 1 ? "image" : "images")"
    if !classes.isEmpty { found += " belonging to \(classes.count) \(classes.count == 1 ? "class" : "classes")" }
    var lines = TextLayout(width: width).lines(of: Line(found + "."))
    if !classes.isEmpty {
      let indices = classes.enumerated().map { "\(Printable.clean($1)) \($0)" }.joined(separator: ", ")
      lines += TextLayout(width: width, hangingIndent: 2).lines(of: Line("class indices: " + indices))
    }
    guard !problems.isEmpty else { return lines }
    let count = problems.count == 1 ? "1 file was left out:" : "\(problems.count) files were left out:"
    lines += TextLayout(width: width).lines(of: Line(count, .warning))
    for problem in problems {
      var line = Line("  " + Printable.clean(FileNameText.oneLine(problem.file)), .strong)
      line.append(": " + Printable.clean(problem.problem))
      lines += TextLayout(width: width, hangingIndent: 4).lines(of: line)
    }
    return lines
  }
}

extension EvaluationReport {
  func lines(width: Int) -> [Line] {
    var text = measured.map { "\($0.name): \(NumberText.metric($0.value))" }.joined(separator: " - ")
    text += " - \(images) \(images == 1 ? "image" : "images") in \(NumberText.fixed(seconds, 1))s"
    return TextLayout(width: width, hangingIndent: 4).lines(of: Line(text))
  }
}

extension PredictionReport {
  /// `photo.jpg: 0.93 → humans (class 1)`
  func lines(width: Int) -> [Line] {
    var line = Line()
    if !file.isEmpty { line.append(Printable.clean(FileNameText.oneLine(file)) + ": ") }
    guard let classIndex else {
      let values = scores.map { NumberText.fixed($0, 2) }.joined(separator: ", ")
      line.append(scores.count == 1 ? values : "[\(values)]", .strong)
      return TextLayout(width: width, hangingIndent: 4).lines(of: line)
    }
    // One output is the score of class 1; of several, the class's own counts.
    let score = scores.count > 1 && scores.indices.contains(classIndex) ? scores[classIndex] : scores.first
    if let score { line.append(NumberText.fixed(score, 2) + " → ") }
    if let label {
      line.append(Printable.clean(label), .strong)
      line.append(" (class \(classIndex))")
    } else {
      line.append("class \(classIndex)", .strong)
    }
    return TextLayout(width: width, hangingIndent: 4).lines(of: line)
  }
}

extension BatchReport {
  func lines(width: Int) -> [Line] {
    let parts = measured.map { "\($0.name): \(NumberText.metric($0.value))" }
    let text = (["batch \(batch)"] + parts).joined(separator: " - ")
    return TextLayout(width: width, hangingIndent: 4).lines(of: Line(text))
  }
}

extension Picture {
  func lines(width: Int) -> [Line] {
    let text = "a picture of \(self.width)x\(height) pixels (\(Printable.clean(mime))), which can't be shown here"
    return TextLayout(width: width).lines(of: Line(text, .faint))
  }
}
