/// What a picture may cost. Checked from the header, before anything is allocated for the pixels, so that a
/// few bytes that promise a gigantic picture are refused at once.
public enum ImageLimits {
  /// Longest side, in pixels: the longest that libjpeg-turbo reads.
  public static let largestSide = 65_500
  /// Largest decoded picture, in bytes: as stored in the file (16-bit channels count double), or as RGB if that is
  /// more. 512 MiB; as RGB that is just what Pillow, and so Keras, refuses as a decompression bomb.
  public static let largestDecodedBytes = 512 << 20
  /// Largest file, in bytes: 512 MiB.
  public static let largestFileBytes = 512 << 20

  /// Checks a picture's size before memory is asked for.
  ///
  /// - Parameter bitsPerPixel: all channels together.
  /// - Throws: ``ImageProblem/noPixels``, ``ImageProblem/sideTooLong(height:width:)`` or
  ///   ``ImageProblem/tooManyBytes(height:width:bytes:)``.
  public static func check(height: Int, width: Int, bitsPerPixel: Int) throws(ImageProblem) {
    guard height > 0 && width > 0 else { throw .noPixels }
    guard height <= largestSide && width <= largestSide else {
      throw .sideTooLong(height: height, width: width)
    }
    let (bitsInRow, tooLong) = width.multipliedReportingOverflow(by: bitsPerPixel)
    let (bits, tooMany) = bitsInRow.multipliedReportingOverflow(by: height)
    let bytes = tooLong || tooMany ? Int.max : bits / 8
    guard bytes <= largestDecodedBytes else {
      throw .tooManyBytes(height: height, width: width, bytes: bytes)
    }
  }
}
