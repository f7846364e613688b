/// What `--color` says.
public enum ColorChoice: String, CaseIterable, Sendable {
  /// Colors on a terminal that has them, unless `NO_COLOR` is set.
  case auto
  case always
  case never

  /// Whether to write colors to a stream.
  ///
  /// - Parameter noColor: the variable `NO_COLOR`; any text in it means no (https://no-color.org).
  func allowsColors(onTerminal isTerminal: Bool, isDumb: Bool, noColor: String?) -> Bool {
    switch self {
    case .always: true
    case .never: false
    case .auto: isTerminal && !isDumb && noColor == nil
    }
  }

  func allowsColors(on stream: StandardStream) -> Bool {
    allowsColors(
      onTerminal: stream.isTerminal, isDumb: Environment.terminalIsDumb, noColor: Environment.value("NO_COLOR"))
  }
}
