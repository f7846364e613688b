#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where what outlives a session is kept.
public enum StateDirectory {
  /// `$XDG_STATE_HOME/convo`, by default below `~/.local/state`; `nil` where there is no home.
  public static var usual: String? {
    path(stateHome: variable("XDG_STATE_HOME"), home: home)
  }

  /// The learner's home directory.
  public static var home: String? {
    variable("HOME") ?? getpwuid(getuid()).flatMap { $0.pointee.pw_dir }.map { String(cString: $0) }
  }

  public static func path(stateHome: String?, home: String?) -> String? {
    // The XDG rules: a path that is not absolute is not to be looked at.
    if let stateHome, stateHome.hasPrefix("/") { return stateHome + "/convo" }
    return home.map { $0 + "/.local/state/convo" }
  }

  private static func variable(_ name: String) -> String? {
    guard let text = getenv(name), text.pointee != 0 else { return nil }
    return String(cString: text)
  }
}
