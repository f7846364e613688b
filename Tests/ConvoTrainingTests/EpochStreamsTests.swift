import ConvoData
import Testing

@testable import ConvoTraining

/// What is decoded ahead is what training asks for next.
@Suite struct EpochStreamsTests {
  @Test func withValidation() throws {
    let images = try StripedImages([6, 6])
    let streams = EpochStreams(
      train: try images.generator(batch: 5), validation: try images.generator("validation", batch: 8),
      settings: FitSettings(epochs: 2), lastEpoch: 2)
    streams.decodeAhead(after: .training(epoch: 1, from: 0))
    #expect(streams.ahead?.part == .validation(epoch: 1))
    streams.decodeAhead(after: .validation(epoch: 1))
    #expect(streams.ahead?.part == .training(epoch: 2, from: 0))
    let ahead = try #require(streams.ahead?.stream)
    #expect(streams.stream(of: .training(epoch: 2, from: 0)) === ahead)
    #expect(streams.ahead == nil)
    streams.decodeAhead(after: .validation(epoch: 2))
    #expect(streams.ahead == nil, "after the last epoch there is nothing to do")
  }

  @Test func withoutValidation() throws {
    let images = try StripedImages([6, 6])
    let streams = EpochStreams(
      train: try images.generator(batch: 5), validation: nil, settings: FitSettings(epochs: 2), lastEpoch: 2)
    #expect(streams.validationSteps == nil)
    streams.decodeAhead(after: .training(epoch: 1, from: 2))
    #expect(streams.ahead?.part == .training(epoch: 2, from: 0))
    #expect(streams.stream(of: .training(epoch: 1, from: 2)) !== streams.ahead?.stream, "not what was asked for")
  }
}
