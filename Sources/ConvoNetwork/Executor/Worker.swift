import ConvoTensor

/// What one thread has to itself: its stream, working memory, and the two blocks of memory in which the values and the
/// gradients between picture stages take turns.
final class Worker: @unchecked Sendable {
  // Used by one thread at a time.
  let stream: ComputeStream
  let scratch: FloatBuffer
  private let plan: Plan
  private let turns: [FloatBuffer]
  /// Where the pictures of each block of a chunk go.
  private var inputs: [UnsafeMutableBufferPointer<Float>] = []
  /// For each segment and each block, the picture stages.
  private var stages: [[[any BoundStage]]] = []

  init(_ plan: Plan, _ chunk: ChunkMemory) throws(ComputeError) {
    self.plan = plan
    stream = try ComputeStream(running: plan.kernels.flatMap(\.operations))
    scratch = FloatBuffer(count: plan.scratchFloats)
    turns = plan.turnFloats.map(FloatBuffer.init(count:))
    for segment in plan.pictures.indices {
      var blocks: [[any BoundStage]] = []
      for block in 0..<plan.blocks { blocks.append(try bind(segment, block, chunk)) }
      stages.append(blocks)
    }
    if !plan.pictures.isEmpty {
      inputs = (0..<plan.blocks).map { block in
        (chunk.input(block: block) ?? MemoryPlace(buffer: turns[0])).floats(plan.block * plan.inputCount)
      }
    }
  }

  /// The bytes that `init` would take, with the operations' own needs.
  static func bytes(_ plan: Plan) -> Int {
    let operations = plan.kernels.flatMap(\.operations)
    let floats = plan.turnFloats.reduce(plan.scratchFloats, +)
    return operations.reduce(floats * MemoryLayout<Float>.stride) { $0 + $1.workingBytes }
  }

  private func bind(_ segment: Int, _ block: Int, _ chunk: ChunkMemory) throws(ComputeError) -> [any BoundStage] {
    let run = plan.pictures[segment]
    func values(_ edge: Int) -> MemoryPlace {
      chunk.values(segment: segment, edge: edge, block: block) ?? MemoryPlace(buffer: turns[edge % 2])
    }
    func gradients(_ edge: Int) -> MemoryPlace? {
      guard plan.forTraining else { return nil }
      return chunk.gradients(segment: segment, edge: edge, block: block) ?? MemoryPlace(buffer: turns[edge % 2])
    }
    var bound: [any BoundStage] = []
    for (index, stage) in run.stages.enumerated() {
      let (from, to) = (run.sources[index], run.destination(of: index))
      bound.append(
        try stage.bind(
          StageMemory(
            block: block, input: values(from), output: values(to), inputGradient: gradients(from),
            outputGradient: gradients(to), record: chunk.record(segment: segment, stage: index, block: block),
            scratch: MemoryPlace(buffer: scratch))))
    }
    return bound
  }

  /// Takes a block of pictures forward through a segment.
  ///
  /// - Parameters:
  ///   - block: The index of the block in its chunk.
  ///   - fill: Writes the pictures, for the first segment.
  func forward(_ segment: Int, block: Int, _ turn: Turn, fill: Executor.Fill?, _ clock: StageClock?) {
    if segment == 0, let fill {
      let input = inputs[block]
      // What is missing of the block counts as black pictures.
      let used = turn.samples.count * plan.inputCount
      fill(turn.samples, UnsafeMutableBufferPointer(rebasing: input[..<used]))
      UnsafeMutableBufferPointer(rebasing: input[used...]).update(repeating: 0)
      clock?.add(to: .input)
    }
    var turn = turn
    for (index, stage) in stages[segment][block].enumerated() {
      for job in 0..<stage.forwardJobs {
        turn.job = job
        stage.forward(on: turn)
      }
      clock?.add(to: .forward(stage: plan.firstStage(ofSegment: segment) + index))
    }
  }

  /// Takes the gradient of a block back through a segment, as far as there are weights, and adds up those of the
  /// weights.
  func backward(_ segment: Int, block: Int, _ turn: Turn, addingTo sums: GradientSums, _ clock: StageClock?) {
    var turn = turn
    let bound = stages[segment][block]
    let first = plan.firstStage(ofSegment: segment)
    for index in bound.indices.reversed() where plan.pictures[segment].stages[index].hasBackward {
      for job in 0..<bound[index].backwardJobs {
        turn.job = job
        bound[index].backward(addingTo: sums.tensors[first + index], on: turn)
      }
      clock?.add(to: .backward(stage: first + index))
    }
  }
}
