#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The environment's variables.
enum Environment {
  /// `nil` where the variable is not set or empty.
  static func value(_ name: String) -> String? {
    guard let text = getenv(name), text.pointee != 0 else { return nil }
    return String(cString: text)
  }

  /// All variables, as `NAME=value`.
  static var all: [String] {
    var all: [String] = []
    var next = environ
    while let entry = next.pointee {
      all.append(String(cString: entry))
      next += 1
    }
    return all
  }

  /// A terminal that can't move its cursor or change its colors, or says nothing about itself.
  static var terminalIsDumb: Bool {
    ["dumb", nil].contains(value("TERM"))
  }
}
