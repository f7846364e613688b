import ConvoJSON
import ConvoNetwork
import ConvoSchema

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Metrics as Keras writes them: by their names, or with their options.
enum MetricConfig {
  static func write(_ metric: Metric) throws(KerasFileError) -> JSONValue {
    guard !Metric.all.contains(metric), let name = metric.schema.aliases.first else { return .string(metric.name) }
    return KerasNames.object("keras.metrics", name, [("name", .string(metric.name))] + (try options(of: metric)))
  }

  private static func options(of metric: Metric) throws(KerasFileError) -> [(name: String, value: JSONValue)] {
    switch metric {
    case .accuracy, .categoricalAccuracy, .sparseCategoricalAccuracy: []
    case .binaryAccuracy(let function): [("threshold", .number(function.threshold))]
    case .precision(let function): options(of: function.decision)
    case .recall(let function): options(of: function.decision)
    case .auc(let function): try options(of: function)
    }
  }

  private static func options(of decision: PositiveDecision) -> [(name: String, value: JSONValue)] {
    [
      ("thresholds", decision.threshold.map(JSONValue.number) ?? .null),
      ("top_k", decision.topK.map(JSONValue.integer) ?? .null),
      ("class_id", decision.classID.map(JSONValue.integer) ?? .null),
    ]
  }

  private static func options(of area: AreaUnderCurve) throws(KerasFileError) -> [(name: String, value: JSONValue)] {
    let json: JSONValue
    do {
      json = try JSONValue(parsing: JSONEncoder().encode(area))
    } catch {
      throw KerasFileError("the metric auc can't be written: \(error)")
    }
    let thresholds = json["thresholds"]?.array ?? []
    let isEven = json["isEven"]?.boolean == true
    return [
      ("num_thresholds", .integer(thresholds.count)), ("curve", .string(area.curve.rawValue)),
      ("summation_method", .string(area.summation.rawValue)),
      ("thresholds", isEven ? .null : .array(Array(thresholds.dropFirst().dropLast()))),
      ("from_logits", .boolean(area.fromLogits)),
    ]
  }
}
