import ConvoKernel
import ConvoLanguage
import ConvoOutput
import ConvoTraining
import Testing

/// `rewind` and the callbacks of `fit`, as they are typed.
@Suite struct RewindCommandTests {
  @Test func backToAnEpochAndOnAsIfNothingHadBeen() async throws {
    let (far, near) = (try TinySession(), try TinySession())
    for session in [far, near] { try await session.setUp() }
    try await far.run("fit train epochs=4 validation_data=validation verbose=0")
    try await far.run("rewind 2")
    #expect(
      far.texts.first?.hasPrefix("sequential is back at the end of epoch 2, where val_loss was ") == true
        && far.texts.first?.hasSuffix("; 2 epochs are forgotten") == true, "\(far.texts)")
    try await near.run("fit train epochs=2 validation_data=validation verbose=0")
    for session in [far, near] { try await session.run("fit train epochs=2 verbose=0") }
    #expect(try await far.learned.weights == near.learned.weights)
    #expect(try await far.value("epochs") == .number(4))
    try await far.run("rewind 0")
    #expect(try await far.value("epochs") == .number(0))
    #expect(far.texts == ["sequential is back at its first weights; 4 epochs are forgotten"])
  }

  @Test func backToTheBest() async throws {
    let session = try TinySession()
    try await session.setUp(rate: 3)
    try await session.run("fit train epochs=5 validation_data=validation verbose=0")
    let best = try await session.value("best_epoch(val_loss)")
    #expect(try await session.value("fit.best_epoch") == best)
    try await session.run("rewind best")
    #expect(try await session.value("epochs") == best)
  }

  @Test func whereThereIsNoWayBack() async throws {
    let session = try TinySession()
    #expect(await session.execute("rewind 1") == ["there is no model yet; begin one with: new model input=300x300x3"])
    try await session.setUp()
    #expect(
      await session.execute("rewind best")
        == ["sequential has learned nothing yet, so there is nothing to go back to; train it first: fit GENERATOR"])
    try await session.run("fit train epochs=2 verbose=0")
    #expect(await session.execute("rewind 3") == ["sequential has no epoch 3; its last one is 2"])
    #expect(await session.execute("rewind -1").count == 1)
    #expect(try await session.value("epochs") == .number(2))
  }

  @Test func stoppingEarlyIsToldAndKnown() async throws {
    let session = try TinySession()
    try await session.setUp()
    try await session.run(
      "fit train epochs=9 verbose=0 validation_data=validation early_stopping=val_loss(patience=2, min_delta=99)")
    #expect(
      session.texts == ["stopped after epoch 3: val_loss has not improved for 2 epochs; best was epoch 1"])
    #expect(try await session.value("fit.stopped_early") == .truth(true))
    #expect(try await session.value("fit.best_epoch") == .number(1))
    #expect(try await session.value("epochs") == .number(3))
    try await session.run("fit train epochs=1 verbose=0 early_stopping=3")
    #expect(try await session.value("fit.stopped_early") == .truth(false))
    try await session.run(
      "fit train epochs=9 verbose=0 early_stopping=loss(patience=1 min_delta=99 baseline=0 restore_best_weights=True)")
    #expect(
      session.texts
        == ["stopped after epoch 6: loss has not got better than the baseline 0 in 2 epochs; best was epoch 5"])
  }

  @Test func theLearningRateOfEveryEpochIsShown() async throws {
    let session = try TinySession()
    try await session.setUp(rate: 0.1)
    try await session.run("fit train epochs=3 reduce_lr=loss(factor=0.5 patience=1 min_delta=99)")
    #expect(session.texts.contains("from epoch 3 on, learning_rate is 0.05"))
    #expect(try await session.value("learning_rate") == .number(0.025))
    try await session.run("history")
    let table = try #require(session.tables.first)
    let column = try #require(table.columns.firstIndex { $0.title == "learning_rate" })
    #expect(table.rows.map { $0[column] } == ["0.1", "0.1", "0.05"])
  }

  @Test(arguments: [
    (
      "early_stopping=val_loss",
      "early_stopping can't look at val_loss: the epochs will not have it; there will be loss, accuracy; with "
        + "validation_data=GENERATOR there is val_loss as well"
    ),
    (
      "reduce_lr=precision(patience=1)",
      "reduce_lr can't look at precision: the epochs will not have it; there will be loss, accuracy"
    ),
    (
      "early_stopping=loss(3)",
      "early_stopping: 3 has no name; write it as in loss(patience=3)"
    ),
    (
      "early_stopping=-1",
      "early_stopping can't be -1; write a patience, as in early_stopping=3, or early_stopping=val_loss(patience=3)"
    ),
    (
      "early_stopping=loss(patience=1.5)",
      "early_stopping: patience of early_stopping must be a whole number, 0 or more, not 1.5; After how many epochs "
        + "without an improvement to stop"
    ),
    (
      "reduce_lr=loss(factor=1)",
      "reduce_lr: factor of reduce_lr must be a number at least 0 and below 1, not 1; What the learning rate is "
        + "multiplied by"
    ),
  ])
  func optionsThatMakeNoSense(_ option: String, _ problem: String) async throws {
    let session = try TinySession()
    try await session.setUp()
    #expect(await session.execute("fit train epochs=2 \(option)") == [problem])
    #expect(await session.session.state.activeModel?.learned == nil)
  }
}
