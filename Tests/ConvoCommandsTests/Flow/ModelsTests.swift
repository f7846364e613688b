import ConvoKernel
import ConvoLanguage
import ConvoOutput
import ConvoTraining
import Testing

/// `models`: what there is, and what training has made of it.
@Suite struct ModelsTests {
  /// Nothing has trained, so there is nothing to tell of results.
  @Test func untrainedModelsHaveNoResults() async throws {
    let session = try TinySession()
    try await session.setUp()
    try await session.run("models")
    #expect(session.tables.map(\.title) == ["Models"])
    #expect(session.tables[0].rows == [["→", "sequential", "8x8x3", "2", "193", "binary_crossentropy", "0"]])
  }

  /// One row for each model that has trained, with what the history says of its last epoch.
  @Test func resultsAreThoseOfTheLastEpoch() async throws {
    let session = try TinySession()
    try await session.setUp()
    try await session.run("fit train epochs=2 validation_data=validation verbose=0")
    try await session.run("new model untrained input=8x8x3")
    try await session.run(
      """
      new model blind input=8x8x3
      add flatten
      add dense 1 activation=sigmoid
      compile loss=binary_crossentropy optimizer=sgd
      fit train verbose=0
      models
      """)
    let table = try #require(session.tables.last)
    #expect(
      table.columns.map(\.title)
        == ["name", "parameters", "seconds an epoch", "loss", "accuracy", "val_loss", "val_accuracy"])
    #expect(table.rows.map { $0[0] } == ["sequential", "blind"])
    #expect(table.rows.map { $0[1] } == ["193", "193"])
    for (column, name) in ["loss", "accuracy", "val_loss", "val_accuracy"].enumerated() {
      let history = try await session.series("sequential.\(name)")
      #expect(history.count == 2)
      #expect(try table.rows[0][3 + column] == NumberText.metric(#require(history.last)))
    }
    let loss = try #require(try await session.series("blind.loss").last)
    #expect(Array(table.rows[1][3...]) == [NumberText.metric(loss), "", "", ""])
  }

  /// The time of an epoch is the mean over the history.
  @Test func secondsAreTheMeanOfAllEpochs() async throws {
    let session = try TinySession()
    try await session.setUp()
    try await session.run("fit train epochs=3 verbose=0")
    let seconds = try await session.learned.history.map(\.seconds)
    let mean = try #require(try await session.learned.secondsPerEpoch)
    #expect(seconds.count == 3 && abs(mean - (seconds[0] + seconds[1] + seconds[2]) / 3) < 1e-12)
    #expect(try await session.value("seconds_per_epoch") == .number(mean))
    try await session.run("models")
    #expect(session.tables.last?.rows.first?[2] == NumberText.fixed(mean, 2))
    try await session.run("reset")
    #expect(await session.session.state.activeModel?.learned?.secondsPerEpoch == nil)
  }
}
