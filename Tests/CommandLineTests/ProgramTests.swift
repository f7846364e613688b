import ConvoTestSupport
import Foundation
import Testing

/// The notes' program, small enough for a test, read as another program reads it: by its JSON events.
@Suite struct ProgramTests {
  /// Drawn once for all tests; nothing changes it.
  private static let pictures = Result { () throws -> TemporaryFolder in
    let folder = try TemporaryFolder()
    let outcome = try ConvoProcess.run(["datasets", "render", "horse-or-human", "--limit", "8"], in: folder.url)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return folder
  }

  private static let program = """
    load generator train from datasets/horse-or-human/train rescale=1/255 target_size=40x40 batch_size=5 class_mode=binary
    load generator validation from datasets/horse-or-human/validation rescale=1/255 target_size=40x40 batch_size=4 class_mode=binary
    new model input=40x40x3
    add conv2d 8 3x3 activation=relu
    add maxpooling2d 2x2
    add flatten
    add dense 1 activation=sigmoid
    summary
    compile loss=binary_crossentropy optimizer=rmsprop learning_rate=0.001 metrics=[accuracy]
    fit train steps_per_epoch=3 epochs=2 verbose=2 validation_data=validation
    evaluate validation
    predict datasets/horse-or-human/validation/horses/horse001.png
    """

  private func run(_ program: String, _ options: String..., in folder: TemporaryFolder? = nil) throws
    -> ConvoProcess.Outcome
  {
    try ConvoProcess.run(options + ["--json", "-c", program], in: (folder ?? Self.pictures.get()).url)
  }

  private func events(_ name: String, of outcome: ConvoProcess.Outcome) -> [[String: Any]] {
    outcome.events.filter { $0["event"] as? String == name }
  }

  @Test func everyEventHasItsFields() throws {
    let outcome = try run(Self.program)
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    let fields: [String: Swift.Set<String>] = [
      "began": ["source"], "text": ["text"], "ended": ["ok", "seconds"],
      "dataset": ["name", "images", "classes", "problems"],
      "summary": ["layers", "total_params", "trainable_params", "non_trainable_params"],
      "batch": ["epoch", "batch", "loss", "accuracy"],
      "epoch": [
        "epoch", "loss", "accuracy", "val_loss", "val_accuracy", "images", "seconds", "val_seconds", "learning_rate",
      ],
      "evaluation": ["loss", "accuracy", "images"],
      "prediction": ["file", "label", "class_index", "scores"],
    ]
    for event in outcome.events {
      let name = try #require(event["event"] as? String)
      #expect(Swift.Set(event.keys) == fields[name]?.union(["event", "cell"]), "\(event)")
    }
    #expect(Swift.Set(outcome.events.compactMap { $0["event"] as? String }) == Swift.Set(fields.keys))
  }

  @Test func theNumbersAddUp() throws {
    let outcome = try run(Self.program)
    let dataset = try #require(events("dataset", of: outcome).first)
    #expect(dataset["name"] as? String == "train" && dataset["images"] as? Int == 16)
    #expect(dataset["classes"] as? [String: Int] == ["horses": 0, "humans": 1])
    let summary = try #require(events("summary", of: outcome).first)
    // 3·3·3·8 + 8 weights of the convolution, 19·19·8 + 1 of the dense layer.
    #expect(summary["total_params"] as? Int == 224 + 2889)
    let first = try #require((summary["layers"] as? [[String: Any]])?.first)
    #expect(first["name"] as? String == "conv2d" && first["type"] as? String == "Conv2D")
    #expect(first["output_shape"] as? [Int] == [38, 38, 8] && first["params"] as? Int == 224)
    #expect(events("batch", of: outcome).map { $0["batch"] as? Int } == [1, 2, 3, 1, 2, 3])
    let epochs = events("epoch", of: outcome)
    #expect(epochs.map { $0["epoch"] as? Int } == [1, 2] && epochs.map { $0["images"] as? Int } == [15, 15])
    // Every batch has five images, so an epoch's loss is the plain mean of its batches' losses.
    let batches = events("batch", of: outcome).prefix(3).compactMap { $0["loss"] as? Double }
    let loss = try #require(epochs.first?["loss"] as? Double)
    #expect(abs(loss - batches.reduce(0, +) / 3) < 1e-6)
    // Validation after the last epoch and evaluation measure the same weights on the same images.
    let evaluation = try #require(events("evaluation", of: outcome).first)
    let last = try #require(epochs.last?["val_loss"] as? Double)
    #expect(abs((evaluation["loss"] as? Double ?? .nan) - last) < 1e-6 && evaluation["images"] as? Int == 16)
    let prediction = try #require(events("prediction", of: outcome).first)
    let score = try #require((prediction["scores"] as? [Double])?.first)
    #expect(prediction["class_index"] as? Int == (score > 0.5 ? 1 : 0))
    #expect(prediction["label"] as? String == (score > 0.5 ? "humans" : "horses"))
  }

  /// The loss of every batch, to the last bit.
  private func losses(_ outcome: ConvoProcess.Outcome) -> [Double] {
    (events("batch", of: outcome) + events("evaluation", of: outcome)).compactMap { $0["loss"] as? Double }
  }

  @Test func runsRepeatToTheBit() throws {
    let first = losses(try run(Self.program))
    #expect(first.count == 7)
    #expect(losses(try run(Self.program)) == first)
    #expect(losses(try run(Self.program, "--threads", "1")) == first)
    #expect(losses(try run(Self.program, "--threads", "4")) == first)
    #expect(losses(try run(Self.program, "--seed", "1")) != first)
  }

  @Test func aSecondFitGoesOnAndResetStartsOver() throws {
    let tail = "\nfit train steps_per_epoch=3 epochs=1\nreset\nfit train steps_per_epoch=3 epochs=1"
    let outcome = try run(Self.program + tail)
    #expect(events("epoch", of: outcome).map { $0["epoch"] as? Int } == [1, 2, 3, 1])
    let texts = events("text", of: outcome).compactMap { $0["text"] as? String }
    #expect(texts.contains("going on from epoch 2; reset starts over"))
    #expect(texts.contains("3 of 4 batches an epoch, 1 image unseen this epoch"))
    let all = events("epoch", of: outcome).compactMap { $0["loss"] as? Double }
    #expect(all.last == all.first)
  }

  @Test func brokenFilesAreNamedAndStopNothing() throws {
    let folder = try TemporaryFolder()
    let good = try Self.pictures.get().url.appending(path: "datasets")
    try FileManager.default.copyItem(at: good, to: folder.url.appending(path: "datasets"))
    let horses = folder.url.appending(path: "datasets/horse-or-human/train/horses")
    let whole = try Data(contentsOf: horses.appending(path: "horse001.png"))
    try whole.prefix(whole.count / 2).write(to: horses.appending(path: "cut.png"))
    try Data().write(to: horses.appending(path: "empty.png"))
    try Data("not a picture".utf8).write(to: horses.appending(path: "text.jpg"))
    let outcome = try run(Self.program, in: folder)
    #expect(outcome.status == 0)
    let dataset = try #require(events("dataset", of: outcome).first)
    #expect(dataset["images"] as? Int == 16)
    let problems = try #require(dataset["problems"] as? [[String: String]])
    #expect(problems.compactMap { $0["file"] } == ["horses/cut.png", "horses/empty.png", "horses/text.jpg"])
    #expect(problems.allSatisfy { !($0["problem"] ?? "").isEmpty })
  }

  @Test func historyRepeatsTheNumbersOfTheEpochs() throws {
    let folder = try Self.pictures.get().url
    let outcome = try ConvoProcess.run(["-c", Self.program + "\nhistory"], in: folder)
    let epochs = outcome.output.split(separator: "\n").filter { $0.hasPrefix("Epoch ") }
    #expect(epochs.count == 2)
    for (index, epoch) in epochs.enumerated() {
      let numbers = epoch.matches(of: /: ([\d.e-]+)/).map { String($0.1) }
      let row = outcome.output.split(separator: "\n").first { $0.hasPrefix("│     \(index + 1) ") }
      let cells = try #require(row).split(separator: "│").map { $0.filter { $0 != " " } }
      #expect(numbers.count == 4 && cells.dropFirst().starts(with: numbers), "\(cells)")
    }
  }

  @Test func everyMetricIsInEveryReport() throws {
    let metrics = ["accuracy", "precision", "recall", "auc", "binary_accuracy", "precision_1", "auc_1"]
    let program = Self.program.replacing(
      "metrics=[accuracy]",
      with: """
        metrics=[acc, Precision, recall, AUC, binary_accuracy, "precision(thresholds=0.3)", 'AUC(curve=PR)']
        """)
    let outcome = try run(program + "\nhistory")
    #expect(outcome.status == 0)
    let evaluation = try #require(events("evaluation", of: outcome).first)
    let (batch, epoch) = (
      try #require(events("batch", of: outcome).first), try #require(events("epoch", of: outcome).last)
    )
    let table = try #require(events("table", of: outcome).first)
    #expect(
      table["columns"] as? [String] == ["epoch", "loss"] + metrics + ["val_loss"] + metrics.map { "val_" + $0 }
        + ["seconds"])
    for metric in metrics {
      #expect((0...1).contains(try #require(batch[metric] as? Double)), "\(metric)")
      #expect((0...1).contains(try #require(epoch[metric] as? Double)), "\(metric)")
      // The same weights on the same images.
      #expect(try #require(epoch["val_" + metric] as? Double) == evaluation[metric] as? Double, "\(metric)")
    }
    let plain = try ConvoProcess.run(["-c", program], in: Self.pictures.get().url)
    for part in metrics.map({ " - \($0): " }) + metrics.map({ " - val_\($0): " }) {
      #expect(plain.output.matches(of: try Regex(part)).count >= 2, "\(part)")
    }
  }

  /// What can't be compiled says why, and how to go on.
  @Test(arguments: [
    (
      "loss=mean_squared_error label_smoothing=0.1", "compile loss=mean_squared_error has no option 'label_smoothing'",
      "binary_crossentropy and categorical_crossentropy have it"
    ),
    (
      "loss=binary_crossentropy optimizer=adam momentum=0.9", "compile optimizer=adam has no option 'momentum'",
      "sgd and rmsprop have it"
    ),
    (
      "loss=binary_crossentropy optimizer=sgd clipnorm=1 clipvalue=2",
      "only one of clipnorm, clipvalue and global_clipnorm can be used, not clipnorm and clipvalue",
      "leave out all but one of them"
    ),
    (
      "loss=binary_crossentropy from_logits=true",
      """
      dense ends in activation=sigmoid, whose outputs are probabilities; from_logits=true is for a last layer without \
      an activation
      """,
      "compile without from_logits, which is what Keras would do; or: remove layer dense, then add dense 1"
    ),
    (
      "loss=binary_crossentropy metrics=[sparse_categorical_accuracy]",
      """
      sparse_categorical_accuracy does not go with binary_crossentropy and one output, where the truth of an image is \
      one number: it is for several outputs and the number of the class as truth
      """,
      "use accuracy, which suits every model"
    ),
    (
      "loss=binary_crossentropy metrics=[accuracy 'precision(threshold=0.3)']",
      "metrics: precision does not take threshold",
      "its options are, each once: thresholds, top_k, class_id"
    ),
    (
      "loss=binary_crossentropy optimizer=adam learning_rate=1e300",
      "learning_rate can't be 1e+300: everything is computed in 32-bit numbers, and they end at 3.4e38",
      "give a smaller number"
    ),
  ])
  func whatCannotBeCompiled(options: String, message: String, help: String) throws {
    let model = "new model input=8x8x3\nadd flatten\nadd dense 1 activation=sigmoid\n"
    let outcome = try run(model + "compile " + options)
    #expect(outcome.status == 1)
    let error = try #require(events("error", of: outcome).first)
    #expect(error["message"] as? String == message)
    #expect(error["help"] as? String == help)
  }

  @Test func metricsOfLogitsAreExplained() throws {
    let model = "new model input=8x8x3\nadd flatten\nadd dense 1\n"
    let outcome = try run(model + "compile loss=binary_crossentropy from_logits=true metrics=[accuracy auc]")
    #expect(outcome.status == 0)
    let texts = events("text", of: outcome).compactMap { $0["text"] as? String }
    #expect(texts.contains { $0.hasPrefix("accuracy, auc: measured as if the outputs were probabilities") }, "\(texts)")
  }

  @Test func theDirectoryAboveIsNoticed() throws {
    let outcome = try run("load generator train from datasets/horse-or-human")
    let texts = events("text", of: outcome).compactMap { $0["text"] as? String }
    #expect(texts.contains { $0.contains("did you mean: from datasets/horse-or-human/train") }, "\(texts)")
  }

  @Test func aDataSetThatIsNotThereYetIsNamedWithItsCommand() throws {
    let folder = try TemporaryFolder()
    for (path, command) in [
      ("datasets/horse-or-human/train", "make dataset horse-or-human"),
      ("pictures/horse-or-human/train", "make dataset horse-or-human into pictures/horse-or-human"),
    ] {
      let outcome = try run("load generator train from \(path)", in: folder)
      let error = try #require(events("error", of: outcome).first)
      #expect(outcome.status == 1 && error["code"] as? String == "file")
      #expect(error["help"] as? String == "draw it with: \(command)")
    }
  }

  @Test(arguments: [
    ("fit train", "mismatch", "the model sequential is not compiled"),
    ("fit tarin", "unknown-name", "there is no generator 'tarin'"),
    ("add dense 1 activation=softmax\ncompile loss=binary_crossentropy", "mismatch", "softmax over a single unit"),
    ("compile loss=categorical_crossentropy", "mismatch", "needs one output for each class"),
    ("predict nowhere.png", "not-ready", "has learned nothing yet"),
    ("add conv2d 3 3x3", "shape", "conv2d does not fit on 1"),
  ])
  func mistakesAreFoundBeforeWork(command: String, code: String, message: String) throws {
    let upToCompile = Self.program.components(separatedBy: "\ncompile")[0]
    let outcome = try run(upToCompile + "\n" + command)
    let error = try #require(events("error", of: outcome).first)
    #expect(error["code"] as? String == code)
    #expect((error["message"] as? String ?? "").contains(message), "\(error)")
    #expect(outcome.status == 1)
  }
}
