/// Names of files as they stand in sentences. A name may hold anything but `/` and NUL.
public enum FileNameText {
  /// The name in one line: what breaks lines as backslash escapes. Other control characters are left to the faces,
  /// which show none as they are.
  public static func oneLine(_ name: String) -> String {
    var text = ""
    for scalar in name.unicodeScalars {
      switch scalar {
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{B}", "\u{C}", "\u{85}", "\u{2028}", "\u{2029}": text += "\\u{\(String(scalar.value, radix: 16))}"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
