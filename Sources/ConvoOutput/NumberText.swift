#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Numbers as Keras prints them.
public enum NumberText {
  /// A fixed number of decimals: `0.6932`.
  public static func fixed(_ value: Double, _ decimals: Int) -> String {
    // The C library gives NaN a sign, which means nothing.
    value.isNaN ? "nan" : formatted("%.*f", [Int32(decimals), value])
  }

  /// A metric: four decimals, and the exponential form for what they would show as nothing.
  public static func metric(_ value: Double) -> String {
    value == 0 || abs(value) > 1e-3 || !value.isFinite ? fixed(value, 4) : formatted("%.4e", [value])
  }

  /// As few digits as tell the number, and at most six: `0.001`, `1e-05`, `150`.
  public static func short(_ value: Double) -> String {
    value.isNaN ? "nan" : formatted("%.6g", [value])
  }

  /// Thousands separated: `1,704,097`.
  public static func grouped(_ value: Int) -> String {
    var groups: [String] = []
    var digits = Substring(String(value.magnitude))
    while digits.count > 3 {
      groups.append(String(digits.suffix(3)))
      digits = digits.dropLast(3)
    }
    groups.append(String(digits))
    return (value < 0 ? "-" : "") + groups.reversed().joined(separator: ",")
  }

  /// The memory that parameters take, at four bytes each: `6.50 MB`.
  public static func memory(ofParameters count: Int) -> String {
    let (size, unit) = scaled(bytes: Double(count) * 4)
    return fixed(size, 2) + " " + unit
  }

  /// What files take up: `9.6 MB`, `113 MB`.
  public static func size(ofBytes count: Int) -> String {
    let (size, unit) = scaled(bytes: Double(count))
    return fixed(size, size < 9.95 && unit != "B" ? 1 : 0) + " " + unit
  }

  private static func scaled(bytes: Double) -> (size: Double, unit: String) {
    var size = bytes
    for unit in ["B", "KB", "MB", "GB"] {
      if size < 1024 { return (size, unit) }
      size /= 1024
    }
    return (size, "TB")
  }

  /// Time as Keras's progress bar shows it: `4s`, `1:02`, `1:00:05`.
  public static func clock(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 1e9 else { return "?" }
    let whole = Int(max(0, seconds))
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
    if whole >= 3600 { return "\(whole / 3600):\(two(whole / 60 % 60)):\(two(whole % 60))" }
    return whole >= 60 ? "\(whole / 60):\(two(whole % 60))" : "\(whole)s"
  }

  /// The time that one unit of work took: `1.61s/step`, `161ms/step`.
  public static func rate(_ seconds: Double, per unit: String) -> String {
    let time =
      seconds >= 1 || seconds == 0
      ? fixed(seconds, 2) + "s" : seconds >= 1e-3 ? fixed(seconds * 1e3, 0) + "ms" : fixed(seconds * 1e6, 0) + "us"
    return time + "/" + unit
  }

  private static func formatted(_ format: String, _ arguments: [any CVarArg]) -> String {
    let size = Int(withVaList(arguments) { vsnprintf(nil, 0, format, $0) })
    guard size > 0 else { return "" }
    return String(unsafeUninitializedCapacity: size + 1) { buffer in
      let start = UnsafeMutableRawPointer(buffer.baseAddress)?.assumingMemoryBound(to: CChar.self)
      return Int(withVaList(arguments) { vsnprintf(start, size + 1, format, $0) })
    }
  }
}
