import ConvoTensor

extension Model {
  /// Whether a loss goes with the model's output, found from shapes and activations alone. Throws what is wrong, and
  /// which command to change.
  public func check(loss: Loss) throws(CompileProblem) {
    guard let last = layers.last else {
      throw CompileProblem(
        "the model has no layers, so there is nothing to train",
        help: "add layers before compile, such as: add flatten, then add dense 1 activation=sigmoid")
    }
    guard outputShape.sides.count == 1 else {
      throw CompileProblem(
        "the model ends with \(last.name), whose output of \(outputShape) is a picture; a loss needs a row of numbers",
        help: "before compile: add flatten, then add dense 1 activation=sigmoid")
    }
    guard parameterCount > 0 else {
      throw CompileProblem(
        "none of the model's layers has weights, so there is nothing to train",
        help: "before compile: add dense 1 activation=sigmoid")
    }
    let outputs = outputShape.sides[0]
    if last.spec.activation == .softmax && outputs == 1 {
      throw CompileProblem(
        "\(last.name) has a softmax over a single unit, which is 1 for every image: the model could not learn",
        help: """
          for two classes: remove layer \(last.name), add dense 1 activation=sigmoid, then \
          compile loss=binary_crossentropy
          """)
    }
    switch loss {
    case .binaryCrossentropy: try checkSigmoid(last, outputs: outputs)
    case .categoricalCrossentropy, .sparseCategoricalCrossentropy:
      try checkSoftmax(last, outputs: outputs, loss: loss)
    case .meanSquaredError: break
    }
  }

  private func checkSigmoid(_ last: Layer, outputs: Int) throws(CompileProblem) {
    switch last.spec.activation {
    case .sigmoid: return
    case .softmax:
      throw CompileProblem(
        """
        \(last.name) has a softmax over \(outputs) units, one probability for each class; binary_crossentropy judges \
        every output by itself
        """,
        help: """
          compile loss=categorical_crossentropy; or, for two classes: remove layer \(last.name), \
          add dense 1 activation=sigmoid
          """)
    case .linear, .relu, .tanh, .leakyReLU:
      throw CompileProblem(
        """
        \(last.name) ends in activation=\(last.spec.activation.rawValue), whose outputs can lie outside of 0 to 1; \
        binary_crossentropy needs probabilities
        """,
        help: "remove layer \(last.name), then add dense \(outputs) activation=sigmoid")
    }
  }

  private func checkSoftmax(_ last: Layer, outputs: Int, loss: Loss) throws(CompileProblem) {
    guard outputs > 1 else {
      throw CompileProblem(
        "\(loss.rawValue) needs one output for each class, and \(last.name) has a single one",
        help: """
          for two classes: compile loss=binary_crossentropy with activation=sigmoid; for more: \
          remove layer \(last.name), then add dense with one unit for each class and activation=softmax
          """)
    }
    switch last.spec.activation {
    case .softmax: return
    case .sigmoid, .linear, .relu, .tanh, .leakyReLU:
      throw CompileProblem(
        """
        \(last.name) ends in activation=\(last.spec.activation.rawValue), whose outputs do not add up to 1; \
        \(loss.rawValue) needs one probability for each class
        """,
        help: "remove layer \(last.name), then add dense \(outputs) activation=softmax")
    }
  }
}
