import ConvoTestSupport
import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Runs `convo` in a terminal of its own, types, and looks at the screen.
final class PseudoTerminal {
  private let control: Int32
  private let process: pid_t
  private(set) var screen: Screen
  /// Everything that came, with its escape sequences.
  private(set) var received = ""
  private var undecoded: [UInt8] = []
  private var status: Int32?

  /// No step of a test takes this long, however busy the machine.
  static let patience = 60.0

  /// - Parameters:
  ///   - environment: in place of or beside what every run has.
  init(
    _ arguments: [String] = [], in directory: URL, columns: Int = 80, environment: [String: String] = [:]
  ) throws {
    screen = Screen(columns: columns)
    let name: String
    (control, name) = try Self.open()
    _ = fcntl(control, F_SETFD, FD_CLOEXEC)
    var variables = [
      "HOME": directory.path, "XDG_STATE_HOME": directory.appending(path: "state").path, "TERM": "xterm",
      "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin",
    ]
    variables.merge(environment) { $1 }
    Self.resize(control, columns)
    process = try Self.spawn(
      [ConvoProcess.executable.path] + arguments, in: directory.path, terminal: name,
      environment: variables.filter { !$1.isEmpty })
  }

  deinit {
    if status == nil {
      kill(process, SIGKILL)
      waitpid(process, nil, 0)
    }
    close(control)
  }

  /// Types, as fingers would.
  func type(_ text: String) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { write(control, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return }
      bytes = bytes.dropFirst(count)
    }
  }

  func enter(_ line: String) {
    type(line + "\r")
  }

  /// Gives the window another width.
  func resize(columns: Int) {
    screen.columns = columns
    Self.resize(control, columns)
  }

  func send(_ signal: Int32) {
    kill(process, signal)
  }

  /// Waits until the screen shows what is wanted; a test's failure, with the screen, where it never does.
  @discardableResult
  func wait(
    for what: String, sourceLocation: SourceLocation = #_sourceLocation, until isThere: (Screen) -> Bool
  ) -> Bool {
    let deadline = Date.now.addingTimeInterval(Self.patience)
    while !isThere(screen) {
      guard Date.now < deadline, receive(before: deadline) else {
        Issue.record("no \(what) on the screen:\n\(screen.text)", sourceLocation: sourceLocation)
        return false
      }
    }
    return true
  }

  @discardableResult
  func wait(for text: String, sourceLocation: SourceLocation = #_sourceLocation) -> Bool {
    wait(for: text, sourceLocation: sourceLocation) { $0.text.contains(text) }
  }

  /// Waits for the prompt of a cell, alone in its line or with something typed.
  @discardableResult
  func waitForPrompt(
    _ number: Int, typed: String = "", sourceLocation: SourceLocation = #_sourceLocation
  ) -> Bool {
    let line = "In [\(number)]:" + (typed.isEmpty ? "" : " " + typed)
    return wait(for: "'\(line)' with the cursor", sourceLocation: sourceLocation) { $0.cursorLine == line }
  }

  /// The exit status, or minus the signal that ended the process.
  func exitStatus(sourceLocation: SourceLocation = #_sourceLocation) -> Int32? {
    if let status { return status }
    let deadline = Date.now.addingTimeInterval(Self.patience)
    while receive(before: deadline) {}
    var raw: Int32 = 0
    while waitpid(process, &raw, WNOHANG) == 0 {
      guard Date.now < deadline else {
        Issue.record("the process does not end:\n\(screen.text)", sourceLocation: sourceLocation)
        return nil
      }
      usleep(1000)
    }
    status = raw & 0x7F == 0 ? raw >> 8 & 0xFF : -(raw & 0x7F)
    return status
  }

  /// Takes in what comes next; `false` where nothing will.
  private func receive(before deadline: Date) -> Bool {
    var request = pollfd(fd: control, events: Int16(POLLIN), revents: 0)
    let ready = poll(&request, 1, Int32(max(0, deadline.timeIntervalSinceNow * 1000)))
    if ready < 0 && errno == EINTR { return true }
    var chunk = [UInt8](repeating: 0, count: 4096)
    let count = ready > 0 ? read(control, &chunk, chunk.count) : 0
    guard count > 0 else { return false }
    undecoded += chunk[..<count]
    // A character may come in two pieces.
    let whole = undecoded.lastIndex { $0 & 0xC0 != 0x80 }.map { last in
      let length = undecoded[last] >= 0xF0 ? 4 : undecoded[last] >= 0xE0 ? 3 : undecoded[last] >= 0xC0 ? 2 : 1
      return undecoded.count - last >= length ? undecoded.count : last
    }
    let text = String(decoding: undecoded.prefix(whole ?? 0), as: UTF8.self)
    undecoded.removeFirst(whole ?? 0)
    received += text
    screen.feed(text)
    return true
  }

  /// The two ends of a new terminal: ours, and the name of the other.
  private static func open() throws -> (control: Int32, name: String) {
    #if canImport(Glibc)
      // The C library hides `posix_openpt` and what belongs to it from Swift; these are what they are made of.
      let (unlock, getNumber) = (UInt(0x4004_5431), UInt(0x8004_5430))
      let control = Glibc.open("/dev/ptmx", O_RDWR | O_NOCTTY)
      var (locked, number): (Int32, Int32) = (0, 0)
      guard control >= 0, ioctl(control, unlock, &locked) == 0, ioctl(control, getNumber, &number) == 0 else {
        throw POSIXError(.ENXIO)
      }
      return (control, "/dev/pts/\(number)")
    #else
      let control = posix_openpt(O_RDWR | O_NOCTTY)
      guard control >= 0, grantpt(control) == 0, unlockpt(control) == 0, let name = ptsname(control) else {
        throw POSIXError(.ENXIO)
      }
      return (control, String(cString: name))
    #endif
  }

  private static func resize(_ control: Int32, _ columns: Int) {
    var size = winsize(ws_row: 40, ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(control, UInt(TIOCSWINSZ), &size)
  }

  /// Starts a process whose controlling terminal is the one of that name.
  private static func spawn(
    _ arguments: [String], in directory: String, terminal: String, environment: [String: String]
  ) throws -> pid_t {
    #if canImport(Glibc)
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
      let newSession: Int16 = 0x80
    #else
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
      let newSession: Int16 = 0x400
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    // The first terminal that the leader of a session opens becomes the session's.
    posix_spawnattr_setflags(&attributes, newSession)
    posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    let shell = ["/bin/sh", "-c", "cd \"$1\" && shift && exec \"$@\"", "sh", directory]
    var argv: [UnsafeMutablePointer<CChar>?] = (shell + arguments).map { strdup($0) } + [nil]
    var envp: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { for pointer in argv + envp { free(pointer) } }
    var process: pid_t = 0
    let code = posix_spawn(&process, shell[0], &actions, &attributes, &argv, &envp)
    guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: code) ?? .ENOENT) }
    return process
  }
}
