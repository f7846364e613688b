import ConvoData
import ConvoNetwork

@testable import ConvoTraining

/// What a `fit` did, as text that tests can look at.
struct FitLog {
  let outcome: FitOutcome
  var state: LearnedState { outcome.state }
  let ending: String
  let events: [String]
  let batches: [BatchProgress]
  /// How often it was asked whether to stop.
  let asked: Int

  init(
    _ trainer: Trainer, from state: LearnedState, on train: ImageGenerator, validation: ImageGenerator? = nil,
    _ settings: FitSettings, stopAt: Set<Int> = [], onEvent: @escaping (TrainingEvent) -> Void = { _ in }
  ) throws {
    var events: [String] = []
    var batches: [BatchProgress] = []
    var asked = 0
    let outcome = try trainer.fit(
      from: state, on: train, validation: validation, settings: settings,
      isInterrupted: {
        asked += 1
        return stopAt.contains(asked)
      },
      report: { event in
        events.append(Self.text(event))
        if case .batch(let progress) = event { batches.append(progress) }
        onEvent(event)
      })
    self.outcome = outcome
    self.events = events
    self.batches = batches
    self.asked = asked
    switch outcome.ending {
    case .finished: ending = "finished"
    case .interrupted: ending = "interrupted"
    case .failed(let error): ending = error.problem
    }
  }

  private static func text(_ event: TrainingEvent) -> String {
    switch event {
    case .preparing: "preparing"
    case .startedAgain(let epoch, let steps): "epoch \(epoch) again, \(steps) steps before"
    case .epochBegan(let plan, let done, let last):
      "epoch \(plan.epoch) of \(last), \(done) of \(plan.steps) steps done"
    case .batch(let progress): "batch \(progress.step) of \(progress.steps), \(progress.images) images"
    case .validating(let step, let steps): "validating \(step) of \(steps)"
    case .epoch(let record, let last): "finished epoch \(record.epoch) of \(last), \(record.images) images"
    case .problems(let problems): "problems with \(problems.map(\.file).joined(separator: ", "))"
    case .lossIsNotFinite(let epoch, let step, let help): "not finite in epoch \(epoch), step \(step): \(help)"
    case .learningRateReduced(let epoch, let rate): "rate \(rate) after \(epoch)"
    case .stoppedEarly(let stop): "stopped after \(stop.epoch), best \(stop.bestEpoch), waited \(stop.wait)"
    case .restored(let epoch): "restored \(epoch)"
    case .notRestored(let epoch, let error): "not restored \(epoch): \(error.problem)"
    case .epochNotKept(let epoch, let error): "not kept \(epoch): \(error.problem)"
    case .interrupted(let epoch, let done, let steps): "interrupted in epoch \(epoch) after \(done) of \(steps)"
    case .finished(let epochs): "finished \(epochs)"
    }
  }
}
