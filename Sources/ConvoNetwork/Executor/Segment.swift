import ConvoTensor

/// A run of stages through which the same number of samples go at a time, and the memory that lies between them.
struct Segment: Sendable {
  /// What one stage leaves and the next one reads.
  struct Edge: Sendable {
    var floats: Int
    /// Whether training reads the values again when it goes backward.
    var isKept: Bool
  }

  let stages: [any Stage]
  /// One more than the stages, less those that work in place.
  private(set) var edges: [Edge]
  /// For each stage, the edge that it reads; it leaves the next one, or the same one where it works in place.
  private(set) var sources: [Int] = []

  /// - Parameter inputFloats: The size of what goes in.
  init(_ stages: [any Stage], inputFloats: Int) {
    self.stages = stages
    edges = [Edge(floats: inputFloats, isKept: false)]
    for stage in stages {
      let last = edges.count - 1
      sources.append(last)
      edges[last].floats = max(edges[last].floats, stage.input.floatCount)
      if !stage.isInPlace { edges.append(Edge(floats: stage.output.floatCount, isKept: false)) }
      if stage.readsInput { edges[last].isKept = true }
      if stage.readsOutput { edges[edges.count - 1].isKept = true }
    }
  }

  /// The edge that a stage leaves.
  func destination(of stage: Int) -> Int {
    stages[stage].isInPlace ? sources[stage] : sources[stage] + 1
  }

  /// The edge that leaves the segment.
  var lastEdge: Int { edges.count - 1 }

  /// Values that are read only by the next stage take turns in two blocks of memory, as the gradients do on the way
  /// back: neighbours never share one.
  var turnFloats: [Int] {
    var floats = [0, 0]
    for (index, edge) in edges.enumerated() { floats[index % 2] = max(floats[index % 2], edge.floats) }
    return floats
  }

  /// The room that the stages need for gradients of their weights before they add them up.
  var scratchFloats: Int {
    stages.reduce(0) { most, stage in
      guard stage.needsScratchGradients else { return most }
      return max(most, stage.gradients.reduce(0) { $0 + $1.floatCount.alignedForVectors })
    }
  }
}

extension Int {
  /// Rounded up so that what comes next begins on a cache line.
  var alignedForVectors: Int { (self + 15) / 16 * 16 }
}
