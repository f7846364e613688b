import ConvoTensor

/// A stage in its place in the plan.
struct PlannedStage: Sendable {
  let stage: any Stage
  /// The names of the layers that it computes, or helps to.
  let layers: [String]
}

/// A run of stages through which the same number of samples go at a time, and the memory that lies between them.
struct Segment: Sendable {
  /// What one stage leaves and the next one reads.
  struct Edge: Sendable {
    var floats: Int
    /// Whether training reads the values again when it goes backward.
    var isKept: Bool
  }

  let planned: [PlannedStage]
  let stages: [any Stage]
  /// What has to be done once all blocks are through, before the next segment begins.
  let seam: (any Seam)?
  /// One more than the stages, less those that work in place.
  private(set) var edges: [Edge]
  /// For each stage, the edge that it reads, and the one that it leaves: the next one, or the same one where it works in
  /// place.
  private(set) var sources: [Int] = []
  private var destinations: [Int] = []

  /// Whether a stage that left the last edge reads it again on the way back.
  private(set) var isReadAgain: Bool

  /// - Parameters:
  ///   - inputFloats: The size of what goes in.
  ///   - before: The segment that leaves it.
  init(_ planned: [PlannedStage], inputFloats: Int, after before: Segment?, endingAt seam: (any Seam)? = nil) {
    self.planned = planned
    stages = planned.map { $0.stage }
    self.seam = seam
    edges = [Edge(floats: inputFloats, isKept: false)]
    isReadAgain = before?.isReadAgain ?? false
    for stage in stages {
      let last = edges.count - 1
      sources.append(last)
      edges[last].floats = max(edges[last].floats, stage.input.floatCount)
      if !stage.isInPlace || (stage.overwrites && isReadAgain) {
        edges.append(Edge(floats: stage.output.floatCount, isKept: false))
        isReadAgain = false
      }
      destinations.append(edges.count - 1)
      if stage.readsInput { edges[last].isKept = true }
      if stage.readsOutput {
        edges[edges.count - 1].isKept = true
        isReadAgain = true
      }
    }
  }

  /// The edge that a stage leaves.
  func destination(of stage: Int) -> Int { destinations[stage] }

  /// The edge that leaves the segment.
  var lastEdge: Int { edges.count - 1 }

  /// Values that are read only by the next stage take turns in two blocks of memory, as the gradients do on the way
  /// back: neighbours never share one.
  var turnFloats: [Int] {
    var floats = [0, 0]
    for (index, edge) in edges.enumerated() { floats[index % 2] = max(floats[index % 2], edge.floats) }
    return floats
  }

  /// What has to be kept of a block for the way back, without the last edge.
  var keptFloats: Int {
    let records = stages.reduce(0) { $0 + $1.recordFloats }
    return edges.dropLast().reduce(records) { $0 + ($1.isKept ? $1.floats.alignedForVectors : 0) }
  }
}

extension Stage {
  /// `recordBytes` in floats, rounded up to whole cache lines.
  var recordFloats: Int {
    let size = MemoryLayout<Float>.stride
    return ((recordBytes + size - 1) / size).alignedForVectors
  }
}

extension Int {
  /// Rounded up so that what comes next begins on a cache line.
  var alignedForVectors: Int { (self + 15) / 16 * 16 }
}
