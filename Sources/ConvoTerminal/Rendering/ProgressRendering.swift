import ConvoLanguage
import ConvoOutput

/// A line like Keras's progress bar: `5/8 ━━━━━━━━━━━━━━━━━━━━ 4s 1.61s/step - loss: 0.6623 - accuracy: 0.6172`.
struct ProgressLine {
  /// Stands before the count; may be empty.
  var title: String
  var done: Int
  var total: Int
  /// `4s`; what is left while the work goes on, what it took afterwards.
  var time: String
  /// `1.61s/step`; may be empty.
  var rate: String
  var metrics: [MetricReport]

  static let barWidths = [20, 15, 10, 5]

  /// The one line that fits, without its less important parts where there is no room for them: a live line must never
  /// take two.
  func single(width: Int) -> Line {
    let heads =
      Self.barWidths.map { head(bar: $0, hasRate: true) }
      + [head(bar: 5, hasRate: false), head(bar: 0, hasRate: false)]
    for kept in stride(from: metrics.count, through: 0, by: -1) {
      let tail = metricParts.prefix(kept).map { " " + $0 }.joined()
      for head in heads where head.width + TextWidth.of(tail) <= width {
        var line = head
        line.append(tail)
        return line
      }
    }
    return Line(count).cut(to: width)
  }

  /// The finished line, which may go on in a second one.
  func finished(width: Int) -> [Line] {
    for bar in Self.barWidths {
      let line = whole(bar: bar)
      if line.width <= width { return [line] }
    }
    let indent = 4
    let heads = (Self.barWidths + [0]).map { head(bar: $0, hasRate: true) }
    guard let head = heads.first(where: { $0.width <= width }) else {
      return TextLayout(width: width, hangingIndent: indent).lines(of: whole(bar: 0))
    }
    var lines = [head]
    for part in metricParts {
      if lines[lines.count - 1].width + 1 + TextWidth.of(part) <= width {
        lines[lines.count - 1].append(" " + part)
      } else {
        let next = Line(String(repeating: " ", count: indent) + part)
        lines += TextLayout(width: width, hangingIndent: indent).lines(of: next)
      }
    }
    return lines
  }

  private func whole(bar: Int) -> Line {
    var line = head(bar: bar, hasRate: true)
    for part in metricParts { line.append(" " + part) }
    return line
  }

  private func head(bar: Int, hasRate: Bool) -> Line {
    var line = Line()
    if !title.isEmpty { line.append(Printable.clean(title) + " ") }
    line.append(count, .strong)
    if bar > 0 {
      let filled = total > 0 ? Int(Double(bar) * min(1, max(0, Double(done) / Double(total)))) : 0
      line.append(" ")
      line.append(String(repeating: "━", count: filled), .success)
      line.append(String(repeating: "─", count: bar - filled), .faint)
    }
    if !time.isEmpty { line.append(" " + time) }
    if hasRate && !rate.isEmpty { line.append(" " + rate) }
    return line
  }

  private var count: String {
    let total = String(total)
    let done = String(done)
    return String(repeating: " ", count: max(0, total.count - done.count)) + done + "/" + total
  }

  private var metricParts: [String] {
    metrics.map { "- \(Printable.clean($0.name)): \(NumberText.metric($0.value))" }
  }
}

extension Progress {
  /// Whether this is the training of an epoch, whose title stands on a line of its own as in Keras.
  var isEpoch: Bool { title.hasPrefix("Epoch ") }

  var isDone: Bool { done >= total }

  var line: ProgressLine {
    let each = done > 0 ? seconds / Double(done) : 0
    let time = isDone || done == 0 ? seconds : each * Double(total - done)
    return ProgressLine(
      title: isEpoch ? "" : title, done: done, total: total, time: done == 0 ? "" : NumberText.clock(time),
      rate: done == 0 ? "" : unit.map { NumberText.rate(each, per: $0) } ?? "", metrics: metrics)
  }
}

extension EpochReport {
  /// As `Progress.title` has it.
  var title: String { "Epoch \(epoch)/\(lastEpoch)" }

  /// The finished line of a terminal.
  var line: ProgressLine {
    ProgressLine(
      title: "", done: steps, total: steps, time: NumberText.clock(wholeSeconds), rate: rate, metrics: measured)
  }

  /// The one line of a text: `Epoch 1/15 - 8/8 steps - 12.3s 1.54s/step - loss: 0.6932 - accuracy: 0.5123`.
  var plainLine: String {
    let parts = measured.map { "\($0.name): \(NumberText.metric($0.value))" }
    let head = [title, "\(steps)/\(steps) steps", "\(NumberText.fixed(wholeSeconds, 1))s \(rate)"]
    return (head + parts).joined(separator: " - ")
  }

  /// Training and validation together, as Keras has it; the rate is of training alone.
  private var wholeSeconds: Double { seconds + (valSeconds ?? 0) }

  private var rate: String { NumberText.rate(steps > 0 ? seconds / Double(steps) : 0, per: "step") }
}
