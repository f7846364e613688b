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
      target_size as they are decoded. When they are made into batches they are changed at random, where that is asked \
      for, and then their values are rescaled and standardized. evaluate, predict and fit's validation treat values \
      alike; predict never changes images at random, while a validation generator does what it is told, as in Keras: \
      load it without random changes.
      """,
    parameters: parameters,
    examples: [
      Example(
        """
        load generator train from datasets/horse-or-human/train rescale=1/255 target_size=300x300 batch_size=128 \
        class_mode=binary
        """, "the training images of the notes", after: ["make dataset horse-or-human limit=2"]),
      Example(
        "load generator small from datasets/horse-or-human/train target_size=64x64 color_mode=grayscale",
        "small and gray, with Keras's defaults for the rest", after: ["make dataset horse-or-human limit=2"]),
      Example(
        """
        load generator train from datasets/horse-or-human/train rescale=1/255 target_size=150x150 class_mode=binary \
        rotation_range=40 width_shift_range=0.2 height_shift_range=0.2 shear_range=0.2 zoom_range=0.2 \
        horizontal_flip=true fill_mode=nearest
        """, "never the same image twice", after: ["make dataset horse-or-human limit=2"]),
    ],
    setUp: setUp,
    keras: """
      ImageDataGenerator(rescale=1/255).flow_from_directory('datasets/horse-or-human/train', \
      target_size=(300, 300), batch_size=128, class_mode='binary')
      """)

  let name: String
  let directory: String
  /// The seed is the session's where the learner gave none.
  private let seed: UInt64?
  private let options: GeneratorOptions
  /// The generator whose images are measured in place of its own.
  let statistics: String?

  init(_ arguments: Arguments) throws(ArgumentError) {
    name = try arguments.text("name")
    directory = try arguments.text("directory")
    seed = try arguments.integerIfGiven("seed").map(UInt64.init)
    options = try GeneratorOptions(arguments)
    statistics = try arguments.textIfGiven("statistics")
  }

  func run(in context: CommandContext) async throws -> [SessionChange] {
    var options = options
    options.seed = seed ?? context.state.settings.seed
    let donor = try statistics.map { name throws(CommandError) in try context.generator(name, parameter: "statistics") }
    let generator = try await context.onOwnThread { [options] in
      let clock = ContinuousClock()
      let start = clock.now
      func tell(_ title: String, _ done: Int, _ total: Int) {
        let seconds = start.duration(to: clock.now) / .seconds(1)
        context.emit(.progress(Progress(title: title, done: done, total: total, seconds: seconds)))
      }
      do {
        return try ImageGenerator(
          name: name, directory: Path.expandingTilde(directory), options: options, statistics: donor,
          cache: context.cache, threads: context.state.settings.threads,
          isCancelled: { context.interruption.isRequested },
          progress: { tell("Checking the images of \(name)", $0, $1) },
          measuring: { tell("\($0) of \(name)", $1, $2) })
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
  private static let splitNames: Set = [
    "train", "training", "validation", "valid", "val", "test", "testing", "clean", "wild",
  ]
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
    case .binaryNeedsTwoClasses:
      CommandError(.mismatch, description, help: advice ?? "", parameter: "class_mode")
    case .whiteningTooLarge:
      CommandError(.badValue, description, help: advice ?? "", parameter: "zca_whitening")
    case .foreignStatistics:
      CommandError(.mismatch, description, help: advice ?? "", parameter: "statistics")
    case .emptyPath, .notADirectory, .noPermission, .unreadableDirectory:
      CommandError(.file, description, help: advice ?? "", parameter: "directory")
    case .invalidClassName, .repeatedClass, .missingClass:
      CommandError(.data, description, help: advice ?? "", parameter: "classes")
    case .noClasses, .noImages, .noReadableImages:
      CommandError(.data, description, help: advice ?? "", parameter: "directory")
    }
  }
}
