import ConvoLanguage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Reads scripts.
enum TextFile {
  /// More than anyone writes by hand; a picture or a disk image given by mistake is refused before it fills the memory.
  private static let largestSize = 16 << 20

  static func contents(of path: String) throws(Diagnostic) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let number = errno
      throw Diagnostic(
        code: "file", message: "'\(path)' can't be read: \(String(cString: strerror(number)))",
        help: number == ENOENT ? "paths begin at the directory convo was started in" : "")
    }
    defer { close(descriptor) }
    return try text(from: descriptor, name: "'\(path)'")
  }

  static func standardInput() throws(Diagnostic) -> String {
    try text(from: STDIN_FILENO, name: "standard input")
  }

  private static func text(from descriptor: Int32, name: String) throws(Diagnostic) -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count == 0 { break }
      if count < 0 {
        if errno == EINTR { continue }
        throw Diagnostic(code: "file", message: "\(name) can't be read: \(String(cString: strerror(errno)))")
      }
      bytes += buffer[..<count]
      guard bytes.count <= largestSize else {
        throw Diagnostic(
          code: "file", message: "\(name) is larger than \(largestSize >> 20) MiB",
          help: "a script is a text with one command a line")
      }
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Diagnostic(code: "file", message: "\(name) is not a text in UTF-8", help: "save it as UTF-8")
    }
    return text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
  }
}
