import ConvoData
import ConvoKernel
import ConvoNetwork
import ConvoOutput
import ConvoTraining

/// Turns what training tells into what a cell says.
struct TrainingTranslator {
  private let context: CommandContext
  private let verbosity: Int
  private var lastEpoch = 0
  private var hasToldWhatIsUnseen = false

  init(_ context: CommandContext, verbosity: Int) {
    self.context = context
    self.verbosity = verbosity
  }

  mutating func report(_ event: TrainingEvent) {
    switch event {
    case .preparing(let what):
      show(Progress(title: what, done: 0, total: 1, seconds: 0))
    case .startedAgain(let epoch, let steps):
      context.say(
        "epoch \(epoch) had been interrupted after \(steps) steps; model, loss or images have changed since, so it "
          + "starts again", .warning)
    case .epochBegan(let plan, let stepsDone, let lastEpoch):
      self.lastEpoch = lastEpoch
      tellWhatIsUnseen(plan)
      show(Progress(title: title(plan.epoch), done: stepsDone, total: plan.steps, seconds: 0, unit: "step"))
    case .batch(let batch):
      show(
        Progress(
          title: title(batch.epoch), done: batch.step, total: batch.steps, seconds: batch.seconds, unit: "step",
          metrics: [MetricReport("loss", batch.running.loss)] + batch.running.reports))
      if verbosity > 1 {
        context.emit(
          .batch(
            BatchReport(
              epoch: batch.epoch, batch: batch.step, loss: batch.alone.loss, metrics: batch.alone.reports)))
      }
    case .validating(let step, let steps):
      show(Progress(title: "validating", done: step, total: steps, seconds: 0))
    case .epoch(let record, let lastEpoch):
      if verbosity > 0 { context.emit(.epoch(EpochReport(record, lastEpoch: lastEpoch))) }
    case .problems(let problems):
      for problem in problems { context.say("left out from here on: \(problem)", .warning) }
    case .lossIsNotFinite(let epoch, let step, let help):
      context.say("the loss of epoch \(epoch), step \(step) is not a finite number; \(help)", .warning)
    case .learningRateReduced(let epoch, let rate):
      if verbosity > 0 { context.say("from epoch \(epoch + 1) on, learning_rate is \(NumberText.short(rate))", .faint) }
    case .stoppedEarly(let stop): context.say(stop.sentence)
    case .restored(let epoch):
      if verbosity > 0 { context.say("the weights are now those of epoch \(epoch)", .faint) }
    case .notRestored(let epoch, let error):
      context.say("the weights of epoch \(epoch) can't be restored: \(error.problem)", .warning)
    case .epochNotKept(_, let error):
      context.say("rewind will not find all epochs, since they can't be kept: \(error.problem)", .warning)
    case .interrupted, .finished:
      // The command itself says how it ended.
      break
    }
  }

  private mutating func tellWhatIsUnseen(_ plan: EpochPlan) {
    guard plan.imagesUnseen > 0, !hasToldWhatIsUnseen, verbosity > 0 else { return }
    hasToldWhatIsUnseen = true
    let images = plan.imagesUnseen == 1 ? "1 image" : "\(NumberText.grouped(plan.imagesUnseen)) images"
    context.say(
      "\(NumberText.grouped(plan.steps)) of \(NumberText.grouped(plan.batchesInPass)) batches an epoch, \(images) unseen this epoch",
      .faint)
  }

  private func title(_ epoch: Int) -> String { "Epoch \(epoch)/\(lastEpoch)" }

  private func show(_ progress: Progress) {
    if verbosity > 0 { context.emit(.progress(progress)) }
  }
}

extension Scores {
  /// The metrics, under Keras's names.
  var reports: [MetricReport] { named.map { MetricReport($0.name, $0.value) } }
}

extension EpochReport {
  init(_ record: EpochRecord, lastEpoch: Int) {
    self.init(
      epoch: record.epoch, lastEpoch: lastEpoch, steps: record.steps, loss: record.loss,
      metrics: record.training.reports, valLoss: record.valLoss, valMetrics: record.validation?.reports ?? [],
      images: record.images, seconds: record.seconds, valSeconds: record.validationSeconds,
      learningRate: record.learningRate)
  }
}
