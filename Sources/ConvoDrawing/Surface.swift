import CCairo

/// A picture in memory and the pen that draws on it: the one seam to cairo.
///
/// Coordinates are pixels, x to the right and y down; colours are gamma-encoded, 0...1. A surface that cairo could not
/// make or that failed later draws nothing and says why in ``failure``.
public final class Surface {
  public let width: Int
  public let height: Int
  private let surface: OpaquePointer?
  private let context: OpaquePointer?

  /// - Parameter transparent: see-through where nothing is drawn; black otherwise.
  public init(width: Int, height: Int, transparent: Bool) {
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

  /// Why nothing is drawn any more, in cairo's words; nil while all is well.
  public var failure: String? {
    let status = cairo_status(context)
    guard status != CAIRO_STATUS_SUCCESS else { return nil }
    return cairo_status_to_string(status).map { String(cString: $0) } ?? "unknown"
  }

  // MARK: Ink

  public func ink(_ red: Double, _ green: Double, _ blue: Double, _ alpha: Double) {
    cairo_set_source_rgba(context, red, green, blue, alpha)
  }

  /// A colour at a place of a gradient, 0...1.
  public typealias Stop = (at: Double, red: Double, green: Double, blue: Double, alpha: Double)

  public func inkLinear(_ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double, _ stops: [Stop]) {
    ink(cairo_pattern_create_linear(x0, y0, x1, y1), stops)
  }

  public func inkRadial(_ x: Double, _ y: Double, _ radius: Double, _ stops: [Stop]) {
    ink(cairo_pattern_create_radial(x, y, 0, x, y, radius), stops)
  }

  private func ink(_ pattern: OpaquePointer?, _ stops: [Stop]) {
    for stop in stops {
      cairo_pattern_add_color_stop_rgba(pattern, stop.at, stop.red, stop.green, stop.blue, stop.alpha)
    }
    cairo_set_source(context, pattern)
    cairo_pattern_destroy(pattern)
  }

  // MARK: Paths

  public func move(_ x: Double, _ y: Double) { cairo_move_to(context, x, y) }
  public func line(_ x: Double, _ y: Double) { cairo_line_to(context, x, y) }
  public func curve(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ x: Double, _ y: Double) {
    cairo_curve_to(context, x1, y1, x2, y2, x, y)
  }
  public func close() { cairo_close_path(context) }
  public func rectangle(_ x: Double, _ y: Double, _ width: Double, _ height: Double) {
    cairo_rectangle(context, x, y, width, height)
  }
  public func ellipse(_ x: Double, _ y: Double, _ rx: Double, _ ry: Double) {
    guard rx > 0.01, ry > 0.01 else { return }
    cairo_save(context)
    cairo_translate(context, x, y)
    cairo_scale(context, rx, ry)
    cairo_new_sub_path(context)
    cairo_arc(context, 0, 0, 1, 0, 2 * .pi)
    cairo_restore(context)
  }

  public func fill() { cairo_fill(context) }
  public func stroke(_ thickness: Double) {
    cairo_set_line_width(context, thickness)
    cairo_stroke(context)
  }
  /// Strokes from now on are dashes and gaps of these lengths in turn; whole again where there are none.
  public func dash(_ lengths: [Double]) { cairo_set_dash(context, lengths, Int32(clamping: lengths.count), 0) }
  public func fillAll() { cairo_paint(context) }

  // MARK: State

  /// Runs `body` with its own clip and transform, undone afterwards.
  public func scoped(_ body: () -> Void) {
    cairo_save(context)
    body()
    cairo_restore(context)
  }
  public func clip() { cairo_clip(context) }
  public func scale(_ x: Double, _ y: Double) { cairo_scale(context, x, y) }

  public func draw(_ other: Surface, at x: Double, _ y: Double, alpha: Double) {
    cairo_set_source_surface(context, other.surface, x, y)
    cairo_paint_with_alpha(context, alpha)
  }

  // MARK: Text

  /// The font of what is written from now on, in pixels; the system's sans-serif, or whatever there is.
  public func font(size: Double, bold: Bool) {
    cairo_select_font_face(
      context, "sans-serif", CAIRO_FONT_SLANT_NORMAL, bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL)
    cairo_set_font_size(context, size)
  }

  /// How far the pen moves in writing a line of text, in pixels.
  public func width(of text: String) -> Double {
    var extents = cairo_text_extents_t()
    cairo_text_extents(context, text, &extents)
    return extents.x_advance
  }

  /// Writes a line of text with its baseline at a point.
  public func write(_ text: String, at x: Double, _ y: Double) {
    cairo_move_to(context, x, y)
    cairo_show_text(context, text)
  }

  // MARK: Pixels

  /// Rows of 0xAARRGGBB (premultiplied), `stride` pixels apart; not called if cairo has no picture to give.
  public func withPixels(_ body: (UnsafeMutablePointer<UInt32>, _ stride: Int) -> Void) {
    cairo_surface_flush(surface)
    let stride = Int(cairo_image_surface_get_stride(surface)) / 4
    guard stride >= width, let bytes = cairo_image_surface_get_data(surface) else { return }
    bytes.withMemoryRebound(to: UInt32.self, capacity: stride * height) { body($0, stride) }
    cairo_surface_mark_dirty(surface)
  }
}
