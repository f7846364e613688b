import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What the process was asked to do by signals: the handlers only note it, and loops look.
public enum ProcessSignals {
  private static let interrupt = Atomic<Bool>(false)
  /// 0, or the first signal that asked the process to end.
  private static let ending = Atomic<Int32>(0)

  /// Notes Ctrl-C and requests to end from now on, makes writing to a closed pipe an error like others, and lets the
  /// C library know how characters are written. To be called once, before anything else.
  public static func install() {
    openStandardStreams()
    useLocale()
    // Touched here first, so that a handler never is the one to set them up.
    interrupt.store(false, ordering: .relaxed)
    ending.store(0, ordering: .relaxed)
    WakeUp.prepare()
    unblockAll()
    if !isIgnored(SIGINT) {
      handle(SIGINT) { _ in
        ProcessSignals.interrupt.store(true, ordering: .relaxed)
        WakeUp.call()
      }
    }
    for signal in [SIGTERM, SIGHUP] where !isIgnored(signal) {
      handle(signal) { signal in
        _ = ProcessSignals.ending.compareExchange(expected: 0, desired: signal, ordering: .relaxed)
        WakeUp.call()
      }
    }
    handle(SIGPIPE, SIG_IGN)
  }

  /// Whether Ctrl-C was pressed since it was last taken note of.
  public static var isInterrupted: Bool { interrupt.load(ordering: .relaxed) }

  /// The signal that asked the process to end, if any.
  public static var endRequest: Int32? {
    let signal = ending.load(ordering: .relaxed)
    return signal == 0 ? nil : signal
  }

  /// Takes note of Ctrl-C: says whether it was pressed, and forgets it.
  public static func takeInterrupt() -> Bool {
    interrupt.exchange(false, ordering: .relaxed)
  }

  /// Ends the process as the signal would have done, so that whoever started it sees why.
  public static func die(of signal: Int32) -> Never {
    handle(signal, SIG_DFL)
    unblockAll()
    raise(signal)
    _exit(128 + signal)
  }

  /// Sets what a signal does. No `SA_RESTART`: whatever waits is to look again.
  static func handle(_ signal: Int32, _ handler: (@convention(c) (Int32) -> Void)?) {
    var action = sigaction()
    #if canImport(Glibc)
      action.__sigaction_handler.sa_handler = handler
    #else
      action.__sigaction_u.__sa_handler = handler
    #endif
    sigemptyset(&action.sa_mask)
    action.sa_flags = 0
    sigaction(signal, &action, nil)
  }

  /// Whoever started us may have asked for that, as `nohup` does.
  private static func isIgnored(_ signal: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(signal, nil, &action) == 0 else { return false }
    #if canImport(Glibc)
      let handler = action.__sigaction_handler.sa_handler
    #else
      let handler = action.__sigaction_u.__sa_handler
    #endif
    return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  /// A program that blocks signals for its own ends passes that on to those that it starts.
  private static func unblockAll() {
    var none = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, nil)
  }

  /// Where one of the first three descriptors is closed, the next file that is opened would take its place and be
  /// written to by mistake.
  private static func openStandardStreams() {
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) == -1 {
      _ = open("/dev/null", O_RDWR)
    }
  }

  /// Characters only: numbers are written with a point everywhere.
  private static func useLocale() {
    let isUsual = setlocale(LC_CTYPE, "") != nil
    if isUsual, let codeset = nl_langinfo(nl_item(CODESET)), String(cString: codeset) == "UTF-8" { return }
    for name in ["C.UTF-8", "en_US.UTF-8", "UTF-8"] where setlocale(LC_CTYPE, name) != nil { return }
  }
}
