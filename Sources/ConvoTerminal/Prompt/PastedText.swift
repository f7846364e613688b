/// What a terminal hands over as pasted.
enum PastedText {
  /// Its lines, all but the last with their line breaks, and without characters that are keys.
  static func lines(_ text: String) -> [String] {
    var lines: [String] = []
    var line = ""
    for character in text {
      switch character {
      case "\n", "\r", "\r\n":
        lines.append(line + "\n")
        line = ""
      case "\t":
        line += Printable.tab
      default:
        let isKey = character.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
        if !isKey { line.append(character) }
      }
    }
    return line.isEmpty ? lines : lines + [line]
  }
}
