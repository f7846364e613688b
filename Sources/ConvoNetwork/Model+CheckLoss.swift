import ConvoTensor

extension Model {
  /// Whether loss and metrics go with the model's output. Throws what is wrong, and which command to change.
  public func check(_ settings: CompileSettings) throws(CompileProblem) {
    try check(loss: settings.loss)
    let outputs = outputShape.sides[0]
    for metric in settings.metrics {
      try metric.check(loss: settings.loss, outputs: outputs)
    }
  }

  /// Whether a loss goes with the model's output, found from shapes and activations alone. Throws what is wrong, and
  /// which command to change.
  ///
  /// Some combinations that Keras accepts are refused, since nobody means them: the help then says how to get what
  /// Keras would do, where that can learn at all.
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
    switch loss.kind {
    case .binaryCrossentropy:
      if loss.fromLogits { return try checkLogits(last, outputs: outputs, loss: loss) }
      try checkSigmoid(last, outputs: outputs)
    case .categoricalCrossentropy, .sparseCategoricalCrossentropy:
      try checkSeveral(last, outputs: outputs, loss: loss)
      if loss.fromLogits { return try checkLogits(last, outputs: outputs, loss: loss) }
      try checkSoftmax(last, outputs: outputs, loss: loss)
    case .meanSquaredError: break
    }
  }

  private func checkLogits(_ last: Layer, outputs: Int, loss: Loss) throws(CompileProblem) {
    let activation = last.spec.activation
    switch activation {
    case .linear: return
    case .sigmoid, .softmax:
      let own = activation == (loss.kind == .binaryCrossentropy ? .sigmoid : .softmax)
      throw CompileProblem(
        """
        \(last.name) ends in activation=\(activation.rawValue), whose outputs are probabilities; from_logits=true is \
        for a last layer without an activation
        """,
        help: (own ? "compile without from_logits, which is what Keras would do; or: " : "")
          + "remove layer \(last.name), then add dense \(outputs)")
    case .tanh, .leakyReLU:
      throw CompileProblem(
        """
        \(last.name) ends in activation=\(activation.rawValue), which squeezes its outputs; from_logits=true is for a \
        last layer without an activation
        """,
        help: "remove layer \(last.name), then add dense \(outputs)")
    case .relu:
      throw CompileProblem(
        """
        \(last.name) ends in activation=relu, which has no outputs below 0, so that no probability could be below \
        \(loss.kind == .binaryCrossentropy ? "one half" : "that of a logit of 0")
        """,
        help: "remove layer \(last.name), then add dense \(outputs)")
    }
  }

  private func checkSigmoid(_ last: Layer, outputs: Int) throws(CompileProblem) {
    let replace = "remove layer \(last.name), then add dense \(outputs) activation=sigmoid"
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
          add dense 1 activation=sigmoid; what Keras would do is: \(replace)
          """)
    case .linear:
      throw CompileProblem(
        """
        \(last.name) has no activation, so its outputs can lie outside of 0 to 1; binary_crossentropy needs \
        probabilities
        """,
        help: "compile with from_logits=true, which takes the outputs for logits; or: \(replace)")
    case .relu, .tanh, .leakyReLU:
      throw CompileProblem(
        """
        \(last.name) ends in activation=\(last.spec.activation.rawValue), whose outputs can lie outside of 0 to 1; binary_crossentropy needs \
        probabilities
        """,
        help: replace)
    }
  }

  private func checkSeveral(_ last: Layer, outputs: Int, loss: Loss) throws(CompileProblem) {
    guard outputs == 1 else { return }
    throw CompileProblem(
      "\(loss.kind.rawValue) needs one output for each class, and \(last.name) has a single one",
      help: """
        for two classes: compile loss=binary_crossentropy with activation=sigmoid; for more: \
        remove layer \(last.name), then add dense with one unit for each class and activation=softmax
        """)
  }

  private func checkSoftmax(_ last: Layer, outputs: Int, loss: Loss) throws(CompileProblem) {
    let replace = "remove layer \(last.name), then add dense \(outputs) activation=softmax"
    switch last.spec.activation {
    case .softmax: return
    case .linear:
      throw CompileProblem(
        """
        \(last.name) has no activation, so its outputs do not add up to 1; \(loss.kind.rawValue) needs one \
        probability for each class
        """,
        help: "compile with from_logits=true, which takes the outputs for logits; or: \(replace)")
    case .sigmoid, .relu, .tanh, .leakyReLU:
      throw CompileProblem(
        """
        \(last.name) ends in activation=\(last.spec.activation.rawValue), whose outputs do not add up to 1; \
        \(loss.kind.rawValue) needs one probability for each class
        """,
        help: last.spec.activation == .sigmoid ? "\(replace), which is what Keras would make of it" : replace)
    }
  }
}
