/// Where a face writes: a terminal, a file, a pipe, or a test's memory.
public protocol TextSink: Sendable {
  /// How many columns a line may take, asked for anew before everything that is laid out: windows are resized.
  var columns: Int { get }

  /// What else is known of the window, if it is one.
  var window: TerminalWindow? { get }

  /// Writes all of the text and keeps nothing back.
  func write(_ text: String)
}

extension TextSink {
  public var window: TerminalWindow? { nil }
}

/// A terminal's window.
public struct TerminalWindow: Sendable {
  public var rows: Int
  /// Pixels of a character, where the terminal says so.
  public var cell: (height: Int, width: Int)?

  public init(rows: Int, cell: (height: Int, width: Int)? = nil) {
    self.rows = rows
    self.cell = cell
  }
}
