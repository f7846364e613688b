/// How a text stands in a file of lines: one line each, so that a broken one spoils no other.
public enum OneLine {
  /// The text with its line breaks written `\n`, and `\\` for a backslash.
  public static func encode(_ entry: String) -> String {
    var line = ""
    for character in entry.unicodeScalars {
      switch character {
      case "\\": line += "\\\\"
      case "\n": line += "\\n"
      case "\r": line += "\\r"
      default: line.unicodeScalars.append(character)
      }
    }
    return line
  }

  /// `nil` for what no session wrote: bytes that are no UTF-8, or control characters.
  public static func decode(_ line: some Collection<UInt8>) -> String? {
    guard let text = String(validating: line, as: UTF8.self) else { return nil }
    var entry = String.UnicodeScalarView()
    var isEscaped = false
    for scalar in text.unicodeScalars {
      if isEscaped {
        switch scalar {
        case "n": entry.append("\n")
        case "r": entry.append("\r")
        case "\\": entry.append("\\")
        default: return nil
        }
        isEscaped = false
      } else if scalar == "\\" {
        isEscaped = true
      } else if scalar.value < 0x20 && scalar != "\t" || scalar.value == 0x7F {
        return nil
      } else {
        entry.append(scalar)
      }
    }
    return isEscaped ? nil : String(entry)
  }
}
