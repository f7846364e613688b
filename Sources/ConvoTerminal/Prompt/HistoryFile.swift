import ConvoStateFiles

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What was typed in earlier sessions. Each entry is appended as soon as it is typed, under a lock, so that neither a
/// killed session nor two at once lose any.
struct HistoryFile {
  /// Why the history could not be read or written. A session goes on without it.
  struct Problem: Error, Hashable {
    var message: String
  }

  /// The most entries that are kept.
  static let limit = 10_000
  /// More bytes than this were not typed.
  static let largestSize = 16 << 20

  let path: String

  /// `$XDG_STATE_HOME/convo/history`, by default below `~/.local/state`; `nil` where there is no home.
  static var usual: HistoryFile? {
    StateDirectory.usual.map { HistoryFile(path: $0 + "/history") }
  }

  /// The entries, oldest first. Where there are too many, the oldest are removed from the file.
  ///
  /// - Returns: the entries, and how many lines made no sense.
  func load() throws(Problem) -> (entries: [String], unreadable: Int) {
    let file: LockedFile
    do {
      file = try LockedFile(path, creates: false)
    } catch {
      if error.code == ENOENT || error.code == ENOTDIR { return ([], 0) }
      throw Problem(message: "the history \(path) can't be read: \(error.message)")
    }
    do {
      let lines = try file.contents(atMost: Self.largestSize).split(separator: UInt8(ascii: "\n"))
      let entries = lines.compactMap { OneLine.decode($0) }
      if lines.count > Self.limit {
        try file.replace(with: Self.text(of: entries.suffix(Self.limit)))
      }
      return (Array(entries.suffix(Self.limit)), lines.count - entries.count)
    } catch {
      throw Problem(message: "the history \(path) can't be read: \(error.message)")
    }
  }

  func append(_ entry: String) throws(Problem) {
    do {
      try LockedFile.makeDirectories(for: path)
      let file = try LockedFile(path, creates: true)
      try file.append(Self.text(of: [entry]))
    } catch {
      throw Problem(message: "the history \(path) can't be written: \(error.message)")
    }
  }

  private static func text(of entries: some Sequence<String>) -> [UInt8] {
    Array(entries.map { OneLine.encode($0) + "\n" }.joined().utf8)
  }
}
