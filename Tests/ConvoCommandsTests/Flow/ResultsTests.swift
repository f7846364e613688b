import ConvoLanguage
import Testing

/// What `fit`, `evaluate` and `compare` leave behind, by which exercises tell one thing done from another.
@Suite struct ResultsTests {
  @Test func evaluateSaysOnWhatAndOfWhichModel() async throws {
    let session = try TinySession()
    try await session.setUp()
    try await session.run("evaluate train")
    #expect(try await session.value("evaluation.generator") == .text("train"))
    try await session.run("new model other input=8x8x3")
    try await session.run(
      """
      add flatten
      add dense 1 activation=sigmoid
      compile loss=binary_crossentropy optimizer=sgd
      evaluate validation
      """)
    #expect(try await session.value("evaluation.generator == \"validation\"") == .truth(true))
    #expect(try await session.value("evaluation.model") == .text("other"))
    #expect(try await session.value("evaluation.images") == .number(10))
  }

  /// The steps and images are those of the last epoch: 3 batches of 4, where all would be 16.
  @Test func fitSaysWithWhatAndHowMuch() async throws {
    let session = try TinySession()
    try await session.setUp()
    try await session.run("fit train epochs=2 steps_per_epoch=3 verbose=0")
    #expect(try await session.value("fit.generator") == .text("train"))
    #expect(try await session.value("fit.steps") == .number(3))
    #expect(try await session.value("fit.images") == .number(12))
    try await session.run("fit train verbose=0")
    #expect(try await session.value("fit.images == images(train)") == .truth(true))
  }

  @Test func compareSaysWhichTwo() async throws {
    let session = try TinySession()
    try await session.setUp()
    try await session.run("fit train verbose=0")
    try await session.run(
      """
      new model other input=8x8x3
      add flatten
      add dense 1 activation=sigmoid
      compile loss=binary_crossentropy optimizer=sgd
      fit train verbose=0
      compare other sequential on validation
      """)
    #expect(try await session.value("compare.first") == .text("other"))
    #expect(try await session.value("compare.second") == .text("sequential"))
  }
}
