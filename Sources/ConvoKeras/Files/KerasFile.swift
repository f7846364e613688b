import ConvoFiles
import ConvoJSON
public import ConvoNetwork
import ConvoTraining

/// Files of models, as Keras writes and reads them.
public enum KerasFile {
  /// What a file's name says of it.
  public enum Format: String, CaseIterable, Sendable {
    /// All of a model: Keras 3's zip archive.
    case keras = ".keras"
    /// Weights alone.
    case weights = ".weights.h5"
    /// All of a model, in the format before Keras 3.
    case legacy = ".h5"

    /// `nil` for another ending.
    public init?(path: String) {
      let name = path.lowercased()
      if name.hasSuffix(".weights.hdf5") {
        self = .weights
      } else if name.hasSuffix(".hdf5") {
        self = .legacy
      } else {
        guard let format = Self.allCases.first(where: { name.hasSuffix($0.rawValue) }) else { return nil }
        self = format
      }
    }
  }

  private static let configuration = "config.json"
  private static let metadata = "metadata.json"
  private static let weights = "model.weights.h5"

  /// The largest file that is read: the largest model, with all that an optimizer may remember of it.
  static let largestFile = 32 << 30
  private static let largestText = 64 << 20

  // MARK: - Writing

  /// Writes a model. The file appears whole or not at all.
  public static func write(_ saved: SavedModel, to path: String, as format: Format) throws(KerasFileError) {
    let bytes: [UInt8]
    switch format {
    case .keras: bytes = try archive(saved)
    case .weights:
      bytes = try HDF5File.alone { () throws(KerasFileError) in
        let file = try HDF5File()
        try WeightsGroup.write(saved.model, saved.learned, into: file)
        try file.set(Supplement.name, of: "/", to: try Supplement(saved).text())
        return try file.bytes()
      }
    case .legacy:
      bytes = try HDF5File.alone { () throws(KerasFileError) in
        let file = try HDF5File()
        try LegacyFile.write(saved, into: file)
        try file.set(Supplement.name, of: "/", to: try Supplement(saved).text())
        return try file.bytes()
      }
    }
    do {
      try AtomicFile.write(bytes, to: path)
    } catch {
      throw KerasFileError("it can't be written: \(error.reason)", help: "choose another place")
    }
  }

  private static func archive(_ saved: SavedModel) throws(KerasFileError) -> [UInt8] {
    let numbers = try HDF5File.alone { () throws(KerasFileError) in
      let file = try HDF5File()
      try WeightsGroup.write(saved.model, saved.learned, into: file)
      return try file.bytes()
    }
    let about = JSONValue.object([
      ("keras_version", .string(KerasNames.version)), ("written_by", .string("convo")),
    ])
    return try ZipArchive.write([
      (metadata, Array(about.text.utf8)), (configuration, Array(try ModelConfig.write(saved.model).text.utf8)),
      (Supplement.name, Array(try Supplement(saved).text().utf8)), (weights, numbers),
    ])
  }

  // MARK: - Reading

  /// Reads a whole model. Throws, and hands out nothing, where any of it can't be used.
  public static func read(_ path: String) throws(KerasFileError) -> SavedModel {
    let bytes = try contents(path)
    if bytes.starts(with: Array("PK".utf8)) { return try readArchive(bytes) }
    guard bytes.starts(with: hdf5Signature) else {
      throw KerasFileError(
        "it is neither a zip archive, as .keras files are, nor HDF5, as .h5 files are", help: "save it again in Keras")
    }
    let file = try HDF5Tree(bytes)
    var saved = try LegacyFile.read(file)
    supplement(in: file)?.add(to: &saved)
    return saved
  }

  /// Reads the weights of a model, and what the file has beside them. Throws where they are not those of its layers.
  public static func readWeights(_ path: String, for model: Model) throws(KerasFileError) -> SavedModel {
    let bytes = try contents(path)
    guard bytes.starts(with: hdf5Signature) else { throw KerasFileError("it is no HDF5, as .weights.h5 files are") }
    let file = try HDF5Tree(bytes)
    var saved = SavedModel(model, LearnedState(weights: try WeightsGroup.weights(of: model, in: file)))
    // Weights may come from a model that was compiled in another way.
    if let (state, rate) = try? WeightsGroup.optimizer(of: model, in: file) {
      saved.learned.take(state, rate, of: model)
    }
    supplement(in: file)?.add(to: &saved)
    return saved
  }

  private static let hdf5Signature: [UInt8] = [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]

  private static func contents(_ path: String) throws(KerasFileError) -> [UInt8] {
    do {
      return try WholeFile.read(path, largest: largestFile)
    } catch {
      throw KerasFileError("it can't be read: \(error.reason)")
    }
  }

  private static func supplement(in file: HDF5Tree) -> Supplement? {
    file.texts(Supplement.name, of: "")?.first.flatMap { Supplement($0.utf8) }
  }

  private static func readArchive(_ bytes: [UInt8]) throws(KerasFileError) -> SavedModel {
    let files = try ZipArchive.read(
      [(configuration, largestText), (Supplement.name, largestText), (weights, largestFile)], from: bytes)
    guard let configurationBytes = files[configuration] else { throw .damaged("there is no \(configuration) in it") }
    guard let numbers = files[weights] else { throw .damaged("there is no \(weights) in it") }
    let json: JSONValue
    do {
      json = try JSONValue(parsing: configurationBytes)
    } catch {
      throw .damaged("\(configuration) in it is no JSON")
    }
    var (model, notes) = try ModelConfig.read(json)
    if let compiled = json["compile_config"], !compiled.isNull {
      if let problem = CompileConfig.apply(compiled, to: &model) { notes.append(problem) }
    }
    let file = try HDF5Tree(numbers)
    var learned = LearnedState(weights: try WeightsGroup.weights(of: model, in: file))
    if let (state, rate) = try WeightsGroup.optimizer(of: model, in: file) { learned.take(state, rate, of: model) }
    var saved = SavedModel(model, learned)
    saved.notes = notes
    files[Supplement.name].flatMap { Supplement($0) }?.add(to: &saved)
    return saved
  }
}
