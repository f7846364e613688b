public import ConvoData
public import ConvoNetwork

/// A model measured with its weights held still.
public struct Evaluation: Sendable, Hashable {
  /// Loss and metrics, every image counting the same.
  public var scores: Scores
  /// The images measured.
  public var images: Int
  /// Spent on measuring.
  public var seconds: Double

  /// The mean loss.
  public var loss: Double { scores.loss }
  /// The share of right answers; `nil` where the model was compiled without.
  public var accuracy: Double? { scores.accuracy }
}

extension Trainer {
  /// Measures the loss and the metrics on images, with the weights held still.
  ///
  /// - Parameters:
  ///   - steps: The batches to measure; `nil` for as many as show every image once.
  ///   - isInterrupted: Asked between batches.
  ///   - report: Called on this thread, with `validating` after each batch, and with `problems`.
  /// - Throws: What is wrong, or `interrupted`.
  public func evaluate(
    _ state: LearnedState, on generator: ImageGenerator, steps: Int? = nil, isInterrupted: () -> Bool = { false },
    report: (TrainingEvent) -> Void = { _ in }
  ) throws(TrainingError) -> Evaluation {
    try FitSettings.checkPositive(steps ?? 1, "steps")
    let compiled = try checked(state, on: [generator])
    let runner = try runner(compiled, state, on: [generator], forTraining: false)
    let steps = steps ?? generator.stepsPerPass
    let stream = WatchedStream(generator.batches(epoch: 0, steps: steps))
    return try runner.measure(stream, steps: steps, isInterrupted: isInterrupted, report: report)
  }
}

extension BatchRunner {
  /// Measures the batches of a stream.
  ///
  /// - Parameter atLastBatch: Called when the last batch was taken.
  func measure(
    _ stream: WatchedStream, steps: Int, isInterrupted: () -> Bool, report: (TrainingEvent) -> Void,
    atLastBatch: () -> Void = {}
  ) throws(TrainingError) -> Evaluation {
    let start = ContinuousClock.now
    var sum = Tally(tally.metrics)
    let penalty = weightPenalty
    for step in 1...steps {
      if isInterrupted() { throw .interrupted }
      guard let batch = try stream.next(report: report) else { break }
      if step == steps { atLastBatch() }
      try evaluate(batch, penalty: penalty)
      sum.add(tally)
      report(.validating(step: step, steps: steps))
    }
    return Evaluation(scores: sum.scores, images: sum.samples, seconds: start.secondsToNow)
  }
}
