public import ConvoTensor

/// A sequence of layers on an input of known shape: a value, like everything that a learner wrote.
public struct Model: Sendable {
  /// A layer in its place.
  public struct Layer: Sendable {
    /// Unique in the model, numbered as Keras does: `conv2d`, `conv2d_1`.
    public var name: String
    public var spec: any LayerSpec
    public var input: Shape
    public var output: Shape

    /// The weights of the layer, in Keras's order.
    public var weights: [WeightSpec] { spec.weights(for: input) }
    public var parameterCount: Int { spec.parameterCount(for: input) }
  }

  public var name: String
  /// `[height, width, channels]`, or `[features]`.
  public let inputShape: Shape
  public private(set) var layers: [Layer] = []
  /// What `compile` set; `nil` before.
  public var compiled: CompileSettings?

  /// The largest model that is accepted, in weights: more would not fit the memory of the machines that convo is for.
  public static let largestParameterCount = 1 << 30

  public init(name: String, inputShape: Shape) {
    self.name = name
    self.inputShape = inputShape
  }

  /// The shape that the last layer hands on.
  public var outputShape: Shape { layers.last?.output ?? inputShape }
  public var parameterCount: Int { layers.reduce(0) { $0 + $1.parameterCount } }

  /// Puts a layer at the end. Throws, and changes nothing, where it does not fit.
  ///
  /// - Parameter name: Must be free; numbered as Keras does where none is given.
  public mutating func add(_ spec: any LayerSpec, named name: String? = nil) throws(ShapeError) {
    if let name, layers.contains(where: { $0.name == name }) {
      throw ShapeError("there is a layer '\(name)' already", help: "give each layer a name of its own")
    }
    let layer = try Self.place(spec, named: name ?? freeName(for: spec), on: outputShape)
    guard parameterCount + layer.parameterCount <= Self.largestParameterCount else {
      throw ShapeError(
        "the layer would have \(layer.parameterCount) parameters; a model can have \(Self.largestParameterCount)",
        help: "pool or stride before it, or give it fewer units")
    }
    layers.append(layer)
  }

  /// Takes out the layer at `index`. Throws, and changes nothing, where the layers after it would not fit any more.
  public mutating func remove(at index: Int) throws(ShapeError) {
    var rest = self
    rest.layers.removeSubrange(index...)
    for layer in layers[(index + 1)...] {
      do {
        rest.layers.append(try Self.place(layer.spec, named: layer.name, on: rest.outputShape))
      } catch {
        throw ShapeError(
          "without \(layers[index].name), \(layer.name) does not fit: \(error.problem)",
          help: "remove \(layer.name) first")
      }
    }
    self = rest
  }

  /// The first layers alone, not compiled. Their weights are the first ones of the model's.
  public func prefix(_ count: Int) -> Model {
    var model = self
    model.layers.removeSubrange(min(count, layers.count)...)
    model.compiled = nil
    return model
  }

  private static func place(_ spec: any LayerSpec, named name: String, on input: Shape) throws(ShapeError) -> Layer {
    let output = try spec.outputShape(for: input)
    for weight in spec.weights(for: input) {
      guard let count = weight.shape.count, count <= largestParameterCount else {
        throw ShapeError("its \(weight.name) of \(weight.shape) is too large", help: "make the layer smaller")
      }
      try weight.constraint?.check(weight)
    }
    guard let count = output.count, count <= largestParameterCount else {
      throw ShapeError("its output of \(output) is too large", help: "make the layer smaller")
    }
    return Layer(name: name, spec: spec, input: input, output: output)
  }

  /// Keras's numbering, never reusing the name of a layer that is still there.
  private func freeName(for spec: any LayerSpec) -> String {
    let base = Self.snakeCase(type(of: spec).kerasName)
    let taken = Set(layers.map(\.name))
    var number = layers.count { $0.spec.isSameKind(as: spec) }
    var name = number == 0 ? base : "\(base)_\(number)"
    while taken.contains(name) {
      number += 1
      name = "\(base)_\(number)"
    }
    return name
  }

  /// `MaxPooling2D` → `max_pooling2d`, as Keras names layers.
  private static func snakeCase(_ name: String) -> String {
    var result = ""
    var previous: Character?
    for character in name {
      if character.isUppercase, let previous, previous.isLowercase { result.append("_") }
      result += character.lowercased()
      previous = character
    }
    return result
  }
}

extension LayerSpec {
  fileprivate func isSameKind(as other: any LayerSpec) -> Bool {
    other is Self
  }
}
