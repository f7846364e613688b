import ConvoTestSupport
import Testing

@testable import ConvoNetwork

@Suite struct AccuracyTests {
  struct Record: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let outputs, targets: RecordedArray
    let accuracy: Double
    var testDescription: String { name }

    static func all() throws -> [Record] {
      struct File: Decodable { let accuracies: [Record] }
      return try recorded("losses_optimizers", as: File.self).accuracies
    }
  }

  @Test(arguments: try Record.all())
  func accuracyIsThatOfKeras(_ record: Record) throws {
    let accuracy = try #require(tally(record, rows: [0..<record.outputs.shape[0]]).scores.accuracy)
    #expect(abs(accuracy - record.accuracy) < 1e-6)
  }

  @Test(arguments: try Record.all())
  func samplesInPartsAddUpToTheWhole(_ record: Record) throws {
    let count = record.outputs.shape[0]
    let parts = tally(record, rows: (0..<count).map { $0..<$0 + 1 })
    #expect(parts == tally(record, rows: [0..<count]))
    #expect(parts.samples == count)
    // Losses 0, 1, 2 … have this mean.
    #expect(parts.loss == Double(count - 1) / 2)
  }

  @Test func nothingMeasuredIsNotANumber() {
    let tally = Tally([.accuracy])
    #expect(tally.loss.isNaN)
    #expect(tally.value(of: .accuracy)?.isNaN == true)
    #expect(Tally([]).value(of: .accuracy) == nil)
  }

  @Test func resettingStartsAgain() throws {
    let record = try #require(try Record.all().first)
    var tally = tally(record, rows: [0..<2])
    tally.reset()
    #expect(tally == Tally([.accuracy]))
  }

  private func tally(_ record: Record, rows: [Range<Int>]) -> Tally {
    var tally = Tally([.accuracy])
    let (width, targetWidth) = (record.outputs.shape[1], record.targets.shape[1])
    record.outputs.values.withUnsafeBufferPointer { outputs in
      record.targets.values.withUnsafeBufferPointer { targets in
        for range in rows {
          let samples = MeasuredSamples(
            rows: range.count, width: width,
            outputs: UnsafeBufferPointer(rebasing: outputs[range.lowerBound * width..<range.upperBound * width]),
            targetWidth: targetWidth,
            targets: UnsafeBufferPointer(
              rebasing: targets[range.lowerBound * targetWidth..<range.upperBound * targetWidth]))
          let losses = range.map { Float($0) }
          losses.withUnsafeBufferPointer { tally.add(samples, losses: $0) }
        }
      }
    }
    return tally
  }
}
