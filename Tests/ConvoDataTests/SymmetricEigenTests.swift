import Testing

@testable import ConvoData

@Suite struct SymmetricEigenTests {
  /// Any symmetric matrix: the sum of some outer products.
  private func matrix(_ count: Int, rank: Int, seed: UInt64) -> DoubleRows {
    var random = SplitMix64(seed: seed)
    let matrix = DoubleRows(count: count, width: count)
    for _ in 0..<rank {
      let vector = (0..<count).map { _ in random.next(from: -1, to: 1) }
      let weight = random.next(from: -2, to: 3)
      for row in 0..<count {
        for column in 0..<count { matrix[row][column] += weight * vector[row] * vector[column] }
      }
    }
    return matrix
  }

  private func copy(_ matrix: DoubleRows) -> [[Double]] {
    (0..<matrix.count).map { row in (0..<matrix.width).map { matrix[row][$0] } }
  }

  /// A v = λ v for each pair, and the vectors are orthonormal.
  private func check(_ matrix: DoubleRows, threads: Int = 2) throws {
    let original = copy(matrix)
    let scale = max(1, original.joined().map(abs).max() ?? 0) * Double(matrix.count)
    let eigen = try #require(SymmetricEigen(matrix, threads: threads, isCancelled: { false }))
    let vectors = copy(eigen.vectors)
    for (value, vector) in zip(eigen.values, vectors) {
      for row in original.indices {
        let product = zip(original[row], vector).map(*).reduce(0, +)
        #expect(abs(product - value * vector[row]) < 1e-14 * scale)
      }
    }
    for left in vectors.indices {
      for right in vectors.indices {
        let product = zip(vectors[left], vectors[right]).map(*).reduce(0, +)
        #expect(abs(product - (left == right ? 1 : 0)) < 1e-14 * Double(matrix.count))
      }
    }
  }

  @Test(arguments: [1, 2, 3, 5, 17, 40]) func anyMatrix(count: Int) throws {
    try check(matrix(count, rank: count, seed: UInt64(count)))
  }

  @Test func fewDimensions() throws {
    try check(matrix(25, rank: 3, seed: 1))
    try check(DoubleRows(count: 6, width: 6))
  }

  @Test func diagonalAndEqualValues() throws {
    let diagonal = DoubleRows(count: 9, width: 9)
    for index in 0..<9 { diagonal[index][index] = Double(index / 3) }
    try check(diagonal)
    let ones = DoubleRows(count: 12, width: 12)
    for row in 0..<12 { for column in 0..<12 { ones[row][column] = 1 } }
    try check(ones)
  }

  /// Values over sixteen orders of magnitude, as those of smooth pictures are.
  @Test func valuesOfAllSizes() throws {
    let graded = DoubleRows(count: 16, width: 16)
    for row in 0..<16 { for column in 0..<16 { graded[row][column] = 1 / Double(row + column + 1) } }
    try check(graded)
  }

  @Test func theSameForAnyNumberOfThreads() throws {
    let values = try [1, 2, 4].map { threads in
      let eigen = try #require(
        SymmetricEigen(matrix(300, rank: 300, seed: 9), threads: threads, isCancelled: { false }))
      return (eigen.values, copy(eigen.vectors))
    }
    #expect(values[0] == values[1] && values[0] == values[2])
  }

  @Test func canBeCancelled() {
    #expect(SymmetricEigen(matrix(30, rank: 4, seed: 2), threads: 1, isCancelled: { true }) == nil)
  }
}
