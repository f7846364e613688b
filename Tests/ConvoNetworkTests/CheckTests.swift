import ConvoTensor
import Testing

@testable import ConvoNetwork

@Suite struct CheckLossTests {
  @Test func whatGoesTogetherIsAccepted() throws {
    try model(1, .sigmoid).check(loss: .binaryCrossentropy)
    try model(3, .sigmoid).check(loss: .binaryCrossentropy)
    try model(2, .softmax).check(loss: .categoricalCrossentropy)
    try model(10, .softmax).check(loss: .sparseCategoricalCrossentropy)
    for activation in Activation.allCases { try model(2, activation).check(loss: .meanSquaredError) }
    try model(1, .linear).check(loss: .meanSquaredError)
  }

  @Test func noLayers() throws {
    #expect(
      problem(Model(name: "m", inputShape: [8, 8, 3]), .binaryCrossentropy) == """
        the model has no layers, so there is nothing to train
        add layers before compile, such as: add flatten, then add dense 1 activation=sigmoid
        """)
  }

  @Test func anActivationLayerAtTheEndCounts() throws {
    var model = try model(1, .linear)
    try model.add(ActivationLayer(.sigmoid))
    try model.check(loss: .binaryCrossentropy)
    try model.add(ActivationLayer(.tanh))
    #expect(
      problem(model, .binaryCrossentropy) == """
        activation_1 ends in activation=tanh, whose outputs can lie outside of 0 to 1; binary_crossentropy needs \
        probabilities
        remove layer activation_1, then add dense 1 activation=sigmoid
        """)
  }

  @Test func anOutputThatIsAPicture() throws {
    var model = Model(name: "m", inputShape: [8, 8, 3])
    try model.add(Outputs(units: 5))
    #expect(
      problem(model, .binaryCrossentropy) == """
        the model ends with dense, whose output of 8x8x5 is a picture; a loss needs a row of numbers
        before compile: add flatten, then add dense 1 activation=sigmoid
        """)
  }

  @Test func noWeights() throws {
    var model = Model(name: "m", inputShape: [8, 8, 3])
    try model.add(FlatRow())
    #expect(
      problem(model, .meanSquaredError) == """
        none of the model's layers has weights, so there is nothing to train
        before compile: add dense 1 activation=sigmoid
        """)
  }

  @Test(arguments: Loss.Kind.allCases)
  func softmaxOverOneUnit(_ kind: Loss.Kind) throws {
    #expect(
      problem(try model(1, .softmax), Loss(kind)) == """
        dense has a softmax over a single unit, which is 1 for every image: the model could not learn
        for two classes: remove layer dense, add dense 1 activation=sigmoid, then compile loss=binary_crossentropy
        """)
  }

  @Test func softmaxWithBinaryCrossentropy() throws {
    #expect(
      problem(try model(2, .softmax), .binaryCrossentropy) == """
        dense has a softmax over 2 units, one probability for each class; binary_crossentropy judges every output by \
        itself
        compile loss=categorical_crossentropy; or, for two classes: remove layer dense, add dense 1 activation=sigmoid; \
        what Keras would do is: remove layer dense, then add dense 2 activation=sigmoid
        """)
  }

  @Test func outputsThatAreNoProbabilities() throws {
    #expect(
      problem(try model(1, .relu), .binaryCrossentropy) == """
        dense ends in activation=relu, whose outputs can lie outside of 0 to 1; binary_crossentropy needs probabilities
        remove layer dense, then add dense 1 activation=sigmoid
        """)
    #expect(
      problem(try model(4, .sigmoid), .categoricalCrossentropy) == """
        dense ends in activation=sigmoid, whose outputs do not add up to 1; categorical_crossentropy needs one \
        probability for each class
        remove layer dense, then add dense 4 activation=softmax, which is what Keras would make of it
        """)
    for activation in [Activation.tanh, .leakyReLU] {
      #expect(problem(try model(1, activation), .binaryCrossentropy)?.contains("outside of 0 to 1") == true)
      #expect(problem(try model(4, activation), .categoricalCrossentropy)?.contains("do not add up to 1") == true)
    }
    #expect(
      problem(try model(4, .linear), .sparseCategoricalCrossentropy) == """
        dense has no activation, so its outputs do not add up to 1; sparse_categorical_crossentropy needs one \
        probability for each class
        compile with from_logits=true, which takes the outputs for logits; or: remove layer dense, then add dense 4 \
        activation=softmax
        """)
    #expect(
      problem(try model(1, .linear), .binaryCrossentropy) == """
        dense has no activation, so its outputs can lie outside of 0 to 1; binary_crossentropy needs probabilities
        compile with from_logits=true, which takes the outputs for logits; or: remove layer dense, then add dense 1 \
        activation=sigmoid
        """)
  }

  @Test func logitsComeFromALayerWithoutActivation() throws {
    try model(1, .linear).check(loss: .logits(.binaryCrossentropy))
    try model(3, .linear).check(loss: .logits(.binaryCrossentropy))
    try model(3, .linear).check(loss: .logits(.categoricalCrossentropy))
    try model(3, .linear).check(loss: .logits(.sparseCategoricalCrossentropy))
    #expect(
      problem(try model(1, .sigmoid), .logits(.binaryCrossentropy)) == """
        dense ends in activation=sigmoid, whose outputs are probabilities; from_logits=true is for a last layer \
        without an activation
        compile without from_logits, which is what Keras would do; or: remove layer dense, then add dense 1
        """)
    #expect(
      problem(try model(3, .sigmoid), .logits(.categoricalCrossentropy)) == """
        dense ends in activation=sigmoid, whose outputs are probabilities; from_logits=true is for a last layer \
        without an activation
        remove layer dense, then add dense 3
        """)
    #expect(
      problem(try model(1, .relu), .logits(.binaryCrossentropy)) == """
        dense ends in activation=relu, which has no outputs below 0, so that no probability could be below one half
        remove layer dense, then add dense 1
        """)
    #expect(
      problem(try model(1, .linear), .logits(.categoricalCrossentropy))?.hasPrefix(
        "categorical_crossentropy needs one output for each class, and dense has a single one") == true)
  }

  @Test func metricsThatMakeNoSense() throws {
    func problem(_ outputs: Int, _ activation: Activation, _ loss: Loss, _ metric: Metric) throws -> String? {
      let model = try model(outputs, activation)
      return text { () throws(CompileProblem) in
        try model.check(CompileSettings(loss: loss, metrics: [.accuracy, metric]))
      }
    }
    #expect(
      try problem(3, .softmax, .sparseCategoricalCrossentropy, .auc()) == """
        auc does not go with sparse_categorical_crossentropy and 3 outputs, where the truth of an image is one number: \
        it is for outputs that each have a truth of their own
        use accuracy, or compile loss=categorical_crossentropy and load with class_mode=categorical
        """)
    #expect(
      try problem(1, .sigmoid, .binaryCrossentropy, .categoricalAccuracy) == """
        categorical_accuracy does not go with binary_crossentropy and one output, where the truth of an image is one \
        number: it is for several outputs with a number of truth for each
        use accuracy, which suits every model
        """)
    #expect(try problem(3, .softmax, .categoricalCrossentropy, .sparseCategoricalAccuracy) != nil)
    for metric in [Metric.precision(), .recall(), .auc(), .binaryAccuracy()] {
      #expect(try problem(1, .sigmoid, .binaryCrossentropy, metric) == nil)
      #expect(try problem(3, .softmax, .categoricalCrossentropy, metric) == nil)
    }
    let ofThird = try Metric("precision(class_id=2)", for: "metrics")
    #expect(try problem(1, .sigmoid, .binaryCrossentropy, ofThird) != nil)
    #expect(try problem(3, .softmax, .categoricalCrossentropy, ofThird) == nil)
  }

  @Test func oneOutputForSeveralClasses() throws {
    #expect(
      problem(try model(1, .sigmoid), .categoricalCrossentropy) == """
        categorical_crossentropy needs one output for each class, and dense has a single one
        for two classes: compile loss=binary_crossentropy with activation=sigmoid; for more: remove layer dense, then \
        add dense with one unit for each class and activation=softmax
        """)
  }

  @Test func aFailedCompileChangesNothing() throws {
    var model = try model(1, .sigmoid)
    try model.compile(CompileSettings(loss: .binaryCrossentropy, metrics: [.accuracy, .accuracy]))
    #expect(throws: CompileProblem.self) { try model.compile(CompileSettings(loss: .categoricalCrossentropy)) }
    #expect(model.compiled?.loss == .binaryCrossentropy)
    #expect(model.compiled?.metrics == [.accuracy])
    #expect(model.compiled?.optimizer as? RMSprop == RMSprop())
  }

  private func problem(_ model: Model, _ loss: Loss) -> String? {
    text { () throws(CompileProblem) in try model.check(loss: loss) }
  }
}

@Suite struct CheckDataTests {
  @Test func whatGoesTogetherIsAccepted() throws {
    try compiled(1, .sigmoid, .binaryCrossentropy).check(labelled: source("binary", classes: 2))
    try compiled(1, .sigmoid, .binaryCrossentropy).check(labelled: source("sparse", classes: 2))
    try compiled(1, .sigmoid, .meanSquaredError).check(labelled: source("binary", classes: 2))
    try compiled(3, .softmax, .categoricalCrossentropy).check(labelled: source("categorical", classes: 3))
    try compiled(3, .sigmoid, .binaryCrossentropy).check(labelled: source("categorical", classes: 3))
    try compiled(3, .softmax, .sparseCategoricalCrossentropy).check(labelled: source("sparse", classes: 3))
    // More outputs than classes: Keras trains, and so do we.
    try compiled(10, .softmax, .sparseCategoricalCrossentropy).check(labelled: source("sparse", classes: 3))
    try compiled(2, .softmax, .sparseCategoricalCrossentropy).check(labelled: source("binary", classes: 2))
  }

  @Test func notCompiled() throws {
    #expect(
      problem(try model(1, .sigmoid), source("binary", classes: 2)) == """
        the model m is not compiled
        compile loss=binary_crossentropy optimizer=rmsprop metrics=[accuracy]
        """)
  }

  @Test func imagesOfAnotherSize() throws {
    let model = try compiled(1, .sigmoid, .binaryCrossentropy)
    #expect(
      problem(model, source("binary", classes: 2, shape: [150, 100, 3])) == """
        train gives images of 150x100x3, and the model m takes 8x8x3
        load train with target_size=8x8, or make the model with input=150x100x3
        """)
    #expect(
      problem(model, source("binary", classes: 2, shape: [8, 8, 1])) == """
        train gives images of 8x8x1, and the model m takes 8x8x3
        load train with color_mode=rgb, or make the model with input=8x8x1
        """)
    #expect(
      problem(model, source("binary", classes: 2, shape: [9, 8, 4])) == """
        train gives images of 9x8x4, and the model m takes 8x8x3
        load train with target_size=8x8 color_mode=rgb, or make the model with input=9x8x4
        """)
  }

  @Test func noLabels() throws {
    #expect(
      problem(try compiled(3, .softmax, .categoricalCrossentropy), source(nil, classes: 3)) == """
        train has no labels (class_mode=none), and without the truth there is no loss
        load train with class_mode=categorical
        """)
  }

  @Test func categoricalWithOneOutput() throws {
    #expect(
      problem(try compiled(1, .sigmoid, .binaryCrossentropy), source("categorical", classes: 2)) == """
        class_mode=categorical gives 2 numbers for an image of train, one for each class, and dense has one output
        load train with class_mode=binary
        """)
    #expect(
      problem(try compiled(1, .sigmoid, .binaryCrossentropy), source("categorical", classes: 3)) == """
        class_mode=categorical gives 3 numbers for an image of train, one for each class, and dense has one output
        remove layer dense, then add dense 3 activation=softmax, and compile loss=categorical_crossentropy
        """)
  }

  @Test func asManyOutputsAsClasses() throws {
    #expect(
      problem(try compiled(3, .softmax, .categoricalCrossentropy), source("categorical", classes: 4)) == """
        class_mode=categorical gives 4 numbers for an image of train, one for each class, and dense has 3 outputs
        remove layer dense, then add dense 4 activation=softmax
        """)
    #expect(
      problem(try compiled(3, .softmax, .sparseCategoricalCrossentropy), source("sparse", classes: 4)) == """
        train has 4 classes, and dense has outputs for 3
        remove layer dense, then add dense 4 activation=softmax
        """)
  }

  @Test func theTruthInTheWrongForm() throws {
    #expect(
      problem(try compiled(3, .softmax, .sparseCategoricalCrossentropy), source("categorical", classes: 3)) == """
        sparse_categorical_crossentropy takes the number of the class, and train with class_mode=categorical gives 3 \
        numbers for an image
        compile loss=categorical_crossentropy, or load train with class_mode=sparse
        """)
    #expect(
      problem(try compiled(2, .softmax, .categoricalCrossentropy), source("binary", classes: 2)) == """
        categorical_crossentropy takes a number for each class, and train with class_mode=binary gives the number of \
        the class
        load train with class_mode=categorical, or compile loss=sparse_categorical_crossentropy
        """)
    #expect(
      problem(try compiled(2, .sigmoid, .binaryCrossentropy), source("binary", classes: 2)) == """
        class_mode=binary gives one number for an image of train, and dense has 2 outputs
        load train with class_mode=categorical
        """)
  }

  @Test func moreThanTwoClassesForOneOutput() throws {
    #expect(
      problem(try compiled(1, .sigmoid, .binaryCrossentropy), source("sparse", classes: 3)) == """
        binary_crossentropy with one output tells two classes apart, and train has 3
        remove layer dense, add dense 3 activation=softmax, then compile loss=sparse_categorical_crossentropy
        """)
  }

  @Test func imagesThatAreTheirOwnTruth() throws {
    #expect(problem(try compiled(192, .sigmoid, .meanSquaredError), source("input", classes: 2)) == nil)
    #expect(problem(try compiled(192, .sigmoid, .binaryCrossentropy), source("input", classes: 2)) == nil)
    #expect(
      problem(try compiled(3, .sigmoid, .meanSquaredError), source("input", classes: 2)) == """
        class_mode=input makes each image of train its own truth, 8x8x3 or 192 numbers, and dense has 3 outputs
        remove layer dense, then add dense 192 activation=sigmoid
        """)
    #expect(
      problem(try compiled(192, .softmax, .categoricalCrossentropy), source("input", classes: 2)) == """
        class_mode=input makes each image of train its own truth, and categorical_crossentropy compares classes
        compile loss=mean_squared_error, or load train with class_mode=categorical
        """)
  }

  @Test func aModelThatWasChangedSinceCompile() throws {
    var model = try compiled(1, .sigmoid, .binaryCrossentropy)
    try model.add(Outputs(units: 3, .relu))
    #expect(
      problem(model, source("binary", classes: 2)) == """
        dense_1 ends in activation=relu, whose outputs can lie outside of 0 to 1; binary_crossentropy needs \
        probabilities
        remove layer dense_1, then add dense 3 activation=sigmoid
        """)
  }

  private func compiled(_ units: Int, _ activation: Activation, _ loss: Loss) throws -> Model {
    var model = try model(units, activation)
    try model.compile(CompileSettings(loss: loss))
    return model
  }

  private func source(_ classMode: String?, classes: Int, shape: Shape = [8, 8, 3]) -> ImageSource {
    ImageSource(name: "train", imageShape: shape, classMode: classMode, classes: classes)
  }

  private func problem(_ model: Model, _ source: ImageSource) -> String? {
    text { () throws(CompileProblem) in try model.check(labelled: source) }
  }
}

extension Loss {
  fileprivate static func logits(_ kind: Kind) -> Loss {
    var loss = Loss(kind)
    loss.fromLogits = true
    return loss
  }
}

private func model(_ units: Int, _ activation: Activation) throws -> Model {
  var model = Model(name: "m", inputShape: [8, 8, 3])
  try model.add(FlatRow())
  try model.add(Outputs(units: units, activation))
  return model
}

/// What is wrong, and below it how to mend it.
private func text(_ check: () throws(CompileProblem) -> Void) -> String? {
  do {
    try check()
    return nil
  } catch {
    return "\(error.problem)\n\(error.help)"
  }
}
