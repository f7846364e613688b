/// Text with the few styles that every face can show, or leave out.
public struct StyledText: Sendable, Hashable {
  /// How a run of characters looks.
  public enum Style: Sendable, Hashable {
    case plain, strong, emphasis, code, heading, faint, success, warning
  }

  /// Characters of one style.
  public struct Run: Sendable, Hashable {
    public var text: String
    public var style: Style

    public init(_ text: String, _ style: Style = .plain) {
      self.text = text
      self.style = style
    }
  }

  public var runs: [Run]
  /// Whether a face may break the lines to fit its width; not so for code and drawings.
  public var mayWrap: Bool
  /// How many columns all lines but the first are moved to the right when wrapped, for list items.
  public var hangingIndent: Int

  public init(_ runs: [Run], mayWrap: Bool = true, hangingIndent: Int = 0) {
    self.runs = runs
    self.mayWrap = mayWrap
    self.hangingIndent = hangingIndent
  }

  public init(_ text: String, _ style: Style = .plain, mayWrap: Bool = true) {
    self.init([Run(text, style)], mayWrap: mayWrap)
  }

  /// The characters alone.
  public var plain: String { runs.map(\.text).joined() }
}

extension StyledText: ExpressibleByStringInterpolation {
  public init(stringLiteral text: String) {
    self.init(text)
  }
}
