/// The mean and the standard deviation of each channel over all pixels of all pictures.
///
/// Bytes are counted exactly, in whole numbers, so that the order of the pictures and the number of threads don't matter.
struct ChannelStatistics: Sendable, Equatable {
  /// By channel, of rescaled values.
  let mean: [Double]
  /// By channel, of rescaled values; of the whole population, as NumPy's `std`.
  let deviation: [Double]

  /// Sums over the pixels of some pictures.
  struct Sums: Sendable {
    private(set) var pixels = 0
    private var sums: [UInt64]
    private var squares: [UInt64]

    init(channels: Int) {
      sums = Array(repeating: 0, count: channels)
      squares = sums
    }

    mutating func add(_ bytes: [UInt8]) {
      let channels = sums.count
      pixels += bytes.count / channels
      bytes.withUnsafeBufferPointer { bytes in
        for channel in 0..<channels {
          var (sum, square): (UInt64, UInt64) = (0, 0)
          for index in stride(from: channel, to: bytes.count, by: channels) {
            let value = UInt32(bytes[index])
            sum &+= UInt64(value)
            square &+= UInt64(value &* value)
          }
          sums[channel] += sum
          squares[channel] += square
        }
      }
    }

    mutating func add(_ other: Sums) {
      pixels += other.pixels
      for channel in sums.indices {
        sums[channel] += other.sums[channel]
        squares[channel] += other.squares[channel]
      }
    }

    /// The statistics of the values times a factor.
    ///
    /// - Precondition: there are pixels.
    func statistics(rescale: Double?) -> ChannelStatistics {
      let count = Double(pixels)
      let factor = rescale ?? 1
      let variances = sums.indices.map { channel -> Double in
        let product = UInt128(UInt64(pixels)) * UInt128(squares[channel])
        let square = UInt128(sums[channel]) * UInt128(sums[channel])
        return Double(product - square) / (count * count)
      }
      return ChannelStatistics(
        mean: sums.map { Double($0) / count * factor },
        deviation: variances.map { $0.squareRoot() * abs(factor) })
    }
  }
}
