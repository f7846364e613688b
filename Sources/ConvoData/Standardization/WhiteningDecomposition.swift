/// The singular value decomposition of a data set's pictures, in double precision, from the eigenvectors of the smaller of
/// the two products XᵀX (numbers by numbers) and XXᵀ (pictures by pictures).
struct WhiteningDecomposition {
  /// Pictures.
  private let count: Int
  /// Numbers in a picture.
  private let size: Int
  private let threads: Int
  /// The singular values that are not zero but for rounding.
  private var lengths: [Double] = []
  /// `[lengths, size]`: the direction among the pictures' numbers of each.
  private var directions = DoubleRows(count: 0, width: 0)

  /// Pictures whose products are added up together, and rows that are computed together: small enough for the cache.
  private static let together = 32
  private static let rowsTogether = 16

  /// - Parameter fill: writes the centred values of a picture; called for each at least once, on this thread.
  /// - Throws: ``GeneratorError/cancelled``.
  init(
    count: Int, size: Int, threads: Int, isCancelled: () -> Bool, progress: (_ done: Int, _ total: Int) -> Void,
    fill: (_ picture: Int, _ row: UnsafeMutableBufferPointer<Double>) -> Void
  ) throws(GeneratorError) {
    self.count = count
    self.size = size
    self.threads = threads
    let isWide = count < size
    let matrix = DoubleRows(count: min(count, size), width: min(count, size))
    let pictures = DoubleRows(count: isWide ? count : Self.together, width: size)
    for start in stride(from: 0, to: count, by: Self.together) {
      if isCancelled() { throw .cancelled }
      progress(start / 2, count * 2)
      let part = start..<min(start + Self.together, count)
      let first = isWide ? start : 0
      for picture in part {
        fill(picture, UnsafeMutableBufferPointer(start: pictures[first + picture - start], count: size))
      }
      if isWide {
        Self.addProductsOfPictures(part, pictures, to: matrix, threads)
      } else {
        Self.addProductsOfNumbers(part.count, pictures, to: matrix, threads)
      }
    }
    Self.mirror(matrix)
    guard
      let eigen = SymmetricEigen(
        matrix, threads: threads, isCancelled: isCancelled,
        progress: { progress(count / 2 + Int($0 * Double(count)), count * 2) })
    else { throw .cancelled }
    keep(eigen, pictures: isWide ? pictures : nil)
  }

  /// The upper half of XXᵀ, row by row as the pictures come: row i of the lower one, then mirrored.
  private static func addProductsOfPictures(
    _ part: Range<Int>, _ pictures: DoubleRows, to matrix: DoubleRows, _ threads: Int
  ) {
    DoubleRows.inBlocks(of: 1, part, threads: threads, products: part.upperBound * pictures.width) { rows in
      for row in rows {
        for column in 0...row {
          let product = DoubleRow.dot(pictures[row], pictures[column], pictures.width)
          (matrix[row][column], matrix[column][row]) = (product, product)
        }
      }
    }
  }

  /// Adds some pictures' share to the upper half of XᵀX.
  private static func addProductsOfNumbers(
    _ count: Int, _ pictures: DoubleRows, to matrix: DoubleRows, _ threads: Int
  ) {
    let size = pictures.width
    DoubleRows.inBlocks(of: rowsTogether, 0..<size, threads: threads, products: count * size) { rows in
      for picture in 0..<count {
        let values = pictures[picture]
        for row in rows { DoubleRow.add(values[row], values + row, to: matrix[row] + row, size - row) }
      }
    }
  }

  private static func mirror(_ matrix: DoubleRows) {
    for row in 0..<matrix.count {
      for column in 0..<row { matrix[row][column] = matrix[column][row] }
    }
  }

  /// Singular values are the roots of eigenvalues. Those that are nothing but rounding are dropped where there are fewer
  /// pictures than numbers: their directions are arbitrary, and not all of them are there.
  private mutating func keep(_ eigen: SymmetricEigen, pictures: DoubleRows?) {
    let largest = eigen.values.max() ?? 0
    let kept = eigen.values.indices.filter { pictures == nil || eigen.values[$0] > largest * 1e-13 }
    lengths = kept.map { max(0, eigen.values[$0]).squareRoot() }
    guard let pictures else {
      directions = eigen.vectors
      return
    }
    directions = DoubleRows(count: kept.count, width: size)
    DoubleRows.inBlocks(
      of: Self.rowsTogether, 0..<kept.count, threads: threads, products: count * size
    ) { [count, size, lengths, directions] rows in
      for picture in 0..<count {
        for row in rows {
          DoubleRow.add(
            eigen.vectors[kept[row]][picture] / lengths[row], pictures[picture], to: directions[row], size)
        }
      }
    }
  }

  /// U · diag(√n / (s + ε)) · Uᵀ.
  func whitening(epsilon: Double) -> Whitening {
    let product = DoubleRows(count: size, width: size)
    let factors = lengths.map { Double(count).squareRoot() / ($0 + epsilon) }
    DoubleRows.inBlocks(
      of: Self.rowsTogether, 0..<size, threads: threads, products: lengths.count * size
    ) { [size, directions] rows in
      for (number, factor) in factors.enumerated() {
        let direction = directions[number]
        for row in rows { DoubleRow.add(factor * direction[row], direction + row, to: product[row] + row, size - row) }
      }
    }
    Self.mirror(product)
    let matrix = [Float](unsafeUninitializedCapacity: size * size) { buffer, written in
      for row in 0..<size {
        for column in 0..<size { buffer[row * size + column] = Float(product[row][column]) }
      }
      written = size * size
    }
    return Whitening(size: size, matrix: matrix)
  }
}
