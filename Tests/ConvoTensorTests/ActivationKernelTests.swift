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

  /// Of lengths that fill no vectors as well.
  @Test(arguments: [1, 7, 8, 9, 1003])
  func rectifiersOfAnyLength(count: Int) throws {
    let values = scrambled(count)
    let gradient = scrambled(count).map { $0 * $0 + 1 }
    let layout = try Layout.vector(count)
    let relu = try run(.relu, layout, values, gradient: gradient)
    #expect(relu.outputs == values.map { max($0, 0) })
    #expect(relu.gradient == zip(values, gradient).map { $0 > 0 ? $1 : 0 })
    let leaky = try run(.leakyReLU, layout, values, gradient: gradient)
    #expect(leaky.outputs == values.map { $0 > 0 ? $0 : $0 * 0.2 })
    #expect(leaky.gradient == zip(values, gradient).map { $0 > 0 ? $1 : $1 * 0.2 })
  }

  @Test func anotherPlaceIsWrittenAndTheSourceIsLeftAlone() throws {
    let layout = try Layout.vector(5)
    let kernel = try ActivationKernel(.leakyReLU, layout: layout, hasBackward: true)
    let stream = try ComputeStream(running: kernel.operations)
    let (source, destination) = try (Tensor(layout, [-1, 2, -3, 4, 0]), Tensor(layout))
    kernel.forward(source, into: destination, on: stream)
    #expect(source.array == [-1, 2, -3, 4, 0])
    #expect(destination.array == [-0.2, 2, -3 * 0.2, 4, 0])
  }

  /// Values of tanh x to ten places.
  @Test func tanh() throws {
    let found = try run(
      .tanh, Layout.matrix(rows: 1, columns: 5), [0, 1, -2, 30, -30], gradient: [4, 1, 1, 1, 1])
    #expect(
      largestError(found.outputs, [0, 0.761_594_155_956, -0.964_027_580_076, 1, -1], floor: 0.1) < 1e-6)
    #expect(
      largestError(found.gradient, [4, 0.419_974_341_614, 0.070_650_824_853, 0, 0], floor: 0.1) < 1e-6)
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
