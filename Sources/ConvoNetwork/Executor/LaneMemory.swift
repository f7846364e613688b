import ConvoTensor

/// The memory of one thread.
///
/// What training needs again on the way back is kept for every block of a chunk. All else takes turns in two blocks of
/// memory, which stay in the cache.
struct LaneMemory {
  private let plan: Plan
  /// For each edge between picture stages, the values of every block, or `nil` where they take turns.
  private let kept: [FloatBuffer?]
  private let turns: [FloatBuffer]
  private let imageRecords: [FloatBuffer?]
  private let rowRecords: [FloatBuffer?]
  private let scratch: FloatBuffer
  /// For each edge between row stages, its values and, in training, its gradient.
  let rowValues: [FloatBuffer]
  let rowGradients: [FloatBuffer]

  init(_ plan: Plan) {
    self.plan = plan
    let blocks = plan.blocks
    kept = plan.images.edges.dropLast().map { edge in
      edge.isKept ? FloatBuffer(count: edge.floats.alignedForVectors * blocks) : nil
    }
    turns = (plan.images.stages.isEmpty ? [] : plan.images.turnFloats).map(FloatBuffer.init(count:))
    imageRecords = plan.images.stages.map { stage in
      stage.record.map { FloatBuffer(count: $0.floatCount.alignedForVectors * blocks) }
    }
    rowRecords = plan.rows.stages.map { stage in stage.record.map { FloatBuffer(count: $0.floatCount) } }
    scratch = FloatBuffer(count: max(plan.images.scratchFloats, plan.rows.scratchFloats))
    rowValues = plan.rows.edges.map { FloatBuffer(count: $0.floats) }
    rowGradients = plan.forTraining ? plan.rows.edges.map { FloatBuffer(count: $0.floats) } : []
  }

  /// The bytes that `init` would take, with the operations' own needs.
  static func bytes(_ plan: Plan) -> Int {
    let records = plan.stages.reduce(0) { $0 + ($1.record?.floatCount.alignedForVectors ?? 0) }
    let kept = plan.images.edges.dropLast().reduce(records) { $0 + ($1.isKept ? $1.floats.alignedForVectors : 0) }
    let rows = plan.rows.edges.reduce(0) { $0 + $1.floats } * (plan.forTraining ? 2 : 1)
    let turns = plan.images.turnFloats.reduce(0, +)
    let floats = kept * plan.blocks + rows + turns + max(plan.images.scratchFloats, plan.rows.scratchFloats)
    let operations = plan.kernels.flatMap(\.operations)
    return operations.reduce(floats * MemoryLayout<Float>.stride) { $0 + $1.workingBytes }
  }

  /// Where the samples go: for each block, or for the whole chunk where no stage works on pictures.
  var inputs: [UnsafeMutableBufferPointer<Float>] {
    guard !plan.images.stages.isEmpty else { return [rowValues[0].values] }
    return (0..<plan.blocks).map { block in
      let place = values(edge: 0, block: block)
      let count = plan.block * plan.inputCount
      return UnsafeMutableBufferPointer(rebasing: place.buffer.values[place.offset..<place.offset + count])
    }
  }

  /// The picture stages of every block.
  func bindImages() throws(ComputeError) -> [[any BoundStage]] {
    guard !plan.images.stages.isEmpty else { return [] }
    var bound: [[any BoundStage]] = []
    for block in 0..<plan.blocks {
      var stages: [any BoundStage] = []
      for (index, stage) in plan.images.stages.enumerated() {
        let (from, to) = (plan.images.sources[index], plan.images.destination(of: index))
        stages.append(
          try stage.bind(
            StageMemory(
              input: values(edge: from, block: block), output: values(edge: to, block: block),
              inputGradient: gradient(edge: from, block: block), outputGradient: gradient(edge: to, block: block),
              record: imageRecords[index].map { MemoryPlace(buffer: $0, offset: $0.count / plan.blocks * block) },
              scratchGradients: scratchPlaces(stage))))
      }
      bound.append(stages)
    }
    return bound
  }

  /// The row stages.
  func bindRows() throws(ComputeError) -> [any BoundStage] {
    var bound: [any BoundStage] = []
    for (index, stage) in plan.rows.stages.enumerated() {
      let (from, to) = (plan.rows.sources[index], plan.rows.destination(of: index))
      bound.append(
        try stage.bind(
          StageMemory(
            input: MemoryPlace(buffer: rowValues[from]), output: MemoryPlace(buffer: rowValues[to]),
            inputGradient: plan.forTraining ? MemoryPlace(buffer: rowGradients[from]) : nil,
            outputGradient: plan.forTraining ? MemoryPlace(buffer: rowGradients[to]) : nil,
            record: rowRecords[index].map { MemoryPlace(buffer: $0) }, scratchGradients: scratchPlaces(stage))))
    }
    return bound
  }

  /// The last edge of the pictures is the first one of the rows.
  private func values(edge: Int, block: Int) -> MemoryPlace {
    if edge == plan.images.lastEdge { return boundary(rowValues[0], block) }
    guard let buffer = kept[edge] else { return MemoryPlace(buffer: turns[edge % 2]) }
    return MemoryPlace(buffer: buffer, offset: buffer.count / plan.blocks * block)
  }

  private func gradient(edge: Int, block: Int) -> MemoryPlace? {
    guard plan.forTraining else { return nil }
    if edge == plan.images.lastEdge { return boundary(rowGradients[0], block) }
    return MemoryPlace(buffer: turns[edge % 2])
  }

  private func boundary(_ buffer: FloatBuffer, _ block: Int) -> MemoryPlace {
    MemoryPlace(buffer: buffer, offset: buffer.count / plan.blocks * block)
  }

  private func scratchPlaces(_ stage: any Stage) -> [MemoryPlace] {
    guard stage.needsScratchGradients else { return [] }
    var end = 0
    return stage.gradients.map { layout in
      defer { end += layout.floatCount.alignedForVectors }
      return MemoryPlace(buffer: scratch, offset: end)
    }
  }
}
