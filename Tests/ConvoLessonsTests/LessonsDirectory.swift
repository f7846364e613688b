#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The repository's `lessons`.
let lessonsDirectory =
  #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
  .joined(separator: "/") + "/lessons"

extension String {
  /// A lesson's text as it is.
  init(contentsOfLesson name: String) throws {
    self.init(decoding: try Data(contentsOf: URL(filePath: lessonsDirectory + "/" + name)), as: UTF8.self)
  }
}
