#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// While it lasts, what is typed is kept for the next prompt and not shown: it would be written into the middle of a
/// running cell's output. Ctrl-C and Ctrl-Z go on working.
struct QuietInput: ~Copyable {
  private var before = termios()
  private let isActive: Bool

  init() {
    // A process in the background may not touch the terminal: it would be stopped.
    let isInForeground = tcgetpgrp(STDIN_FILENO) == getpgrp()
    guard isInForeground, tcgetattr(STDIN_FILENO, &before) == 0 else {
      isActive = false
      return
    }
    isActive = true
    var quiet = before
    quiet.c_lflag &= ~tcflag_t(ECHO | ICANON)
    tcsetattr(STDIN_FILENO, TCSADRAIN, &quiet)
  }

  deinit {
    guard isActive, tcgetpgrp(STDIN_FILENO) == getpgrp() else { return }
    var before = before
    tcsetattr(STDIN_FILENO, TCSADRAIN, &before)
  }
}
