/// Where a face writes: a terminal, a file, a pipe, or a test's memory.
public protocol TextSink: Sendable {
  /// How many columns a line may take, asked for anew before everything that is laid out: windows are resized.
  var columns: Int { get }

  /// Writes all of the text and keeps nothing back.
  func write(_ text: String)
}
