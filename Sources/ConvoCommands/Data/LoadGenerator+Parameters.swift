import ConvoData
import ConvoImages
import ConvoSchema

/// All parameters of Keras's `flow_from_directory` and `ImageDataGenerator`, with their names, defaults and meaning.
extension LoadGenerator {
  static let parameters = directoryParameters + valueParameters + changeParameters

  private static let train = "load generator train from datasets/horse-or-human/train"
  private static let validation = "load generator validation from datasets/horse-or-human/validation"

  /// What the examples of single parameters begin with.
  static let setUp = [
    "make dataset horse-or-human limit=2", "\(train) target_size=16x16 featurewise_center=true",
  ]

  private static let directoryParameters = [
    Parameter(
      "name", .newName, .positional, .required, help: "What to call the generator",
      example: "load generator pictures from datasets/horse-or-human/train"),
    Parameter(
      "directory", .path(.directory), .after("from"), .required, help: "The directory that holds the classes",
      example: train),
    Parameter(
      "target_size", .size(sides: 2...2), .named, .defaults(to: .size([256, 256])), unit: "pixels", group: files,
      help: "The height and the width to which every image is resized", example: "\(train) target_size=150x150"),
    Parameter(
      "color_mode", .choice(ColorMode.allCases.map(\.rawValue)), .named, .defaults(to: .text("rgb")), group: files,
      help: "The channels to which every image is converted", example: "\(train) color_mode=grayscale"),
    Parameter(
      "classes", .optional(.list(of: .text)), .named, .defaults(to: .none), group: files,
      help: "The sub-directories to use, in the order of their labels; all of them where none",
      example: "\(train) classes=[humans, horses]"),
    Parameter(
      "class_mode", .choice(ClassMode.allCases.map(\.rawValue)), .named, .defaults(to: .text("categorical")),
      group: files,
      help: """
        The form of the labels: one 0 or 1, one number for each class, the class's index, the image itself (for \
        autoencoders), or no labels
        """, example: "\(train) class_mode=binary"),
    Parameter(
      "batch_size", .integer(1...Int.max), .named, .defaults(to: .integer(32)), unit: "images", group: files,
      help: "How many images go through the model together", example: "\(train) batch_size=128"),
    Parameter(
      "shuffle", .boolean, .named, .defaults(to: .boolean(true)), group: files,
      help: "Whether each epoch sees the images in a new order", example: "\(train) shuffle=false"),
    Parameter(
      "seed", .integer(0...Int.max), .named, .optional, group: files,
      help: "Draws the orders and the random changes; the session's seed where not given",
      example: "\(train) seed=42"),
    Parameter(
      "follow_links", .boolean, .named, .defaults(to: .boolean(false)), group: files,
      help: "Whether links to directories inside the classes are followed", example: "\(train) follow_links=true"),
    Parameter(
      "validation_split", .number(.fraction), .named, .defaults(to: .number(0)), group: files,
      help: "The share of each class's images, the first by name, that is set apart for validation",
      example: "\(train) validation_split=0.5 subset=training"),
    Parameter(
      "subset", .optional(.choice(Subset.allCases.map(\.rawValue))), .named, .defaults(to: .none), group: files,
      help: "Which part of a split to load; all images where none",
      example: "load generator held from datasets/horse-or-human/train validation_split=0.5 subset=validation"),
    Parameter(
      "interpolation", .choice(Interpolation.allCases.map(\.rawValue)), .named, .defaults(to: .text("nearest")),
      group: files, help: "How new pixels are made when an image is resized", example: "\(train) interpolation=bilinear"
    ),
    Parameter(
      "keep_aspect_ratio", .boolean, .named, .defaults(to: .boolean(false)), group: files,
      help: """
        Whether images keep their proportions when they are resized: the largest part in the centre that has those of \
        target_size is used, and what lies around it is lost
        """, example: "\(train) target_size=100x200 keep_aspect_ratio=true"),
  ]

  static let files = "Which images, and in what form"
  private static let values = "What is done to the values of an image, in this order"
  private static let changes = "Random changes, drawn anew each time that an image is shown"

  private static let valueParameters = [
    Parameter(
      "rescale", .optional(.number(.any)), .named, .defaults(to: .none), group: values,
      help: "Multiplies every value; 1/255 brings 0…255 to 0…1", example: "\(train) rescale=1/255"),
    flag(
      "samplewise_center", "Subtracts the mean of the image, so that its values lie around 0", group: values),
    flag(
      "samplewise_std_normalization", "Divides by the standard deviation of the image; brings samplewise_center",
      group: values),
    flag(
      "featurewise_center",
      """
      Subtracts the mean of each channel over all images of the generator, measured now, without random changes. \
      In Keras you call datagen.fit(x) with the images in an array
      """, group: values),
    flag(
      "featurewise_std_normalization",
      "Divides by the standard deviation of each channel over all images; brings featurewise_center", group: values),
    flag(
      "zca_whitening",
      """
      Removes what neighbouring values have in common over all images, so that edges remain; for small images, up to \
      32x32 in colour. Brings featurewise_center, in place of featurewise_std_normalization
      """, group: values, with: " target_size=8x8 rescale=1/255"),
    Parameter(
      "zca_epsilon", .number(.nonNegative), .named, .defaults(to: .number(1e-6)), group: values,
      help: "Keeps zca_whitening from magnifying what hardly varies; larger whitens less",
      example: "\(train) target_size=8x8 rescale=1/255 zca_whitening=true zca_epsilon=0.1"),
    Parameter(
      "statistics", .optional(.name(of: .generator)), .named, .defaults(to: .none), group: values,
      help: """
        The generator whose mean, deviation and whitening to use: validation images must be treated as those that \
        the model learns from. Its own where none
        """, example: "\(validation) target_size=16x16 featurewise_center=true statistics=train"),
  ]

  private static let changeParameters = [
    Parameter(
      "rotation_range", .number(NumberBounds(lower: 0, upper: 360)), .named, .defaults(to: .number(0)), unit: "degrees",
      group: changes, help: "Turns by up to so much either way", example: "\(train) rotation_range=20"),
    shift("width_shift_range", "up and down, as Keras 3 does, which exchanges the axes; parts are of the width"),
    shift("height_shift_range", "sideways, as Keras 3 does, which exchanges the axes; parts are of the height"),
    Parameter(
      "brightness_range", .optional(.range(factor)), .named, .defaults(to: .none), group: changes,
      help: "Multiplies the values by a number between these; 1 changes nothing, 0 is black",
      example: "\(train) brightness_range=[0.5, 1.5]"),
    Parameter(
      "shear_range", .number(NumberBounds(lower: 0, upper: 90)), .named, .defaults(to: .number(0)), unit: "degrees",
      group: changes, help: "Slants by up to so much either way", example: "\(train) shear_range=10"),
    Parameter(
      "zoom_range", .either([.number(NumberBounds(lower: 0, upper: 1)), .range(factor)]), .named,
      .defaults(to: .number(0)), group: changes,
      help: """
        How much of the height and of the width is seen, each drawn by itself: 0.2 stands for [0.8, 1.2]; below 1 \
        things become larger, above 1 smaller
        """, example: "\(train) zoom_range=[0.8, 1.2]"),
    Parameter(
      "channel_shift_range", .number(NumberBounds(lower: 0, upper: 255)), .named, .defaults(to: .number(0)),
      unit: "grey levels", group: changes,
      help: "Adds up to so much to all values, or subtracts it, within the darkest and the lightest of the image",
      example: "\(train) channel_shift_range=30"),
    Parameter(
      "fill_mode", .choice(FillMode.allCases.map(\.rawValue)), .named, .defaults(to: .text("nearest")), group: changes,
      help: """
        What is seen beyond the edge: cval everywhere (kkkk|abcd|kkkk), the edge's pixels (aaaa|abcd|dddd), the mirror \
        image (dcba|abcd|dcba), or the image again
        """, example: "\(train) rotation_range=20 fill_mode=reflect"),
    Parameter(
      "cval", .number(NumberBounds(lower: -1e6, upper: 1e6)), .named, .defaults(to: .number(0)), unit: "grey level",
      group: changes, help: "The value that fill_mode=constant fills with",
      example: "\(train) rotation_range=20 fill_mode=constant cval=128"),
    flag("horizontal_flip", "Exchanges left and right in every second image, on average", group: changes),
    flag("vertical_flip", "Exchanges top and bottom in every second image, on average", group: changes),
  ]

  private static let factor = NumberBounds(lower: 0, upper: Augmentation.largestFactor)

  private static func flag(_ name: String, _ help: String, group: String, with others: String = "") -> Parameter {
    Parameter(
      name, .boolean, .named, .defaults(to: .boolean(false)), group: group, help: help,
      example: "\(train)\(others) \(name)=true")
  }

  private static func shift(_ name: String, _ direction: String) -> Parameter {
    let longest = Augmentation.longestShift
    // Keras draws the sign of what it takes from a list, so that [-200, 200] is [200].
    let listed = NumberBounds(lower: -longest, upper: longest)
    return Parameter(
      name,
      .either([
        .integer(0...Int(longest)), .number(NumberBounds(lower: 0, upper: longest)), .list(of: .number(listed)),
      ]), .named,
      .defaults(to: .number(0)), group: changes,
      help: """
        Moves \(direction). Below 1: up to that part of the side either way; a whole number: fewer whole pixels \
        than that; 1.5 and the like: up to so many pixels; a list: one of these, either way
        """, example: "\(train) \(name)=0.1")
  }
}
