/// Where the time of training steps went, in seconds, added up over the threads.
public struct ExecutionProfile: Sendable, Hashable {
  /// The time of one stage, in the order of `PlanDescription.stages`.
  public struct StageTime: Sendable, Hashable {
    public let name: String
    public let forward, backward: Double
  }

  public let stages: [StageTime]
  /// Decoded pictures turned into numbers.
  public let input: Double
  /// The last activation, the losses and their gradient.
  public let loss: Double
  /// Copies of the weights in other layouts.
  public let refreshing: Double
  /// Statistics of the whole batch put together.
  public let statistics: Double
  /// Gradients added up over the blocks.
  public let reduction: Double
  /// The weights changed.
  public let optimizer: Double
  /// Threads with nothing to do while others worked.
  public let waiting: Double
  public let threads: Int
  /// The training steps.
  public let steps: Int
  /// The time of the steps by the clock on the wall, with the optimizer's.
  public let elapsed: Double
}

extension Executor {
  /// Where the time of the training steps went so far; `nil` where the executor was not made to tell.
  public var profile: ExecutionProfile? {
    guard !runner.clocks.isEmpty else { return nil }
    func sum(_ part: (StageClock) -> UInt64) -> Double {
      Double(runner.clocks.reduce(0) { $0 + part($1) }) * 1e-9
    }
    let steps = Double(runner.elapsed) * 1e-9
    let optimizer = Double(optimizerTime) * 1e-9
    return ExecutionProfile(
      stages: plan.stages.enumerated().map { index, stage in
        ExecutionProfile.StageTime(
          name: stage.name, forward: sum { $0.forward[index] }, backward: sum { $0.backward[index] })
      },
      input: sum { $0.input }, loss: sum { $0.loss }, refreshing: sum { $0.refreshing },
      statistics: sum { $0.seams }, reduction: sum { $0.collecting }, optimizer: optimizer,
      waiting: max(0, steps * Double(runner.clocks.count) - sum { $0.total }), threads: runner.clocks.count,
      steps: runner.steps,
      elapsed: steps + optimizer)
  }

  /// Does the optimizer's part of a step, and counts its time where the executor was made to tell.
  public func timeOptimizer(_ update: () -> Void) {
    guard !runner.clocks.isEmpty else { return update() }
    let start = StageClock.now
    update()
    optimizerTime += StageClock.now - start
  }
}
