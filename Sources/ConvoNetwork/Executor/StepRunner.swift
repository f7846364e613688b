import ConvoTensor

/// Runs steps. The threads work together on one chunk of samples, in phases: pictures forward, rows forward, loss, rows
/// backward, pictures backward. A phase is cut into jobs by rules that know nothing of the threads, each job leaves its
/// result in a place of its own, and what is added up is added up in a fixed order: the results are the same bits for
/// any number of threads.
final class StepRunner: @unchecked Sendable {
  // Between two phases the first thread alone touches what changes; within a phase nothing of it does.
  private let plan: Plan
  private let team: ThreadTeam
  let workers: [Worker]
  // Keeps alive what the pointers below lead to, of which no stage may hold a part.
  private let memory: ChunkMemory
  private let rows: [any BoundStage]
  private let shards: [GradientSums]
  private let output: OutputStage
  /// The stages that have copies of their weights.
  private let refreshing: [any Stage]
  private let rowsForward: [RowPhase]
  private let rowsBackward: [RowPhase]
  /// For each thread, where its time goes; empty where nobody asked.
  let clocks: [StageClock]
  /// The training steps, and their nanoseconds by the clock on the wall, where clocks run.
  private(set) var steps = 0
  private(set) var elapsed: UInt64 = 0

  private var step: Step?
  private var phase = Phase.refresh
  /// The samples of the batch that the phase works on.
  private var chunk = 0..<0
  /// Why the step could not be finished.
  private var failure: ComputeError?
  /// `perform` and `runPhases`, made once so that a step makes nothing.
  private var work: ThreadTeam.Work = { _, _ in }
  private var leading: () -> Void = {}

  /// A part of a step, all of whose jobs may run at once.
  private enum Phase {
    case refresh
    case input
    case pictures(segment: Int)
    case rows(RowPhase)
    case output
    case rowsBack(RowPhase)
    case picturesBack(segment: Int)
    case collect
  }

  /// Stages on rows, one after the other: either one stage cut into jobs, or a few that are not.
  private struct RowPhase {
    var stages: Range<Int>
    var jobs: Int
  }

  init(_ plan: Plan, on team: ThreadTeam, shards: [GradientSums], isTimed: Bool) throws(ComputeError) {
    self.plan = plan
    self.team = team
    self.shards = shards
    memory = ChunkMemory(plan)
    var workers: [Worker] = []
    for _ in 0..<team.count { workers.append(try Worker(plan, memory)) }
    self.workers = workers
    let rows = try memory.bindRows()
    self.rows = rows
    output = try OutputStage(plan, memory)
    refreshing = plan.stages.filter { $0.packedBytes > 0 }
    clocks = isTimed ? workers.map { _ in StageClock(stages: plan.stages.count) } : []
    rowsForward = Self.phases(rows.map(\.forwardJobs), of: Array(rows.indices))
    let back = rows.indices.reversed().filter { plan.rows.stages[$0].hasBackward }
    rowsBackward = Self.phases(back.map { rows[$0].backwardJobs }, of: back)
    work = { [unowned self] thread, job in perform(job, on: thread) }
    leading = { [unowned self] in
      do throws(ComputeError) { try runPhases() } catch { failure = error }
    }
  }

  /// Stages that are not cut into jobs go together: threads meet less often.
  private static func phases(_ jobs: [Int], of stages: [Int]) -> [RowPhase] {
    var phases: [RowPhase] = []
    for (jobs, stage) in zip(jobs, stages) {
      if jobs == 1, let last = phases.last, last.jobs == 1 {
        let range = min(last.stages.lowerBound, stage)..<max(last.stages.upperBound, stage + 1)
        phases[phases.count - 1].stages = range
      } else {
        phases.append(RowPhase(stages: stage..<stage + 1, jobs: jobs))
      }
    }
    return phases
  }

  /// Runs a step to its end, or to the first operation that fails.
  func run(_ step: Step) throws(ExecutorError) {
    if step.isTraining && plan.isWholeBatch && step.count > plan.chunk {
      throw .batch(count: step.count, largest: plan.chunk)
    }
    self.step = step
    let start = clocks.isEmpty ? 0 : StageClock.now
    defer {
      self.step = nil
      if step.isTraining && !clocks.isEmpty {
        steps += 1
        elapsed += StageClock.now - start
      }
    }
    team.lead(leading)
    if let failure {
      self.failure = nil
      throw .stopped(failure)
    }
  }

  /// The step, on the first thread.
  private func runPhases() throws(ComputeError) {
    guard let step else { return }
    try run(.refresh, jobs: refreshing.count)
    if step.isTraining { for shard in shards { shard.clear() } }
    for start in stride(from: 0, to: step.count, by: plan.chunk) {
      chunk = start..<min(start + plan.chunk, step.count)
      output.clearPenalties()
      try forward()
      try run(.output, jobs: 1)
      if step.isTraining { try backward() }
    }
    if step.isTraining { try run(.collect, jobs: plan.stages.count) }
  }

  /// Does parts `0..<parts` of other work, each once on one of the threads, and waits for the last.
  func run(parts: Int, _ work: (_ part: Int) -> Void) {
    withoutActuallyEscaping(work) { work in team.run(parts) { _, part in work(part) } }
  }

  private var usedBlocks: Int { (chunk.count + plan.block - 1) / plan.block }

  private func forward() throws(ComputeError) {
    if plan.pictures.isEmpty { try run(.input, jobs: usedBlocks) }
    for (index, segment) in plan.pictures.enumerated() {
      try run(.pictures(segment: index), jobs: usedBlocks)
      if let seam = segment.seam, step?.isTraining == true {
        clocks.first?.begin()
        seam.combineForward(samples: chunk.count)
        clocks.first?.add(to: .seam)
      }
    }
    for phase in rowsForward { try run(.rows(phase), jobs: phase.jobs) }
  }

  private func backward() throws(ComputeError) {
    for phase in rowsBackward { try run(.rowsBack(phase), jobs: phase.jobs) }
    for (index, segment) in plan.pictures.enumerated().reversed() {
      if let seam = segment.seam {
        clocks.first?.begin()
        seam.combineBackward(samples: chunk.count)
        clocks.first?.add(to: .seam)
      }
      guard segment.stages.contains(where: \.hasBackward) else { continue }
      try run(.picturesBack(segment: index), jobs: min(shards.count, usedBlocks))
    }
  }

  private func run(_ phase: Phase, jobs: Int) throws(ComputeError) {
    self.phase = phase
    team.runLed(jobs, work)
    var failure: ComputeError?
    for worker in workers {
      do throws(ComputeError) { try worker.stream.check() } catch { failure = failure ?? error }
    }
    if let failure { throw failure }
  }
}

extension StepRunner {
  /// One job of the phase, on one of the threads.
  private func perform(_ job: Int, on thread: Int) {
    guard let step else { return }
    let worker = workers[thread]
    let clock = step.isTraining && !clocks.isEmpty ? clocks[thread] : nil
    clock?.begin()
    var turn = Turn(
      stream: worker.stream, scratch: worker.scratch.values, samples: chunk, job: job, isTraining: step.isTraining,
      isFirst: chunk.lowerBound == 0, noise: step.noise,
      penalties: step.targets == nil ? nil : output.penalties, gradientScale: step.gradientScale)
    switch phase {
    case .refresh:
      refreshing[job].refresh(on: worker.stream)
      clock?.add(to: .refreshing)
    case .input:
      let samples = samples(ofBlock: job)
      let floats = memory.rowValues[0].values
      let first = (samples.lowerBound - chunk.lowerBound) * plan.inputCount
      step.inputs(
        samples, UnsafeMutableBufferPointer(rebasing: floats[first..<first + samples.count * plan.inputCount]))
      clock?.add(to: .input)
    case .pictures(let segment):
      turn.samples = samples(ofBlock: job)
      turn.placeInChunk = turn.samples.lowerBound - chunk.lowerBound
      worker.forward(segment, block: job, turn, fill: step.inputs, clock)
    case .rows(let run):
      if run.jobs == 1 { turn.job = 0 }
      for index in run.stages {
        rows[index].forward(on: turn)
        clock?.add(to: .forward(stage: plan.firstRowStage + index))
      }
    case .output:
      output.run(chunk, of: step, on: worker.stream)
      clock?.add(to: .loss)
    case .rowsBack(let run):
      for index in run.stages.reversed() where plan.rows.stages[index].hasBackward {
        rows[index].backward(addingTo: [], on: turn)
        clock?.add(to: .backward(stage: plan.firstRowStage + index))
      }
    case .picturesBack(let segment):
      for block in stride(from: job, to: usedBlocks, by: shards.count) {
        turn.samples = samples(ofBlock: block)
        turn.isFirst = chunk.lowerBound == 0 && block == job
        if segment == plan.pictures.count - 1 { output.clearMissing(turn.samples, in: block) }
        worker.backward(segment, block: block, turn, addingTo: shards[job], clock)
      }
    case .collect:
      collect(job, on: worker.stream)
      clock?.add(to: .collecting)
    }
  }

  private func samples(ofBlock block: Int) -> Range<Int> {
    let start = chunk.lowerBound + block * plan.block
    return start..<min(start + plan.block, chunk.upperBound)
  }

  /// Adds up the shards of a stage's gradients in their order, and hands the sum to the optimizer.
  private func collect(_ stage: Int, on stream: ComputeStream) {
    guard let first = shards.first else { return }
    for shard in shards.dropFirst() {
      for (sum, part) in zip(first.tensors[stage], shard.tensors[stage]) { sum.values.add(part.values) }
    }
    plan.stages[stage].publish(first.tensors[stage], on: stream)
  }
}
