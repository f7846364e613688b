import ConvoThreads

/// The eigenvalues and eigenvectors of a symmetric matrix: Householder's reduction to three diagonals, then the implicit
/// QL algorithm (Golub and Van Loan, "Matrix Computations", sections 8.3.1 and 8.3.3). About 9 n³ operations.
struct SymmetricEigen {
  /// In no order.
  let values: [Double]
  /// Row i is the unit eigenvector of value i.
  let vectors: DoubleRows

  /// - Parameters:
  ///   - matrix: symmetric, both halves there; overwritten.
  ///   - isCancelled: asked many times a second.
  ///   - progress: from 0 to 1.
  /// - Returns: nil if cancelled.
  init?(_ matrix: DoubleRows, threads: Int, isCancelled: () -> Bool, progress: (Double) -> Void = { _ in }) {
    guard
      var band = ThreeDiagonals(
        reducing: matrix, threads: threads, isCancelled: isCancelled, progress: { progress($0 / 3) }),
      let vectors = band.diagonalize(threads: threads, isCancelled: isCancelled, progress: { progress((1 + $0) / 3) })
    else { return nil }
    // x = H₀ H₁ … z, with H = I - u uᵀ. A block of vectors goes through all reflections while it is in the cache.
    let count = matrix.count
    DoubleRows.inBlocks(of: 16, 0..<count, threads: threads, products: count * count) { rows in
      for step in (0..<count).reversed() {
        let first = step + 1
        for row in rows {
          let product = DoubleRow.dot(matrix[step] + first, vectors[row] + first, count - first)
          if product != 0 { DoubleRow.add(-product, matrix[step] + first, to: vectors[row] + first, count - first) }
        }
      }
    }
    values = band.diagonal
    self.vectors = vectors
  }
}

/// A symmetric matrix with nothing but its diagonal and the one beside it.
struct ThreeDiagonals {
  private(set) var diagonal: [Double]
  /// Entry i lies between i and i + 1.
  private var beside: [Double]

  /// Reduces a symmetric matrix A = Q T Qᵀ to T. In place of A's row k, from k + 1 on, stays the vector u of the
  /// reflection I - u uᵀ; their product is Q.
  ///
  /// Each reflection is applied to the rest of the matrix while the products for the next one are taken, so that the
  /// matrix goes through memory once a step.
  init?(reducing matrix: DoubleRows, threads: Int, isCancelled: () -> Bool, progress: (Double) -> Void) {
    let count = matrix.count
    diagonal = Array(repeating: 0, count: count)
    beside = diagonal
    // A becomes A - u wᵀ - w uᵀ.
    let old = DoubleRows(count: 2, width: count)
    let products = DoubleRows(count: 1, width: count)
    for step in 0..<count {
      if step % 16 == 0 {
        if isCancelled() { return nil }
        progress(Double(step) / Double(count))
      }
      let row = matrix[step]
      DoubleRow.add(-old[0][step], old[1] + step, to: row + step, count - step)
      DoubleRow.add(-old[1][step], old[0] + step, to: row + step, count - step)
      diagonal[step] = row[step]
      let first = step + 1
      let length = count - first
      guard length > 0 else { break }
      beside[step] = Self.reflect(row + first, length)
      DoubleRows.inBlocks(of: 32, first..<count, threads: threads, products: length) { rows in
        for index in rows {
          let other = matrix[index]
          DoubleRow.add(-old[0][index], old[1] + first, to: other + first, length)
          DoubleRow.add(-old[1][index], old[0] + first, to: other + first, length)
          products[0][index] = DoubleRow.dot(other + first, matrix[step] + first, length)
        }
      }
      let half = DoubleRow.dot(products[0] + first, row + first, length) / 2
      for index in first..<count {
        old[0][index] = row[index]
        old[1][index] = products[0][index] - half * row[index]
      }
    }
  }

  /// Turns a vector into the u of the reflection I - u uᵀ that leaves nothing but its first entry, which is returned.
  private static func reflect(_ vector: UnsafeMutablePointer<Double>, _ count: Int) -> Double {
    let head = vector[0]
    let tail = DoubleRow.dot(vector + 1, vector + 1, count - 1)
    guard tail > 0 else {
      vector[0] = 0
      return head
    }
    let length = (head * head + tail).squareRoot()
    let kept = head > 0 ? -length : length
    vector[0] = head - kept
    let scale = (2 / (vector[0] * vector[0] + tail)).squareRoot()
    for index in 0..<count { vector[index] *= scale }
    return kept
  }

  /// A turn of two neighbouring vectors.
  private struct Rotation {
    let index: Int
    let cosine: Double
    let sine: Double
  }

  /// Leaves nothing beside the diagonal, and returns the eigenvectors, one in each row. `nil` if cancelled.
  mutating func diagonalize(threads: Int, isCancelled: () -> Bool, progress: (Double) -> Void) -> DoubleRows? {
    let count = diagonal.count
    let vectors = DoubleRows(count: count, width: count)
    for index in 0..<count { vectors[index][index] = 1 }
    for first in 0..<count {
      progress(Double(first) / Double(count))
      // Two or three sweeps do; far more than ever are needed, so that numbers that are none come to an end as well.
      for _ in 0..<60 {
        let last = endOfBlock(from: first)
        if last == first { break }
        if isCancelled() { return nil }
        let rotations = sweep(first, last)
        // A block of columns goes through all rotations while it is in the cache.
        DoubleRows.inBlocks(of: 64, 0..<count, threads: threads, products: rotations.count * 4) { columns in
          for rotation in rotations {
            let (upper, lower) = (vectors[rotation.index], vectors[rotation.index + 1])
            let (cosine, sine) = (rotation.cosine, rotation.sine)
            for column in columns {
              let (above, below) = (upper[column], lower[column])
              lower[column] = sine * above + cosine * below
              upper[column] = cosine * above - sine * below
            }
          }
        }
      }
    }
    return vectors
  }

  /// Where the entries beside the diagonal, from one on, first vanish.
  private func endOfBlock(from first: Int) -> Int {
    (first..<(diagonal.count - 1)).first { index in
      abs(beside[index]) <= .ulpOfOne * (abs(diagonal[index]) + abs(diagonal[index + 1]))
    } ?? diagonal.count - 1
  }

  /// One sweep of QL with Wilkinson's shift, from the last entry of a block up to the first.
  private mutating func sweep(_ first: Int, _ last: Int) -> [Rotation] {
    let slope = (diagonal[first + 1] - diagonal[first]) / (2 * beside[first])
    let root = (slope * slope + 1).squareRoot()
    var chased = diagonal[last] - diagonal[first] + beside[first] / (slope + (slope < 0 ? -root : root))
    var (sine, cosine, shift) = (1.0, 1.0, 0.0)
    var rotations: [Rotation] = []
    rotations.reserveCapacity(last - first)
    for index in (first..<last).reversed() {
      let outside = sine * beside[index]
      let inside = cosine * beside[index]
      let length = (outside * outside + chased * chased).squareRoot()
      beside[index + 1] = length
      guard length != 0 else {
        // The block falls apart here.
        diagonal[index + 1] -= shift
        beside[last] = 0
        return rotations
      }
      (sine, cosine) = (outside / length, chased / length)
      let rest = diagonal[index + 1] - shift
      let mixed = (diagonal[index] - rest) * sine + 2 * cosine * inside
      shift = sine * mixed
      diagonal[index + 1] = rest + shift
      chased = cosine * mixed - inside
      rotations.append(Rotation(index: index, cosine: cosine, sine: sine))
    }
    diagonal[first] -= shift
    beside[first] = chased
    beside[last] = 0
    return rotations
  }
}
