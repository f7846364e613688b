import ConvoKernel
import ConvoStateFiles

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The file that holds how far a learner has come in one lesson: replaced as a whole, in one step and under a lock, so
/// that whoever reads it, and a session that is killed, finds the old one or the new one.
struct ProgressFile: Sendable {
  /// Nobody types so much in a lesson.
  private static let largestSize = 16 << 20

  let path: String

  init(path: String) {
    self.path = path
  }

  /// `lessons/ID` in the state directory; `nil` where there is none.
  init?(lesson id: String) {
    guard let directory = StateDirectory.usual else { return nil }
    path = directory + "/lessons/" + id
  }

  /// - Returns: the progress, `nil` where there is none, and what to say about a file that can't be understood.
  func load() -> (progress: LessonProgress?, warning: String?) {
    do throws(LockedFile.Failure) {
      let bytes = try LockedFile(path, creates: false).contents(atMost: Self.largestSize)
      guard bytes.contains(where: { $0 != UInt8(ascii: "\n") }) else { return (nil, nil) }
      guard let (progress, unreadable) = LessonProgress.read(bytes) else {
        return (nil, "the progress in \(path) makes no sense; the lesson starts from its beginning")
      }
      return (progress, unreadable > 0 ? "\(unreadable) lines of \(path) make no sense and were left out" : nil)
    } catch {
      if error.code == ENOENT || error.code == ENOTDIR { return (nil, nil) }
      return (nil, "the progress \(path) can't be read: \(error.message)")
    }
  }

  func save(_ progress: LessonProgress) throws(CommandError) {
    do throws(LockedFile.Failure) {
      try LockedFile.makeDirectories(for: path)
      let file = try LockedFile(path, creates: true)
      try file.replace(with: Array(progress.text.utf8))
    } catch {
      throw CommandError(.file, "the progress \(path) can't be written: \(error.message)")
    }
  }
}
