import ConvoData
import ConvoKernel
import ConvoLanguage
import ConvoNetwork
import ConvoOutput
import ConvoSchema
import ConvoTraining

/// `compare`: asks two models about the same images.
struct Compare: Command {
  static let stage = CourseStage.evaluate

  static let schema = Schema(
    "compare",
    summary: "Asks two models about the same images: where they agree, and which one is right where they do not",
    details: """
      Each model sees the files as it learned them, in its own size and with its own rescaling: so a model on 300x300 and \
      one on 75x75 can be compared on one generator. Shown are the images that only one of the two has right, first those \
      that the first one has.

      print knows compare.both_right, .only_first, .only_second, .both_wrong and .images.
      """,
    parameters: [
      Parameter("first", .name(of: .model), .positional, .required, help: "A trained model"),
      Parameter("second", .name(of: .model), .positional, .required, help: "Another one"),
      AnswerParameters.generatorAfterOn, AnswerParameters.save,
    ],
    examples: [
      Example(
        "compare sequential small on validation", "a model and a smaller one",
        after: ExampleSetUp.trainedModel + [
          "load generator tiny from datasets/horse-or-human/train rescale=1/255 target_size=16x16 batch_size=4 class_mode=binary",
          "new model small input=16x16x3", "add flatten", "add dense 1 activation=sigmoid",
          "compile loss=binary_crossentropy optimizer=rmsprop metrics=[accuracy]", "fit tiny epochs=2",
        ])
    ])

  /// More images than these are counted, not shown.
  private static let mostShown = 24

  let first, second: String
  let generator: String
  let save: String?

  init(_ arguments: Arguments) throws(ArgumentError) {
    first = try arguments.text("first")
    second = try arguments.text("second")
    generator = try arguments.text("generator")
    save = try arguments.textIfGiven("save")
  }

  func run(in context: CommandContext) async throws -> [SessionChange] {
    let target = try save.map { path throws(CommandError) in try SaveTarget(path) }
    let generator = try context.generator(generator, parameter: "generator")
    guard first != second else {
      throw CommandError(
        .badValue, "\(first) is compared with itself", help: "name another model", parameter: "second")
    }
    let models = [try model(first, "first", generator, context), try model(second, "second", generator, context)]
    let answers = try await context.onOwnThread {
      [try models[0].answers(context), try models[1].answers(context)]
    }
    let pairs = Pairs(answers[0], answers[1])
    context.emit(.table(table(pairs)))
    context.say(
      "On \(NumberText.images(pairs.all.count)) of \(generator.name), \(first) is right \(pairs.rightOfFirst) times and "
        + "\(second) \(pairs.rightOfSecond) times. On \(NumberText.images(pairs.disagreements.count)) only one of them is."
    )
    let shown = pairs.disagreements.prefix(Self.mostShown)
    if !shown.isEmpty {
      let entries = shown.map { pair in
        AnswerPictures.Entry(
          sample: pair.first.sample, label: "only \(pair.isFirstRight ? first : second)",
          detail: AnswerPictures.name(of: pair.first.file))
      }
      context.emit(.table(disagreements(Array(shown), answers, of: pairs.disagreements.count)))
      let pictures = AnswerPictures(generator: generator, entries: entries)
      try await context.onOwnThread { try pictures.show(context, saving: target) }
    }
    var results = pairs.results
    results["first"] = .text(first)
    results["second"] = .text(second)
    return [.setResults(of: "compare", results)]
  }

  /// The model with the generator's files as it takes them. Throws where it can't be asked about these classes.
  private func model(
    _ name: String, _ parameter: String, _ generator: ImageGenerator, _ context: CommandContext
  ) throws(CommandError) -> AnswerQuestion {
    guard let trained = context.state.model(named: name) else {
      let names = context.state.models.map(\.model.name)
      let near = Spelling.nearest(to: name, in: names).map { "did you mean '\($0)'?" }
      throw CommandError(
        .unknownName, "there is no model '\(name)'", help: near ?? "models lists them", parameter: parameter)
    }
    guard trained.learned != nil, let preprocessing = trained.preprocessing else {
      throw CommandError(
        .notReady, "\(name) has learned nothing yet, so there is nothing to compare",
        help: "train it first: use \(name), then fit GENERATOR", parameter: parameter)
    }
    guard preprocessing.classNames == generator.classNames else {
      throw CommandError(
        .mismatch,
        """
        \(name) knows the classes \(preprocessing.classNames.joined(separator: ", ")), and those of \(generator.name) \
        are \(generator.classNames.joined(separator: ", "))
        """, help: "compare models that learned the classes of \(generator.name)", parameter: parameter)
    }
    return AnswerQuestion(
      trained, preprocessing.prepared(generator, for: trained.model, cache: context.cache), in: context)
  }

  private func table(_ pairs: Pairs) -> Table {
    Table(
      title: "\(first) and \(second)", columns: [.init(""), .init("images", .right), .init("share", .right)],
      rows: [
        ("both right", pairs.bothRight), ("only \(first) right", pairs.onlyFirst),
        ("only \(second) right", pairs.onlySecond), ("both wrong", pairs.bothWrong),
      ].map { name, count in
        [
          name, NumberText.grouped(count),
          NumberText.fixed(100 * Double(count) / Double(max(1, pairs.all.count)), 1) + " %",
        ]
      })
  }

  private func disagreements(_ shown: [Pairs.Pair], _ answers: [Answers], of count: Int) -> Table {
    func said(_ answers: Answers, _ answer: Answer) -> String {
      let choice = answers.choice(of: answer)
      return "\(answers.name(choice)) \(NumberText.fixed(answer.probabilities[choice], 4))"
    }
    return Table(
      title: shown.count < count ? "\(shown.count) of the \(count) images on which one is right" : "Only one is right",
      columns: [.init("file"), .init("truth"), .init(first), .init(second)],
      rows: shown.map { pair in
        [
          FileNameText.oneLine(pair.first.file), answers[0].name(pair.first.truth), said(answers[0], pair.first),
          said(answers[1], pair.second),
        ]
      })
  }
}

/// The answers of two models to the images that both could be asked about.
struct Pairs {
  struct Pair {
    let first, second: Answer
    let isFirstRight, isSecondRight: Bool
  }

  let all: [Pair]

  init(_ first: Answers, _ second: Answers) {
    let others = Dictionary(second.answers.map { ($0.sample, $0) }, uniquingKeysWith: { first, _ in first })
    all = first.answers.compactMap { answer in
      others[answer.sample].map {
        Pair(
          first: answer, second: $0, isFirstRight: first.isRight(answer), isSecondRight: second.isRight($0))
      }
    }
  }

  var bothRight: Int { all.count { $0.isFirstRight && $0.isSecondRight } }
  var onlyFirst: Int { all.count { $0.isFirstRight && !$0.isSecondRight } }
  var onlySecond: Int { all.count { !$0.isFirstRight && $0.isSecondRight } }
  var bothWrong: Int { all.count { !$0.isFirstRight && !$0.isSecondRight } }
  var rightOfFirst: Int { bothRight + onlyFirst }
  var rightOfSecond: Int { bothRight + onlySecond }

  /// Those that one of them has right, first those that the first one has.
  var disagreements: [Pair] {
    all.filter { $0.isFirstRight && !$0.isSecondRight } + all.filter { !$0.isFirstRight && $0.isSecondRight }
  }

  var results: [String: ExpressionValue] {
    [
      "both_right": .number(Double(bothRight)), "only_first": .number(Double(onlyFirst)),
      "only_second": .number(Double(onlySecond)), "both_wrong": .number(Double(bothWrong)),
      "images": .number(Double(all.count)),
    ]
  }
}
