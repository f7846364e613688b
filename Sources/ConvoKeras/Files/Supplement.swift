import ConvoData
import ConvoImages
import ConvoJSON
import ConvoNetwork
import ConvoTensor
import ConvoTraining

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What convo knows of a model beyond what Keras writes: how its images are prepared, and its history. Keras passes over
/// it.
struct Supplement: Codable {
  /// The file in a `.keras` archive, and the attribute of files of HDF5.
  static let name = "convo.json"

  /// Of this format; a reader passes over later ones.
  private static let current = 1

  private var format = current
  private var preprocessing: Prepared?
  private var history: [EpochRecord] = []
  private var compiledRate: Double?
  private var rate: Double?

  /// Codable in words of its own, so that names in files stay when those in the program change.
  fileprivate struct Prepared: Codable {
    var height, width: Int
    var interpolation: String
    var keepAspectRatio: Bool
    var colorMode: String
    var classNames: [String]
    var standardization: Standardization

    private enum CodingKeys: String, CodingKey {
      case height, width, interpolation, standardization
      case keepAspectRatio = "keep_aspect_ratio"
      case colorMode = "color_mode"
      case classNames = "class_names"
    }
  }

  private enum CodingKeys: String, CodingKey {
    case format, preprocessing, history
    case compiledRate = "compiled_learning_rate"
    case rate = "learning_rate"
  }

  init(_ saved: SavedModel) {
    preprocessing = saved.preprocessing.map {
      Prepared(
        height: $0.size.height, width: $0.size.width, interpolation: $0.interpolation.rawValue,
        keepAspectRatio: $0.keepAspectRatio, colorMode: $0.colorMode.rawValue, classNames: $0.classNames,
        standardization: $0.standardization)
    }
    history = saved.learned.history
    compiledRate = saved.model.compiled?.optimizer.learningRate
    rate = saved.learned.learningRate
  }

  // MARK: - JSON

  func text() throws(KerasFileError) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    do {
      return String(decoding: try encoder.encode(self), as: UTF8.self)
    } catch {
      throw KerasFileError("its history can't be written: \(error)")
    }
  }

  /// `nil` where it is of another format, or makes no sense: the model itself is not the worse for it.
  init?(_ text: some Collection<UInt8>) {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    guard let read = try? decoder.decode(Supplement.self, from: Data(text)), read.format == Self.current else {
      return nil
    }
    self = read
  }

  /// Adds what can be used of it to a model that was read.
  func add(to saved: inout SavedModel) {
    if let prepared = preprocessing?.preprocessing(for: saved.model) { saved.preprocessing = prepared }
    if history.isSensible { saved.learned.history = history }
    // In the archive rates are kept in 32 bits.
    if let compiledRate, var compiled = saved.model.compiled,
      Float(compiledRate) == Float(compiled.optimizer.learningRate)
    {
      compiled.optimizer.learningRate = compiledRate
      saved.model.compiled = compiled
    }
    if let rate, let read = saved.learned.learningRate, Float(rate) == Float(read) { saved.learned.learningRate = rate }
  }
}

extension Supplement.Prepared {
  /// `nil` where it does not go with the model's input.
  fileprivate func preprocessing(for model: Model) -> Preprocessing? {
    guard let interpolation = Interpolation(rawValue: interpolation), let mode = ColorMode(rawValue: colorMode),
      Shape([height, width, mode.channels]) == model.inputShape,
      standardization.fits(height: height, width: width, channels: mode.channels), classNames.count <= 1_000_000
    else { return nil }
    var result = Preprocessing(
      size: ImageSize(height: height, width: width), interpolation: interpolation, keepAspectRatio: keepAspectRatio,
      colorMode: mode, classNames: classNames)
    result.standardization = standardization
    return result
  }
}

extension [EpochRecord] {
  /// Whether it is a history: epochs that follow each other, of things that can be counted.
  fileprivate var isSensible: Bool {
    zip(self, dropFirst()).allSatisfy { $0.epoch < $1.epoch }
      && allSatisfy { (1...1 << 40).contains($0.epoch) && $0.images >= 0 && $0.steps >= 0 }
  }
}
