/// The sides of a tensor, outermost first: `[height, width, channels]` for pictures, without the batch.
public struct Shape: Sendable, Hashable, Codable {
  /// Every side is at least 1.
  public var sides: [Int]

  public init(_ sides: [Int]) {
    self.sides = sides
  }

  /// The number of values, `nil` where it does not fit an `Int`.
  public var count: Int? {
    var product = 1
    for side in sides {
      let (next, overflow) = product.multipliedReportingOverflow(by: side)
      if overflow { return nil }
      product = next
    }
    return product
  }
}

extension Shape: ExpressibleByArrayLiteral {
  public init(arrayLiteral sides: Int...) {
    self.init(sides)
  }
}

extension Shape: CustomStringConvertible {
  /// `300x300x3`, as a learner types it.
  public var description: String {
    sides.map(String.init).joined(separator: "x")
  }

  /// `(None, 300, 300, 3)`, as Keras prints a layer's output with its batch.
  public var withBatch: String {
    "(" + (["None"] + sides.map(String.init)).joined(separator: ", ") + ")"
  }
}
