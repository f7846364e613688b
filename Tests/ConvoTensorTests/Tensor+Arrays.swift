@testable import ConvoTensor

extension Tensor {
  /// A tensor that holds these values, in memory's order.
  convenience init(_ layout: Layout, _ values: [Float]) throws {
    try self.init(layout)
    precondition(values.count == self.values.count)
    _ = self.values.update(from: values)
  }

  var array: [Float] { Array(values) }
}

/// Numbers that differ, neither in order nor symmetric.
func scrambled(_ count: Int) -> [Float] {
  (0..<count).map { Float(($0 * 37 + 11) % 101) / 50 - 1 }
}
