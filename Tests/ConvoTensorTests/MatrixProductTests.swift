import ConvoTestSupport
import Testing

@testable import ConvoTensor

@Suite struct MatrixProductTests {
  init() { ComputeThread.computeAlone() }

  /// Sides of 1, of a vector and of odd lengths.
  static let sizes = [(1, 1, 1), (1, 7, 1), (5, 1, 3), (16, 33, 17), (4, 100, 1), (1, 64, 32)]

  private func product(_ left: [Float], _ right: [Float], _ rows: Int, _ inner: Int, _ columns: Int) -> [Float] {
    (0..<rows * columns).map { place in
      let (row, column) = (place / columns, place % columns)
      return Float(
        (0..<inner).reduce(0.0) { $0 + Double(left[row * inner + $1]) * Double(right[$1 * columns + column]) })
    }
  }

  private func transposed(_ values: [Float], _ rows: Int, _ columns: Int) -> [Float] {
    (0..<values.count).map { values[$0 % rows * columns + $0 / rows] }
  }

  @Test(arguments: sizes)
  func plainWithBias(rows: Int, inner: Int, columns: Int) throws {
    let left = try Layout.matrix(rows: rows, columns: inner)
    let right = try Layout.matrix(rows: inner, columns: columns)
    let bias = try Layout.matrix(rows: 1, columns: columns)
    let result = try Tensor(Layout.matrix(rows: rows, columns: columns))
    let kernel = try MatrixProduct("test", left: left, right: right, bias: bias, destination: result.layout)
    let stream = try ComputeStream(running: kernel.operations)
    let (a, b, c) = (scrambled(rows * inner), scrambled(inner * columns), scrambled(columns))
    try kernel.run(Tensor(left, a), Tensor(right, b), bias: Tensor(bias, c), into: result, on: stream)
    let expected = product(a, b, rows, inner, columns).enumerated().map { $1 + c[$0 % columns] }
    #expect(largestError(result.array, expected) < 1e-5)
    #expect(!kernel.isReference)
  }

  @Test(arguments: sizes)
  func transposedOnEitherSide(rows: Int, inner: Int, columns: Int) throws {
    let left = try Layout.transposedMatrix(rows: inner, columns: rows)
    let right = try Layout.transposedMatrix(rows: columns, columns: inner)
    let result = try Tensor(Layout.matrix(rows: rows, columns: columns))
    let kernel = try MatrixProduct("test", left: left, right: right, destination: result.layout)
    let stream = try ComputeStream(running: kernel.operations)
    let (a, b) = (scrambled(rows * inner), scrambled(inner * columns))
    try kernel.run(
      Tensor(left, transposed(a, rows, inner)), Tensor(right, transposed(b, inner, columns)), into: result, on: stream)
    #expect(largestError(result.array, product(a, b, rows, inner, columns)) < 1e-5)
    #expect(!kernel.isReference)
  }

  @Test(arguments: sizes)
  func addingUp(rows: Int, inner: Int, columns: Int) throws {
    let left = try Layout.matrix(rows: rows, columns: inner)
    let right = try Layout.matrix(rows: inner, columns: columns)
    let before = scrambled(rows * columns)
    let result = try Tensor(Layout.matrix(rows: rows, columns: columns), before)
    let kernel = try MatrixProduct("test", left: left, right: right, destination: result.layout, accumulates: true)
    let stream = try ComputeStream(running: kernel.operations)
    let (a, b) = (scrambled(rows * inner), scrambled(inner * columns))
    try kernel.run(Tensor(left, a), Tensor(right, b), into: result, on: stream)
    #expect(largestError(result.array, zip(product(a, b, rows, inner, columns), before).map(+)) < 1e-5)
  }

  @Test func endingWithReLU() throws {
    let side = try Layout.matrix(rows: 2, columns: 2)
    let result = try Tensor(side)
    let kernel = try MatrixProduct("test", left: side, right: side, destination: side, relu: true)
    let stream = try ComputeStream(running: kernel.operations)
    try kernel.run(Tensor(side, [1, 0, 0, 1]), Tensor(side, [-3, 2, 5, -7]), into: result, on: stream)
    #expect(result.array == [0, 2, 5, 0])
  }
}
