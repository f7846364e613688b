import ConvoTensor

/// How a model is run: its stages, and how many samples go through them at a time. Shared by all threads.
struct Plan: Sendable {
  /// Samples that go through the picture stages at a time.
  let block: Int
  /// Samples that a thread works on from the input to the loss and back.
  let chunk: Int
  let images: Segment
  let rows: Segment
  let inputCount: Int
  let outputCount: Int
  /// The activation of the last layer, which the stages leave out.
  let activation: Activation
  /// That activation on a chunk of outputs; `nil` where it is linear.
  let head: ActivationKernel?
  /// The head's layout.
  let headLayout: Layout
  let forTraining: Bool

  init(_ model: Model, parameters: ParameterStore, largestBatch: Int, forTraining: Bool) throws(ExecutorError) {
    let inputCount = try Self.count(model.inputShape)
    let outputCount = try Self.count(model.outputShape)
    let chunk = Self.chunk(largestBatch: largestBatch)
    let block = Self.block(model, chunk: chunk)
    self.inputCount = inputCount
    self.outputCount = outputCount
    self.chunk = chunk
    self.block = block
    self.forTraining = forTraining
    var builder: PlanBuilder
    do {
      builder = try PlanBuilder(input: model.inputShape, block: block, chunk: chunk, forTraining: forTraining)
    } catch {
      throw .library(error)
    }
    for (index, layer) in model.layers.enumerated() {
      guard let planned = layer.spec as? any PlannedLayer else {
        throw .layer(layer.name, ComputeError("running", .unsupported))
      }
      let isLast = index == model.layers.count - 1
      do throws(ComputeError) {
        if !planned.lateReLU { try builder.settleReLU() }
        try planned.plan(
          &builder,
          layer: PlanBuilder.Layer(
            name: layer.name, activation: isLast ? .linear : layer.spec.activation,
            parameters: parameters.ofLayer(index)))
      } catch {
        throw .layer(layer.name, error)
      }
    }
    activation = model.layers.last?.spec.activation ?? .linear
    do {
      try builder.settleReLU()
      let width = model.outputShape.sides.last ?? 1
      try builder.flatten(named: "output")
      let layout = try Layout.matrix(rows: chunk * (outputCount / width), columns: width)
      headLayout = layout
      if let function = activation.function(width: width) {
        head = try ActivationKernel(function, layout: layout, hasBackward: false)
      } else {
        head = nil
      }
    } catch {
      throw .library(error)
    }
    images = Segment(builder.imageStages, inputFloats: block * inputCount)
    let boundaryCount = builder.imageStages.isEmpty ? inputCount : images.edges[images.lastEdge].floats / block
    rows = Segment(builder.rowStages, inputFloats: chunk * boundaryCount)
  }

  /// Samples at a time: at least eight chunks to a large batch, so that there is work for as many threads, and few
  /// enough samples that what is kept of them for the way back stays small.
  private static func chunk(largestBatch: Int) -> Int {
    var chunk = 1
    while chunk < 16 && chunk * 8 < largestBatch { chunk *= 2 }
    return chunk
  }

  /// Few enough pictures that what one stage leaves is still in the cache for the next one.
  private static func block(_ model: Model, chunk: Int) -> Int {
    let shapes = [model.inputShape] + model.layers.map(\.output).filter { $0.sides.count > 1 }
    let floats = shapes.reduce(1) { max($0, $1.count ?? 0) }
    var block = chunk
    while block > 1 && block * floats > cachedFloats { block /= 2 }
    return block
  }

  private static let cachedFloats = 1 << 20

  private static func count(_ shape: Shape) throws(ExecutorError) -> Int {
    guard let count = shape.count, count <= Model.largestParameterCount else {
      throw .tooLarge(needed: .max, available: Memory.available)
    }
    return count
  }
}

extension Plan {
  var stages: [any Stage] { images.stages + rows.stages }
  var kernels: [any ComputeKernel] { stages.flatMap(\.kernels) + (head.map { [$0] } ?? []) }
  var blocks: Int { chunk / block }
}
