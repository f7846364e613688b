import ConvoTensor

/// How a model is run: its stages, and how many samples go through them at a time. Shared by all threads.
struct Plan: Sendable {
  /// Samples that go through the picture stages at a time.
  let block: Int
  /// Samples that go from the input to the loss and back together.
  let chunk: Int
  /// Runs of stages on pictures, with a seam between each two; none where the input is a row already.
  let pictures: [Segment]
  /// The stages on rows.
  let rows: Segment
  let inputCount: Int
  let outputCount: Int
  /// The activation of the last layer, which the stages leave out.
  let activation: Activation
  /// The penalty on the last layer's outputs, which comes with the loss.
  let outputRegularizer: Regularizer?
  /// Whether a layer before the last one has a penalty on its outputs.
  let penalizesOutputs: Bool
  /// That activation on a chunk of outputs; `nil` where it is linear.
  let head: ActivationKernel?
  /// The head's layout.
  let headLayout: Layout
  let forTraining: Bool
  /// Whether a layer has to see all samples of a batch at once when it trains.
  let isWholeBatch: Bool
  /// All of them, in their order, with the layers that they compute.
  let planned: [PlannedStage]
  let stages: [any Stage]
  /// For each segment, the index of its first stage among all.
  private let firstStages: [Int]

  init(
    _ model: Model, parameters: ParameterStore, largestBatch: Int, forTraining: Bool, kernels: KernelSet
  ) throws(ExecutorError) {
    let inputCount = try Self.count(model.inputShape)
    let outputCount = try Self.count(model.outputShape)
    self.inputCount = inputCount
    self.outputCount = outputCount
    self.forTraining = forTraining
    let size = Self.size(model, largestBatch: largestBatch, forTraining: forTraining)
    isWholeBatch = size.wholeBatch
    var builder: PlanBuilder
    do {
      builder = try PlanBuilder(input: model.inputShape, size: size, forTraining: forTraining, kernels: kernels)
    } catch {
      throw .library(error)
    }
    var index = 0
    while index < model.layers.count {
      let layer = model.layers[index]
      if let fused = FusedBlock(model.layers[index...]) {
        do throws(ComputeError) {
          try builder.settleReLU()
          try fused.plan(&builder, parameters: parameters.ofLayer(index))
        } catch {
          throw .layer(layer.name, error)
        }
        index += fused.layerCount
        continue
      }
      guard let planned = layer.spec as? any PlannedLayer else {
        throw .layer(layer.name, ComputeError("running", .unsupported))
      }
      let isLast = index == model.layers.count - 1
      do throws(ComputeError) {
        if !planned.lateReLU { try builder.settleReLU() }
        try builder.dropPadding(named: layer.name)
        try planned.plan(
          &builder,
          layer: PlanBuilder.Layer(
            name: layer.name, index: index, activation: isLast ? .linear : layer.spec.activation,
            parameters: parameters.ofLayer(index)))
        if !isLast, let regularizer = layer.spec.activityRegularizer {
          try builder.penalize(regularizer, named: layer.name)
        }
      } catch {
        throw .layer(layer.name, error)
      }
      index += 1
    }
    activation = model.layers.last?.spec.activation ?? .linear
    outputRegularizer = model.layers.last?.spec.activityRegularizer
    penalizesOutputs = model.layers.dropLast().contains { $0.spec.activityRegularizer != nil }
    do {
      try builder.settleReLU()
      let width = model.outputShape.sides.last ?? 1
      try builder.flatten(named: "output")
      let layout = try Layout.matrix(rows: builder.chunk * (outputCount / width), columns: width)
      headLayout = layout
      if let function = activation.function(width: width) {
        head = try ActivationKernel(function, layout: layout, hasBackward: false)
      } else {
        head = nil
      }
    } catch {
      throw .library(error)
    }
    block = builder.block
    chunk = builder.chunk
    pictures = builder.pictures
    let boundaryCount = pictures.last.map { $0.edges[$0.lastEdge].floats / builder.block } ?? inputCount
    rows = Segment(builder.rowStages, inputFloats: builder.chunk * boundaryCount, after: pictures.last)
    stages = pictures.flatMap(\.stages) + rows.stages
    planned = pictures.flatMap(\.planned) + rows.planned
    var first = 0
    firstStages = pictures.map { segment in
      defer { first += segment.stages.count }
      return first
    }
  }

  private static func size(_ model: Model, largestBatch: Int, forTraining: Bool) -> PlanBuilder.Size {
    let outputs = [model.inputShape] + model.layers.map(\.output)
    let pictures = outputs.filter { $0.sides.count > 1 }.reduce(1) { max($0, $1.count ?? 0) }
    let rows = outputs.filter { $0.sides.count == 1 }.reduce(0) { $0 + ($1.count ?? 0) }
    let wholeBatch = forTraining && model.layers.contains { ($0.spec as? any PlannedLayer)?.needsWholeBatch == true }
    return PlanBuilder.Size(
      largestBatch: largestBatch, pictureFloats: pictures, rowFloats: rows, wholeBatch: wholeBatch)
  }

  private static func count(_ shape: Shape) throws(ExecutorError) -> Int {
    guard let count = shape.count, count <= Model.largestParameterCount else {
      throw .tooLarge(needed: .max, available: Memory.available)
    }
    return count
  }
}

extension Plan {
  var kernels: [any ComputeKernel] { stages.flatMap(\.kernels) + (head.map { [$0] } ?? []) }
  var blocks: Int { chunk / block }

  /// The index of a segment's first stage among all.
  func firstStage(ofSegment index: Int) -> Int { firstStages[index] }
  /// That of the first stage on rows.
  var firstRowStage: Int { stages.count - rows.stages.count }

  /// The floats that training keeps of a block of pictures, on all threads together.
  var keptFloatsOfBlock: Int {
    pictures.dropLast().reduce(pictures.reduce(0) { $0 + $1.keptFloats }) {
      $0 + $1.edges[$1.lastEdge].floats.alignedForVectors * (forTraining ? 2 : 1)
    }
  }

  /// The two blocks of memory of each thread in which values take turns.
  var turnFloats: [Int] {
    pictures.reduce(pictures.isEmpty ? [] : [0, 0]) { most, segment in
      zip(most, segment.turnFloats).map(max)
    }
  }

  /// The working memory of each thread.
  var scratchFloats: Int { stages.reduce(0) { max($0, $1.scratchFloats) } }
}
