/// ZCA whitening: pictures, as rows of numbers, are multiplied with one matrix, after which the values of the data set's
/// pictures are uncorrelated and yet as near to what they were as can be (Krizhevsky, 2009, appendix A).
public struct Whitening: Sendable, Equatable, Codable {
  /// Numbers in a picture.
  let size: Int
  /// `[size, size]`, symmetric.
  let matrix: [Float]

  /// The most numbers in a picture: 32x32 in colour, 55x55 in gray. The matrix then takes 36 MiB, finding it 250 MiB and
  /// one to two minutes of a processor's time, which grow with the square and the cube of the size.
  static let largestSize = 3072

  /// Rows of the matrix are read from memory once for so many pictures.
  private static let together = 8

  /// Whitens pictures in place.
  func apply(to values: UnsafeMutableBufferPointer<Float>) {
    for start in stride(from: 0, to: values.count, by: size * Self.together) {
      let end = min(values.count, start + size * Self.together)
      multiply(UnsafeMutableBufferPointer(rebasing: values[start..<end]))
    }
  }

  private func multiply(_ pictures: UnsafeMutableBufferPointer<Float>) {
    let count = pictures.count / size
    guard let target = pictures.baseAddress else { return }
    withUnsafeTemporaryAllocation(of: Float.self, capacity: pictures.count) { source in
      _ = source.initialize(from: pictures)
      pictures.update(repeating: 0)
      matrix.withUnsafeBufferPointer { matrix in
        for index in 0..<size {
          let row = UnsafeBufferPointer(rebasing: matrix[(index * size)..<(index * size + size)])
          for picture in 0..<count {
            let value = source[picture * size + index]
            let sums = target + picture * size
            for column in 0..<size { sums[column] += value * row[column] }
          }
        }
      }
    }
  }
}
