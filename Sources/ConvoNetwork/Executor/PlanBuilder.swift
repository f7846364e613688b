import ConvoTensor

/// Strings the stages of a model together, and puts reorders between them where the layouts differ.
///
/// Pictures go through in small blocks, so that what one stage leaves is still in the cache when the next one reads it.
/// After `flatten`, rows go through in larger chunks, so that a dense layer's many weights are read less often.
struct PlanBuilder {
  /// A layer in its place.
  struct Layer {
    let name: String
    /// Its place in the model.
    let index: Int
    /// The function to apply; `linear` for the last layer's.
    let activation: Activation
    let parameters: [Parameters]
  }

  /// Samples that go through the picture stages at a time.
  let block: Int
  /// Samples that go through the row stages at a time; a multiple of `block`. Known once rows begin.
  private(set) var chunk = 0
  let forTraining: Bool
  /// The set of convo's own kernels to use.
  let kernels: KernelSet
  /// What the chunk's size depends on.
  private let size: Size
  /// On `[height, width, channels]`: runs of stages with a seam between each two.
  private(set) var pictures: [Segment] = []
  /// On `[values]`.
  private(set) var rowStages: [PlannedStage] = []
  /// The picture stages since the last seam.
  private var pictureStages: [PlannedStage] = []
  /// The layout of what the last stage leaves.
  private(set) var layout: Layout
  private(set) var shape: Shape
  /// `shape` as it lies in memory, where channels are padded in plain order.
  private var padded: Shape?
  private(set) var isFlat = false
  private let firstCount: Int?
  private var hasWeights = false
  /// The layer whose ReLU was applied, and whose gradient is still to be taken.
  private var pendingReLU: String?
  /// Whether what the last stage left has a penalty on it.
  private var isPenalized = false

  /// What decides how many samples go through at a time.
  struct Size {
    var largestBatch: Int
    /// The most values of one sample between two picture stages.
    var pictureFloats: Int
    /// The values of one sample between all row stages.
    var rowFloats: Int
    /// Whether a layer has to see all samples of a batch at once.
    var wholeBatch: Bool
  }

  init(input: Shape, size: Size, forTraining: Bool, kernels: KernelSet) throws(ComputeError) {
    block = ChunkSize.block(largestBatch: size.largestBatch, floats: size.pictureFloats)
    self.size = size
    self.forTraining = forTraining
    self.kernels = kernels
    shape = input
    firstCount = input.count
    if input.sides.count == 1 {
      layout = try Layout.matrix(rows: 1, columns: input.sides[0])
      try beginRows()
    } else {
      layout = try Layout.images(Self.picture(input), batch: block)
    }
  }

  /// The most blocks that go through before a seam: all of a batch.
  var blocksOfBatch: Int { (max(size.largestBatch, 1) - 1) / block + 1 }

  /// Ends a run of picture stages: all blocks of a batch come through it before the next one begins.
  mutating func endSegment(at seam: any Seam) {
    closeSegment(seam)
  }

  private mutating func closeSegment(_ seam: (any Seam)?) {
    let inputFloats = pictures.last.map { $0.edges[$0.lastEdge].floats } ?? block * (firstCount ?? 0)
    pictures.append(Segment(pictureStages, inputFloats: inputFloats, after: pictures.last, endingAt: seam))
    pictureStages = []
  }

  /// From here on all samples of a chunk go through together, each as one row.
  private mutating func beginRows() throws(ComputeError) {
    if !pictureStages.isEmpty || !pictures.isEmpty { closeSegment(nil) }
    let kept = pictures.reduce(0) { $0 + $1.keptFloats + ($1.seam == nil ? 0 : 2 * $1.edges[$1.lastEdge].floats) }
    let floats = kept / block + size.rowFloats * (forTraining ? 2 : 1)
    chunk = ChunkSize.chunk(
      largestBatch: size.largestBatch, block: block, bytes: floats * MemoryLayout<Float>.stride,
      wholeBatch: size.wholeBatch)
    let count = shape.count ?? 0
    shape = [count]
    layout = try Layout.matrix(rows: chunk, columns: count)
    isFlat = true
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
    try append(stage, output: output, covering: [name])
  }

  /// Appends a stage that computes several layers.
  ///
  /// - Parameter memory: The output as it lies in memory, where its channels are padded.
  mutating func append(
    _ stage: any Stage, output: Shape, covering layers: [String], inMemory memory: Shape? = nil
  ) throws(ComputeError) {
    try reorder(to: stage.input, named: layers.last ?? "")
    put(stage, layers)
    layout = stage.output
    shape = output
    padded = memory == output ? nil : memory
    if stage.hasWeights { hasWeights = true }
  }

  /// Makes the pictures lie in plain order in a frame of zeros: `border` more rows and columns on each side, channels
  /// padded to those of `frame`.
  mutating func frame(as frame: Shape, border: Int, named name: String) throws(ComputeError) {
    let wanted = try Layout.images(frame, batch: block)
    guard wanted != layout else { return }
    if padded == nil { try reorderToPlain(named: name) }
    try copy(padded ?? shape, to: frame, border: border, name: "\(name): frame", reason: "zeros around the picture")
  }

  /// Leaves the padding of channels out, which only the fused stages know.
  mutating func dropPadding(named name: String) throws(ComputeError) {
    guard let padded else { return }
    try copy(padded, to: shape, border: 0, name: "\(name): channels", reason: "leaves the padding of channels out")
  }

  private mutating func copy(
    _ from: Shape, to: Shape, border: Int, name: String, reason: String
  ) throws(ComputeError) {
    guard from != to else { return }
    let stage = try BorderStage(
      name: name, reason: reason, from: from, to: to, border: border, pictures: block, hasBackward: wantsInputGradient)
    put(stage, [])
    layout = stage.output
    padded = nil
  }

  /// Makes the values lie in this layout.
  mutating func reorder(to wanted: Layout, named name: String) throws(ComputeError) {
    guard wanted != layout else { return }
    try dropPadding(named: name)
    guard wanted != layout else { return }
    put(
      try ReorderStage(name: "\(name): layout", from: layout, to: wanted, hasBackward: wantsInputGradient), [name])
    layout = wanted
  }

  /// How the channels of the pictures lie in memory, after a reorder where they lie in a way of oneDNN's own.
  mutating func channelGroups(named name: String) throws(ComputeError) -> ChannelGroups {
    let shape = Self.picture(shape)
    if let groups = try layout.channelGroups(shape, batch: block) { return groups }
    try reorderToPlain(named: name)
    return ChannelGroups(groups: 1, width: shape.sides[2])
  }

  /// Pictures as `[height, width, channels]` in memory, which is also the order of the values in one row.
  mutating func reorderToPlain(named name: String) throws(ComputeError) {
    if !isFlat { try reorder(to: Layout.images(Self.picture(shape), batch: block), named: name) }
  }

  /// From here on each sample is one row of values.
  mutating func flatten(named name: String) throws(ComputeError) {
    guard !isFlat else { return }
    try reorderToPlain(named: name)
    try beginRows()
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
    // What has a penalty on it gets a gradient also where it is below 0, and must stay as it was.
    let isReLU = layer.activation == .relu && !isPenalized
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
        name: "\(layer.name): \(layer.activation.rawValue)", kernel: kernel, isReLU: isReLU, layout: layout,
        isFused: false, hasBackward: hasBackward), [layer.name])
  }

  /// Appends a layer's penalty on its outputs.
  mutating func penalize(_ regularizer: Regularizer, named name: String) throws(ComputeError) {
    // The penalty's gradient goes back through the ReLU as well.
    try settleReLU()
    try reorderToPlain(named: name)
    put(
      ActivityStage(
        name: "\(name): penalty", regularizer, layout: layout, samples: batch, hasBackward: wantsInputGradient), [name])
    isPenalized = true
  }

  /// Takes the gradient of a ReLU that was put off.
  mutating func settleReLU() throws(ComputeError) {
    guard let name = pendingReLU else { return }
    pendingReLU = nil
    guard wantsInputGradient else { return }
    let kernel = try ActivationKernel(.relu, layout: layout, hasBackward: true)
    put(
      ActivationStage(
        name: "\(name): relu gradient", kernel: kernel, isReLU: true, layout: layout, isFused: true,
        hasBackward: true), [name])
  }

  private mutating func put(_ stage: any Stage, _ layers: [String]) {
    isPenalized = false
    let planned = PlannedStage(stage: stage, layers: layers)
    if isFlat { rowStages.append(planned) } else { pictureStages.append(planned) }
  }
}
