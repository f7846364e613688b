import CCairo
import ConvoImages

/// A picture in memory and the pen that draws on it: the one seam to cairo.
///
/// Coordinates are pixels, x to the right and y down. A canvas that cairo could not make or that failed later draws
/// nothing and says so in `png()`.
final class Canvas {
  let width: Int
  let height: Int
  private let surface: OpaquePointer?
  private let context: OpaquePointer?

  init(width: Int, height: Int, transparent: Bool = false) {
    self.width = width
    self.height = height
    let format = transparent ? CAIRO_FORMAT_ARGB32 : CAIRO_FORMAT_RGB24
    surface = cairo_image_surface_create(format, Int32(clamping: width), Int32(clamping: height))
    context = cairo_create(surface)
    cairo_set_line_cap(context, CAIRO_LINE_CAP_ROUND)
    cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
  }

  deinit {
    cairo_destroy(context)
    cairo_surface_destroy(surface)
  }

  // MARK: Pen

  func ink(_ color: RGB, _ alpha: Double = 1) {
    cairo_set_source_rgba(context, color.r, color.g, color.b, alpha)
  }

  struct Stop {
    var at: Double
    var color: RGB
    var alpha: Double = 1
  }

  func inkLinear(_ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double, _ stops: [Stop]) {
    ink(cairo_pattern_create_linear(x0, y0, x1, y1), stops)
  }

  func inkRadial(_ x: Double, _ y: Double, _ radius: Double, _ stops: [Stop]) {
    ink(cairo_pattern_create_radial(x, y, 0, x, y, radius), stops)
  }

  private func ink(_ pattern: OpaquePointer?, _ stops: [Stop]) {
    for stop in stops {
      cairo_pattern_add_color_stop_rgba(pattern, stop.at, stop.color.r, stop.color.g, stop.color.b, stop.alpha)
    }
    cairo_set_source(context, pattern)
    cairo_pattern_destroy(pattern)
  }

  // MARK: Paths

  func move(_ x: Double, _ y: Double) { cairo_move_to(context, x, y) }
  func line(_ x: Double, _ y: Double) { cairo_line_to(context, x, y) }
  func curve(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ x: Double, _ y: Double) {
    cairo_curve_to(context, x1, y1, x2, y2, x, y)
  }
  func close() { cairo_close_path(context) }
  func rectangle(_ x: Double, _ y: Double, _ width: Double, _ height: Double) {
    cairo_rectangle(context, x, y, width, height)
  }
  func ellipse(_ x: Double, _ y: Double, _ rx: Double, _ ry: Double) {
    guard rx > 0.01, ry > 0.01 else { return }
    cairo_save(context)
    cairo_translate(context, x, y)
    cairo_scale(context, rx, ry)
    cairo_new_sub_path(context)
    cairo_arc(context, 0, 0, 1, 0, 2 * .pi)
    cairo_restore(context)
  }
  func polygon(_ points: [(Double, Double)]) {
    guard let first = points.first else { return }
    move(first.0, first.1)
    for point in points.dropFirst() { line(point.0, point.1) }
    close()
  }

  func fill() { cairo_fill(context) }
  func stroke(_ thickness: Double) {
    cairo_set_line_width(context, thickness)
    cairo_stroke(context)
  }
  func fillAll() { cairo_paint(context) }

  // MARK: State

  /// Runs `body` with its own clip and transform, undone afterwards.
  func scoped(_ body: () -> Void) {
    cairo_save(context)
    body()
    cairo_restore(context)
  }
  func clip() { cairo_clip(context) }
  func scale(_ x: Double, _ y: Double) { cairo_scale(context, x, y) }

  func draw(_ other: Canvas, at x: Double = 0, _ y: Double = 0, alpha: Double = 1) {
    cairo_set_source_surface(context, other.surface, x, y)
    cairo_paint_with_alpha(context, alpha)
  }

  // MARK: Pixels

  /// Rows of 0xAARRGGBB (premultiplied), `stride` pixels apart; not called if cairo has no picture to give.
  func withPixels(_ body: (UnsafeMutablePointer<UInt32>, _ stride: Int) -> Void) {
    cairo_surface_flush(surface)
    let stride = Int(cairo_image_surface_get_stride(surface)) / 4
    guard stride >= width, let bytes = cairo_image_surface_get_data(surface) else { return }
    bytes.withMemoryRebound(to: UInt32.self, capacity: stride * height) { body($0, stride) }
    cairo_surface_mark_dirty(surface)
  }

  /// The picture as a PNG file of 8 bits; what is transparent is black, and grey is the weighted sum of the colours.
  func png(_ mode: DatasetPart.ColorMode = .rgb) throws(RenderError) -> [UInt8] {
    let status = cairo_status(context)
    guard status == CAIRO_STATUS_SUCCESS else {
      throw .drawingFailed(reason: cairo_status_to_string(status).map { String(cString: $0) } ?? "unknown")
    }
    let channels = mode == .rgb ? 3 : 1
    var bytes: [UInt8] = []
    bytes.reserveCapacity(width * height * channels)
    withPixels { pixels, stride in
      for y in 0..<height {
        for x in 0..<width {
          let word = pixels[y * stride + x]
          switch mode {
          case .rgb:
            bytes.append(UInt8(truncatingIfNeeded: word >> 16))
            bytes.append(UInt8(truncatingIfNeeded: word >> 8))
            bytes.append(UInt8(truncatingIfNeeded: word))
          case .grayscale:
            bytes.append(UInt8((Pixel.grey(word) * 255).rounded()))
          }
        }
      }
    }
    guard !bytes.isEmpty else { throw .drawingFailed(reason: "no picture in memory") }
    do {
      return try PixelImage(height: height, width: width, channels: channels, bytes: bytes).pngBytes(for: .grain)
    } catch {
      throw .drawingFailed(reason: error.problem.description)
    }
  }
}
