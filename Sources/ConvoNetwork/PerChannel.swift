/// A number for all channels, or one for each.
public struct PerChannel: Sendable, Hashable {
  /// At least one.
  public let numbers: [Double]

  /// One for all.
  public init(_ number: Double) {
    numbers = [number]
  }

  /// One for each channel.
  public init(_ numbers: [Double]) {
    self.numbers = numbers
  }

  /// One number for each of so many channels; `nil` where there are others than as many.
  func spread(over channels: Int) -> [Float]? {
    if numbers.count == channels { return numbers.map { Float($0) } }
    guard numbers.count == 1, let number = numbers.first else { return nil }
    return Array(repeating: Float(number), count: channels)
  }
}

extension PerChannel: Codable {
  /// From a number or from a list, as Keras's configurations have them.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Double.self) {
      self.init(number)
    } else {
      self.init(try container.decode([Double].self))
    }
  }

  /// As a number where it is one for all.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if numbers.count == 1, let number = numbers.first {
      try container.encode(number)
    } else {
      try container.encode(numbers)
    }
  }
}

extension PerChannel: CustomStringConvertible {
  /// `0.5`, or `[0.5 1 2]`, as a learner types it.
  public var description: String {
    numbers.count == 1 ? numbers.map { "\($0)" }.joined() : "[\(numbers.map { "\($0)" }.joined(separator: " "))]"
  }
}
