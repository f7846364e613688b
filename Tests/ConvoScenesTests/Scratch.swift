import ConvoThreads
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@testable import ConvoScenes

/// A directory of its own for one test, removed with everything in it.
final class Scratch {
  let path: String

  init() throws {
    var template = Array((Self.temporary + "/convo-scenes-XXXXXX").utf8CString)
    let made = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.flatMap { mkdtemp($0) } != nil
    }
    try #require(made)
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { Self.remove(path) }

  private static var temporary: String { getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp" }

  private static func remove(_ path: String) {
    chmod(path, 0o700)
    for name in (try? FileAccess.names(path)) ?? [] { remove(path + "/" + name) }
    if rmdir(path) != 0 { unlink(path) }
  }

  func bytes(_ name: String) -> [UInt8]? { FileAccess.contents(path + "/" + name, atMost: 1 << 21) }

  func write(_ name: String, _ text: String) throws {
    try FileAccess.replace(path + "/" + name, with: Array(text.utf8))
  }

  /// Every file below, as a path from here, in order.
  func files(_ folder: String = "") throws -> [String] {
    var found: [String] = []
    for name in try FileAccess.names(folder.isEmpty ? path : path + "/" + folder) {
      let inner = folder.isEmpty ? name : folder + "/" + name
      if try FileAccess.kind(path + "/" + inner) == .directory {
        found += try files(inner)
      } else {
        found.append(inner)
      }
    }
    return found
  }
}

/// Counts calls from any thread.
final class Recorder: Sendable {
  private let state = Monitor<[RenderProgress]>([])
  func add(_ progress: RenderProgress) { state.withLock { $0.append(progress) } }
  var all: [RenderProgress] { state.withLock { $0 } }
}
