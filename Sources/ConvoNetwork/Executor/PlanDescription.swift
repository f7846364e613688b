/// How a model is run: which stages, on how many samples at a time, and how much work each is.
public struct PlanDescription: Sendable, Hashable {
  /// One stage.
  public struct Stage: Sendable, Hashable {
    /// What it does: "conv2d: convolution".
    public let name: String
    /// The names of the layers that it computes, or helps to.
    public let layers: [String]
    /// Why it is done this way; may be empty.
    public let reason: String
    /// Whether it works on all samples of a chunk at once; else block by block.
    public let isOnRows: Bool
    /// Floating-point operations for one sample.
    public let forwardOperations, backwardOperations: Double
    /// Bytes read and written for one sample.
    public let forwardBytes, backwardBytes: Double
  }

  /// Samples that go through the stages on pictures at a time.
  public let block: Int
  /// Samples that go from the input to the loss and back together.
  public let chunk: Int
  public let stages: [Stage]
  /// The memory that training keeps between the way forward and the way back, on all threads together.
  public let keptBytes: Int
}

extension Executor {
  /// How the model is run.
  public var planDescription: PlanDescription {
    PlanDescription(
      block: plan.block, chunk: plan.chunk,
      stages: plan.planned.enumerated().map { index, planned in
        let stage = planned.stage
        let isOnRows = index >= plan.firstRowStage
        let samples = Double(isOnRows ? plan.chunk : plan.block)
        return PlanDescription.Stage(
          name: stage.name, layers: planned.layers, reason: stage.reason, isOnRows: isOnRows,
          forwardOperations: Double(stage.operations.forward) / samples,
          backwardOperations: Double(stage.operations.backward) / samples,
          forwardBytes: Double(stage.traffic.forward) / samples,
          backwardBytes: Double(stage.traffic.backward) / samples)
      }, keptBytes: ChunkMemory.bytes(plan))
  }
}
