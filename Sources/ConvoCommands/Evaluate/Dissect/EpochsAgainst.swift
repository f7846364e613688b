import ConvoData
import ConvoKernel
import ConvoLanguage
import ConvoNetwork
import ConvoOutput
import ConvoTraining

/// `dissect epochs`: epochs in which loss and accuracy both rose or both fell.
struct EpochsAgainst {
  /// From one epoch to the next, loss and accuracy moved in the same direction.
  struct Move {
    /// The later one.
    var epoch: Int
    var isValidation: Bool
    var loss: (before: Double, after: Double)
    var accuracy: (before: Double, after: Double)

    var rose: Bool { loss.after > loss.before }
  }

  /// More are counted, and their images not named.
  private static let mostExplained = 3

  private let question: AnswerQuestion
  private let moves: [Move]
  /// Pairs of epochs that could be looked at, training and validation each by itself.
  private let compared: Int
  /// Those of them in which the loss moved and the accuracy did not.
  private let still: Int

  init(_ question: AnswerQuestion) throws(CommandError) {
    self.question = question
    let history = question.trained.learned?.history ?? []
    guard history.count > 1 else {
      throw CommandError(
        .notReady,
        "\(question.trained.model.name) has trained \(history.isEmpty ? "no epoch" : "one epoch"), and this compares epochs",
        help: "fit more of them")
    }
    guard history.contains(where: { $0.accuracy != nil }) else {
      throw CommandError(
        .notReady,
        "\(question.trained.model.name) was compiled without accuracy, so there is nothing to compare the loss with",
        help: "compile with metrics=[accuracy], and train it")
    }
    let pairs = zip(history, history.dropFirst()).flatMap { before, after in
      [
        Self.move(after.epoch, false, before.loss, after.loss, before.accuracy, after.accuracy),
        Self.move(after.epoch, true, before.valLoss, after.valLoss, before.valAccuracy, after.valAccuracy),
      ].compactMap { $0 }
    }
    compared = pairs.count
    still = pairs.count { $0.loss.before != $0.loss.after && $0.accuracy.before == $0.accuracy.after }
    moves = pairs.filter {
      ($0.loss.after > $0.loss.before && $0.accuracy.after > $0.accuracy.before)
        || ($0.loss.after < $0.loss.before && $0.accuracy.after < $0.accuracy.before)
    }
  }

  private static func move(
    _ epoch: Int, _ isValidation: Bool, _ lossBefore: Double?, _ lossAfter: Double?, _ accuracyBefore: Double?,
    _ accuracyAfter: Double?
  ) -> Move? {
    guard let lossBefore, let lossAfter, let accuracyBefore, let accuracyAfter else { return nil }
    return Move(
      epoch: epoch, isValidation: isValidation, loss: (lossBefore, lossAfter),
      accuracy: (accuracyBefore, accuracyAfter))
  }

  func tell(_ context: CommandContext) throws(CommandError) -> [String: ExpressionValue] {
    let epochs = Set(moves.map(\.epoch)).sorted()
    context.say(
      """
      If loss and accuracy were one thing, the accuracy would rise whenever the loss falls, and fall whenever it rises. Of \
      \(NumberText.grouped(compared)) steps from one epoch to the next, \(Self.counted(moves.count)) moved both in the same \
      direction, and \(Self.counted(still)) moved the loss and left the accuracy as it was.
      """)
    if !moves.isEmpty { context.emit(.table(table)) }
    let explained = moves.filter(\.isValidation).sorted {
      abs($0.loss.after - $0.loss.before) > abs($1.loss.after - $1.loss.before)
    }.prefix(Self.mostExplained).sorted { $0.epoch < $1.epoch }
    for move in explained { try explain(move, context) }
    if !moves.isEmpty, explained.isEmpty {
      context.say(
        "These are averages over an epoch in which the weights changed with every step, so no single image made them.",
        .faint)
    }
    return ["against": .number(Double(epochs.count)), "epochs": .series(epochs.map(Double.init))]
  }

  private static func counted(_ count: Int) -> String { count == 0 ? "none" : NumberText.grouped(count) }

  private var table: Table {
    Table(
      title: "Against what one would think",
      columns: [
        .init("epoch", .right), .init("measured on"), .init("loss", .right), .init("accuracy", .right), .init("both"),
      ],
      rows: moves.map { move in
        [
          String(move.epoch), move.isValidation ? "validation" : "training",
          "\(NumberText.metric(move.loss.before)) → \(NumberText.metric(move.loss.after))",
          "\(NumberText.metric(move.accuracy.before)) → \(NumberText.metric(move.accuracy.after))",
          move.rose ? "rose" : "fell",
        ]
      })
  }

  /// Names the images that made validation loss and accuracy move as they did.
  private func explain(_ move: Move, _ context: CommandContext) throws(CommandError) {
    guard let before = try answers(after: move.epoch - 1, context), let after = try answers(after: move.epoch, context)
    else {
      context.say(
        "Epoch \(move.epoch): the weights of its beginning and its end are not kept, so no image can be named.")
      return
    }
    guard abs(after.meanLoss - move.loss.after) <= 1e-3 * max(1, abs(move.loss.after)) else {
      context.say(
        """
        Epoch \(move.epoch): the loss on \(question.generator.name) is \(NumberText.metric(after.meanLoss)) then and not \
        \(NumberText.metric(move.loss.after)), so the history was measured on other images; dissect epochs on those.
        """)
      return
    }
    context.say(EpochStory(move, before, after).text)
  }

  /// The answers with the weights at the end of an epoch; `nil` where they are not kept.
  private func answers(after epoch: Int, _ context: CommandContext) throws(CommandError) -> Answers? {
    guard let weights = try? question.trained.learned?.weights(after: epoch),
      weights.count == question.trained.model.parameterCount
    else { return nil }
    return try question.answers(context, with: weights)
  }
}

/// What happened to the images from one epoch to the next.
struct EpochStory {
  let move: EpochsAgainst.Move
  let before, after: Answers

  init(_ move: EpochsAgainst.Move, _ before: Answers, _ after: Answers) {
    self.move = move
    self.before = before
    self.after = after
  }

  private static let mostNamed = 3

  var text: String {
    let old = Dictionary(before.answers.map { ($0.sample, $0) }, uniquingKeysWith: { first, _ in first })
    let pairs = after.answers.compactMap { answer in old[answer.sample].map { (before: $0, after: answer) } }
    let becameRight = pairs.count { !before.isRight($0.before) && after.isRight($0.after) }
    let becameWrong = pairs.count { before.isRight($0.before) && !after.isRight($0.after) }
    let sign = move.rose ? 1.0 : -1.0
    let named = pairs.sorted {
      sign * ($0.after.loss - $0.before.loss) > sign * ($1.after.loss - $1.before.loss)
    }.prefix(Self.mostNamed)
    let names = named.map { pair in
      let sides = (before.isRight(pair.before), after.isRight(pair.after))
      let side =
        sides.0 == sides.1
        ? sides.0 ? "right before and after" : "wrong before and after"
        : sides.1 ? "now right" : "now wrong"
      return """
        \(FileNameText.oneLine(pair.after.file)) (\(NumberText.metric(pair.before.loss)) → \
        \(NumberText.metric(pair.after.loss)), \(side))
        """
    }
    let total = pairs.reduce(0) { $0 + $1.after.loss - $1.before.loss }
    let share = named.reduce(0) { $0 + $1.after.loss - $1.before.loss }
    return """
      Epoch \(move.epoch): \(becameRight) became right and \(becameWrong) wrong, so the accuracy \
      \(move.rose ? "rose" : "fell"). The losses of all images changed by \(Self.signed(total)) together, those of the \
      \(named.count == 1 ? "one" : "\(named.count)") that \(move.rose ? "rose" : "fell") most by \(Self.signed(share)): \
      \(names.joined(separator: ", ")). Only images that cross the threshold count for the accuracy; every one counts for \
      the loss, by how sure the model is.
      """
  }

  private static func signed(_ number: Double) -> String { (number > 0 ? "+" : "") + NumberText.metric(number) }
}
