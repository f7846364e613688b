import ConvoData
import ConvoImages
import ConvoKernel
import ConvoOutput
import ConvoSchema
import ConvoTraining

/// `show`: looks at the pictures of a generator, or at one file.
struct Show: Command {
  static let stage = CourseStage.data

  static let schema = Schema(
    "show",
    summary: "Shows what the network will see of a generator's pictures, or one file",
    details: """
      Of a generator, a grid of pictures with their classes: the first ones of the next epoch, resized and changed as \
      the network will see them. With augmented, one picture as the next nine epochs will see it. Where a generator and \
      a file have the same name, the generator is shown; ./NAME is the file.

      A file is shown as load generator would read it. save= writes it pixel by pixel, with nothing drawn over it.
      """,
    parameters: [
      Parameter(
        "source", .either([.name(of: .generator), .path(.file)]), .positional, .required,
        help: "A generator, or the file of a picture"),
      Parameter(
        "layout", .either([.size(sides: 2...2), .choice(["augmented"])]), .positional, .optional,
        help: "Of a generator: how many rows and columns of pictures, 4x4 where not given, or augmented"),
      Parameter(
        "target_size", .optional(.size(sides: 2...2)), .named, .optional, unit: "pixels",
        help: "Of a file: the height and width to resize to; its own where not given"),
      Parameter(
        "interpolation", .choice(Interpolation.allCases.map(\.rawValue)), .named, .optional,
        help: "Of a file: how new pixels are made, nearest where not given"),
      Parameter(
        "color_mode", .choice(ColorMode.allCases.map(\.rawValue)), .named, .optional,
        help: "Of a file: the channels to convert to, rgb where not given"),
      Parameter(
        "keep_aspect_ratio", .boolean, .named, .optional,
        help: "Of a file: whether the middle is cut out in the proportions of target_size, or all of it squeezed"),
      Parameter("save", .path(.file), .named, .optional, help: "A PNG file to write; one that is there is replaced"),
    ],
    examples: [
      Example("show train 2x3", "two rows of three pictures", after: ExampleSetUp.generators),
      Example("show train augmented", "one picture as nine epochs will see it", after: ExampleSetUp.generators),
      Example(
        "show datasets/horse-or-human/train/horses/horse001.png target_size=64x64 interpolation=bilinear save=small.png",
        "what resizing does to a picture", after: ["make dataset horse-or-human limit=1"]),
    ],
    keras: "tf.keras.utils.load_img('horse.png', target_size=(64, 64), interpolation='bilinear')")

  /// How a generator's pictures are laid out.
  enum Layout {
    case grid(rows: Int, columns: Int)
    case augmented
  }

  private let source: String
  private let layout: Layout?
  private let fileOptions: FilePicture.Options
  private let save: String?

  init(_ arguments: Arguments) throws(ArgumentError) {
    source = try arguments.text("source")
    switch arguments.value("layout") {
    case nil: layout = nil
    case .size(let sides): layout = .grid(rows: sides[0], columns: sides[1])
    case .some: layout = .augmented
    }
    fileOptions = try FilePicture.Options(arguments)
    save = try arguments.textIfGiven("save")
  }

  func run(in context: CommandContext) async throws -> [SessionChange] {
    let target = try save.map { path throws(CommandError) in try SaveTarget(path) }
    let shown: Shown
    if let generator = context.state.generator(named: source) {
      if let option = fileOptions.firstGiven {
        throw CommandError(
          .badValue, "\(option) is of a file; the pictures of \(source) are shown as it was loaded",
          help: "load another generator, or show one file", parameter: option)
      }
      let pictures = GeneratorPictures(
        generator: generator, epoch: (context.state.activeModel?.learned?.epochsDone ?? 0) + 1)
      shown = try await context.onOwnThread { [layout] in
        try pictures.shown(as: layout ?? .grid(rows: 4, columns: 4), context)
      }
    } else {
      let file = try ShownFile.path(of: source, in: context)
      guard layout == nil else {
        throw CommandError(
          .badValue, "a grid is of a generator, and '\(source)' is a file", help: "show \(source)", parameter: "layout")
      }
      shown = try await context.onOwnThread { [fileOptions] in try FilePicture.shown(file, fileOptions) }
    }
    try await context.onOwnThread {
      context.say(shown.caption, .faint)
      try context.show(shown.image, saving: target)
    }
    return []
  }
}

/// A picture with what to say about it.
struct Shown: Sendable {
  let image: PixelImage
  let caption: String
}
