import ConvoTensor

/// What the threads share while a chunk of samples goes forward and back: what training needs again on the way back, for
/// every block, and all that lies between the stages on rows.
///
/// All else takes turns in two blocks of memory on each thread, which stay in the cache.
struct ChunkMemory {
  private let plan: Plan
  /// For each segment and each edge in it, the values of every block, or `nil` where they take turns.
  private let kept: [[FloatBuffer?]]
  private let records: [[FloatBuffer?]]
  /// For each segment but the last, the values and the gradients at its seam.
  private let seamValues: [FloatBuffer]
  private let seamGradients: [FloatBuffer]
  private let rowRecords: [FloatBuffer?]
  /// For each edge between row stages, its values and, in training, its gradient.
  let rowValues: [FloatBuffer]
  let rowGradients: [FloatBuffer]

  init(_ plan: Plan) {
    self.plan = plan
    func perBlock(_ floats: Int) -> FloatBuffer { FloatBuffer(count: floats.alignedForVectors * plan.blocks) }
    kept = plan.pictures.map { segment in
      segment.edges.dropLast().map { $0.isKept ? perBlock($0.floats) : nil }
    }
    records = plan.pictures.map { segment in
      segment.stages.map { $0.recordBytes > 0 ? perBlock($0.recordFloats) : nil }
    }
    let seams = plan.pictures.dropLast()
    seamValues = seams.map { perBlock($0.edges[$0.lastEdge].floats) }
    seamGradients = plan.forTraining ? seams.map { perBlock($0.edges[$0.lastEdge].floats) } : []
    rowRecords = plan.rows.stages.map { $0.recordBytes > 0 ? FloatBuffer(count: $0.recordFloats) : nil }
    rowValues = plan.rows.edges.map { FloatBuffer(count: $0.floats) }
    rowGradients = plan.forTraining ? plan.rows.edges.map { FloatBuffer(count: $0.floats) } : []
  }

  /// The bytes that `init` would take.
  static func bytes(_ plan: Plan) -> Int {
    let rows = plan.rows.edges.reduce(0) { $0 + $1.floats } * (plan.forTraining ? 2 : 1)
    let records = plan.rows.stages.reduce(0) { $0 + $1.recordFloats }
    return (plan.keptFloatsOfBlock * plan.blocks + rows + records) * MemoryLayout<Float>.stride
  }

  /// Where the pictures of a block go.
  func input(block: Int) -> MemoryPlace? { values(segment: 0, edge: 0, block: block) }

  /// The values at an edge of a segment of picture stages; `nil` where they take turns. The last edge of the last
  /// segment is the first one of the rows.
  func values(segment: Int, edge: Int, block: Int) -> MemoryPlace? {
    if edge == plan.pictures[segment].lastEdge {
      return segment == plan.pictures.count - 1
        ? place(rowValues[0], block, of: plan.blocks) : place(seamValues[segment], block, of: plan.blocks)
    }
    if edge == 0 && segment > 0 { return place(seamValues[segment - 1], block, of: plan.blocks) }
    return kept[segment][edge].map { place($0, block, of: plan.blocks) }
  }

  /// The gradients at an edge; `nil` where they take turns.
  func gradients(segment: Int, edge: Int, block: Int) -> MemoryPlace? {
    if edge == plan.pictures[segment].lastEdge {
      return segment == plan.pictures.count - 1
        ? place(rowGradients[0], block, of: plan.blocks) : place(seamGradients[segment], block, of: plan.blocks)
    }
    return edge == 0 && segment > 0 ? place(seamGradients[segment - 1], block, of: plan.blocks) : nil
  }

  /// What a picture stage keeps of a block.
  func record(segment: Int, stage: Int, block: Int) -> MemoryPlace? {
    records[segment][stage].map { place($0, block, of: plan.blocks) }
  }

  /// The row stages, each on the whole chunk.
  func bindRows() throws(ComputeError) -> [any BoundStage] {
    var bound: [any BoundStage] = []
    for (index, stage) in plan.rows.stages.enumerated() {
      let (from, to) = (plan.rows.sources[index], plan.rows.destination(of: index))
      bound.append(
        try stage.bind(
          StageMemory(
            block: 0, input: MemoryPlace(buffer: rowValues[from]), output: MemoryPlace(buffer: rowValues[to]),
            inputGradient: plan.forTraining ? MemoryPlace(buffer: rowGradients[from]) : nil,
            outputGradient: plan.forTraining ? MemoryPlace(buffer: rowGradients[to]) : nil,
            record: rowRecords[index].map { MemoryPlace(buffer: $0) }, scratch: nil)))
    }
    return bound
  }

  private func place(_ buffer: FloatBuffer, _ block: Int, of blocks: Int) -> MemoryPlace {
    MemoryPlace(buffer: buffer, offset: buffer.count / blocks * block)
  }
}
