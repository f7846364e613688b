import CWebP

/// Decodes WebP files: lossy and lossless ones, with and without alpha, and the first picture of animated ones, on
/// the canvas that the file declares.
enum WebPDecoder {
  static func header(_ data: UnsafeRawBufferPointer) throws(ImageProblem) -> ImageHeader {
    header(try features(data))
  }

  private static func features(_ data: UnsafeRawBufferPointer) throws(ImageProblem) -> WebPBitstreamFeatures {
    var features = WebPBitstreamFeatures()
    let status = WebPGetFeatures(data.baseAddress?.assumingMemoryBound(to: UInt8.self), data.count, &features)
    guard status == VP8_STATUS_OK else {
      throw status == VP8_STATUS_NOT_ENOUGH_DATA ? .truncated : .damaged("its header is no WebP header")
    }
    return features
  }

  private static func header(_ features: WebPBitstreamFeatures) -> ImageHeader {
    ImageHeader(
      format: .webp, width: Int(features.width), height: Int(features.height),
      channels: features.has_alpha == 0 ? 3 : 4, bitDepth: 8, isInterlaced: false)
  }

  /// - Parameter data: a file whose ``ImageHeader`` is within the limits.
  static func decode(_ data: UnsafeRawBufferPointer) throws(ImageProblem) -> DecodedPixels {
    let features = try features(data)
    return features.has_animation == 0 ? try still(data, header(features)) : try first(data, header(features))
  }

  private static func still(
    _ data: UnsafeRawBufferPointer, _ header: ImageHeader
  ) throws(ImageProblem) -> DecodedPixels {
    let file = data.baseAddress?.assumingMemoryBound(to: UInt8.self)
    let layout: DecodedPixels.Layout = header.channels == 4 ? .rgba : .rgb
    let stride = header.width * layout.channels
    let size = stride * header.height
    var isDone = false
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      let decode = layout == .rgba ? WebPDecodeRGBAInto : WebPDecodeRGBInto
      isDone = decode(file, data.count, buffer.baseAddress, size, Int32(stride)) != nil
      count = isDone ? size : 0
    }
    guard isDone else { throw problem(data) }
    return DecodedPixels(height: header.height, width: header.width, layout: layout, bytes: bytes)
  }

  /// The first picture of several, on the canvas.
  private static func first(
    _ data: UnsafeRawBufferPointer, _ header: ImageHeader
  ) throws(ImageProblem) -> DecodedPixels {
    var options = WebPAnimDecoderOptions()
    guard WebPAnimDecoderOptionsInit(&options) != 0 else { throw .damaged("no memory for the WebP decoder") }
    options.color_mode = MODE_RGBA
    options.use_threads = 0
    var file = WebPData(bytes: data.baseAddress?.assumingMemoryBound(to: UInt8.self), size: data.count)
    guard let decoder = WebPAnimDecoderNew(&file, &options) else { throw problem(data) }
    defer { WebPAnimDecoderDelete(decoder) }

    var info = WebPAnimInfo()
    guard WebPAnimDecoderGetInfo(decoder, &info) != 0, Int(info.canvas_width) == header.width,
      Int(info.canvas_height) == header.height
    else { throw .damaged("its canvas has two sizes") }
    var canvas: UnsafeMutablePointer<UInt8>?
    var time: Int32 = 0
    guard WebPAnimDecoderGetNext(decoder, &canvas, &time) != 0, let canvas else { throw problem(data) }

    let pixels = header.height * header.width
    let layout: DecodedPixels.Layout = header.channels == 4 ? .rgba : .rgb
    let bytes = [UInt8](unsafeUninitializedCapacity: pixels * layout.channels) { buffer, count in
      for pixel in 0..<pixels {
        for channel in 0..<layout.channels {
          buffer[count] = canvas[pixel * 4 + channel]
          count += 1
        }
      }
    }
    return DecodedPixels(height: header.height, width: header.width, layout: layout, bytes: bytes)
  }

  /// libwebp gives no reason, but the file says how long it should be.
  private static func problem(_ data: UnsafeRawBufferPointer) -> ImageProblem {
    if let size = try? LittleEndianBytes(data).number32(at: 4), size + 8 > data.count { return .truncated }
    return .damaged("its pixels cannot be decoded")
  }
}
