import Synchronization

/// A request to stop, seen by the running command at its next convenient point.
public final class Interruption: Sendable {
  private let requested = Atomic<Bool>(false)

  public init() {}

  public var isRequested: Bool {
    requested.load(ordering: .acquiring)
  }

  /// May be called from any thread.
  public func request() {
    requested.store(true, ordering: .releasing)
  }

  func clear() {
    requested.store(false, ordering: .releasing)
  }
}
