import ConvoData
import ConvoNetwork

/// The batches of a `fit`, epoch after epoch. Each part's first batches are decoded while the last batch of the part
/// before is in use, so that training does not wait at the seams.
final class EpochStreams {
  /// A run of batches.
  enum Part: Hashable {
    case training(epoch: Int, from: Int)
    case validation(epoch: Int)
  }

  let lastEpoch: Int
  /// The batches of a validation; `nil` where there is none.
  let validationSteps: Int?
  private let train: ImageGenerator
  private let validation: ImageGenerator?
  private let steps: Int
  /// What is being decoded before it is asked for.
  private(set) var ahead: (part: Part, stream: WatchedStream)?

  init(train: ImageGenerator, validation: ImageGenerator?, settings: FitSettings, lastEpoch: Int) {
    self.train = train
    self.validation = validation
    self.lastEpoch = lastEpoch
    steps = settings.stepsPerEpoch ?? train.stepsPerPass
    validationSteps = validation.map { settings.validationSteps ?? $0.stepsPerPass }
  }

  func plan(_ epoch: Int, for compiled: CompileSettings) -> EpochPlan {
    EpochPlan(
      epoch: epoch, steps: steps, directory: train.directory, images: train.count, options: train.options,
      for: compiled)
  }

  /// What the epochs go through.
  func names(validationImages: Int?) -> EpochData {
    EpochData(training: train.name, validation: validation?.name, validationImages: validationImages)
  }

  /// The batches of a part, from its beginning. A part is taken once.
  func stream(of part: Part) -> WatchedStream {
    defer { ahead = nil }
    if let ahead, ahead.part == part { return ahead.stream }
    return open(part)
  }

  /// Begins to decode what comes after a part.
  func decodeAhead(after part: Part) {
    let next: Part
    switch part {
    case .training(let epoch, _) where validation != nil: next = .validation(epoch: epoch)
    case .training(let epoch, _), .validation(let epoch):
      guard epoch < lastEpoch else { return }
      next = .training(epoch: epoch + 1, from: 0)
    }
    ahead = (next, open(next))
  }

  private func open(_ part: Part) -> WatchedStream {
    switch part {
    case .training(let epoch, let first):
      WatchedStream(train.batches(epoch: epoch, from: first, steps: steps - first))
    case .validation(let epoch):
      WatchedStream((validation ?? train).batches(epoch: epoch, steps: validationSteps ?? 0))
    }
  }
}

/// A stream whose news of unreadable files are told when its batches are taken.
final class WatchedStream {
  private let stream: BatchStream
  private var told = 0

  init(_ stream: BatchStream) {
    self.stream = stream
  }

  /// The next batch, waited for; `nil` after the last one.
  func next(report: (TrainingEvent) -> Void) throws(TrainingError) -> Batch? {
    defer {
      let problems = stream.problems
      if problems.count > told { report(.problems(Array(problems[told...]))) }
      told = problems.count
    }
    do {
      return try stream.next()
    } catch {
      throw .images(error)
    }
  }
}
