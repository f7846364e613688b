import ConvoData
import ConvoImages
import ConvoKernel
import ConvoLanguage
import ConvoNetwork
import ConvoOutput
import ConvoSchema
import ConvoTensor
import ConvoTraining

/// `why`: what one picture did to loss and accuracy, epoch by epoch.
struct Why: Command {
  static let stage = CourseStage.evaluate

  static let schema = Schema(
    "why",
    summary: "Shows what one picture did to loss and accuracy, epoch by epoch",
    details: """
      For every epoch, the probability that the model gave the picture's own class, the picture's loss, and whether it \
      was right, with the weights at the end of that epoch. share is the picture's part of all losses that the epoch's \
      val_loss is the average of; of a picture that the model learned from, its part of those of loss, which were \
      measured while the weights changed and so is an estimate. It is – in an epoch that did not come to the picture.

      The class is that in a loaded generator; of any other picture, the name of its directory.
      """,
    parameters: [Parameter("file", .path(.file), .positional, .required, help: "The picture")],
    examples: [
      Example(
        "why datasets/horse-or-human/validation/horses/horse001.png", "a picture that was validated on",
        after: ExampleSetUp.trainedModel)
    ])

  let file: String

  init(_ arguments: Arguments) throws(ArgumentError) {
    file = try arguments.text("file")
  }

  func run(in context: CommandContext) async throws -> [SessionChange] {
    let trained = try context.activeModel()
    guard let learned = trained.learned, let preprocessing = trained.preprocessing, !learned.history.isEmpty else {
      throw CommandError(
        .notReady, "\(trained.model.name) has finished no epoch yet", help: "train it first: fit GENERATOR")
    }
    let subject = try WhySubject(file, learned, preprocessing, context.state)
    let settings = context.state.settings
    let trainer = Trainer(trained.model, threads: settings.threads, kernels: settings.kernels)
    let answers = try await context.onOwnThread {
      let image: PixelImage
      do throws(ImageError) {
        image = try ImageFile.decode(subject.path, as: preprocessing.colorMode)
      } catch {
        throw CommandError(.data, FileNameText.oneLine("\(error)"), parameter: "file")
      }
      do throws(TrainingError) {
        return try trainer.answers(
          to: image, label: subject.label, preprocessing, of: learned,
          isInterrupted: { context.interruption.isRequested })
      } catch {
        throw error.asCommandError(parameter: "file")
      }
    }
    guard !answers.isEmpty else {
      throw CommandError(
        .notReady, "the weights of no epoch of \(trained.model.name) are kept",
        help: "fit keeps those of its epochs in TMPDIR, where there is room")
    }
    let labels = ClassLabels(
      names: preprocessing.classNames, outputs: trained.model.outputShape.sides.last ?? 1,
      areLogits: trained.model.compiled?.loss.fromLogits == true)
    let story = WhyStory(subject, answers, learned.history, labels)
    context.emit(.table(story.table))
    for sentence in story.sentences { context.say(sentence) }
    return [.setResults(of: "why", story.results)]
  }
}

/// A picture with what is known of it.
struct WhySubject: Sendable {
  let path: String
  /// The index of its class among those that the model learned.
  let label: Int
  let className: String
  /// Its places in the generators that have it.
  private let places: [(generator: ImageGenerator, index: Int)]

  /// - Throws: where there is no such file, or its class is not known.
  init(
    _ file: String, _ learned: LearnedState, _ preprocessing: Preprocessing, _ state: SessionState
  ) throws(CommandError) {
    let path = Path.expandingTilde(file)
    guard Path.exists(path), !Path.isDirectory(path) else {
      let near = Path.similar(to: path).map { "did you mean '\(FileNameText.oneLine($0))'?" }
      throw CommandError(
        .file, Path.isDirectory(path) ? "'\(file)' is a directory" : "there is no file '\(file)'",
        help: near ?? "why takes one picture", parameter: "file")
    }
    self.path = path
    let places = state.generators.compactMap { generator in
      generator.index(of: path).map { (generator: generator, index: $0) }
    }
    self.places = places
    // What the model was measured on, or learned from, knows best.
    let data = learned.history.last?.data
    let place =
      places.first { $0.generator.name == data?.validation } ?? places.first { $0.generator.name == data?.training }
      ?? places.first
    let directory = Path.parent(of: Path.resolved(path) ?? path).split(separator: "/").last.map(String.init) ?? ""
    let name = place.map { $0.generator.classNames[$0.generator.samples[$0.index].label] } ?? directory
    guard let label = preprocessing.classNames.firstIndex(of: name) else {
      let classes = preprocessing.classNames.joined(separator: ", ")
      throw CommandError(
        .data,
        "the class of '\(FileNameText.oneLine(file))' is not known: '\(FileNameText.oneLine(name))' is none of "
          + "those that the model learned",
        help: "put it in a directory that is called as its class is: \(classes)", parameter: "file")
    }
    self.label = label
    className = name
  }

  /// Whether a generator has the picture.
  func isIn(_ generator: String?) -> Bool {
    places.contains { $0.generator.name == generator }
  }

  /// Whether the picture is among the first images that an epoch comes to in a generator that has it.
  func isAmongFirst(_ images: Int, of generator: String?, epoch: Int) -> Bool {
    guard let place = places.first(where: { $0.generator.name == generator }) else { return false }
    return images >= place.generator.count
      || place.generator.order(epoch: epoch, pass: 0).prefix(images).contains(place.index)
  }
}

extension ImageGenerator {
  /// The place of a file among the samples, if it is there.
  fileprivate func index(of path: String) -> Int? {
    let resolved = (file: Path.resolved(path) ?? path, directory: Path.resolved(directory) ?? directory)
    return samples.firstIndex {
      "\(resolved.directory)/\($0.path)" == resolved.file || "\(directory)/\($0.path)" == path
    }
  }
}
