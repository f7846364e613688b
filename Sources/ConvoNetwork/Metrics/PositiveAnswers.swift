import ConvoSchema

/// A metric that is true positives / (true positives + answers that are wrong in one way), 0 where there are neither.
///
/// A positive is an output for which the `decision` is yes, a true one where the truth is not 0. Several outputs count
/// one by one.
protocol PositiveAnswers: MetricFunction {
  var decision: PositiveDecision { get }

  /// Whether an answer counts at all: those that do are right where they are positive and the truth is, else wrong.
  func counts(isPositive: Bool, isTrue: Bool) -> Bool
}

extension PositiveAnswers {
  static var domain: String { "outputs that each have a truth of their own" }

  func accepts(outputs: Int, targetWidth: Int) -> Bool { outputs == targetWidth && decision.fits(outputs: outputs) }

  /// True positives; wrong answers.
  var sumCount: Int { 2 }

  func add(_ samples: MeasuredSamples, to sums: inout [Double]) {
    var (right, wrong) = (0.0, 0.0)
    samples.forEachSample { outputs, targets in
      for index in decision.classes(outputs.count) {
        let isPositive = decision.isPositive(index, of: outputs)
        let isTrue = targets[index] != 0
        guard counts(isPositive: isPositive, isTrue: isTrue) else { continue }
        if isPositive && isTrue { right += 1 } else { wrong += 1 }
      }
    }
    sums[0] += right
    sums[1] += wrong
  }

  func value(of sums: [Double]) -> Double {
    sums[0] == 0 ? 0 : sums[0] / (sums[0] + sums[1])
  }
}

/// When an output says yes, for precision and recall.
public struct PositiveDecision: Sendable, Hashable, Codable {
  /// What the output must be above; 0.5 itself is not above 0.5. `nil` where its rank alone decides.
  public var threshold: Double? = 0.5
  /// Among how many of the largest outputs of the sample it must be; `nil` for any.
  public var topK: Int?
  /// The only class that counts; `nil` for all.
  public var classID: Int?

  /// Keras's defaults.
  public init() {}

  /// Keras's names.
  static let parameters = [
    Parameter(
      "thresholds", .optional(.number(.any)), .positional, .defaults(to: .none),
      help: "What an output of class 1 is above; none for 0.5, or for any number with top_k"),
    Parameter(
      "top_k", .optional(.integer(1...Int.max)), .positional, .defaults(to: .none),
      help: "Of how many of the largest outputs of an image it must be one"),
    Parameter(
      "class_id", .optional(.integer(0...Int.max)), .positional, .defaults(to: .none),
      help: "The only class that counts, from 0"),
  ]

  /// - Parameter parameter: The parameter that errors name.
  init(_ arguments: Arguments, for parameter: String) throws(ArgumentError) {
    topK = try arguments.integerIfGiven("top_k")
    classID = try arguments.integerIfGiven("class_id")
    threshold = try arguments.numberIfGiven("thresholds") ?? (topK == nil ? 0.5 : nil)
    _ = try threshold?.asFloat(of: "thresholds", for: parameter)
  }

  /// Whether there are so many outputs.
  func fits(outputs: Int) -> Bool {
    topK ?? 1 <= outputs && classID ?? 0 < outputs
  }

  func classes(_ count: Int) -> Range<Int> {
    classID.map { $0..<$0 + 1 } ?? 0..<count
  }

  func isPositive(_ index: Int, of outputs: Row) -> Bool {
    let output = outputs[index]
    if let threshold { guard output > Float(threshold) else { return false } }
    guard let topK else { return true }
    // Of equals the first is the larger.
    var larger = 0
    for other in outputs.indices where outputs[other] > output || (outputs[other] == output && other < index) {
      larger += 1
    }
    return larger < topK && !output.isNaN
  }
}
