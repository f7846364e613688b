import CTIFF

/// Decodes the first page of TIFF files with libtiff: strips and tiles, in one plane or several, in every
/// compression that it was built with. ``TIFFPixels`` works out what the stored values mean.
///
/// As in Pillow, and unlike other formats, the picture is turned as its orientation field says.
enum TIFFDecoder {
  static func header(_ data: UnsafeRawBufferPointer) throws(ImageProblem) -> ImageHeader {
    try TIFFHeader(try TIFFFile(data)).summary
  }

  /// - Parameter data: a file whose ``ImageHeader`` is within the limits.
  static func decode(_ data: UnsafeRawBufferPointer) throws(ImageProblem) -> DecodedPixels {
    let file = try TIFFFile(data)
    let header = try TIFFHeader(file)
    let compression = UInt16(truncatingIfNeeded: header.compression)
    guard header.compression != Int(COMPRESSION_OJPEG), TIFFIsCODECConfigured(compression) != 0 else {
      throw .unsupported("a TIFF with compression \(header.compression)")
    }
    let isColorJPEG = header.compression == Int(COMPRESSION_JPEG) && !header.isPlanar
    if try header.meaning == .yCbCr {
      guard isColorJPEG else { return try converted(file, header).turned(header.orientation) }
      guard convo_tiff_set_jpeg_to_rgb(file.handle) != 0 else { throw file.problem }
    }
    let pixels = try TIFFPixels(header)
    let planes = try TIFFPlanes(file, header).read()
    return try pixels.decoded(planes, palette(file, header)).turned(header.orientation)
  }

  /// libtiff's own conversion to RGB; within one level of Pillow's.
  private static func converted(_ file: TIFFFile, _ header: TIFFHeader) throws(ImageProblem) -> DecodedPixels {
    let (height, width) = (header.storedHeight, header.storedWidth)
    var raster = [UInt32](repeating: 0, count: height * width)
    let status = TIFFReadRGBAImageOriented(
      file.handle, UInt32(width), UInt32(height), &raster, Int32(header.orientation), 1)
    guard status != 0 else { throw file.problem }
    let bytes = [UInt8](unsafeUninitializedCapacity: height * width * 3) { buffer, count in
      for pixel in raster {
        for shift: UInt32 in [0, 8, 16] {
          buffer[count] = UInt8(truncatingIfNeeded: pixel >> shift)
          count += 1
        }
      }
    }
    return DecodedPixels(height: height, width: width, layout: .rgb, bytes: bytes)
  }

  /// The colour map's high bytes.
  private static func palette(
    _ file: TIFFFile, _ header: TIFFHeader
  ) throws(ImageProblem) -> [IndexedPixels.Color] {
    guard try header.meaning == .palette else { return [] }
    var (red, green, blue): (UnsafePointer<UInt16>?, UnsafePointer<UInt16>?, UnsafePointer<UInt16>?)
    guard header.bits <= 8, convo_tiff_get_color_map(file.handle, &red, &green, &blue) != 0,
      let red, let green, let blue
    else { throw .damaged("it has no palette") }
    return (0..<(1 << header.bits)).map { (UInt8(red[$0] >> 8), UInt8(green[$0] >> 8), UInt8(blue[$0] >> 8)) }
  }
}
