import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Reads what is typed, one character at a time, and tells of signals in between.
///
/// libedit's own handling of signals (`EL_SIGNAL`) draws from inside the handler and passes each signal on to the whole
/// process group, the shell script that started us included.
struct KeyReader {
  enum Event: Hashable {
    case character(Unicode.Scalar)
    /// The terminal is gone, or the input is at its end.
    case end
    /// Ctrl-C, or a request to end the process.
    case interrupted
    /// The window has another size.
    case resized
    /// Ctrl-Z.
    case stopRequested
    /// The process goes on after it was stopped: the terminal may be in any state.
    case continued
  }

  private static let resized = Atomic<Bool>(false)
  private static let stopRequested = Atomic<Bool>(false)
  private static let continued = Atomic<Bool>(false)

  let descriptor: Int32

  /// From now on the signals come as events, for as long as a line is read.
  static func begin() {
    resized.store(false, ordering: .relaxed)
    stopRequested.store(false, ordering: .relaxed)
    continued.store(false, ordering: .relaxed)
    ProcessSignals.handle(SIGWINCH) { _ in note(KeyReader.resized) }
    ProcessSignals.handle(SIGTSTP) { _ in note(KeyReader.stopRequested) }
    ProcessSignals.handle(SIGCONT) { _ in note(KeyReader.continued) }
  }

  static func end() {
    for signal in [SIGWINCH, SIGTSTP, SIGCONT] { ProcessSignals.handle(signal, SIG_DFL) }
  }

  /// Stops the process as Ctrl-Z does where nobody handles it.
  ///
  /// - Returns: when it goes on; `false` where it never stopped, for want of a shell that would wake it again.
  static func stop() -> Bool {
    ProcessSignals.handle(SIGTSTP, SIG_DFL)
    raise(SIGTSTP)
    ProcessSignals.handle(SIGTSTP) { _ in note(KeyReader.stopRequested) }
    return continued.exchange(false, ordering: .relaxed)
  }

  /// Waits for the next event.
  func next() -> Event {
    while true {
      if ProcessSignals.isInterrupted || ProcessSignals.endRequest != nil { return .interrupted }
      if Self.stopRequested.exchange(false, ordering: .relaxed) { return .stopRequested }
      if Self.continued.exchange(false, ordering: .relaxed) { return .continued }
      if Self.resized.exchange(false, ordering: .relaxed) { return .resized }
      guard WakeUp.wait(for: descriptor) else { continue }
      guard let first = byte() else { return .end }
      return .character(character(after: first))
    }
  }

  /// The rest of a UTF-8 sequence comes with its first byte.
  private func character(after first: UInt8) -> Unicode.Scalar {
    let count = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1
    var bytes = [first]
    while bytes.count < count, let next = byte() { bytes.append(next) }
    return String(decoding: bytes, as: UTF8.self).unicodeScalars.first ?? "\u{FFFD}"
  }

  /// `nil` at the end of the input.
  private func byte() -> UInt8? {
    var byte: UInt8 = 0
    while true {
      let count = read(descriptor, &byte, 1)
      if count == 1 { return byte }
      guard count < 0 && (errno == EINTR || errno == EAGAIN) else { return nil }
      if errno == EAGAIN { _ = WakeUp.wait(for: descriptor) }
    }
  }
}

/// What a handler does.
private func note(_ flag: borrowing Atomic<Bool>) {
  flag.store(true, ordering: .relaxed)
  WakeUp.call()
}
