import ConvoTensor

/// Turns values into the layout that the next stage reads, and their gradient back.
final class ReorderStage: Stage {
  let name: String
  let input, output: Layout
  private let reorder: Reorder
  private let reverse: Reorder?

  init(name: String, from input: Layout, to output: Layout, hasBackward: Bool) throws(ComputeError) {
    self.name = name
    self.input = input
    self.output = output
    reorder = try Reorder(from: input, to: output)
    reverse = hasBackward ? try Reorder(from: output, to: input) : nil
  }

  var reason: String { "the next stage reads another layout: oneDNN" }
  var kernels: [any ComputeKernel] { [reorder] + [reverse].compactMap { $0 } }
  var hasBackward: Bool { reverse != nil }

  func bind(_ memory: StageMemory) throws(ComputeError) -> any BoundStage {
    Bound(
      reorder: reorder, reverse: reverse, input: try memory.input.tensor(input),
      output: try memory.output.tensor(output),
      inputGradient: hasBackward ? try memory.inputGradient?.tensor(input) : nil,
      outputGradient: hasBackward ? try memory.outputGradient?.tensor(output) : nil)
  }

  private struct Bound: BoundStage {
    let reorder: Reorder
    let reverse: Reorder?
    let input, output: Tensor
    let inputGradient, outputGradient: Tensor?

    func forward(on turn: Turn) {
      reorder.run(input, into: output, on: turn.stream)
    }

    func backward(addingTo gradients: [Tensor], on turn: Turn) {
      guard let reverse, let inputGradient, let outputGradient else { return }
      reverse.run(outputGradient, into: inputGradient, on: turn.stream)
    }
  }
}
