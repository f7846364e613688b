import ConvoDrawing
import ConvoImages

/// A picture in memory and the pen that draws on it, with the colours of this library.
///
/// Coordinates are pixels, x to the right and y down. A canvas that could not be made or that failed later draws
/// nothing and says so in `png()`.
final class Canvas {
  private let surface: Surface

  var width: Int { surface.width }
  var height: Int { surface.height }

  init(width: Int, height: Int, transparent: Bool = false) {
    surface = Surface(width: width, height: height, transparent: transparent)
  }

  // MARK: Pen

  func ink(_ color: RGB, _ alpha: Double = 1) {
    surface.ink(color.r, color.g, color.b, alpha)
  }

  struct Stop {
    var at: Double
    var color: RGB
    var alpha: Double = 1

    fileprivate var plain: Surface.Stop { (at, color.r, color.g, color.b, alpha) }
  }

  func inkLinear(_ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double, _ stops: [Stop]) {
    surface.inkLinear(x0, y0, x1, y1, stops.map(\.plain))
  }

  func inkRadial(_ x: Double, _ y: Double, _ radius: Double, _ stops: [Stop]) {
    surface.inkRadial(x, y, radius, stops.map(\.plain))
  }

  // MARK: Paths

  func move(_ x: Double, _ y: Double) { surface.move(x, y) }
  func line(_ x: Double, _ y: Double) { surface.line(x, y) }
  func curve(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ x: Double, _ y: Double) {
    surface.curve(x1, y1, x2, y2, x, y)
  }
  func close() { surface.close() }
  func rectangle(_ x: Double, _ y: Double, _ width: Double, _ height: Double) {
    surface.rectangle(x, y, width, height)
  }
  func ellipse(_ x: Double, _ y: Double, _ rx: Double, _ ry: Double) {
    surface.ellipse(x, y, rx, ry)
  }
  func polygon(_ points: [(Double, Double)]) {
    guard let first = points.first else { return }
    move(first.0, first.1)
    for point in points.dropFirst() { line(point.0, point.1) }
    close()
  }

  func fill() { surface.fill() }
  func stroke(_ thickness: Double) { surface.stroke(thickness) }
  func fillAll() { surface.fillAll() }

  // MARK: State

  /// Runs `body` with its own clip and transform, undone afterwards.
  func scoped(_ body: () -> Void) { surface.scoped(body) }
  func clip() { surface.clip() }
  func scale(_ x: Double, _ y: Double) { surface.scale(x, y) }

  func draw(_ other: Canvas, at x: Double = 0, _ y: Double = 0, alpha: Double = 1) {
    surface.draw(other.surface, at: x, y, alpha: alpha)
  }

  // MARK: Pixels

  /// Rows of 0xAARRGGBB (premultiplied), `stride` pixels apart; not called if there is no picture.
  func withPixels(_ body: (UnsafeMutablePointer<UInt32>, _ stride: Int) -> Void) {
    surface.withPixels(body)
  }

  /// The picture as a PNG file of 8 bits; what is transparent is black, and grey is the weighted sum of the colours.
  func png(_ mode: DatasetPart.ColorMode = .rgb) throws(RenderError) -> [UInt8] {
    if let failure = surface.failure { throw .drawingFailed(reason: failure) }
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
