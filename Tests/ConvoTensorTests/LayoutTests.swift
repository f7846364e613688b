import Testing

@testable import ConvoTensor

@Suite struct LayoutTests {
  init() { ComputeThread.computeAlone() }

  @Test func blocksOfChannelsAreReordered() throws {
    let shape: Shape = [2, 3, 5]
    let plain = try Layout.images(shape, batch: 2)
    let blocked = try Layout.images(shape, batch: 2, .blocksOf16)
    #expect(plain != blocked)
    #expect(plain.floatCount == 60)
    #expect(blocked.floatCount == 2 * 2 * 3 * 16)
    let (to, back) = try (Reorder(from: plain, to: blocked), Reorder(from: blocked, to: plain))
    let stream = try ComputeStream(running: to.operations + back.operations)
    let values = scrambled(60)
    let (middle, result) = try (Tensor(blocked), Tensor(plain))
    try to.run(Tensor(plain, values), into: middle, on: stream)
    // Pixel after pixel, sixteen channels each, of which eleven are padding.
    for pixel in 0..<12 {
      let block = middle.array[pixel * 16..<pixel * 16 + 16]
      #expect(Array(block) == Array(values[pixel * 5..<pixel * 5 + 5]) + [Float](repeating: 0, count: 11))
    }
    back.run(middle, into: result, on: stream)
    #expect(result.array == values)
  }

  @Test func theSameLayoutIsCopied() throws {
    let layout = try Layout.filters([2, 2, 3, 4])
    let reorder = try Reorder(from: layout, to: Layout.filters([2, 2, 3, 4]))
    #expect(reorder.operations.isEmpty)
    let result = try Tensor(layout)
    try reorder.run(Tensor(layout, scrambled(48)), into: result, on: ComputeStream(running: []))
    #expect(result.array == scrambled(48))
  }

  @Test func aTensorBeyondItsMemoryIsAnError() throws {
    let layout = try Layout.vector(10)
    #expect(throws: ComputeError("placing a tensor", .invalidArguments)) {
      try Tensor(layout, in: FloatBuffer(count: 12), at: 3)
    }
    #expect(throws: ComputeError("placing a tensor", .invalidArguments)) {
      try Tensor(layout, in: FloatBuffer(count: 12), at: -1)
    }
  }

  @Test func picturesBeyondThirtyTwoBitsAreAnError() throws {
    #expect(throws: ComputeError("pictures of 8192x4096x17", .tooLarge)) {
      try Layout.images([8192, 4096, 17], batch: 1)
    }
    #expect(throws: ComputeError.self) { try Layout.images([.max, .max, .max], batch: 1) }
    _ = try Layout.images([8192, 4095, 15], batch: 1)
  }

  @Test func aShapeThatIsNoPictureIsAnError() {
    #expect(throws: ComputeError.self) { try Layout.images([3, 4], batch: 1) }
    #expect(throws: ComputeError.self) { try Layout.filters([3, 4]) }
  }
}
