import ConvoTestSupport
import Testing

@testable import ConvoTensor

/// Every set of kernels against sums in double precision, on some columns of a wider matrix.
@Suite struct NormalizationKernelTests {
  @Test(arguments: KernelSet.available.map(\.name), [(1, 1), (7, 3), (32, 16), (33, 17), (100, 64)])
  func sumsAndValuesAreThoseOfDoublePrecision(set name: String, size: (rows: Int, width: Int)) throws {
    let kernel = NormalizationKernel(set: try #require(KernelSet.available.first { $0.name == name }))
    let (rows, width, stride) = (size.rows, size.width, size.width + 5)
    let part = NormalizationKernel.Part(rows: rows, width: width, stride: stride)
    let x = scrambled(rows * stride)
    let dy = Array(scrambled(rows * stride + 3)[3...])
    let (center, scale, shift, factor) = (
      Array(scrambled(width + 1)[1...]), Array(scrambled(width + 2)[2...]), Array(scrambled(width + 4)[4...]),
      Array(scrambled(width + 6)[6...])
    )
    var run = [Float](repeating: .nan, count: 2 * width)
    var sums = [[Double]](repeating: [Double](repeating: 10, count: width), count: 4)
    kernel.sum(part, x, center: nil, into: &sums[0], run: &run)
    kernel.sum(part, x, center: center, into: &sums[1], run: &run)
    var products = sums[3]
    kernel.sumSlopes(part, x, gradient: dy, center: center, into: &sums[2], products: &products, run: &run)
    sums[3] = products
    var y = [Float](repeating: 77, count: rows * stride)
    kernel.forward(part, x, center: center, scale: scale, shift: shift, into: &y)
    var dx = [Float](repeating: 77, count: rows * stride)
    kernel.backward(
      part, x, gradient: dy, center: center, scale: scale, gradientCenter: shift, inputFactor: factor, into: &dx)

    func sum(_ column: Int, _ term: (Double, Double, Double) -> Double) -> Float {
      Float(
        (0..<rows).reduce(10) {
          $0 + term(Double(x[$1 * stride + column]), Double(dy[$1 * stride + column]), Double(center[column]))
        })
    }
    let expected = [
      (0..<width).map { sum($0) { x, _, _ in x } }, (0..<width).map { sum($0) { x, _, c in (x - c) * (x - c) } },
      (0..<width).map { sum($0) { _, dy, _ in dy } }, (0..<width).map { sum($0) { x, dy, c in dy * (x - c) } },
    ]
    for (found, expected) in zip(sums, expected) {
      #expect(largestError(found.map(Float.init), expected, floor: 10) < 2e-6)
    }
    for place in y.indices {
      let column = place % stride
      // Other columns are left alone.
      guard column < width else {
        #expect(y[place] == 77 && dx[place] == 77)
        continue
      }
      let apart = x[place] - center[column]
      #expect(abs(y[place] - (apart * scale[column] + shift[column])) < 1e-6)
      #expect(abs(dx[place] - ((dy[place] - shift[column]) * scale[column] - apart * factor[column])) < 1e-6)
    }
  }
}
