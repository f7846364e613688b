public import ConvoTensor

/// What a model needs to know of the images that it is to learn from.
public struct ImageSource: Sendable, Hashable {
  /// The name that the learner gave it.
  public var name: String
  /// `[height, width, channels]`.
  public var imageShape: Shape
  /// Keras's `class_mode`: `binary`, `categorical`, `sparse`, `input`; `nil` where there are no labels.
  public var classMode: String?
  /// The number of classes.
  public var classes: Int

  /// Describes images by what the learner named and chose.
  public init(name: String, imageShape: Shape, classMode: String?, classes: Int) {
    self.name = name
    self.imageShape = imageShape
    self.classMode = classMode
    self.classes = classes
  }
}

extension Model {
  /// Whether the images have the size that the model takes.
  public func check(images source: ImageSource) throws(CompileProblem) {
    guard source.imageShape != inputShape else { return }
    let (given, taken) = (source.imageShape.sides, inputShape.sides)
    var changes: [String] = []
    if given.count == 3, taken.count == 3 {
      if given[..<2] != taken[..<2] { changes.append("target_size=\(taken[0])x\(taken[1])") }
      if given[2] != taken[2], let mode = Self.colorMode(channels: taken[2]) { changes.append("color_mode=\(mode)") }
    }
    let remake = "make the model with input=\(source.imageShape)"
    throw CompileProblem(
      "\(source.name) gives images of \(source.imageShape), and the model \(name) takes \(inputShape)",
      help: changes.isEmpty ? remake : "load \(source.name) with \(changes.joined(separator: " ")), or \(remake)")
  }

  /// Whether the model, its loss and the images go together: compiled, image size, class mode, number of classes.
  /// Throws what is wrong, and which command to change.
  public func check(labelled source: ImageSource) throws(CompileProblem) {
    guard let compiled else {
      throw CompileProblem(
        "the model \(name) is not compiled",
        help: "compile loss=binary_crossentropy optimizer=rmsprop metrics=[accuracy]")
    }
    // A layer may have been added since.
    try check(compiled)
    try check(images: source)
    guard let classMode = source.classMode, ["binary", "categorical", "sparse", "input"].contains(classMode) else {
      throw CompileProblem(
        """
        \(source.name) has no labels (class_mode=\(source.classMode ?? "none")), and without the truth there is no loss
        """,
        help: "load \(source.name) with class_mode=\(Self.classMode(for: compiled.loss))")
    }
    let outputs = outputShape.sides[0]
    if classMode == "input" {
      try checkPicture(source, outputs: outputs, loss: compiled.loss)
    } else if classMode == "categorical" {
      try checkOneHot(source, outputs: outputs, loss: compiled.loss)
    } else {
      try checkIndex(source, classMode: classMode, outputs: outputs, loss: compiled.loss)
    }
  }

  /// The truth of an image is the image. Keras would have the output in its shape as well; a row of as many numbers, in
  /// the same order, has the same loss.
  private func checkPicture(_ source: ImageSource, outputs: Int, loss: Loss) throws(CompileProblem) {
    switch loss.kind {
    case .categoricalCrossentropy, .sparseCategoricalCrossentropy:
      throw CompileProblem(
        "class_mode=input makes each image of \(source.name) its own truth, and \(loss.kind.rawValue) compares classes",
        help: "compile loss=mean_squared_error, or load \(source.name) with class_mode=\(Self.classMode(for: loss))")
    case .binaryCrossentropy, .meanSquaredError: break
    }
    let numbers = source.imageShape.count ?? 0
    guard outputs != numbers else { return }
    throw CompileProblem(
      """
      class_mode=input makes each image of \(source.name) its own truth, \(source.imageShape) or \(numbers) numbers, and \
      \(lastLayerName) has \(outputs == 1 ? "one output" : "\(outputs) outputs")
      """,
      help: "remove layer \(lastLayerName), then add dense \(numbers) activation=\(activation(for: loss))")
  }

  /// The truth of an image is a number for each class.
  private func checkOneHot(_ source: ImageSource, outputs: Int, loss: Loss) throws(CompileProblem) {
    if loss.kind == .sparseCategoricalCrossentropy {
      throw CompileProblem(
        """
        sparse_categorical_crossentropy takes the number of the class, and \(source.name) with class_mode=categorical \
        gives \(source.classes) numbers for an image
        """,
        help: "compile loss=categorical_crossentropy, or load \(source.name) with class_mode=sparse")
    }
    guard outputs != source.classes else { return }
    throw CompileProblem(
      """
      class_mode=categorical gives \(source.classes) numbers for an image of \(source.name), one for each class, and \
      \(lastLayerName) has \(outputs == 1 ? "one output" : "\(outputs) outputs")
      """,
      help: mendedOutputs(source, outputs: outputs, loss: loss))
  }

  private func mendedOutputs(_ source: ImageSource, outputs: Int, loss: Loss) -> String {
    if outputs == 1 && source.classes == 2 { return "load \(source.name) with class_mode=binary" }
    let replace = "remove layer \(lastLayerName), then add dense \(source.classes) activation="
    return outputs == 1
      ? "\(replace)softmax, and compile loss=categorical_crossentropy" : "\(replace)\(activation(for: loss))"
  }

  /// The truth of an image is the index of its class.
  private func checkIndex(
    _ source: ImageSource, classMode: String, outputs: Int, loss: Loss
  ) throws(CompileProblem) {
    switch loss.kind {
    case .sparseCategoricalCrossentropy:
      guard outputs < source.classes else { return }
      throw CompileProblem(
        "\(source.name) has \(source.classes) classes, and \(lastLayerName) has outputs for \(outputs)",
        help: "remove layer \(lastLayerName), then add dense \(source.classes) activation=\(activation(for: loss))")
    case .categoricalCrossentropy:
      throw CompileProblem(
        """
        categorical_crossentropy takes a number for each class, and \(source.name) with class_mode=\(classMode) gives \
        the number of the class
        """,
        help: "load \(source.name) with class_mode=categorical, or compile loss=sparse_categorical_crossentropy")
    case .binaryCrossentropy, .meanSquaredError:
      guard outputs == 1 else {
        throw CompileProblem(
          """
          class_mode=\(classMode) gives one number for an image of \(source.name), and \(lastLayerName) has \(outputs) \
          outputs
          """,
          help: source.classes == outputs
            ? "load \(source.name) with class_mode=categorical"
            : "remove layer \(lastLayerName), then add dense 1 activation=\(activation(for: loss))")
      }
      if loss.kind == .binaryCrossentropy && source.classes > 2 {
        throw CompileProblem(
          "binary_crossentropy with one output tells two classes apart, and \(source.name) has \(source.classes)",
          help: """
            remove layer \(lastLayerName), add dense \(source.classes) activation=softmax, then \
            compile loss=sparse_categorical_crossentropy
            """)
      }
    }
  }

  private var lastLayerName: String { layers.last?.name ?? "the model" }

  private func activation(for loss: Loss) -> String {
    if loss.fromLogits { return "linear" }
    return switch loss.kind {
    case .binaryCrossentropy: "sigmoid"
    case .categoricalCrossentropy, .sparseCategoricalCrossentropy: "softmax"
    case .meanSquaredError: layers.last?.spec.activation.rawValue ?? "linear"
    }
  }

  private static func classMode(for loss: Loss) -> String {
    switch loss.kind {
    case .binaryCrossentropy, .meanSquaredError: "binary"
    case .categoricalCrossentropy: "categorical"
    case .sparseCategoricalCrossentropy: "sparse"
    }
  }

  private static func colorMode(channels: Int) -> String? {
    switch channels {
    case 1: "grayscale"
    case 3: "rgb"
    case 4: "rgba"
    default: nil
    }
  }
}
