import ConvoLanguage
import ConvoNetwork
import ConvoOutput
import ConvoTraining

/// What one picture did to loss and accuracy, as rows and in words.
struct WhyStory {
  /// One epoch.
  struct Row {
    let epoch: Int
    /// Of the picture's own class.
    let probability: Double
    let loss: Double
    let isRight: Bool
    /// The picture's part of all losses of the epoch, `nil` where it was not among them.
    let share: Double?
    /// Whether it was validated on, rather than learned from.
    let isValidation: Bool
    /// How many images the share is of.
    let images: Int

    /// Wrong, and sure of it.
    var isConfidentMistake: Bool { !isRight && probability < WhyStory.confidence }
  }

  /// A class with a lower probability than this was as good as ruled out.
  private static let confidence = 0.1

  private let subject: WhySubject
  private let rows: [Row]
  private let epochs: [Int]

  init(_ subject: WhySubject, _ answers: [ImageAnswer], _ history: [EpochRecord], _ labels: ClassLabels) {
    self.subject = subject
    epochs = history.map(\.epoch)
    rows = answers.compactMap { answer in
      history.first { $0.epoch == answer.epoch }.map { Row(answer, in: $0, of: subject, labels) }
    }
  }

  var table: Table {
    let hasShare = rows.contains { $0.share != nil }
    return Table(
      title: "\(FileNameText.oneLine(subject.path)), a picture of \(subject.className)",
      columns: ["epoch", "probability of \(subject.className)", "loss", "right"].map { .init($0, .right) }
        + (hasShare ? [.init("share of \(rows.contains(where: \.isValidation) ? "val_loss" : "loss")", .right)] : []),
      rows: rows.map { row in
        [
          String(row.epoch), NumberText.metric(row.probability), NumberText.metric(row.loss),
          row.isRight ? "yes" : "no",
        ] + (hasShare ? [row.share.map { NumberText.fixed($0 * 100, 1) + " %" } ?? "–"] : [])
      })
  }

  /// Series with a number for each epoch; NaN for those whose weights are not kept.
  var results: [String: ExpressionValue] {
    func series(_ value: (Row) -> Double) -> ExpressionValue {
      .series(epochs.map { epoch in rows.first { $0.epoch == epoch }.map(value) ?? .nan })
    }
    var results = [
      "probability": series(\.probability), "loss": series(\.loss), "right": series { $0.isRight ? 1 : 0 },
    ]
    if rows.contains(where: { $0.share != nil }) { results["share"] = series { $0.share ?? .nan } }
    return results
  }

  // MARK: In words

  var sentences: [String] {
    [turns] + (mistakes.map { [$0] } ?? []) + (missing.map { [$0] } ?? [])
  }

  /// When it turned right, and wrong.
  private var turns: String {
    guard let first = rows.first else { return "" }
    let turns = zip(rows, rows.dropFirst()).filter { $0.isRight != $1.isRight }.map(\.1)
    guard !turns.isEmpty else {
      let judgement = first.isRight ? "right" : "wrong"
      return rows.count == 1
        ? "The model is \(judgement) about this picture."
        : "The model is \(judgement) about this picture in every epoch."
    }
    let news = turns.enumerated().map { index, row in
      "\(row.isRight ? "right" : "wrong")\(index > 0 ? " again" : "") in epoch \(row.epoch)"
    }
    return "The model is \(first.isRight ? "right" : "wrong") about this picture at first, and turns "
      + Self.listed(news) + "."
  }

  /// What confident mistakes do to the two.
  private var mistakes: String? {
    let mistakes = rows.filter(\.isConfidentMistake)
    guard let worst = mistakes.max(by: { $0.loss < $1.loss }) else { return nil }
    let places = Self.listed(mistakes.map { String($0.epoch) })
    var text = "In epoch\(mistakes.count == 1 ? "" : "s") \(places) it is a confident mistake"
    text += mistakes.count == 1 ? ": " : ", most of all in epoch \(worst.epoch): "
    text += "\(subject.className) has a probability of \(NumberText.metric(worst.probability)), and the loss of the "
    text += "picture is \(NumberText.metric(worst.loss)). "
    if let share = worst.share {
      let name = worst.isValidation ? "val_loss" : "loss"
      text += "That alone is \(NumberText.fixed(share * 100, 1)) % of \(name), while accuracy loses 1 of "
      text += "\(NumberText.grouped(worst.images)) images, as for any other wrong answer."
    } else {
      text += "That raises the loss; accuracy loses no more than for any other wrong answer."
    }
    return text
  }

  private var missing: String? {
    let lost = epochs.filter { epoch in !rows.contains { $0.epoch == epoch } }
    guard !lost.isEmpty else { return nil }
    return "The weights of epoch\(lost.count == 1 ? "" : "s") \(Self.listed(lost.map(String.init))) are not kept."
  }

  /// `1, 2 and 3`.
  private static func listed(_ items: [String]) -> String {
    guard let last = items.last, items.count > 1 else { return items.first ?? "" }
    return items.dropLast().joined(separator: ", ") + " and " + last
  }
}

extension WhyStory.Row {
  fileprivate init(_ answer: ImageAnswer, in record: EpochRecord, of subject: WhySubject, _ labels: ClassLabels) {
    epoch = answer.epoch
    loss = answer.loss
    let probabilities = labels.probabilities(of: answer.outputs)
    probability = probabilities.indices.contains(subject.label) ? probabilities[subject.label] : .nan
    isRight = labels.index(of: answer.outputs) == subject.label
    let names = record.data
    isValidation = subject.isIn(names?.validation)
    var whole: (mean: Double, images: Int)?
    if isValidation, let mean = record.valLoss, let images = names?.validationImages {
      if subject.isAmongFirst(images, of: names?.validation, epoch: answer.epoch) { whole = (mean, images) }
    } else if subject.isAmongFirst(record.images, of: names?.training, epoch: answer.epoch) {
      whole = (record.loss, record.images)
    }
    images = whole?.images ?? 0
    share = whole.flatMap { mean, images in
      let share = answer.loss / (mean * Double(images))
      return share.isFinite ? share : nil
    }
  }
}
