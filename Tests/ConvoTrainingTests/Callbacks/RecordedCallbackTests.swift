import ConvoTestSupport
import Testing

@testable import ConvoTraining

/// Every decision of Keras's callbacks on recorded sequences of values.
@Suite struct RecordedCallbackTests {
  @Test func earlyStoppingDecidesAsKerasDoes() throws {
    let cases = try recorded("callbacks", as: CallbackRecord.self).early_stopping
    try #require(cases.count == 160)
    #expect(cases.contains { $0.stopped == nil } && cases.contains { $0.stopped == 1 })
    for (number, record) in cases.enumerated() {
      let rule = EarlyStopping(
        MonitoredMetric(
          record.monitor, mode: try #require(MonitoredMetric.Mode(rawValue: record.mode)), minDelta: record.min_delta),
        patience: record.patience, baseline: record.baseline, restoresBestWeights: record.restore_best_weights,
        startFromEpoch: record.start_from_epoch)
      var memory = EarlyStopping.Memory()
      // The epoch whose weights are in the model when the fit ends.
      var (stopped, weights, best): (Int?, Int, Int?) = (nil, 0, nil)
      for (index, text) in record.values.enumerated() {
        weights = index
        let decision = rule.decide(try #require(Double(text)), epoch: index, index: index, &memory)
        if decision == .goOnWithBest { best = index }
        guard decision == .stop else { continue }
        stopped = index
        break
      }
      if record.restore_best_weights, let best { weights = best }
      #expect(stopped == record.stopped, "case \(number)")
      #expect(memory.wait == record.wait, "case \(number)")
      #expect(weights == record.weights, "case \(number)")
      // Keras has 0 where it looked at none.
      #expect(
        memory.best == nil || memory.bestEpoch == record.best_epoch, "case \(number)")
    }
  }

  @Test func theLearningRateIsThatOfKeras() throws {
    let cases = try recorded("callbacks", as: CallbackRecord.self).reduce_lr
    try #require(cases.count == 120)
    var reductions = 0
    for (number, record) in cases.enumerated() {
      let rule = ReduceLearningRate(
        MonitoredMetric(
          record.monitor, mode: try #require(MonitoredMetric.Mode(rawValue: record.mode)), minDelta: record.min_delta),
        factor: record.factor, patience: record.patience, cooldown: record.cooldown, leastRate: record.min_lr)
      var memory = ReduceLearningRate.Memory()
      var rate = try #require(Double(record.rate))
      for (text, expected) in zip(record.values, record.rates) {
        if let reduced = rule.decide(try #require(Double(text)), rate: rate, &memory) {
          rate = reduced
          reductions += 1
        }
        #expect(Float(rate) == Float(expected), "case \(number)")
      }
    }
    #expect(reductions > 120)
  }

  /// The rate is shown as it would be written, not as its 32 bits are.
  @Test func aReducedRateIsAShortNumber() {
    let rule = ReduceLearningRate(factor: 0.5, patience: 0)
    var memory = ReduceLearningRate.Memory(best: 0)
    #expect(rule.decide(1, rate: 0.001, &memory) == 0.0005)
  }
}

/// Names as in Keras.
private struct CallbackRecord: Decodable {
  struct Stopping: Decodable {
    let monitor, mode: String
    let patience, start_from_epoch: Int
    let min_delta: Double
    let baseline: Double?
    let restore_best_weights: Bool
    let values: [String]
    let stopped: Int?
    let best_epoch, wait, weights: Int
  }

  struct Reduction: Decodable {
    let monitor, mode: String
    let factor, min_delta, min_lr: Double
    let patience, cooldown: Int
    let rate: String
    let values, rates: [String]
  }

  let early_stopping: [Stopping]
  let reduce_lr: [Reduction]
}
