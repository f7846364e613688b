import ConvoTensor

/// Layers that one fused stage computes: a 3x3 convolution with stride 1, its ReLU (its own, or an activation layer after
/// it), and a 2x2 max pooling. It
/// never makes all of the convolution's outputs, so there must be no penalty on them.
struct FusedBlock {
  /// How many layers of the model.
  let layerCount: Int
  private let names: [String]
  private let convolution: Conv2D
  private let input, output: Shape

  /// The block that begins with the first of these layers; `nil` where there is none, and they are computed one by one.
  init?(_ layers: ArraySlice<Model.Layer>) {
    guard let first = layers.first, let convolution = first.spec as? Conv2D, convolution.isPlain3x3,
      convolution.activityRegularizer == nil
    else { return nil }
    let next = layers.dropFirst().first?.spec as? ActivationLayer
    let count = convolution.activation == .linear && next?.activation == .relu ? 2 : 1
    guard count == 2 || convolution.activation == .relu else { return nil }
    guard let last = layers.dropFirst(count).first, let pooling = last.spec as? MaxPooling2D, pooling.isPlain2x2 else {
      return nil
    }
    // With padding=same an odd side gets a pooled value that sees half a window.
    let sides = last.input.sides
    guard pooling.padding == .valid || (sides[0] % 2 == 0 && sides[1] % 2 == 0) else { return nil }
    layerCount = count + 1
    names = layers.prefix(layerCount).map { $0.name }
    self.convolution = convolution
    input = first.input
    output = last.output
  }

  /// Appends the fused stage, and what its input needs before it.
  func plan(_ builder: inout PlanBuilder, parameters: [Parameters]) throws(ComputeError) {
    let border = convolution.padding == .same ? 1 : 0
    let kernel = try BlockKernel(
      height: input.sides[0] + 2 * border, width: input.sides[1] + 2 * border, channels: input.sides[2],
      filters: convolution.filters, wantsInputGradient: builder.wantsInputGradient, set: builder.kernels)
    try builder.frame(as: kernel.input, border: border, named: names[0])
    let stage = try BlockStage(
      name: "\(names[0]): convolution, ReLU and pooling",
      reason: "3x3, ReLU and 2x2 maximum in one pass: \(builder.kernels.name)", kernel: kernel,
      pictures: builder.batch, hasBackward: builder.forTraining, wantsInputGradient: builder.wantsInputGradient,
      parameters: parameters)
    try builder.append(stage, output: output, covering: names, inMemory: kernel.output)
  }
}

extension Conv2D {
  fileprivate var isPlain3x3: Bool {
    kernelSize == [3, 3] && strides == [1, 1] && dilationRate == [1, 1] && groups == 1
  }
}

extension MaxPooling2D {
  fileprivate var isPlain2x2: Bool { poolSize == [2, 2] && (strides ?? poolSize) == [2, 2] }
}
