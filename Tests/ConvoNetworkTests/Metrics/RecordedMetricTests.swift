import ConvoTestSupport
import Testing

@testable import ConvoNetwork

@Suite struct RecordedMetricTests {
  @Test(arguments: try MetricRecord.all())
  func everyMetricIsThatOfKeras(_ record: MetricRecord) throws {
    let tally = try record.tally(rows: [0..<record.count])
    for (name, expected) in record.values {
      let metric = try Metric(name, for: "metrics")
      let value = try #require(tally.value(of: metric))
      #expect(abs(value - expected.whole) < 1e-6, "\(name): \(value), not \(expected.whole)")
    }
  }

  @Test(arguments: try MetricRecord.all())
  func runningValuesAreThoseOfKeras(_ record: MetricRecord) throws {
    var running = try Tally(record.metrics)
    for (step, rows) in record.batches.enumerated() {
      running.add(try record.tally(rows: [rows]))
      for (name, expected) in record.values {
        let metric = try Metric(name, for: "metrics")
        let value = try #require(running.value(of: metric))
        // Keras says 0 where nothing was added yet.
        let found = value.isNaN && running.samples == 0 ? 0 : value
        #expect(abs(found - expected.batches[step]) < 1e-6, "\(name) after \(step + 1) batches")
      }
    }
  }

  @Test(arguments: try MetricRecord.all())
  func samplesInPartsAddUpToTheWhole(_ record: MetricRecord) throws {
    let parts = try record.tally(rows: (0..<record.count).map { $0..<$0 + 1 })
    #expect(parts == (try record.tally(rows: [0..<record.count])))
    #expect(parts.samples == record.count)
    // Losses 0, 1, 2 … have this mean.
    #expect(parts.loss == Double(record.count - 1) / 2)
  }

  @Test func everyMetricIsRecorded() throws {
    let recorded = Set(try MetricRecord.all().flatMap { try $0.metrics })
    #expect(recorded.isSuperset(of: Metric.all))
  }

  /// What makes sense is what was recorded.
  @Test(arguments: try MetricRecord.all())
  func metricsAcceptTheShapesThatTheyAreMadeFor(_ record: MetricRecord) throws {
    let (outputs, targets) = (record.outputs.shape[1], record.targets.shape[1])
    let accepting = Metric.all.filter { $0.function.accepts(outputs: outputs, targetWidth: targets) }
    #expect(Set(accepting) == Set(try record.metrics.filter(Metric.all.contains)))
    #expect(try record.metrics.allSatisfy { $0.function.accepts(outputs: outputs, targetWidth: targets) })
  }

  @Test func nothingMeasuredIsNotANumber() {
    let tally = Tally([.accuracy])
    #expect(tally.loss.isNaN)
    #expect(tally.value(of: .accuracy)?.isNaN == true)
    #expect(Tally([]).value(of: .accuracy) == nil)
  }

  @Test func resettingStartsAgain() throws {
    let record = try #require(try MetricRecord.all().first)
    var tally = try record.tally(rows: [0..<2])
    tally.reset()
    #expect(tally == (try Tally(record.metrics)))
  }
}

/// What Keras measured on given outputs.
struct MetricRecord: Decodable, Sendable, CustomTestStringConvertible {
  struct Values: Decodable {
    let whole: Double
    /// After each batch.
    let batches: [Double]
  }

  let name: String
  let outputs, targets: RecordedArray
  /// Where each batch ends.
  let ends: [Int]
  let values: [String: Values]

  var testDescription: String { name }
  var count: Int { outputs.shape[0] }
  var batches: [Range<Int>] { zip([0] + ends, ends).map { $0..<$1 } }
  /// Those that were recorded.
  var metrics: [Metric] {
    get throws { try values.keys.sorted().map { try Metric($0, for: "metrics") } }
  }

  static func all() throws -> [MetricRecord] {
    struct File: Decodable { let metrics: [MetricRecord] }
    return try recorded("losses_optimizers", as: File.self).metrics
  }

  /// The rows' metrics, with the numbers of the rows as losses.
  func tally(rows: [Range<Int>]) throws -> Tally {
    var tally = try Tally(metrics)
    let (width, targetWidth) = (outputs.shape[1], targets.shape[1])
    outputs.values.withUnsafeBufferPointer { outputs in
      targets.values.withUnsafeBufferPointer { targets in
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
