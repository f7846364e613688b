/// Why a dataset could not be rendered; `description` says what happened, where, and what to do.
public enum RenderError: Error, Sendable, Hashable, CustomStringConvertible {
  /// `isCancelled` said so; whole pictures stay and a later call goes on from there.
  case cancelled(done: Int, total: Int)
  /// Something that is not a directory stands where one is needed.
  case notADirectory(path: String)
  /// The directory holds something this library did not write.
  case notOurs(path: String, found: String)
  /// The directory holds the same dataset from another seed or an older drawing.
  case otherSettings(path: String, found: String, wanted: String)
  /// Another process is rendering into the directory.
  case busy(path: String)
  case noPermission(path: String)
  case diskFull(path: String)
  /// Any other failed system call.
  case system(path: String, call: String, code: Int32, reason: String)
  /// The drawing library failed, as a rule for lack of memory.
  case drawingFailed(reason: String)
  case invalidArgument(reason: String)

  public var description: String {
    switch self {
    case .cancelled(let done, let total):
      "cancelled after \(done) of \(total) pictures; render again to go on from there"
    case .notADirectory(let path):
      "\(path) is not a directory; name a new or empty one"
    case .notOurs(let path, let found):
      "\(path) already holds \(found), which is not part of this dataset; name a new or empty directory"
    case .otherSettings(let path, let found, let wanted):
      "\(path) holds pictures rendered as \(found), not as \(wanted); name another directory or remove that one"
    case .busy(let path):
      "another process is rendering into \(path); wait for it or name another directory"
    case .noPermission(let path):
      "no permission to write \(path); choose a directory of your own or change its permissions"
    case .diskFull(let path):
      "no space left on the disk for \(path); free some space and render again to go on from there"
    case .system(let path, let call, let code, let reason):
      "\(call) failed for \(path): \(reason) (error \(code))"
    case .drawingFailed(let reason):
      "a picture could not be drawn: \(reason)"
    case .invalidArgument(let reason):
      reason
    }
  }
}
