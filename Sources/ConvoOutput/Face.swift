/// A reader of a session's events: a terminal, plain text, JSON lines.
///
/// An implementer shows every kind of event, or leaves it out on purpose; events come in order, from one thread at a
/// time.
public protocol Face: AnyObject, Sendable {
  func show(_ event: OutputEvent)
}
