import CEditline

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Standard output or standard error, written to with `write(2)`.
public struct StandardStream: TextSink {
  private let descriptor: Int32

  public static let output = StandardStream(descriptor: STDOUT_FILENO)
  public static let errors = StandardStream(descriptor: STDERR_FILENO)

  /// Where nothing else is known, as everywhere.
  static let usualColumns = 80

  init(descriptor: Int32) {
    self.descriptor = descriptor
  }

  public var isTerminal: Bool { isatty(descriptor) == 1 }

  /// The window's width, or less where `COLUMNS` says so; 80 where neither is known.
  public var columns: Int {
    Self.columns(window: Int(convo_window_of(descriptor).columns), variable: Environment.value("COLUMNS"))
  }

  public var window: TerminalWindow? {
    let window = convo_window_of(descriptor)
    guard window.rows > 0, window.columns > 0 else { return nil }
    let (width, height) = (Int(window.pixel_width / window.columns), Int(window.pixel_height / window.rows))
    return TerminalWindow(rows: Int(window.rows), cell: width > 0 && height > 0 ? (height, width) : nil)
  }

  static func columns(window: Int, variable: String?) -> Int {
    let wanted = variable.flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
    return switch (window > 0, wanted) {
    case (true, .some(let wanted)): min(window, wanted)
    case (true, .none): window
    case (false, .some(let wanted)): wanted
    case (false, .none): usualColumns
    }
  }

  public func write(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      var written = 0
      while written < bytes.count {
        let count = systemWrite(bytes, from: written)
        if count >= 0 {
          written += count
        } else if errno == EAGAIN {
          waitUntilWritable()
        } else if errno != EINTR {
          return giveUp(errno)
        }
      }
    }
  }

  private func systemWrite(_ bytes: UnsafeBufferPointer<UInt8>, from offset: Int) -> Int {
    let rest = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[offset...])
    #if canImport(Glibc)
      return Glibc.write(descriptor, rest.baseAddress, rest.count)
    #else
      return Darwin.write(descriptor, rest.baseAddress, rest.count)
    #endif
  }

  /// Another process may have made the terminal's descriptor, which it shares with us, a non-blocking one.
  private func waitUntilWritable() {
    var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    _ = poll(&request, 1, 1000)
  }

  /// Nobody reads any longer: the process ends as a pipeline's first half does. Errors that nobody reads stop nothing.
  private func giveUp(_ code: Int32) {
    guard descriptor == STDOUT_FILENO else { return }
    if code == EPIPE { ProcessSignals.die(of: SIGPIPE) }
    Self.errors.write("convo: standard output can't be written: \(String(cString: strerror(code)))\n")
    _exit(1)
  }
}
