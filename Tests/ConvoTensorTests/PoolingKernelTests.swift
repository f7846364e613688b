import Testing

@testable import ConvoTensor

@Suite struct PoolingKernelTests {
  init() { ComputeThread.computeAlone() }

  /// The gradient of the input for a gradient of ones, and the maxima.
  private func pool(
    _ values: [Float], _ shape: Shape, _ window: Window, _ function: PoolingKernel.Function = .largest
  ) throws -> (maxima: [Float], gradient: [Float], isReference: Bool) {
    let plain = try Layout.images(shape, batch: 1)
    let kernel = try PoolingKernel(function, input: shape, layout: plain, batch: 1, window: window, hasBackward: true)
    let output = try #require(window.output(height: shape.sides[0], width: shape.sides[1]))
    let plainOutput = try Layout.images([output.height, output.width, shape.sides[2]], batch: 1)
    let to = try Reorder(from: plain, to: kernel.source)
    let back = try Reorder(from: kernel.source, to: plain)
    let toOutput = try Reorder(from: plainOutput, to: kernel.destination)
    let fromOutput = try Reorder(from: kernel.destination, to: plainOutput)
    let stream = try ComputeStream(
      running: ([kernel, to, back, toOutput, fromOutput] as [any ComputeKernel]).flatMap(\.operations))
    let (source, destination) = try (Tensor(kernel.source), Tensor(kernel.destination))
    let (maxima, gradient) = try (Tensor(plainOutput), Tensor(plain))
    var places: Tensor?
    if let layout = kernel.places { places = try Tensor(layout) }
    try to.run(Tensor(plain, values), into: source, on: stream)
    kernel.forward(source, into: destination, places: places, on: stream)
    fromOutput.run(destination, into: maxima, on: stream)
    let ones = try Tensor(plainOutput, [Float](repeating: 1, count: plainOutput.floatCount))
    toOutput.run(ones, into: destination, on: stream)
    kernel.backward(destinationGradient: destination, places: places, sourceGradient: source, on: stream)
    back.run(source, into: gradient, on: stream)
    return (maxima.array, gradient.array, kernel.isReference)
  }

  @Test(arguments: [1, 2, 3, 16, 17])
  func theFirstOfEqualValuesGetsTheGradient(channels: Int) throws {
    let equal = [Float](repeating: 2, count: 4 * 4 * channels)
    let found = try pool(equal, [4, 4, channels], Window(kernel: [2, 2], stride: [2, 2], padding: .valid))
    #expect(found.maxima == [Float](repeating: 2, count: 4 * channels))
    for place in 0..<16 {
      let isFirst = place / 4 % 2 == 0 && place % 2 == 0
      for channel in 0..<channels { #expect(found.gradient[place * channels + channel] == (isFirst ? 1 : 0)) }
    }
    #expect(!found.isReference)
  }

  @Test func paddingIsNeverTheLargest() throws {
    let found = try pool(
      [-5, -4, -3, -2, -1, -6, -7, -8, -9], [3, 3, 1], Window(kernel: [2, 2], stride: [2, 2], padding: .same))
    #expect(found.maxima == [-1, -3, -7, -9])
    #expect(found.gradient == [0, 0, 1, 0, 1, 0, 1, 0, 1])
  }

  /// A mean of what lies within the picture; its gradient is shared among as many.
  @Test(arguments: [1, 3, 16])
  func paddingDoesNotCountInAMean(channels: Int) throws {
    let values = (1...9).flatMap { [Float](repeating: Float($0), count: channels) }
    let found = try pool(
      values, [3, 3, channels], Window(kernel: [2, 2], stride: [2, 2], padding: .same), .mean)
    #expect(found.maxima == [3, 4.5, 7.5, 9].flatMap { [Float](repeating: $0, count: channels) })
    let shares: [Float] = [0.25, 0.25, 0.5, 0.25, 0.25, 0.5, 0.5, 0.5, 1]
    #expect(found.gradient == shares.flatMap { [Float](repeating: $0, count: channels) })
    #expect(!found.isReference)
  }

  @Test func overlappingWindowsAddUp() throws {
    let found = try pool(
      [1, 2, 3, 4, 9, 5, 6, 7, 8], [3, 3, 1], Window(kernel: [2, 2], stride: [1, 1], padding: .valid))
    #expect(found.maxima == [9, 9, 9, 9])
    #expect(found.gradient == [0, 0, 0, 0, 4, 0, 0, 0, 0])
  }

  @Test func aWindowThatDoesNotFitIsAnError() throws {
    let layout = try Layout.images([2, 2, 1], batch: 1)
    #expect(throws: ComputeError("forward pooling", .invalidArguments)) {
      try PoolingKernel(
        .largest, input: [2, 2, 1], layout: layout, batch: 1,
        window: Window(kernel: [3, 3], stride: [1, 1], padding: .valid),
        hasBackward: false)
    }
  }
}
