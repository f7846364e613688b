import ConvoData
import ConvoKernel
import ConvoLanguage
import ConvoOutput
import ConvoSchema
import ConvoTraining

/// `mistakes`: shows the images that the model has wrong.
struct Mistakes: Command {
  static let stage = CourseStage.evaluate

  static let schema = Schema(
    "mistakes",
    summary: "Shows the images that the model has wrong, the largest loss first",
    details: """
      The loss of an image grows with how sure the model was of the wrong class, so the first ones are those that it \
      should be ashamed of most. They are also the first to look at: a wrong label, or something that is in no other image.

      print knows mistakes.count, mistakes.images (how many were asked about) and mistakes.largest_loss (0 where nothing \
      is wrong).
      """,
    parameters: [
      AnswerParameters.generator,
      Parameter("count", .integer(1...100), .named, .defaults(to: .integer(12)), help: "How many to show at the most"),
      AnswerParameters.threshold, AnswerParameters.save,
    ],
    examples: [
      Example("mistakes validation", "up to twelve of them", after: ExampleSetUp.trainedModel),
      Example(
        "mistakes validation count=4 save=mistakes.png", "the four worst, as a picture as well",
        after: ExampleSetUp.trainedModel),
    ],
    keras: "[path for path, p, y in zip(generator.filepaths, model.predict(images)[:, 0], labels) if (p > 0.5) != y]")

  let generator: String
  let count: Int
  let threshold: Double
  let save: String?

  init(_ arguments: Arguments) throws(ArgumentError) {
    generator = try arguments.text("generator")
    count = try arguments.integer("count")
    threshold = try arguments.number("threshold")
    save = try arguments.textIfGiven("save")
  }

  func run(in context: CommandContext) async throws -> [SessionChange] {
    let target = try save.map { path throws(CommandError) in try SaveTarget(path) }
    let generator = try context.generator(generator, parameter: "generator")
    let question = AnswerQuestion(try context.activeModel(), generator, in: context)
    let answers = try await context.onOwnThread { try question.answers(context) }
    try answers.check(threshold: threshold)
    let mistakes = answers.mistakes(threshold: threshold)
    let shown = Array(mistakes.prefix(count))
    if mistakes.isEmpty {
      context.say("No mistakes: all \(NumberText.images(answers.count)) of \(generator.name) are right", .success)
    } else {
      let share = NumberText.metric(1 - answers.accuracy(threshold: threshold))
      context.say(
        "\(NumberText.grouped(mistakes.count)) of \(NumberText.images(answers.count)) of \(generator.name) "
          + "\(mistakes.count == 1 ? "is" : "are") wrong, a share of \(share)"
          + (shown.count < mistakes.count ? "; here are the \(shown.count) with the largest loss" : ""))
      context.emit(.table(table(of: shown, answers)))
      let pictures = AnswerPictures(
        generator: generator,
        entries: shown.map { answer in
          .init(
            sample: answer.sample, label: "loss \(loss(answer))", detail: AnswerPictures.name(of: answer.file))
        })
      try await context.onOwnThread { try pictures.show(context, saving: target) }
    }
    return [
      .setResults(
        of: "mistakes",
        [
          "count": .number(Double(mistakes.count)), "images": .number(Double(answers.count)),
          "largest_loss": .number(mistakes.first?.loss ?? 0),
        ])
    ]
  }

  private func choice(_ answer: Answer, _ answers: Answers) -> Int { answers.choice(of: answer, threshold: threshold) }

  private func loss(_ answer: Answer) -> String { NumberText.metric(answer.loss) }

  private func table(of shown: [Answer], _ answers: Answers) -> Table {
    Table(
      title: "Mistakes, the largest loss first",
      columns: [
        .init("file"), .init("truth"), .init("answer"), .init(answers.probabilityTitle, .right), .init("loss", .right),
      ],
      rows: shown.map { answer in
        [
          FileNameText.oneLine(answer.file), answers.name(answer.truth), answers.name(choice(answer, answers)),
          NumberText.metric(answers.shownProbability(of: answer)), loss(answer),
        ]
      })
  }
}
