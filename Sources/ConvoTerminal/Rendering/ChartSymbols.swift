/// The characters that charts are drawn with.
struct ChartSymbols {
  /// Dots in one character, across and down.
  let dots: (across: Int, down: Int)
  /// Stand at the points of the first series, the second, and so on.
  let markers: [Character]
  /// Stand in the legend for the line of the first series, the second, and so on.
  let samples: [String]
  let guideSample: String
  let vertical: String
  let horizontal: String
  let corner: String
  let verticalTick: String
  let horizontalTick: String
  private let isBraille: Bool

  /// Eight dots a character, and other lines for other series.
  static let unicode = ChartSymbols(
    dots: (2, 4), markers: ["●", "○", "◆", "◇"], samples: ["──", "╌╌", "┈┈", "╴╴"], guideSample: "┈┈", vertical: "│",
    horizontal: "─", corner: "└", verticalTick: "┤", horizontalTick: "┬", isBraille: true)

  /// For terminals that may know nothing else.
  static let ascii = ChartSymbols(
    dots: (1, 1), markers: ["*", "o", "+", "x"], samples: ["**", "oo", "++", "xx"], guideSample: "..", vertical: "|",
    horizontal: "-", corner: "+", verticalTick: "+", horizontalTick: "+", isBraille: false)

  /// What the locale allows. The console of Linux has no dots in its font.
  static var ofEnvironment: ChartSymbols {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { Environment.value($0) }.first ?? ""
    let isUTF8 = ["utf-8", "utf8"].contains { locale.lowercased().hasSuffix($0) }
    return isUTF8 && Environment.value("TERM") != "linux" ? .unicode : .ascii
  }

  func marker(_ series: Int) -> Character { markers[series % markers.count] }

  func sample(_ series: Int) -> String { samples[series % samples.count] }

  /// Dots drawn and dots left out in turn, so that lines differ without colours. Letters differ by themselves.
  func dashes(_ series: Int, isGuide: Bool) -> (on: Int, off: Int) {
    guard isBraille else { return isGuide ? (1, 2) : (1, 0) }
    if isGuide { return (1, 3) }
    return [(1, 0), (4, 3), (1, 2), (2, 4)][series % 4]
  }

  /// The character of a cell with these dots, from the left to the right and then down, least significant bit first.
  func character(dots bits: UInt8, series: Int, isGuide: Bool) -> Character {
    guard isBraille else { return isGuide ? "." : marker(series) }
    // The block of Unicode counts down the left side, down the right, and has the lowest two behind.
    let order: [UInt32] = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80]
    var pattern: UInt32 = 0
    for (bit, value) in order.enumerated() where bits >> UInt8(bit) & 1 == 1 { pattern |= value }
    return Unicode.Scalar(0x2800 + pattern).map(Character.init) ?? " "
  }
}
