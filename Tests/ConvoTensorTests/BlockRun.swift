import Testing

@testable import ConvoTensor

/// A block kernel with memory of its own: takes and gives plain arrays, without padding.
final class BlockRun {
  /// What a write beyond the end would change.
  private static let guardFloats = 64
  private static let mark: Float = -12345.5

  let reference: BlockReference
  let kernel: BlockKernel
  private let input, packed, packedTransposed, bias, output, scratch: FloatBuffer
  private var winnerBytes: [UInt8]
  private var pooled: Int { reference.rows * reference.columns }

  init(_ reference: BlockReference, wantsInputGradient: Bool, set: KernelSet) throws {
    self.reference = reference
    kernel = try BlockKernel(
      height: reference.height, width: reference.width, channels: reference.channels, filters: reference.filters,
      wantsInputGradient: wantsInputGradient, set: set)
    input = Self.guarded(kernel.input.count ?? 0)
    packed = Self.guarded(kernel.packedCount)
    packedTransposed = Self.guarded(kernel.gradientCount)
    bias = Self.guarded(kernel.output.sides[2])
    output = Self.guarded(kernel.output.count ?? 0)
    scratch = Self.guarded(kernel.scratchBytes / 4)
    winnerBytes = Array(repeating: 77, count: (kernel.output.count ?? 0) + Self.guardFloats)
  }

  private static func guarded(_ count: Int) -> FloatBuffer {
    let buffer = FloatBuffer(count: count + guardFloats)
    for index in count..<count + guardFloats { buffer.values[index] = mark }
    return buffer
  }

  private func pointer(_ buffer: FloatBuffer) throws -> UnsafeMutablePointer<Float> {
    try #require(buffer.values.baseAddress)
  }

  private func isIntact(_ buffer: FloatBuffer) -> Bool {
    buffer.values.suffix(Self.guardFloats).allSatisfy { $0 == Self.mark }
  }

  /// Whether nothing was written beyond the end of any memory.
  var isIntact: Bool {
    [input, packed, packedTransposed, bias, output, scratch].allSatisfy(isIntact)
      && winnerBytes.suffix(Self.guardFloats).allSatisfy { $0 == 77 }
  }

  /// Values and winners.
  func forward(
    _ values: [Float], weights: [Float], bias: [Float], keepsWinners: Bool = true
  ) throws -> (values: [Float], winners: [UInt8]) {
    spread(values, channels: reference.channels, into: input, padded: kernel.input.sides[2])
    spread(bias, channels: reference.filters, into: self.bias, padded: kernel.output.sides[2])
    kernel.pack(weights, into: try pointer(packed))
    let (input, packed, biases) = (try pointer(input), try pointer(packed), try pointer(self.bias))
    let (output, scratch) = (try pointer(output), try pointer(scratch))
    winnerBytes.withUnsafeMutableBufferPointer {
      kernel.forward(
        input, packed: packed, bias: biases, into: output, winners: keepsWinners ? $0.baseAddress : nil,
        scratch: scratch)
    }
    return (
      gathered(self.output.values, padded: kernel.output.sides[2]),
      gathered(winnerBytes, padded: kernel.output.sides[2])
    )
  }

  /// The gradients after `forward`; that of the input is empty where the kernel was not made for it.
  func backward(weights: [Float], outputGradient: [Float]) throws -> (input: [Float], weights: [Float], bias: [Float]) {
    let filters = kernel.output.sides[2]
    let slopes = Self.guarded(kernel.output.count ?? 0)
    spread(outputGradient, channels: reference.filters, into: slopes, padded: filters)
    let (sum, biasSum) = (Self.guarded(kernel.gradientCount), Self.guarded(filters))
    let inputGradient = Self.guarded(kernel.input.count ?? 0)
    // What was there before must not matter.
    for index in 0..<(kernel.input.count ?? 0) { inputGradient.values[index] = 99 }
    let hasInputGradient = kernel.input.sides[2] % 16 == 0
    if hasInputGradient { kernel.packTransposed(weights, into: try pointer(packedTransposed)) }
    let scratch = try pointer(scratch)
    let (slopePointer, inputPointer) = (try pointer(slopes), try pointer(input))
    let (sumPointer, biasPointer) = (try pointer(sum), try pointer(biasSum))
    let (transposed, gradientPointer) = (try pointer(packedTransposed), try pointer(inputGradient))
    try winnerBytes.withUnsafeBufferPointer { winners in
      let winners = try #require(winners.baseAddress)
      kernel.backwardFilters(
        inputPointer, outputGradient: slopePointer, winners: winners, addingTo: sumPointer, bias: biasPointer,
        scratch: scratch)
      if hasInputGradient {
        kernel.backwardInput(
          outputGradient: slopePointer, winners: winners, packed: transposed, into: gradientPointer, scratch: scratch)
      }
    }
    #expect([slopes, sum, biasSum, inputGradient].allSatisfy(isIntact))
    var weightGradient = [Float](repeating: 0, count: weights.count)
    kernel.unpack(sumPointer, into: &weightGradient)
    return (
      hasInputGradient ? gathered(inputGradient.values, padded: kernel.input.sides[2], of: reference.channels) : [],
      weightGradient, Array(biasSum.values.prefix(reference.filters))
    )
  }

  private func spread(_ values: [Float], channels: Int, into buffer: FloatBuffer, padded: Int) {
    for index in values.indices { buffer.values[index / channels * padded + index % channels] = values[index] }
  }

  private func gathered<Value>(
    _ values: some RandomAccessCollection<Value>, padded: Int, of channels: Int? = nil
  ) -> [Value] {
    let channels = channels ?? reference.filters
    return values.dropLast(Self.guardFloats).enumerated().filter { $0.offset % padded < channels }.map(\.element)
  }
}
