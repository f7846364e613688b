import ConvoCommands
import ConvoImages
import ConvoKernel
import ConvoTestSupport
import Foundation
import Testing

/// `confusion`, `mistakes`, `compare`, `dissect` and `trace`, run by the real program on pictures of one colour each:
/// a bright one is of class b, but for one of each class that lies about it.
@Suite struct LookTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for (name, levels) in [("a", [10, 20, 30, 40, 50, 200]), ("b", [250, 240, 230, 220, 210, 60])] {
      let directory = folder.url.appending(path: "data/\(name)")
      try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
      for (number, level) in levels.enumerated() {
        let bytes = (0..<108).map { UInt8(level + $0 % 5) }
        try PixelImage(height: 6, width: 6, channels: 3, bytes: bytes)
          .writePNG(to: directory.appending(path: "\(number).png").path)
      }
    }
  }

  private static let load = "load generator g from data rescale=1/255 target_size=6x6 batch_size=5 class_mode=binary"
  private static let train = """
    new model input=6x6x3; add conv2d 2 3x3 activation=relu; add flatten; add dense 1 activation=sigmoid
    compile loss=binary_crossentropy optimizer=adam learning_rate=0.01 metrics=[accuracy]; fit g epochs=60 verbose=0
    """
  private static let categories = """
    load generator g from data rescale=1/255 target_size=6x6 batch_size=5 class_mode=categorical
    new model input=6x6x3; add flatten; add dense 2 activation=softmax
    compile loss=categorical_crossentropy optimizer=adam learning_rate=0.05 metrics=[accuracy]
    fit g epochs=30 verbose=0
    """

  private func run(_ program: String..., options: [String] = []) throws -> ConvoProcess.Outcome {
    try ConvoProcess.run(
      options + ["-c", program.joined(separator: "\n")], in: folder.url, environment: ["COLUMNS": "160"])
  }

  /// Every claim is true.
  private func expectClaims(_ claims: [String], after program: String...) throws {
    let prints = claims.map { "print \"\($0)\"" }
    let outcome = try run((program + prints).joined(separator: "\n"))
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(
      outcome.output.split(separator: "\n").suffix(claims.count) == claims.map { _ in "true" }[...],
      "\(claims)\n\(outcome.output)")
  }

  @Test func confusionCountsWhatEvaluateMeasures() throws {
    let claims = [
      "confusion.accuracy == evaluation.accuracy", "confusion.right + confusion.wrong == 12",
      "confusion.true_positives + confusion.false_negatives == 6",
      "confusion.true_negatives + confusion.false_positives == 6",
      "confusion.right == confusion.true_positives + confusion.true_negatives", "confusion.right == 10",
    ]
    try expectClaims(claims, after: Self.load, Self.train, "evaluate g", "confusion g")
    try expectClaims(
      ["confusion.true_positives == 0", "confusion.accuracy == 0.5"], after: Self.load, Self.train,
      "confusion g threshold=1")
    try expectClaims(
      ["confusion.accuracy == evaluation.accuracy", "confusion.true_positives == 5"], after: Self.categories,
      "evaluate g", "confusion g")
  }

  @Test func mistakesAreThoseThatLie() throws {
    let outcome = try run(Self.load, Self.train, "mistakes g save=out.png")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("2 of 12 images of g are wrong, a share of 0.1667"))
    #expect(outcome.output.contains("│ a/5.png │ a     │ b"))
    #expect(outcome.output.contains("│ b/5.png │ b     │ a"))
    #expect(try ImageFile.header(of: folder.url.appending(path: "out.png").path).width > 100)
    try expectClaims(
      ["mistakes.count == 2", "mistakes.images == 12", "mistakes.largest_loss > log(2)"], after: Self.load, Self.train,
      "mistakes g count=1")
  }

  @Test func noMistakeAtAll() throws {
    for name in ["a", "b"] {
      try FileManager.default.removeItem(at: folder.url.appending(path: "data/\(name)/5.png"))
    }
    let outcome = try run(
      Self.load, Self.train, "mistakes g", "print \"mistakes.count == 0 and mistakes.largest_loss == 0\"",
      "dissect images on g", "dissect sets on g", "dissect calibration on g", "dissect threshold on g",
      "dissect weight on g")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("No mistakes: all 10 images of g are right\ntrue\n"))
    #expect(outcome.output.contains("No answer to the 10 images is wrong, so the accuracy is 1"))
    #expect(!outcome.output.contains("barely wrong"))
  }

  @Test func threeImages() throws {
    for path in ["a/1", "a/2", "a/3", "a/4", "a/5", "b/2", "b/3", "b/4", "b/5"] {
      try FileManager.default.removeItem(at: folder.url.appending(path: "data/\(path).png"))
    }
    let parts = ["images", "sets", "weight", "threshold", "calibration"].map { "dissect \($0) on g" }
    let outcome = try run(([Self.load, Self.train, "mistakes g", "confusion g"] + parts).joined(separator: "\n"))
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  /// Weights that were never trained, and ones so large that every probability is 0 or 1.
  @Test(arguments: ["", "learning_rate=100 metrics=[accuracy]; fit g epochs=5 verbose=0"])
  func answersOfAnyKind(_ training: String) throws {
    let model = """
      new model input=6x6x3; add flatten; add dense 1 activation=sigmoid
      compile loss=binary_crossentropy optimizer=sgd \(training)
      """
    let parts = ["images", "sets", "weight", "threshold", "calibration"].map { "dissect \($0) on g" }
    let outcome = try run(([Self.load, model, "mistakes g", "confusion g"] + parts).joined(separator: "\n"))
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("has learned nothing yet") == training.isEmpty)
  }

  @Test func dissectKeepsItsResults() throws {
    try expectClaims(
      [
        "count(dissect.loss) == 4", "sum(dissect.right) == 2", "dissect.accuracy == 0.5",
        "mean(dissect.loss) == dissect.mean_loss ± 0.000001", "dissect.loss[4] > dissect.loss[3]",
        "dissect.loss[2] > dissect.loss[1]",
      ], after: Self.load, Self.train, "dissect images on g")
    try expectClaims(
      [
        "dissect.accuracy[1] == dissect.accuracy[2]", "dissect.accuracy[1] != dissect.accuracy[3]",
        "dissect.loss[1] == dissect.loss[3] ± 0.001", "abs(dissect.loss[1] - dissect.loss[2]) > 0.01",
        "dissect.loss[1] == evaluation.loss ± 0.00001", "dissect.accuracy[1] == evaluation.accuracy",
      ], after: Self.load, Self.train, "evaluate g", "dissect sets on g")
    try expectClaims(
      [
        "count(dissect.loss) == 41", "dissect.loss_values == 41", "dissect.accuracy_values < 10",
        "dissect.loss[21] == evaluation.loss ± 0.00001", "dissect.accuracy[21] == evaluation.accuracy",
      ], after: Self.load, Self.train, "evaluate g", "dissect weight on g")
    try expectClaims(
      [
        "count(dissect.threshold) == 9", "dissect.accuracy[5] == evaluation.accuracy",
        "dissect.loss == evaluation.loss ± 0.00001",
      ], after: Self.load, Self.train, "evaluate g", "dissect threshold on g")
    try expectClaims(
      [
        "sum(dissect.images) == 12", "dissect.error >= 0", "dissect.error <= 1",
        "count(dissect.confidence) == count(dissect.accuracy)",
      ], after: Self.load, Self.train, "dissect calibration on g")
  }

  @Test func severalClasses() throws {
    let outcome = try run(
      Self.categories, "mistakes g", "dissect images on g", "dissect sets on g", "dissect weight on g",
      "dissect calibration on g", "print \"dissect.error < 1\"")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("probability of the truth"))
  }

  private static let second = """
    load generator small from data rescale=1/255 target_size=3x3 batch_size=5 class_mode=categorical
    new model tiny input=3x3x3; add flatten; add dense 2 activation=softmax
    compile loss=categorical_crossentropy optimizer=adam learning_rate=0.05 metrics=[accuracy]
    fit small epochs=1 verbose=0
    """

  /// Each with its own size and class mode.
  @Test func modelsAreComparedOnTheSameImages() throws {
    try expectClaims(
      [
        "compare.both_right + compare.only_first + compare.only_second + compare.both_wrong == compare.images",
        "compare.images == 12", "compare.both_right + compare.only_first == 10",
        "compare.both_right + compare.only_second == confusion.right",
      ], after: Self.load, Self.train, Self.second, "confusion small", "compare sequential tiny on g")
  }

  @Test(arguments: [
    ("confusion gg", "did you mean 'g'?"),
    ("confusion g threshold=2", "threshold must be a number"),
    ("mistakes g count=0", "count must be a whole number from 1 to 100"),
    ("mistakes g save=out.jpg", "name it out.png"),
    ("dissect pictures on g", "what must be images, sets"),
    ("compare sequential sequential on g", "sequential is compared with itself"),
    ("compare sequential sequentiel on g", "did you mean 'sequential'?"),
    ("new model other input=6x6x3; compare sequential other on g", "other has learned nothing yet"),
    ("trace flatten on data/a/0.png", "flatten is a flatten layer, and has no products"),
    ("trace conv2d on data/a/0.png at=4,0", "at is from 0,0 to 3,3"),
    ("trace conv2d on data/a/0.png at=0x4", "at is from 0,0 to 3,3"),
    ("trace conv2d on data/a/0.png", "say which: at=ROW,COLUMN"),
    ("trace conv2d on data/a/0.png at=1", "at must be a place like 100,120"),
    ("trace conv2d on data/a/0.png at=1,2,3", "at must be a place like 100,120"),
    ("trace conv2d on data/a/0.png at=0,0 filter=2", "filter is from 0 to 1"),
    ("trace conv2d on data/a/9.png at=0,0", "did you mean the file"),
    ("trace dense on data/a/0.png at=0,0", "leave at= out"),
  ])
  func mistakesInTheLineAreNamed(_ command: String, _ message: String) throws {
    let outcome = try run(Self.load, Self.train, command)
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains(message), "\(command)\n\(outcome.errors)")
  }

  @Test func otherClassesAreNotCompared() throws {
    try FileManager.default.copyItem(
      at: folder.url.appending(path: "data/a"), to: folder.url.appending(path: "data/c"))
    let outcome = try run(
      Self.load.replacing("class_mode=binary", with: "class_mode=binary classes=[a b]"), Self.train,
      Self.second.replacing("target_size=3x3", with: "target_size=3x3 classes=[a b]"),
      Self.load.replacing("generator g", with: "generator h").replacing(
        "class_mode=binary", with: "class_mode=binary classes=[a c]"),
      "use sequential", "confusion h", "compare sequential tiny on h")
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("sequential learned the classes a, b, and those of h are a, c"))
    #expect(outcome.errors.contains("sequential knows the classes a, b, and those of h are a, c"))
  }

  @Test(arguments: ["none", "input"]) func imagesWithoutLabelsAreRefused(_ mode: String) throws {
    let outcome = try run(
      Self.load, Self.train, Self.load.replacing("generator g", with: "generator h").replacing("binary", with: mode),
      "confusion h")
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("class_mode=\(mode)") || outcome.errors.contains("its own truth"))
  }

  @Test func traceAddsUp() throws {
    try expectClaims(
      [
        "trace.products == 27", "trace.output == max(0, trace.sum + trace.bias) ± 0.000001",
      ], after: Self.load, Self.train, "trace conv2d on data/b/0.png at=1,2 filter=1")
    try expectClaims(
      ["trace.products == 32", "trace.output == 1 / (1 + exp(0 - trace.sum - trace.bias)) ± 0.000001"],
      after: Self.load, Self.train, "trace 3 on data/b/0.png")
    let outcome = try run(
      "new model input=6x6x3", "add conv2d 1 3x3 padding=same", "trace conv2d on data/b/0.png at=0,0",
      "trace conv2d on data/b/0.png at=0x0")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(
      outcome.output.contains("looks at rows -1 to 1 and columns -1 to 1 of its input"))
    #expect(outcome.output.contains("no generator has images of 6x6x3: the picture is only resized"))
    #expect(outcome.output.contains("There is no activation"))
    // The corner of the window lies outside.
    #expect(outcome.output.contains("│ row -1 │ 0 × "))
  }

  @Test func partsAreCompleted() async throws {
    let session = Session(catalog: .standard, state: SessionState(settings: Settings(threads: 1)))
    #expect(await session.completion(of: "dissect th").candidates == ["threshold"])
    #expect(await session.completion(of: "summary e").candidates == ["explain"])
    #expect(await session.completion(of: "confusion g thr").candidates == ["threshold="])
    #expect(await session.completion(of: "compare a b o").candidates == ["on"])
    #expect(await session.completion(of: "trace conv2d on x.png a").candidates == ["at="])
  }
}
