/// Text as it can be written on a picture.
enum PictureText {
  /// NUL would end the text for C; other control characters have no picture.
  static func printable(_ text: String) -> String {
    String(text.map { $0.unicodeScalars.contains { $0.properties.generalCategory == .control } ? "?" : $0 })
  }
}
