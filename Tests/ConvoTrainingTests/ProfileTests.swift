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
    #expect(profile.steps == 8)
    #expect(profile.optimizer > 0)
    #expect(profile.stages.map(\.name) == timed.plan.stages.map(\.name))
    #expect(timed.state.isTheSame(as: plain.state))
  }
}
