import ConvoKernel
import ConvoLanguage
import ConvoOutput
import Testing

/// `sweep`: learning rates compared.
@Suite struct SweepTests {
  /// Each row is what compile, reset and fit with that rate come to.
  @Test func everyRateIsAModelOfItsOwn() async throws {
    let session = try TinySession()
    try await session.setUp()
    try await session.run("fit train verbose=0")
    let before = try await session.learned
    try await session.run("sweep train learning_rate=[0.5 0.01] epochs=3 validation_data=validation")
    #expect(try await session.learned == before)
    #expect(try await session.value("learning_rate") == .number(0.05))
    #expect(try await session.series("sweep.learning_rate") == [0.5, 0.01])
    let found = (
      loss: try await session.series("sweep.loss"), accuracy: try await session.series("sweep.accuracy"),
      valLoss: try await session.series("sweep.val_loss"), valAccuracy: try await session.series("sweep.val_accuracy"),
      fluctuation: try await session.series("sweep.fluctuation")
    )
    let table = try #require(session.tables.first)
    #expect(
      table.columns.map(\.title)
        == ["learning_rate", "loss", "accuracy", "val_loss", "val_accuracy", "fluctuation"])
    #expect(table.rows.map { $0[0] } == ["0.5", "0.01"] && table.rows[1][1] == NumberText.metric(found.loss[1]))
    for (index, rate) in ["0.5", "0.01"].enumerated() {
      try await session.run(
        """
        reset
        compile loss=binary_crossentropy optimizer=sgd learning_rate=\(rate) momentum=0.9 metrics=[accuracy]
        fit train epochs=3 validation_data=validation verbose=0
        """)
      #expect(try await session.series("loss").last == found.loss[index])
      #expect(try await session.series("val_loss").last == found.valLoss[index])
      #expect(try await session.series("val_accuracy").last == found.valAccuracy[index])
      let accuracies = try await session.series("accuracy")
      #expect(accuracies.last == found.accuracy[index])
      let change = abs(accuracies[1] - accuracies[0]) + abs(accuracies[2] - accuracies[1])
      #expect(abs(found.fluctuation[index] - change / 2) < 1e-12)
    }
  }

  @Test func aLossThatIsNotANumberIsShownAsSuch() async throws {
    let session = try TinySession()
    try await session.setUp(loss: "mean_squared_error")
    try await session.run(
      """
      remove layer 2
      add dense 1
      compile loss=mean_squared_error optimizer=sgd metrics=[accuracy]
      sweep train learning_rate=[1e38, 0.001] epochs=2
      """)
    let table = try #require(session.tables.last)
    #expect(["nan", "inf"].contains(table.rows[0][1]) && table.rows[1][1] != "nan")
    #expect(session.texts.contains("the lowest loss is that of learning_rate 0.001"))
    #expect(session.texts.contains { $0.hasPrefix("with learning_rate 1e+38, the loss is no finite number") })
  }

  @Test func anInterruptionKeepsWhatIsDone() async throws {
    let session = try TinySession()
    try await session.setUp()
    let errors = await session.execute("sweep train learning_rate=[0.5 0.01 0.001] epochs=300") { content in
      if case .progress(let progress) = content { progress.title.hasPrefix("learning_rate 0.01 ") } else { false }
    }
    #expect(
      errors == [
        "interrupted at learning_rate 0.01 (2 of 3); the rates before it, if any, are done; the model is as it was"
      ])
    #expect(session.tables.first?.rows.map { $0[0] } == ["0.5"])
    #expect(try await session.series("sweep.learning_rate") == [0.5])
  }

  @Test func whatIsWrongIsSaidBeforeAnything() async throws {
    let session = try TinySession()
    try await session.setUp()
    #expect(
      await session.execute("sweep train learning_rate=[]")
        == ["learning_rate has no value to try; as in learning_rate=[0.1 0.001 0.00001]"])
    #expect(await session.execute("sweep train learning_rate=[-1]").count == 1)
    #expect(await session.execute("sweep nobody learning_rate=0.1").first?.hasPrefix("there is no generator") == true)
    try await session.run("add dense 3")
    #expect(await session.execute("sweep train learning_rate=0.1").count == 1)
  }
}
