import ConvoData
import ConvoImages
import ConvoSchema

extension GeneratorOptions {
  /// The options that were typed. The seed is 0.
  init(_ arguments: Arguments) throws(ArgumentError) {
    self.init(seed: 0)
    let size = try arguments.size("target_size")
    targetSize = ImageSize(height: size[0], width: size[1])
    colorMode = try arguments.choice("color_mode", of: ColorMode.self)
    classes = try arguments.wordsIfGiven("classes")
    classMode = try arguments.choice("class_mode", of: ClassMode.self)
    batchSize = try arguments.integer("batch_size")
    shuffle = try arguments.boolean("shuffle")
    followLinks = try arguments.boolean("follow_links")
    validationSplit = try arguments.number("validation_split")
    subset = try arguments.textIfGiven("subset").flatMap(Subset.init(rawValue:))
    interpolation = try arguments.choice("interpolation", of: Interpolation.self)
    keepAspectRatio = try arguments.boolean("keep_aspect_ratio")
    rescale = try arguments.numberIfGiven("rescale")
    normalization = try Normalization(arguments)
    augmentation = try Augmentation(arguments)
  }
}

extension Normalization {
  fileprivate init(_ arguments: Arguments) throws(ArgumentError) {
    self.init()
    samplewiseCenter = try arguments.boolean("samplewise_center")
    samplewiseStd = try arguments.boolean("samplewise_std_normalization")
    featurewiseCenter = try arguments.boolean("featurewise_center")
    featurewiseStd = try arguments.boolean("featurewise_std_normalization")
    zcaWhitening = try arguments.boolean("zca_whitening")
    zcaEpsilon = try arguments.number("zca_epsilon")
  }
}

extension Augmentation {
  fileprivate init(_ arguments: Arguments) throws(ArgumentError) {
    self.init()
    rotationRange = try arguments.number("rotation_range")
    widthShiftRange = try arguments.shift("width_shift_range")
    heightShiftRange = try arguments.shift("height_shift_range")
    brightnessRange = try arguments.rangeIfGiven("brightness_range")
    shearRange = try arguments.number("shear_range")
    if case .number(let zoom) = arguments.value("zoom_range") {
      zoomRange = NumberRange(1 - zoom, 1 + zoom)
    } else {
      zoomRange = try arguments.rangeIfGiven("zoom_range") ?? NumberRange(1, 1)
    }
    channelShiftRange = try arguments.number("channel_shift_range")
    surroundings = Surroundings(
      try arguments.choice("fill_mode", of: FillMode.self), value: try arguments.number("cval"))
    horizontalFlip = try arguments.boolean("horizontal_flip")
    verticalFlip = try arguments.boolean("vertical_flip")
  }
}

extension Arguments {
  fileprivate func choice<Choice: RawRepresentable>(
    _ parameter: String, of type: Choice.Type
  ) throws(ArgumentError) -> Choice where Choice.RawValue == String {
    guard let choice = Choice(rawValue: try text(parameter)) else { throw ArgumentError(missing: parameter) }
    return choice
  }

  fileprivate func rangeIfGiven(_ parameter: String) throws(ArgumentError) -> NumberRange? {
    guard let numbers = try numbersIfGiven(parameter) else { return nil }
    guard numbers.count == 2 else {
      throw ArgumentError(parameter: parameter, problem: "\(parameter) must be two numbers, the smaller one first")
    }
    return NumberRange(numbers[0], numbers[1])
  }

  /// Whether a number was typed with a fraction decides, as in Keras.
  fileprivate func shift(_ parameter: String) throws(ArgumentError) -> ShiftRange {
    switch value(parameter) {
    case .integer(let pixels): .wholePixels(pixels)
    case .list: .oneOf(try numbersIfGiven(parameter) ?? [])
    case nil, .number, .boolean, .some(.none), .text, .size: .upTo(try number(parameter))
    }
  }
}
