import ConvoTensor

/// Every value times a number, plus a number; each channel may have numbers of its own.
///
///     y = x · scale + offset        dx = dy · scale
final class RescalingStage: Stage {
  let name: String
  let input: Layout
  let hasBackward: Bool
  private let scale, offset: [Float]

  /// - Parameters:
  ///   - layout: A plain layout, in which the channels of a pixel follow each other.
  ///   - scale: One number for each channel.
  ///   - offset: As many.
  ///   - run: How many pixels follow each other at the least, in every sample as many.
  init(name: String, layout: Layout, scale: [Float], offset: [Float], run: Int, hasBackward: Bool) {
    self.name = name
    input = layout
    // Numbers for a whole run make one long loop of many of a few rounds.
    self.scale = (0..<run).flatMap { _ in scale }
    self.offset = (0..<run).flatMap { _ in offset }
    self.hasBackward = hasBackward
  }

  var kernels: [any ComputeKernel] { [] }
  var output: Layout { input }

  func bind(_ memory: StageMemory) throws(ComputeError) -> any BoundStage {
    Bound(
      scale: scale, offset: offset, input: try memory.input.tensor(input).values,
      output: try memory.output.tensor(output).values,
      inputGradient: hasBackward ? try memory.inputGradient?.tensor(input).values : nil,
      outputGradient: hasBackward ? try memory.outputGradient?.tensor(output).values : nil)
  }

  private struct Bound: BoundStage {
    let scale, offset: [Float]
    let input, output: UnsafeMutableBufferPointer<Float>
    let inputGradient, outputGradient: UnsafeMutableBufferPointer<Float>?

    func forward(on turn: Turn) {
      for start in stride(from: 0, to: output.count, by: scale.count) {
        let (from, to) = (input.dropFirst(start), UnsafeMutableBufferPointer(rebasing: output.dropFirst(start)))
        let values = UnsafeMutableBufferPointer(rebasing: from)
        for index in scale.indices { to[index] = values[index] * scale[index] + offset[index] }
      }
    }

    func backward(addingTo gradients: [Tensor], on turn: Turn) {
      guard let inputGradient, let outputGradient else { return }
      for start in stride(from: 0, to: inputGradient.count, by: scale.count) {
        let to = UnsafeMutableBufferPointer(rebasing: inputGradient.dropFirst(start))
        let from = UnsafeMutableBufferPointer(rebasing: outputGradient.dropFirst(start))
        for index in scale.indices { to[index] = from[index] * scale[index] }
      }
    }
  }
}
