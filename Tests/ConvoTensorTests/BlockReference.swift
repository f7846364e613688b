@testable import ConvoTensor

/// A fused block in double precision, written straight from the formula at the head of `BlockKernel`, without padding.
struct BlockReference {
  let height, width, channels, filters: Int

  var rows: Int { (height - 2) / 2 }
  var columns: Int { (width - 2) / 2 }

  struct Result {
    var sums: [[Double]] = []
    var values: [Double] = []
    var winners: [UInt8] = []
  }

  /// The four sums under each pooled value, the value, and its winner.
  func forward(_ input: [Float], weights: [Float], bias: [Float]) -> Result {
    var result = Result()
    for row in 0..<rows {
      for column in 0..<columns {
        for filter in 0..<filters {
          let sums = (0..<4).map { place in
            sum(input, weights, at: (2 * row + place / 2, 2 * column + place % 2), filter) + Double(bias[filter])
          }
          // Comparisons pass over NaN.
          var (largest, winner) = (0.0, UInt8(4))
          for place in 0..<4 where sums[place] > largest { (largest, winner) = (sums[place], UInt8(place)) }
          result.sums.append(sums)
          result.values.append(largest)
          result.winners.append(winner)
        }
      }
    }
    return result
  }

  private func sum(_ input: [Float], _ weights: [Float], at corner: (Int, Int), _ filter: Int) -> Double {
    var sum = 0.0
    for k in 0..<3 {
      for l in 0..<3 {
        for channel in 0..<channels {
          sum +=
            Double(input[((corner.0 + k) * width + corner.1 + l) * channels + channel])
            * Double(weights[((k * 3 + l) * channels + channel) * filters + filter])
        }
      }
    }
    return sum
  }

  struct Gradients {
    var input: [Double]
    var weights: [Double]
    var bias: [Double]
  }

  /// The gradients where these winners won.
  func backward(_ input: [Float], weights: [Float], winners: [UInt8], outputGradient: [Float]) -> Gradients {
    var gradients = Gradients(
      input: Array(repeating: 0, count: height * width * channels),
      weights: Array(repeating: 0, count: 9 * channels * filters), bias: Array(repeating: 0, count: filters))
    for place in winners.indices where winners[place] < 4 {
      let (filter, winner) = (place % filters, Int(winners[place]))
      let (row, column) = (place / filters / columns, place / filters % columns)
      let slope = Double(outputGradient[place])
      gradients.bias[filter] += slope
      for tap in 0..<9 {
        let (y, x) = (2 * row + winner / 2 + tap / 3, 2 * column + winner % 2 + tap % 3)
        for channel in 0..<channels {
          let (pixel, weight) = ((y * width + x) * channels + channel, (tap * channels + channel) * filters + filter)
          gradients.weights[weight] += slope * Double(input[pixel])
          gradients.input[pixel] += slope * Double(weights[weight])
        }
      }
    }
    return gradients
  }
}
