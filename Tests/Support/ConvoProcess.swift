public import Foundation

/// Runs the built `convo` as a person would.
public enum ConvoProcess {
  public struct Outcome: Sendable {
    public var status: Int32
    public var output: String
    public var errors: String

    /// The JSON events that were printed, one object a line.
    public var events: [[String: Any]] {
      output.split(separator: "\n").map { line in
        (try? JSONSerialization.jsonObject(with: Data(line.utf8))) as? [String: Any] ?? ["event": "not JSON: \(line)"]
      }
    }
  }

  /// The executable lies beside the bundle that the tests run from.
  public static var executable: URL {
    var folder = Bundle.main.executableURL?.deletingLastPathComponent() ?? URL(filePath: "/")
    let candidates = CommandLine.arguments + [Bundle.main.bundlePath]
    if let bundle = candidates.first(where: { $0.hasSuffix(".xctest") }) {
      folder = URL(filePath: bundle).deletingLastPathComponent()
    }
    return folder.appending(path: "convo")
  }

  /// Runs to the end. The state directory is one of its own, so that no test touches the history of whoever runs it.
  public static func run(
    _ arguments: [String], in directory: URL, input: String = "", environment: [String: String] = [:]
  ) throws -> Outcome {
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = directory
    process.environment = ProcessInfo.processInfo.environment
      .merging(["XDG_STATE_HOME": directory.appending(path: ".state").path, "COLUMNS": "100"]) { $1 }
      .merging(environment) { $1 }
    let (output, errors, stdin) = (Pipe(), Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = stdin
    try process.run()
    // Each pipe is drained while the other fills.
    let group = DispatchGroup()
    let collected = Collected()
    DispatchQueue.global().async(group: group) {
      collected.errors = errors.fileHandleForReading.readDataToEndOfFile()
    }
    DispatchQueue.global().async(group: group) {
      try? stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
      try? stdin.fileHandleForWriting.close()
    }
    let outputData = output.fileHandleForReading.readDataToEndOfFile()
    group.wait()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus, output: String(decoding: outputData, as: UTF8.self),
      errors: String(decoding: collected.errors, as: UTF8.self))
  }

  /// Written by one thread before the group ends, read after it.
  private final class Collected: @unchecked Sendable {
    var errors = Data()
  }
}

/// A folder of its own for one test, gone when the test is.
public final class TemporaryFolder: Sendable {
  public let url: URL

  public init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "convo-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }
}
