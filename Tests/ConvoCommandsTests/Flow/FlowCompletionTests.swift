import ConvoKernel
import ConvoSchema
import Testing

/// What the tab key offers.
@Suite struct FlowCompletionTests {
  @Test(arguments: [
    ("plot ", ["history"]),
    ("plot history s", ["save="]),
    ("rew", ["rewind"]),
    ("rewind b", ["best"]),
    ("fit train early", ["early_stopping="]),
    ("fit train early_stopping=val_", ["val_loss", "val_accuracy"]),
    ("fit train early_stopping=no", ["none"]),
    ("sweep t", ["train"]),
    ("sweep train lea", ["learning_rate="]),
    ("sweep train validation_data=v", ["validation"]),
  ])
  func candidates(_ line: String, _ expected: [String]) async throws {
    let session = try TinySession()
    try await session.setUp()
    #expect(await session.session.completion(of: line).candidates == expected)
  }

  @Test func whyTakesAFile() async throws {
    let session = try TinySession()
    #expect(await session.session.completion(of: "why da").paths == .file)
  }

  @Test func helpOnAnOptionSaysWhoseItIs() async throws {
    let session = try TinySession()
    #expect(
      await session.execute("help reduce_lr")
        == ["there is no help on 'reduce_lr'; it is an option, explained by help fit"])
  }
}
