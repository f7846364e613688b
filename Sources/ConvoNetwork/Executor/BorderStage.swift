import ConvoTensor

/// Pictures copied into a frame of zeros, or out of one: the border of a convolution with padding=same, and channels up
/// to what the fused kernels count in.
final class BorderStage: Stage {
  let name: String
  let reason: String
  let input, output: Layout
  let hasBackward: Bool
  private let copy: Copy

  /// - Parameters:
  ///   - from: `[height, width, channels]` of what comes in.
  ///   - to: That of what goes out: as high and wide or larger, with more channels or fewer.
  ///   - border: The rows above and the columns left of the picture that are new.
  init(
    name: String, reason: String, from: Shape, to: Shape, border: Int, pictures: Int, hasBackward: Bool
  ) throws(ComputeError) {
    guard from.sides.count == 3, to.sides.count == 3, from.sides[0] + border <= to.sides[0],
      from.sides[1] + border <= to.sides[1]
    else { throw ComputeError("border", .invalidArguments) }
    self.name = name
    self.reason = reason
    self.hasBackward = hasBackward
    input = try Layout.images(from, batch: pictures)
    output = try Layout.images(to, batch: pictures)
    copy = Copy(inner: from.sides, outer: to.sides, border: border, pictures: pictures)
  }

  var kernels: [any ComputeKernel] { [] }
  var operations: Work { Work(forward: 0, backward: 0) }

  func bind(_ memory: StageMemory) throws(ComputeError) -> any BoundStage {
    Bound(
      copy: copy, input: memory.input, output: memory.output, inputGradient: hasBackward ? memory.inputGradient : nil,
      outputGradient: hasBackward ? memory.outputGradient : nil)
  }

  private struct Bound: BoundStage {
    let copy: Copy
    let input, output: MemoryPlace
    let inputGradient, outputGradient: MemoryPlace?

    func forward(on turn: Turn) {
      copy.out(input.pointer, into: output.pointer)
    }

    func backward(addingTo gradients: [Tensor], on turn: Turn) {
      guard let inputGradient, let outputGradient else { return }
      copy.back(outputGradient.pointer, into: inputGradient.pointer)
    }
  }

  /// The copy there and back; what has no counterpart is zero.
  private struct Copy {
    let inner, outer: [Int]
    let border, pictures: Int

    private func eachPixel(_ body: (_ inner: Int, _ outer: Int) -> Void) {
      for picture in 0..<pictures {
        for row in 0..<inner[0] {
          let innerRow = (picture * inner[0] + row) * inner[1]
          let outerRow = (picture * outer[0] + row + border) * outer[1] + border
          for column in 0..<inner[1] { body((innerRow + column) * inner[2], (outerRow + column) * outer[2]) }
        }
      }
    }

    func out(_ source: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>) {
      let channels = min(inner[2], outer[2])
      target.update(repeating: 0, count: pictures * outer.reduce(1, *))
      eachPixel { from, to in
        for channel in 0..<channels { target[to + channel] = source[from + channel] }
      }
    }

    func back(_ source: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>) {
      let channels = min(inner[2], outer[2])
      if channels < inner[2] { target.update(repeating: 0, count: pictures * inner.reduce(1, *)) }
      eachPixel { to, from in
        for channel in 0..<channels { target[to + channel] = source[from + channel] }
      }
    }
  }
}
