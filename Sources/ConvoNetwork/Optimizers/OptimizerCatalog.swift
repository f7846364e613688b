import ConvoSchema

/// The optimizers that can be typed.
public enum OptimizerCatalog {
  /// In the order in which help lists them.
  public static let all: [any OptimizerSpec.Type] = [SGD.self, RMSprop.self, Adam.self]

  /// The optimizer that answers to a name: `rmsprop`, `RMSprop`.
  public static func named(_ name: String) -> (any OptimizerSpec.Type)? {
    all.first { $0.schema.answers(to: name) }
  }
}
