import ConvoTensor

/// Strings the stages of a model together, and puts reorders between them where the layouts differ.
///
/// Pictures go through in small blocks, so that what one stage leaves is still in the cache when the next one reads it.
/// After `flatten`, rows go through in larger chunks, so that a dense layer's many weights are read less often.
struct PlanBuilder {
  /// A layer in its place.
  struct Layer {
    let name: String
    /// The function to apply; `linear` for the last layer's.
    let activation: Activation
    let parameters: [Parameters]
  }

  /// Samples that go through the picture stages at a time.
  let block: Int
  /// Samples that go through the row stages at a time; a multiple of `block`.
  let chunk: Int
  let forTraining: Bool
  /// On `[height, width, channels]`.
  private(set) var imageStages: [any Stage] = []
  /// On `[values]`.
  private(set) var rowStages: [any Stage] = []
  /// The layout of what the last stage leaves.
  private(set) var layout: Layout
  private(set) var shape: Shape
  private(set) var isFlat = false
  private var hasWeights = false
  /// The layer whose ReLU was applied, and whose gradient is still to be taken.
  private var pendingReLU: String?

  init(input: Shape, block: Int, chunk: Int, forTraining: Bool) throws(ComputeError) {
    self.block = block
    self.chunk = chunk
    self.forTraining = forTraining
    shape = input
    if input.sides.count == 1 {
      isFlat = true
      layout = try Layout.matrix(rows: chunk, columns: input.sides[0])
    } else {
      layout = try Layout.images(Self.picture(input), batch: block)
    }
  }

  /// Any shape as `[height, width, channels]` with the last side as it is.
  private static func picture(_ shape: Shape) -> Shape {
    guard shape.sides.count != 3, let channels = shape.sides.last else { return shape }
    return [Shape(shape.sides.dropLast()).count ?? 0, 1, channels]
  }

  /// Samples that go through the next stage at a time.
  var batch: Int { isFlat ? chunk : block }
  /// Whether there are weights before the next stage, so that the gradient must reach them.
  var wantsInputGradient: Bool { forTraining && hasWeights }

  /// Appends a stage whose output has this shape, after a reorder where the layouts differ.
  mutating func append(_ stage: any Stage, output: Shape, named name: String) throws(ComputeError) {
    try reorder(to: stage.input, named: name)
    put(stage)
    layout = stage.output
    shape = output
    if !stage.gradients.isEmpty { hasWeights = true }
  }

  /// Makes the values lie in this layout.
  mutating func reorder(to wanted: Layout, named name: String) throws(ComputeError) {
    guard wanted != layout else { return }
    put(try ReorderStage(name: "\(name): layout", from: layout, to: wanted, hasBackward: wantsInputGradient))
    layout = wanted
  }

  /// Pictures as `[height, width, channels]` in memory, which is also the order of the values in one row.
  mutating func reorderToPlain(named name: String) throws(ComputeError) {
    if !isFlat { try reorder(to: Layout.images(Self.picture(shape), batch: block), named: name) }
  }

  /// From here on each sample is one row of values.
  mutating func flatten(named name: String) throws(ComputeError) {
    guard !isFlat else { return }
    try reorderToPlain(named: name)
    let count = shape.count ?? 0
    shape = [count]
    layout = try Layout.matrix(rows: chunk, columns: count)
    isFlat = true
  }

  /// The same memory seen as a matrix: one row of channels for each pixel.
  mutating func seeRows(as layout: Layout) {
    self.layout = layout
  }

  /// What a stage left as a matrix, seen as pictures again.
  mutating func seePictures() throws(ComputeError) {
    if !isFlat { layout = try Layout.images(Self.picture(shape), batch: block) }
  }

  /// Appends a pooling of pictures.
  mutating func pool(
    _ function: PoolingKernel.Function, _ window: Window, named name: String
  ) throws(ComputeError) {
    let kernel = try PoolingKernel(
      function, input: shape, layout: layout, batch: batch, window: window, hasBackward: wantsInputGradient)
    guard let (height, width) = window.output(height: shape.sides[0], width: shape.sides[1]) else {
      throw ComputeError("forward pooling", .invalidArguments)
    }
    let stage = PoolingStage(name: "\(name): pooling", kernel: kernel, hasBackward: wantsInputGradient)
    try append(stage, output: [height, width, shape.sides[2]], named: name)
  }

  /// Appends a pooling of whole pictures; without `keepDims`, rows of values are left.
  mutating func poolAll(
    _ function: PoolingKernel.Function, keepDims: Bool, named name: String
  ) throws(ComputeError) {
    let (height, width, channels) = (shape.sides[0], shape.sides[1], shape.sides[2])
    let picture = GlobalPoolingStage.Picture(batch: batch, height: height, width: width, channels: channels)
    let stage = try GlobalPoolingStage(
      name: "\(name): pooling", function, picture, hasBackward: wantsInputGradient)
    try append(stage, output: [1, 1, channels], named: name)
    if !keepDims { try flatten(named: name) }
  }

  /// Appends a layer's activation. A ReLU that the layer's own stage has applied is `fused`.
  mutating func activate(_ layer: Layer, fusedReLU: Bool = false) throws(ComputeError) {
    let isReLU = layer.activation == .relu
    if isReLU && forTraining { pendingReLU = layer.name }
    guard !(isReLU && fusedReLU), let function = layer.activation.function(width: shape.sides.last ?? 1) else { return }
    if layer.activation == .softmax { try reorderToPlain(named: layer.name) }
    let hasBackward = wantsInputGradient && !isReLU
    var kernel = try ActivationKernel(function, layout: layout, hasBackward: hasBackward)
    if kernel.isReference {
      // oneDNN has no fast code for functions that are not 0 at 0 where channels are padded.
      try reorderToPlain(named: layer.name)
      kernel = try ActivationKernel(function, layout: layout, hasBackward: hasBackward)
    }
    put(
      ActivationStage(
        name: "\(layer.name): \(layer.activation.rawValue)", kernel: kernel, layout: layout,
        isFused: false, hasBackward: hasBackward))
  }

  /// Takes the gradient of a ReLU that was put off.
  mutating func settleReLU() throws(ComputeError) {
    guard let name = pendingReLU else { return }
    pendingReLU = nil
    guard wantsInputGradient else { return }
    let kernel = try ActivationKernel(.relu, layout: layout, hasBackward: true)
    put(
      ActivationStage(
        name: "\(name): relu gradient", kernel: kernel, layout: layout, isFused: true,
        hasBackward: true))
  }

  private mutating func put(_ stage: any Stage) {
    if isFlat { rowStages.append(stage) } else { imageStages.append(stage) }
  }
}
