import Testing

@testable import ConvoTensor

@Suite struct ComputeStreamTests {
  init() { ComputeThread.computeAlone() }

  @Test func aFailureIsRememberedUntilItIsAskedFor() throws {
    let kernel = try ActivationKernel(.sigmoid, layout: .matrix(rows: 2, columns: 3), hasBackward: false)
    let stream = try ComputeStream(running: kernel.operations)
    try stream.check()
    let primitive = try #require(kernel.operations.first).primitive
    // Without the tensors that it needs.
    stream.execute(primitive, UnsafeBufferPointer(start: nil, count: 0), "nothing")
    stream.fail(ComputeError("later", .outOfMemory))
    #expect(throws: ComputeError("nothing", .invalidArguments)) { try stream.check() }
    try stream.check()

    let values = try Tensor(.matrix(rows: 2, columns: 3), [0, 0, 0, 0, 0, 0])
    kernel.forward(values, into: values, on: stream)
    try stream.check()
    #expect(values.array == [0.5, 0.5, 0.5, 0.5, 0.5, 0.5])
  }
}
