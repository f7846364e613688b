/// Something about a data set that its owner should know.
public struct Finding: Sendable, Equatable {
  /// How much it matters.
  public enum Severity: Int, Sendable, CaseIterable, Comparable {
    /// Worth knowing.
    case note
    /// Costs accuracy.
    case warning
    /// What is learned or measured is wrong.
    case serious

    public static func < (one: Severity, other: Severity) -> Bool { one.rawValue < other.rawValue }
  }

  /// A file that a finding is about.
  public struct Place: Sendable, Equatable {
    /// Relative to the generator's directory.
    public let file: String
    /// What is the matter with this one, where they differ.
    public let detail: String?

    init(_ file: String, _ detail: String? = nil) {
      self.file = file
      self.detail = detail
    }
  }

  public let severity: Severity
  /// One sentence without a full stop.
  public let what: String
  /// All files that it is about, in the order of their paths; empty where it is about the whole.
  public let places: [Place]
  /// What to do; one sentence without a full stop.
  public let advice: String

  init(_ severity: Severity, _ what: String, at places: [Place] = [], advice: String) {
    self.severity = severity
    self.what = what
    self.places = places
    self.advice = advice
  }
}

/// `1 picture`, `1,027 pictures`.
func counted(_ count: Int, _ noun: String, _ plural: String? = nil) -> String {
  var digits = String(count)
  var end = digits.count - 3
  while end > 0 {
    digits.insert(",", at: digits.index(digits.startIndex, offsetBy: end))
    end -= 3
  }
  return "\(digits) \(count == 1 ? noun : plural ?? noun + "s")"
}
