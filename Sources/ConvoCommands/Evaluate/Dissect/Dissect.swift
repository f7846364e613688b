import ConvoKernel
import ConvoLanguage
import ConvoSchema

/// `dissect`: takes loss and accuracy apart, with the model's own answers.
struct Dissect: Command {
  static let stage = CourseStage.evaluate

  static let schema = Schema(
    "dissect",
    summary: "Takes loss and accuracy apart with the model's own answers: why they are two numbers and not one",
    details: Part.allCases.map { "\($0.rawValue): \($0.meaning)" }.joined(separator: "\n\n") + """


      print knows what was found, as in print "dissect.loss[1]".
      """,
    parameters: [
      Parameter(
        "what", .choice(Part.allCases.map(\.rawValue)), .positional, .required, help: "What to look at"),
      AnswerParameters.generatorAfterOn,
    ],
    examples: Part.allCases.map {
      Example("dissect \($0.rawValue) on validation", $0.summary, after: ExampleSetUp.trainedModel)
    })

  /// What can be looked at.
  enum Part: String, CaseIterable {
    case images, sets, weight, threshold, calibration, epochs
  }

  let part: Part
  let generator: String

  init(_ arguments: Arguments) throws(ArgumentError) {
    guard let part = Part(rawValue: try arguments.text("what")) else { throw ArgumentError(missing: "what") }
    self.part = part
    generator = try arguments.text("generator")
  }

  func run(in context: CommandContext) async throws -> [SessionChange] {
    let generator = try context.generator(generator, parameter: "generator")
    let question = AnswerQuestion(try context.activeModel(), generator, in: context)
    let results = try await context.onOwnThread { [part] in
      switch part {
      case .images: try TellingImages(question.answers(context)).tell(question, context)
      case .sets: try AnswerSets(question.logits(context)).tell(context)
      case .weight:
        try { () throws(CommandError) in
          let logits = try question.logits(context)
          return WeightSteps(logits, try question.move(logits, context)).tell(context)
        }()
      case .threshold: try ThresholdSteps(question.answers(context)).tell(context)
      case .epochs: try EpochsAgainst(question).tell(context)
      case .calibration: try CalibrationTable(question.answers(context)).tell(context)
      }
    }
    return [.setResults(of: "dissect", results)]
  }
}

extension Dissect.Part {
  var summary: String {
    switch self {
    case .images: "four telling images"
    case .sets: "the same accuracy with another loss, and the other way round"
    case .weight: "one weight moved in small steps"
    case .threshold: "accuracy at nine thresholds"
    case .calibration: "how sure it says it is, and how often it is right"
    case .epochs: "epochs in which loss and accuracy both rose or both fell"
    }
  }

  var meaning: String {
    switch self {
    case .images:
      """
      four of the images, one each that is confidently right, barely right, barely wrong and confidently wrong, with \
      their loss; dissect.probability, .loss and .right have an entry for each, dissect.mean_loss and .accuracy are of \
      these images.
      """
    case .sets:
      """
      the answers as they are; made bolder, with the same accuracy and another loss; and shifted towards one class, with \
      another accuracy and the same loss. dissect.accuracy and .loss have an entry for each of the three.
      """
    case .weight:
      """
      one weight of the last layer moved in 40 small steps, half of them down and half of them up: the loss changes a \
      little with each, the accuracy is a staircase. dissect.loss and .accuracy have an entry for each place, \
      dissect.loss_values and .accuracy_values say how many different ones there are.
      """
    case .threshold:
      """
      accuracy where an image counts as class 1 above a probability of 0.1, 0.2 … 0.9; the loss knows no threshold. \
      dissect.threshold and .accuracy have nine entries, dissect.loss is one number.
      """
    case .calibration:
      """
      of the answers that the model was 60 to 70 % sure of, how many are right, and so on in ten bins; where it says more \
      than it keeps, it is overconfident. dissect.confidence, .accuracy and .images have an entry for each bin with \
      images, dissect.error is the expected calibration error.
      """
    case .epochs:
      """
      the epochs of the history in which loss and accuracy both rose or both fell, training and validation, and the images \
      that made those of validation do so. dissect.epochs has their numbers, dissect.against says how many there are.
      """
    }
  }
}
