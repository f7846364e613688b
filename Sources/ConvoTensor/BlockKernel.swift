import CKernels

/// A 3x3 convolution with stride 1 and no padding, ReLU, and 2x2 max pooling, of one picture at a time.
///
///     p[i, j, f] = max(0, max b[f] + Σ x[2i+u+k, 2j+v+l, c] · w[k, l, c, f])      over u, v in {0, 1}
///
/// Beside `p`, `forward` leaves a byte for each value that says which of the four places won; with them, both ways back
/// touch a quarter of the products or less, and the picture between convolution and pooling is never stored.
///
/// Channels and filters are padded to a multiple of 16 in memory. Every pointer leads to memory aligned for vectors, but
/// for the input of a kernel that takes few channels as they are.
public final class BlockKernel: Sendable {
  /// `[height, width, channels]` of the input in memory, and of its gradient.
  public let input: Shape
  /// `[height, width, channels]` of the output in memory, and of the winners.
  public let output: Shape
  /// `block` without the padding of channels.
  private let channels, filters: Int
  private let block: convo_block
  private let set: KernelSet

  /// - Parameters:
  ///   - height: The pixels of the input, with the zeros around it where there are any.
  ///   - channels: Without padding.
  ///   - wantsInputGradient: Whether `backwardInput` will be called. Without it, an input of 1, 3 or 4 channels is taken
  ///     as it is.
  /// - Throws: `invalidArguments` where the input has no pooled value, `tooLarge` where the kernels can't address it.
  public init(
    height: Int, width: Int, channels: Int, filters: Int, wantsInputGradient: Bool, set: KernelSet = .best
  ) throws(ComputeError) {
    let (rows, columns) = ((height - 2) / 2, (width - 2) / 2)
    guard height >= 4, width >= 4, channels >= 1, filters >= 1 else {
      throw ComputeError("fused block", .invalidArguments)
    }
    let isTakenAsItIs = !wantsInputGradient && [1, 3, 4].contains(channels)
    guard let paddedChannels = isTakenAsItIs ? channels : Self.padded(channels),
      let paddedFilters = Self.padded(filters),
      Self.isAddressable([height, width, paddedChannels]), Self.isAddressable([rows, columns, paddedFilters]),
      Self.isAddressable([25, paddedChannels, paddedFilters])
    else { throw ComputeError("fused block", .tooLarge) }
    input = [height, width, paddedChannels]
    output = [rows, columns, paddedFilters]
    self.channels = channels
    self.filters = filters
    self.set = set
    block = convo_block(
      input_height: Int64(height), input_width: Int64(width), channels: Int64(paddedChannels),
      filters: Int64(paddedFilters), pooled_height: Int64(rows), pooled_width: Int64(columns))
  }

  /// Channels as they lie in memory; `nil` where they can't be counted.
  static func padded(_ channels: Int) -> Int? {
    let (rounded, overflow) = channels.addingReportingOverflow(15)
    return overflow ? nil : rounded / 16 * 16
  }

  /// The kernels keep places as 32-bit numbers.
  private static func isAddressable(_ shape: Shape) -> Bool {
    shape.count.map { $0 <= Int(Int32.max) / MemoryLayout<Float>.stride } ?? false
  }
}

extension BlockKernel {
  /// What `forward` needs of the filters, in floats.
  public var packedCount: Int { withUnsafePointer(to: block) { Int(convo_block_packed_floats($0)) } }
  /// What `backwardInput` needs of them, and what `backwardFilters` adds up, in floats.
  public var gradientCount: Int { withUnsafePointer(to: block) { Int(convo_block_gradient_floats($0)) } }
  /// The working memory of one thread, in bytes.
  public var scratchBytes: Int { withUnsafePointer(to: block) { Int(convo_block_scratch_bytes($0)) } }

  /// The floating-point operations of a layer-by-layer convolution of one picture, without padding of channels: what
  /// `forward` replaces, and each of the two ways back.
  public var denseOperations: Int {
    2 * 4 * output.sides[0] * output.sides[1] * 9 * channels * filters
  }

  /// Packs Keras's `[3, 3, channels, filters]` for `forward`.
  public func pack(_ weights: UnsafePointer<Float>, into packed: UnsafeMutablePointer<Float>) {
    withUnsafePointer(to: block) { convo_block_pack($0, weights, Int64(channels), Int64(filters), packed) }
  }

  /// Packs them for `backwardInput`.
  public func packTransposed(_ weights: UnsafePointer<Float>, into packed: UnsafeMutablePointer<Float>) {
    withUnsafePointer(to: block) { convo_block_pack_transposed($0, weights, Int64(channels), Int64(filters), packed) }
  }

  /// Turns what `backwardFilters` added up into `[3, 3, channels, filters]`.
  public func unpack(_ gradient: UnsafePointer<Float>, into weights: UnsafeMutablePointer<Float>) {
    withUnsafePointer(to: block) { convo_block_unpack_gradient($0, gradient, Int64(channels), Int64(filters), weights) }
  }

  /// One picture forward.
  ///
  /// - Parameters:
  ///   - bias: `[filters]`, with its padding of zeros.
  ///   - winners: As many bytes as the output has values; `nil` where nothing goes back.
  public func forward(
    _ input: UnsafePointer<Float>, packed: UnsafePointer<Float>, bias: UnsafePointer<Float>,
    into output: UnsafeMutablePointer<Float>, winners: UnsafeMutablePointer<UInt8>?, scratch: UnsafeMutableRawPointer
  ) {
    withUnsafePointer(to: block) {
      set.functions.pointee.block.forward($0, input, packed, bias, output, winners, scratch)
    }
  }

  /// Adds one picture's share to the gradients of filters (as `unpack` reads them) and bias (with its padding).
  public func backwardFilters(
    _ input: UnsafePointer<Float>, outputGradient: UnsafePointer<Float>, winners: UnsafePointer<UInt8>,
    addingTo filterGradient: UnsafeMutablePointer<Float>, bias biasGradient: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutableRawPointer
  ) {
    withUnsafePointer(to: block) {
      set.functions.pointee.block.backward_filters(
        $0, input, outputGradient, winners, filterGradient, biasGradient, scratch)
    }
  }

  /// The gradient of one picture's input.
  ///
  /// - Precondition: The kernel was made for it.
  public func backwardInput(
    outputGradient: UnsafePointer<Float>, winners: UnsafePointer<UInt8>, packed: UnsafePointer<Float>,
    into inputGradient: UnsafeMutablePointer<Float>, scratch: UnsafeMutableRawPointer
  ) {
    precondition(input.sides[2] % 16 == 0, "the input's channels are not padded")
    withUnsafePointer(to: block) {
      set.functions.pointee.block.backward_input($0, outputGradient, winners, packed, inputGradient, scratch)
    }
  }
}
