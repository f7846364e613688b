/// Keeps what a terminal would take for orders out of what is shown: a file's name may hold anything.
enum Printable {
  /// How many spaces stand for a tabulator.
  static let tab = "    "

  /// The text with its line breaks, without other control characters and without marks that turn the direction of
  /// writing around.
  static func clean(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isHarmful) else { return text }
    var clean = String.UnicodeScalarView()
    var previous: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\t": clean.append(contentsOf: tab.unicodeScalars)
      case "\n": if previous != "\r" { clean.append(scalar) }
      case "\r": clean.append("\n")
      case _ where isHarmful(scalar): clean.append("\u{FFFD}")
      default: clean.append(scalar)
      }
      previous = scalar
    }
    return String(clean)
  }

  private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A: false
    case 0x00...0x1F, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
