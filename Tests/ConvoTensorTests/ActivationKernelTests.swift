import ConvoTestSupport
import Testing

@testable import ConvoTensor

@Suite struct ActivationKernelTests {
  init() { ComputeThread.computeAlone() }

  private func run(
    _ function: ActivationKernel.Function, _ layout: Layout, _ values: [Float], gradient: [Float]
  ) throws -> (outputs: [Float], gradient: [Float]) {
    let kernel = try ActivationKernel(function, layout: layout, hasBackward: true)
    #expect(!kernel.isReference)
    let stream = try ComputeStream(running: kernel.operations)
    let (outputs, slopes) = try (Tensor(layout, values), Tensor(layout, gradient))
    // In place, as the executor runs it.
    kernel.forward(outputs, into: outputs, on: stream)
    kernel.backward(output: outputs, gradient: slopes, sourceGradient: slopes, on: stream)
    return (outputs.array, slopes.array)
  }

  @Test func relu() throws {
    let found = try run(.relu, Layout.matrix(rows: 2, columns: 2), [-1, 0, 0.5, 3], gradient: [1, 2, 3, 4])
    #expect(found.outputs == [0, 0, 0.5, 3])
    #expect(found.gradient == [0, 0, 3, 4])
  }

  /// Values of 1 / (1 + exp(-x)) to ten places.
  @Test func sigmoid() throws {
    let found = try run(
      .sigmoid, Layout.matrix(rows: 1, columns: 5), [0, 1, -2, 30, -90], gradient: [4, 1, 1, 1, 1])
    #expect(
      largestError(found.outputs, [0.5, 0.731_058_578_6, 0.119_202_922_0, 1, 0], floor: 0.1) < 1e-6)
    #expect(
      largestError(found.gradient, [1, 0.196_611_933_2, 0.104_993_585_4, 0, 0], floor: 0.1) < 1e-6)
  }

  /// Values of exp(x) / Σ exp(x) to ten places; a row of large numbers does not overflow.
  @Test func softmax() throws {
    let found = try run(
      .softmax(width: 3), Layout.matrix(rows: 2, columns: 3), [1, 2, 3, 1000, 1000, 0], gradient: [1, 0, 0, 1, 0, 0])
    let (a, b, c): (Float, Float, Float) = (0.090_030_573_2, 0.244_728_471_1, 0.665_240_955_8)
    #expect(largestError(found.outputs, [a, b, c, 0.5, 0.5, 0], floor: 0.05) < 1e-6)
    #expect(
      largestError(found.gradient, [a * (1 - a), -a * b, -a * c, 0.25, -0.25, 0], floor: 0.01) < 1e-5)
  }

  @Test func softmaxOverTheChannelsOfPictures() throws {
    let found = try run(
      .softmax(width: 2), Layout.images([1, 2, 2], batch: 1), [0, 0, 5, 5], gradient: [1, 0, 1, 1])
    #expect(largestError(found.outputs, [0.5, 0.5, 0.5, 0.5]) < 1e-6)
    #expect(largestError(found.gradient, [0.25, -0.25, 0, 0]) < 1e-6)
  }

  @Test func softmaxOverBrokenRowsIsAnError() throws {
    let layout = try Layout.matrix(rows: 2, columns: 3)
    for width in [0, 4] {
      #expect(throws: ComputeError("forward softmax", .invalidArguments)) {
        try ActivationKernel(.softmax(width: width), layout: layout, hasBackward: true)
      }
    }
  }
}
