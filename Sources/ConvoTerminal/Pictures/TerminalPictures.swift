#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

import CChafa
import ConvoImages
import ConvoOutput

/// Turns pictures into what a terminal shows: its own graphics where it has any, or Unicode characters. The one seam to
/// chafa.
struct TerminalPictures: Sendable {
  /// Variables as `NAME=value`; the process's own if nil.
  let environment: [String]?
  let hasColors: Bool

  /// A picture leaves this much of the window to what was said before it.
  private static let shareOfRows = 0.75
  /// Where the terminal does not say how large it is.
  private static let usualRows = 24
  static let usualCell = (height: 20, width: 10)

  /// The picture with a line break behind it; nil where it is none that can be decoded, or there is no room.
  func text(of picture: Picture, columns: Int, window: TerminalWindow?) -> String? {
    guard let image = try? ImageFile.decode(bytes: picture.data, as: .rgba), let info = terminal() else { return nil }
    defer { chafa_term_info_unref(info) }
    let ability = TerminalAbility(info, hasColors: hasColors)
    let cell = window?.cell ?? Self.usualCell
    let rows = window?.rows ?? Self.usualRows
    let isGraphics = ability.pixels != .symbols
    let size = Self.cells(
      for: image, columns: columns, rows: rows, cell: cell, pixelsPerColumn: isGraphics ? Double(cell.width) : 1,
      rounding: isGraphics ? .up : .toNearestOrAwayFromZero)
    guard let size else { return nil }
    // Sixels come six in a column.
    let step = ability.pixels == .sixels ? 6 : 1
    let drawn =
      isGraphics
      ? image.mounted(height: max(step, size.rows * cell.height / step * step), width: size.columns * cell.width)
      : image
    return print(drawn, ability, columns: size.columns, rows: size.rows, cell: cell, info)
  }

  /// How many characters a picture takes: at most all of the width but the last column and a share of the rows, in the
  /// picture's proportions; no more than it has detail for.
  ///
  /// - Parameter pixelsPerColumn: pixels of the picture that one character shows side by side.
  static func cells(
    for image: PixelImage, columns: Int, rows: Int, cell: (height: Int, width: Int), pixelsPerColumn: Double,
    rounding: FloatingPointRoundingRule = .toNearestOrAwayFromZero
  ) -> (columns: Int, rows: Int)? {
    let room = (columns: columns - 1, rows: Int(Double(rows) * shareOfRows))
    guard room.columns > 0, room.rows > 0 else { return nil }
    let wide = Double(image.width) / pixelsPerColumn
    let high = wide * Double(image.height) / Double(image.width) * Double(cell.width) / Double(cell.height)
    let scale = min(1, Double(room.columns) / wide, Double(room.rows) / high)
    func whole(_ size: Double, _ room: Int) -> Int { min(room, max(1, Int((size * scale).rounded(rounding)))) }
    return (whole(wide, room.columns), whole(high, room.rows))
  }

  /// What the environment says of the terminal.
  private func terminal() -> OpaquePointer? {
    guard let database = chafa_term_db_get_default() else { return nil }
    let variables = environment ?? Environment.all
    var list: [UnsafeMutablePointer<CChar>?] = variables.map { strdup($0) } + [nil]
    defer { for entry in list { free(entry) } }
    return chafa_term_db_detect(database, &list)
  }

  private func print(
    _ image: PixelImage, _ ability: TerminalAbility, columns: Int, rows: Int, cell: (height: Int, width: Int),
    _ info: OpaquePointer
  ) -> String? {
    guard let config = chafa_canvas_config_new(), let symbols = chafa_symbol_map_new() else { return nil }
    defer {
      chafa_canvas_config_unref(config)
      chafa_symbol_map_unref(symbols)
    }
    for tag in [CHAFA_SYMBOL_TAG_SPACE, CHAFA_SYMBOL_TAG_BLOCK, CHAFA_SYMBOL_TAG_BORDER] {
      chafa_symbol_map_add_by_tags(symbols, tag)
    }
    chafa_canvas_config_set_symbol_map(config, symbols)
    chafa_canvas_config_set_pixel_mode(config, ability.pixelMode)
    chafa_canvas_config_set_canvas_mode(config, ability.canvasMode)
    chafa_canvas_config_set_geometry(config, Int32(clamping: columns), Int32(clamping: rows))
    chafa_canvas_config_set_cell_geometry(config, Int32(clamping: cell.width), Int32(clamping: cell.height))
    guard let canvas = chafa_canvas_new(config) else { return nil }
    defer { chafa_canvas_unref(canvas) }
    chafa_canvas_draw_all_pixels(
      canvas, CHAFA_PIXEL_RGBA8_UNASSOCIATED, image.bytes, Int32(clamping: image.width), Int32(clamping: image.height),
      Int32(clamping: image.width * 4))
    guard let printed = chafa_canvas_print(canvas, info) else { return nil }
    defer { convo_g_string_free(printed) }
    let text = UnsafeRawBufferPointer(start: printed.pointee.str, count: Int(printed.pointee.len))
    return String(decoding: text, as: UTF8.self) + "\n"
  }
}
