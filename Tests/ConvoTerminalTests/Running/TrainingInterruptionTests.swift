import ConvoTestSupport
import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Ctrl-C and its kin while a model is trained.
@Suite struct TrainingInterruptionTests {
  let folder: TemporaryFolder

  /// A model whose epochs take long enough to be watched, and short enough to be waited for.
  private static let setUp = """
    load generator train from pictures rescale=1/255 target_size=64x64 batch_size=2 class_mode=binary
    new model input=64x64x3
    add flatten
    add dense 128 activation=relu
    add dense 1 activation=sigmoid
    compile loss=binary_crossentropy optimizer=sgd metrics=[accuracy]
    """
  private static let training = "fit train epochs=10000000"

  init() throws {
    folder = try TemporaryFolder()
    let rendered = try ConvoProcess.run(
      ["datasets", "render", "horse-or-human", "--limit", "4", "--into", "all"], in: folder.url)
    #expect(rendered.status == 0, "\(rendered.errors)")
    try FileManager.default.moveItem(
      at: folder.url.appending(path: "all/train"), to: folder.url.appending(path: "pictures"))
  }

  private func open() throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(in: folder.url)
    terminal.waitForPrompt(1)
    for (number, line) in Self.setUp.split(separator: "\n").enumerated() {
      terminal.enter(String(line))
      terminal.waitForPrompt(number + 2)
    }
    return terminal
  }

  @Test func controlCBringsThePromptBackAndKeepsWhatWasLearned() throws {
    let terminal = try open()
    terminal.enter(Self.training)
    terminal.wait(for: "Epoch 3/")
    // Typed while the cell runs: not shown in the middle of it.
    terminal.type("half a li\u{3}")
    terminal.waitForPrompt(8)
    #expect(!terminal.screen.text.contains("half"))
    terminal.enter("history")
    terminal.waitForPrompt(9)
    #expect(terminal.screen.text.contains("History of"))
    terminal.enter("fit train epochs=1")
    terminal.wait(for: "going on from epoch")
    terminal.waitForPrompt(10)
    terminal.type("\u{4}")
    #expect(terminal.exitStatus() == 0)
  }

  @Test func theLiveLineNeverLeavesRubble() throws {
    let terminal = try open()
    terminal.resize(columns: 30)
    terminal.enter("fit train epochs=3")
    terminal.waitForPrompt(8)
    let lines = terminal.screen.lines.drop { !$0.hasPrefix("Epoch 1/3") }
    #expect(lines.filter { $0.hasPrefix("Epoch ") }.count == 3)
    #expect(lines.filter { $0.contains("- loss: ") }.count == 3)
    #expect(lines.allSatisfy { $0.count <= 30 })
  }

  @Test func aRequestToEndStopsTheTrainingFirst() throws {
    let terminal = try open()
    terminal.enter(Self.training)
    terminal.wait(for: "Epoch 2/")
    terminal.send(SIGTERM)
    #expect(terminal.exitStatus() == -SIGTERM)
    #expect(terminal.screen.text.contains("weights and history are kept"))
    #expect(try folder.read("state/convo/history").hasSuffix(Self.training + "\n"))
  }

  @Test func aScriptEndsWithTheStatusOfAnInterruption() throws {
    let script = Self.setUp + "\n" + Self.training + "\nhelp\n"
    let terminal = try PseudoTerminal(["-c", script], in: folder.url)
    terminal.wait(for: "Epoch 2/")
    terminal.type("\u{3}")
    #expect(terminal.exitStatus() == 130)
    #expect(!terminal.screen.text.contains("Tab completes"))
  }

  /// `convo … | head -1`: nobody reads the rest.
  @Test func aClosedPipeEndsTheProcessQuietly() throws {
    let process = Process()
    process.executableURL = ConvoProcess.executable
    process.currentDirectoryURL = folder.url
    process.arguments = ["-c", Self.setUp + "\n" + Self.training]
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    #expect(try output.fileHandleForReading.read(upToCount: 1)?.count == 1)
    try output.fileHandleForReading.close()
    process.waitUntilExit()
    #expect(process.terminationReason == .uncaughtSignal)
    #expect(process.terminationStatus == SIGPIPE)
    #expect(try errors.fileHandleForReading.readToEnd() ?? Data() == Data())
  }
}
