import ConvoData
import ConvoImages
import ConvoKernel
import ConvoOutput
import ConvoSchema

/// `load generator`: makes batches of images from a directory.
struct LoadGenerator: Command {
  static let stage = CourseStage.data

  static let schema = Schema(
    "load generator",
    summary: "Makes batches of labelled images from a directory with one sub-directory for each class",
    details: """
      The names of the sub-directories are the class names; in sorted order they get the labels 0, 1, …. Every file \
      is checked now: one that can't be read is named, left out, and does not stop a fit later. Images are resized to \
      target_size as they are decoded, and multiplied by rescale when they are made into batches.
      """,
    parameters: [
      Parameter("name", .newName, .positional, .required, help: "What to call the generator"),
      Parameter(
        "directory", .path(.directory), .after("from"), .required, help: "The directory that holds the classes"),
      Parameter(
        "rescale", .optional(.number(.any)), .named, .defaults(to: .none),
        help: "Multiplies every pixel value; 1/255 brings 0…255 to 0…1"),
      Parameter(
        "target_size", .size(sides: 2...2), .named, .defaults(to: .size([256, 256])), unit: "pixels",
        help: "The height and the width to which every image is resized"),
      Parameter(
        "batch_size", .integer(1...Int.max), .named, .defaults(to: .integer(32)), unit: "images",
        help: "How many images go through the model together"),
      Parameter(
        "class_mode", .choice(offeredClassModes), .named, .defaults(to: .text("categorical")),
        help: "The form of the labels: one 0 or 1, one number for each class, the class's index, or no labels"),
      Parameter(
        "color_mode", .choice(ColorMode.allCases.map(\.rawValue)), .named, .defaults(to: .text("rgb")),
        help: "The channels to which every image is converted"),
      Parameter(
        "shuffle", .boolean, .named, .defaults(to: .boolean(true)),
        help: "Whether each epoch sees the images in a new order"),
      Parameter(
        "seed", .integer(0...Int.max), .named, .optional, help: "Draws the orders; the session's seed where not given"),
      Parameter(
        "interpolation", .choice(Interpolation.allCases.map(\.rawValue)), .named, .defaults(to: .text("nearest")),
        help: "How new pixels are made when an image is resized"),
      Parameter(
        "classes", .optional(.list(of: .text)), .named, .defaults(to: .none),
        help: "The sub-directories to use, in the order of their labels; all of them where none"),
      Parameter(
        "validation_split", .number(.fraction), .named, .defaults(to: .number(0)),
        help: "The share of the images that is set apart for validation"),
      Parameter(
        "subset", .optional(.choice(Subset.allCases.map(\.rawValue))), .named, .defaults(to: .none),
        help: "Which part of a split to load"),
      Parameter(
        "follow_links", .boolean, .named, .defaults(to: .boolean(false)),
        help: "Whether links to directories inside the classes are followed"),
    ],
    examples: [
      Example(
        """
        load generator train from datasets/horse-or-human/train rescale=1/255 target_size=300x300 batch_size=128 \
        class_mode=binary
        """, "the training images of the notes", after: ["make dataset horse-or-human limit=2"]),
      Example(
        "load generator small from datasets/horse-or-human/train target_size=64x64 color_mode=grayscale",
        "small and gray, with Keras's defaults for the rest", after: ["make dataset horse-or-human limit=2"]),
    ],
    keras: """
      ImageDataGenerator(rescale=1/255).flow_from_directory('datasets/horse-or-human/train', \
      target_size=(300, 300), batch_size=128, class_mode='binary')
      """)

  private static let offeredClassModes = ClassMode.allCases.filter { $0 != .input }.map(\.rawValue)

  let name: String
  let directory: String
  /// The seed is the session's where the learner gave none.
  private let seed: UInt64?
  private let options: GeneratorOptions

  init(_ arguments: Arguments) throws(ArgumentError) {
    name = try arguments.text("name")
    directory = try arguments.text("directory")
    seed = try arguments.integerIfGiven("seed").map(UInt64.init)
    var options = GeneratorOptions(seed: 0)
    let size = try arguments.size("target_size")
    options.rescale = try arguments.numberIfGiven("rescale")
    options.targetSize = ImageSize(height: size[0], width: size[1])
    options.batchSize = try arguments.integer("batch_size")
    options.classMode = try Self.word(arguments, "class_mode")
    options.colorMode = try Self.word(arguments, "color_mode")
    options.shuffle = try arguments.boolean("shuffle")
    options.interpolation = try Self.word(arguments, "interpolation")
    options.classes = try arguments.wordsIfGiven("classes")
    options.validationSplit = try arguments.number("validation_split")
    options.subset = try arguments.textIfGiven("subset").flatMap(Subset.init(rawValue:))
    options.followLinks = try arguments.boolean("follow_links")
    self.options = options
  }

  private static func word<Choice: RawRepresentable>(
    _ arguments: Arguments, _ parameter: String
  ) throws(ArgumentError) -> Choice where Choice.RawValue == String {
    guard let choice = Choice(rawValue: try arguments.text(parameter)) else { throw ArgumentError(missing: parameter) }
    return choice
  }

  func run(in context: CommandContext) async throws -> [SessionChange] {
    var options = options
    options.seed = seed ?? context.state.settings.seed
    let generator = try await context.onOwnThread { [options] in
      do {
        let clock = ContinuousClock()
        let start = clock.now
        return try ImageGenerator(
          name: name, directory: Path.expandingTilde(directory), options: options, cache: context.cache,
          threads: context.state.settings.threads, isCancelled: { context.interruption.isRequested },
          progress: { done, total in
            context.emit(
              .progress(
                Progress(
                  title: "Checking the images of \(name)", done: done, total: total,
                  seconds: start.duration(to: clock.now) / .seconds(1))))
          })
      } catch let error as GeneratorError {
        throw error.asCommandError(directory: directory)
      }
    }
    context.emit(
      .dataset(
        DatasetReport(
          name: name, images: generator.count, classes: generator.classNames,
          problems: generator.problems.map { .init(file: $0.file, problem: "\($0.problem)") })))
    let others = context.state.generators.filter { $0.name != name }
    let examination = try await context.onOwnThread { Doctor.examine(generator, with: others) }
    context.emit(.text(examination.verdict(of: name)))
    if generator.classNames.count > 1, generator.classNames.allSatisfy(Self.splitNames.contains) {
      let first = generator.classNames.contains("train") ? "train" : generator.classNames[0]
      context.say(
        "these are names of data sets and not of classes; did you mean: from \(directory)/\(first)", .warning)
    }
    return [.setGenerator(generator)]
  }

  /// What the parts of a data set are called. As class names they mean that the directory above was loaded.
  private static let splitNames: Set = ["train", "training", "validation", "valid", "val", "test", "testing"]
}

extension GeneratorError {
  /// The error as a command reports it. A built-in data set that is not there yet is named with the command that draws
  /// it.
  fileprivate func asCommandError(directory: String) -> CommandError {
    switch self {
    case .cancelled:
      CommandError(.interrupted, "interrupted: the images were not all checked", help: "nothing was loaded")
    case .noSuchDirectory(let path, _, _):
      CommandError(
        .file, description,
        help: BuiltInDatasets.commandThatRenders(path) ?? advice ?? "paths begin at the directory convo was started in",
        parameter: "directory")
    case .invalidOption(let name, _, _):
      CommandError(.badValue, description, help: advice ?? "", parameter: name)
    case .batchTooLarge:
      CommandError(.badValue, description, help: advice ?? "", parameter: "batch_size")
    case .inputModeNotOffered, .binaryNeedsTwoClasses:
      CommandError(.mismatch, description, help: advice ?? "", parameter: "class_mode")
    case .emptyPath, .notADirectory, .noPermission, .unreadableDirectory:
      CommandError(.file, description, help: advice ?? "", parameter: "directory")
    case .invalidClassName, .repeatedClass, .missingClass:
      CommandError(.data, description, help: advice ?? "", parameter: "classes")
    case .noClasses, .noImages, .noReadableImages:
      CommandError(.data, description, help: advice ?? "", parameter: "directory")
    }
  }
}
