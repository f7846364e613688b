import ConvoData
import ConvoNetwork
import ConvoTensor

/// The training loop: epochs of batches, each epoch with its validation.
final class FitLoop {
  private let compiled: CompileSettings
  private let runner: BatchRunner
  private let data: EpochStreams
  private let keepsEpochs: Bool
  private let isInterrupted: () -> Bool
  private let report: (TrainingEvent) -> Void
  private var state: LearnedState
  private var optimizer: OptimizerState
  private var callbacks: CallbackMemory
  private var best: BestEpoch
  private var stop: EarlyStop?
  private var hasWarned = false
  private var hasToldWhatIsNotKept = false
  private var waitingForImages = 0.0
  private var images = 0

  init(
    _ compiled: CompileSettings, _ runner: BatchRunner, _ data: EpochStreams, _ settings: FitSettings,
    from state: LearnedState, isInterrupted: @escaping () -> Bool, report: @escaping (TrainingEvent) -> Void
  ) {
    self.compiled = compiled
    self.runner = runner
    self.data = data
    self.isInterrupted = isInterrupted
    self.report = report
    self.state = state
    let count = state.weights.count
    let kept = state.optimizer.flatMap { $0.fits(compiled.optimizer, weights: count) ? $0 : nil }
    optimizer = kept ?? OptimizerState(for: compiled.optimizer, weights: count)
    // The loop's own is changed in place, which a second reference would make a copy.
    self.state.optimizer = nil
    keepsEpochs = settings.keepsEpochs
    best = BestEpoch(of: state.history)
    let left = state.unfinishedCallbacks
    callbacks = left.flatMap { $0.callbacks == settings.callbacks ? $0 : nil } ?? CallbackMemory(settings.callbacks)
    runner.learningRate = state.learningRate ?? compiled.optimizer.learningRate
  }

  func run() -> FitOutcome {
    let first = state.epochsDone + 1
    let ending: FitOutcome.Ending
    if state.history.isEmpty, state.unfinished == nil { keep(0) }
    do throws(TrainingError) {
      for epoch in first...data.lastEpoch {
        try finish(data.plan(epoch, for: compiled))
        if stop != nil { break }
      }
      runner.finish(optimizer)
      if let stop { report(.stoppedEarly(stop)) }
      restoreBest()
      report(.finished(epochs: state.epochsDone - first + 1))
      state.unfinishedCallbacks = nil
      ending = .finished
    } catch {
      ending = if case .interrupted = error { .interrupted } else { .failed(error) }
      state.unfinishedCallbacks = callbacks.epochs > 0 && callbacks.callbacks != FitCallbacks() ? callbacks : nil
    }
    state.weights = runner.weights
    state.optimizer = optimizer.iterations == 0 ? nil : optimizer
    return FitOutcome(
      state: state, ending: ending, stop: stop, bestEpoch: callbacks.stopping.bestEpoch ?? best.number,
      profile: profile)
  }

  private var profile: FitProfile? {
    runner.executor.profile.map {
      FitProfile(
        execution: $0, plan: runner.executor.planDescription, waitingForImages: waitingForImages, images: images)
    }
  }

  /// Trains one epoch, or what is left of it, measures it, and writes its line of history.
  private func finish(_ plan: EpochPlan) throws(TrainingError) {
    var epoch = begun(plan)
    do throws(TrainingError) {
      try train(&epoch)
      let validation = try validate(plan.epoch)
      let record = EpochRecord(
        epoch: plan.epoch, training: epoch.tally.scores, validation: validation?.scores, images: epoch.tally.samples,
        steps: epoch.stepsDone, seconds: epoch.seconds, validationSeconds: validation?.seconds,
        learningRate: runner.learningRate, data: data.names(validationImages: validation?.images))
      state.history.append(record)
      best.note(record)
      state.unfinished = nil
      report(.epoch(record, lastEpoch: data.lastEpoch))
      follow(callbacks.decide(record), after: plan.epoch)
    } catch {
      state.unfinished = epoch.stepsDone == 0 ? nil : epoch
      if case .interrupted = error {
        report(.interrupted(epoch: plan.epoch, stepsDone: epoch.stepsDone, steps: plan.steps))
      }
      throw error
    }
  }

  /// Does what the callbacks say at the end of an epoch, and keeps it.
  private func follow(_ decisions: CallbackMemory.Decisions, after epoch: Int) {
    if let rate = decisions.rate {
      runner.learningRate = rate
      state.learningRate = rate
      report(.learningRateReduced(epoch: epoch, to: rate))
    }
    stop = decisions.stop
    let isKept = keep(epoch)
    if decisions.wantsWeights { callbacks.setBest(isKept ? nil : runner.weights) }
  }

  /// Keeps the weights as they are and what the optimizer remembers, so that there is a way back.
  ///
  /// - Returns: Whether they are kept. Training goes on without.
  @discardableResult
  private func keep(_ epoch: Int) -> Bool {
    guard keepsEpochs else { return false }
    let problem = state.kept.keep(
      epoch, UnsafeBufferPointer(runner.executor.weights.values), optimizer, learningRate: state.learningRate,
      but: Set([best.number, callbacks.epochToRestore].compactMap { $0 }))
    guard let problem else { return true }
    if !hasToldWhatIsNotKept { report(.epochNotKept(epoch: epoch, problem)) }
    hasToldWhatIsNotKept = true
    return false
  }

  /// Puts the best epoch's weights in place where `early_stopping` is to.
  private func restoreBest() {
    guard let epoch = callbacks.epochToRestore else { return }
    do throws(ArchiveError) {
      if let weights = callbacks.bestWeights {
        _ = runner.executor.weights.values.update(from: weights)
      } else {
        try state.kept.moment(epoch).snapshot.read(into: runner.executor.weights.values)
      }
      report(.restored(epoch: epoch))
    } catch {
      report(.notRestored(epoch: epoch, error))
    }
  }

  /// The epoch as an earlier `fit` left it, or from its beginning.
  private func begun(_ plan: EpochPlan) -> UnfinishedEpoch {
    var epoch = UnfinishedEpoch(plan)
    if let left = state.unfinished {
      if left.plan == plan { epoch = left } else { report(.startedAgain(epoch: plan.epoch, steps: left.stepsDone)) }
    }
    report(.epochBegan(plan, stepsDone: epoch.stepsDone, lastEpoch: data.lastEpoch))
    return epoch
  }

  private func train(_ epoch: inout UnfinishedEpoch) throws(TrainingError) {
    let plan = epoch.plan
    guard epoch.stepsDone < plan.steps else { return }
    let stream = data.stream(of: .training(epoch: plan.epoch, from: epoch.stepsDone))
    while epoch.stepsDone < plan.steps {
      if isInterrupted() { throw .interrupted }
      let start = ContinuousClock.now
      guard let batch = try stream.next(report: report) else { break }
      waitingForImages += start.secondsToNow
      images += batch.count
      if epoch.stepsDone + 1 == plan.steps { data.decodeAhead(after: .training(epoch: plan.epoch, from: 0)) }
      try runner.train(batch, &optimizer)
      epoch.add(runner.tally, seconds: start.secondsToNow)
      report(.batch(BatchProgress(epoch, alone: runner.tally.scores)))
      warnIfNotFinite(epoch)
    }
  }

  private func validate(_ epoch: Int) throws(TrainingError) -> Evaluation? {
    guard let steps = data.validationSteps else { return nil }
    let stream = data.stream(of: .validation(epoch: epoch))
    return try runner.measure(stream, steps: steps, isInterrupted: isInterrupted, report: report) {
      data.decodeAhead(after: .validation(epoch: epoch))
    }
  }

  private func warnIfNotFinite(_ epoch: UnfinishedEpoch) {
    guard !hasWarned, !epoch.tally.loss.isFinite else { return }
    hasWarned = true
    let rate = runner.learningRate
    let help = "compile with a learning_rate below \(rate), and reset: weights that are not numbers stay so"
    report(.lossIsNotFinite(epoch: epoch.plan.epoch, step: epoch.stepsDone, help: help))
  }
}

extension UnfinishedEpoch {
  fileprivate mutating func add(_ batch: Tally, seconds: Double) {
    stepsDone += 1
    tally.add(batch)
    self.seconds += seconds
  }
}

extension BatchProgress {
  fileprivate init(_ epoch: UnfinishedEpoch, alone: Scores) {
    self.init(
      epoch: epoch.plan.epoch, step: epoch.stepsDone, steps: epoch.plan.steps, running: epoch.tally.scores,
      alone: alone, images: epoch.tally.samples, seconds: epoch.seconds)
  }
}

extension ContinuousClock.Instant {
  /// How long ago the instant was, by a clock that never goes back.
  var secondsToNow: Double { (ContinuousClock.now - self) / .seconds(1) }
}
