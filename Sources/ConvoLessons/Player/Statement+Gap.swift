import ConvoKernel
import ConvoLanguage

extension Statement {
  /// What is between the session and what is wanted, in words; `nil` where it holds.
  ///
  ///     output_shape is 298x298x16, wanted: 149x149x16
  func gap(in state: SessionState) -> String? {
    switch verdict(in: state) {
    case .holds: return nil
    case .unanswerable(let message, let help): return "\(text): \(message)" + (help.isEmpty ? "" : " (\(help))")
    case .fails(let parts):
      guard case .operation(let sign, let left, let right) = expression, sign.isComparison else {
        return "\(text): " + parts.joined(separator: ", and ")
      }
      let sides = text.split(separator: " \(sign.rawValue) ").map { String($0.trimmed) }
      guard sides.count == 2, let value = try? state.value(of: left) else {
        return "\(text): " + parts.joined(separator: ", and ")
      }
      if case .literal = left { return "\(text): " + parts.joined(separator: ", and ") }
      var wanted = (sign == .equal ? "" : sign.rawValue + " ") + sides[1]
      // What the other side comes to is of interest where it can't be read off.
      if case .reference = right, let value = try? state.value(of: right) { wanted += ", which is \(value.short)" }
      return "\(sides[0]) is \(value.short), wanted: \(wanted)"
    }
  }
}

extension Lesson.Exercise {
  /// What is still missing, a text for each check that does not hold.
  func gaps(in state: SessionState) -> [String] {
    checks.compactMap { $0.gap(in: state) }
  }
}
