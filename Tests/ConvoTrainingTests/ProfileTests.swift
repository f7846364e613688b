import ConvoData
import ConvoNetwork
import Testing

@testable import ConvoTraining

@Suite struct ProfileTests {
  @Test func aFitTellsWhereItsTimeWent() throws {
    let images = try StripedImages([9, 9])
    let model = try normalizedModel()
    var settings = FitSettings(epochs: 2)
    func fit() throws -> FitOutcome {
      try Trainer(model, threads: 2).fit(
        from: LearnedState(initial: model, seed: 1), on: images.generator(batch: 5),
        validation: images.generator("validation", batch: 9), settings: settings)
    }
    let plain = try fit()
    #expect(plain.profile == nil)
    settings.isProfiled = true
    let timed = try fit()
    // Two epochs of four steps; validation is not training.
    let profile = try #require(timed.profile)
    #expect(profile.execution.steps == 8)
    #expect(profile.execution.threads == 2)
    #expect(profile.execution.optimizer > 0)
    #expect(profile.execution.stages.map(\.name) == profile.plan.stages.map(\.name))
    #expect(profile.waitingForImages > 0)
    #expect(profile.images == timed.state.history.reduce(0) { $0 + $1.images })
    #expect(timed.state.isTheSame(as: plain.state))
  }
}
