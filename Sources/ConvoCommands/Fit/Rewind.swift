import ConvoKerasProgram
import ConvoKernel
import ConvoNetwork
import ConvoOutput
import ConvoSchema
import ConvoTraining

/// `rewind`: goes back to the end of an epoch.
struct Rewind: Command {
  static let stage = CourseStage.fit

  static let schema = Schema(
    "rewind",
    summary: "Goes back to the end of an epoch: weights, optimizer and history are what they were then",
    details: """
      A fit afterwards goes on as if training had never gone further. 0 stands for the first weights; best for the \
      epoch with the lowest val_loss, or the lowest loss where nothing was validated.

      The weights of every epoch are kept in a temporary file (in TMPDIR) while convo runs: the latest 2 GB of them, or \
      half of the free space where that is less, and the best.
      """,
    parameters: [
      Parameter(
        "epoch", .either([.integer(0...Int.max), .choice(["best"])]), .positional, .required,
        help: "The number of the epoch, 0 for the beginning, or best")
    ],
    examples: [
      Example("rewind 1", "forgets all epochs behind the first", after: ExampleSetUp.trainedModel),
      Example("rewind best", "where val_loss was lowest", after: ExampleSetUp.trainedModel),
    ],
    keras: "model = keras.models.load_model('epoch-1.keras')  # saved by keras.callbacks.ModelCheckpoint")

  /// `nil` for the best one.
  let epoch: Int?

  init(_ arguments: Arguments) throws(ArgumentError) {
    epoch = arguments.value("epoch") == .text("best") ? nil : try arguments.integer("epoch")
  }

  func run(in context: CommandContext) async throws -> [SessionChange] {
    let trained = try context.activeModel()
    let learned = try Self.learned(of: trained)
    let target = try target(in: learned, of: trained.model.name)
    let back = try await context.onOwnThread { try Self.state(learned, at: target, of: trained.model) }
    context.say(Self.news(of: trained.model.name, learned, back), .faint)
    return [.setModel(TrainedModel(trained.model, learned: back, preprocessing: trained.preprocessing))]
  }

  private static func learned(of trained: TrainedModel) throws(CommandError) -> LearnedState {
    if let learned = trained.learned, !learned.history.isEmpty || learned.unfinished != nil { return learned }
    throw CommandError(
      .notReady, "\(trained.model.name) has learned nothing yet, so there is nothing to go back to",
      help: "train it first: fit GENERATOR")
  }

  private func target(in learned: LearnedState, of model: String) throws(CommandError) -> Int {
    if let epoch { return epoch }
    if let best = learned.bestEpoch { return best }
    throw CommandError(
      .notReady, "\(model) has no best epoch: none has ended yet with a loss that is a number",
      help: "rewind 0 goes back to the first weights", parameter: "epoch")
  }

  private static func state(_ learned: LearnedState, at epoch: Int, of model: Model) throws(CommandError)
    -> LearnedState
  {
    do throws(RewindError) {
      return try learned.rewound(to: epoch, of: model)
    } catch {
      throw error.asCommandError(of: model.name)
    }
  }

  private static func news(of model: String, _ before: LearnedState, _ after: LearnedState) -> String {
    let epoch = after.epochsDone
    var news = "\(model) is back at \(epoch == 0 ? "its first weights" : "the end of epoch \(epoch)")"
    let measured = after.history.last?.measured ?? []
    if let loss = measured.first(where: { $0.name == "val_loss" }) ?? measured.first {
      news += ", where \(loss.name) was \(NumberText.metric(loss.value))"
    }
    let forgotten = before.epochsDone - epoch
    if forgotten > 0 { news += "; \(forgotten == 1 ? "1 epoch is" : "\(forgotten) epochs are") forgotten" }
    return news
  }
}

extension Rewind: KerasWriting {
  func write(to program: inout KerasProgram, _ run: CommandRun) {
    guard let after = run.after.activeModel else { return }
    program.rewindModel(after.model.name, to: after.learned?.epochsDone ?? 0)
  }
}

extension RewindError {
  func asCommandError(of model: String) -> CommandError {
    switch self {
    case .noSuchEpoch(let epoch, let last):
      CommandError(
        .badValue, "\(model) has no epoch \(epoch)",
        help: last == 0 ? "it has finished none yet: rewind 0" : "its last one is \(last)", parameter: "epoch")
    case .notKept(let epoch, let error, let kept):
      CommandError(
        .notReady,
        "\(epoch == 0 ? "the first weights are" : "the weights of epoch \(epoch) are") not kept: \(error.problem)",
        help: kept.isEmpty
          ? "reset starts over; later fits keep their epochs where TMPDIR has room"
          : "these are: \(Self.inWords(kept))", parameter: "epoch")
    }
  }

  /// `0, 3, 5-9`.
  private static func inWords(_ epochs: [Int]) -> String {
    var runs: [ClosedRange<Int>] = []
    for epoch in epochs {
      if let last = runs.last, last.upperBound == epoch - 1 {
        runs[runs.count - 1] = last.lowerBound...epoch
      } else {
        runs.append(epoch...epoch)
      }
    }
    return runs.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }.joined(separator: ", ")
  }
}
