import Testing

@testable import ConvoTensor

@Suite struct ComputeStreamTests {
  init() { ComputeThread.computeAlone() }

  @Test func aFailureIsRememberedUntilItIsAskedFor() throws {
    let kernel = try ActivationKernel(.sigmoid, layout: .matrix(rows: 2, columns: 3), hasBackward: false)
    let stream = try ComputeStream(running: kernel.operations)
    try stream.check()
    let primitive = kernel.operations[0].primitive
    // Without the tensors that it needs.
    stream.execute(primitive, UnsafeBufferPointer(start: nil, count: 0), "nothing")
    stream.fail(ComputeError("later", .outOfMemory))
    #expect(throws: ComputeError("nothing", .invalidArguments)) { try stream.check() }
    try stream.check()

    let values = try Tensor(.matrix(rows: 2, columns: 3), [-1, 2, -3, 4, 0, 6])
    kernel.forward(values, into: values, on: stream)
    try stream.check()
    #expect(values.array == [0, 2, 0, 4, 0, 6])
  }
}
