public import ConvoData
public import ConvoKerasProgram
public import ConvoLanguage
public import ConvoNetwork
public import ConvoTensor
public import ConvoTraining

/// All that a session holds: a value, so that forking, undoing and comparing are assignments.
public struct SessionState: Sendable {
  /// In the order in which they were loaded.
  public private(set) var generators: [ImageGenerator] = []
  /// In the order in which they were made.
  public private(set) var models: [TrainedModel] = []
  /// The model that `add`, `compile` and `fit` speak of.
  public private(set) var activeModelName: String?
  public var settings: Settings
  /// What commands measured last, by their dotted names: `evaluation.loss`.
  public private(set) var results: [String: ExpressionValue] = [:]
  /// What led to the state, in Keras's words.
  public internal(set) var program: KerasProgram
  private var parts: [ObjectIdentifier: any SessionPart] = [:]

  public init(settings: Settings) {
    self.settings = settings
    program = KerasProgram(seed: settings.seed)
  }

  public var activeModel: TrainedModel? {
    models.first { $0.model.name == activeModelName }
  }

  public func generator(named name: String) -> ImageGenerator? {
    generators.first { $0.name == name }
  }

  public func model(named name: String) -> TrainedModel? {
    models.first { $0.model.name == name }
  }

  /// What was put into the session of a type; `nil` where there is none.
  public func part<Part: SessionPart>(_ type: Part.Type) -> Part? {
    parts[ObjectIdentifier(type)] as? Part
  }

  /// The state after a change.
  public func applying(_ change: SessionChange) -> SessionState {
    var next = self
    switch change {
    case .setGenerator(let generator):
      next.generators = Self.replacing(generators, with: generator) { $0.name == generator.name }
    case .setModel(let model):
      next.models = Self.replacing(models, with: model) { $0.model.name == model.model.name }
      next.activeModelName = model.model.name
    case .useModel(let name):
      if model(named: name) != nil { next.activeModelName = name }
    case .setSettings(let settings):
      next.settings = settings
    case .setResults(let command, let values):
      next.results = results.filter { !$0.key.hasPrefix(command + ".") }
      for (name, value) in values { next.results["\(command).\(name)"] = value }
    case .setPart(let part):
      next.parts[ObjectIdentifier(type(of: part))] = part
    case .removePart(let type):
      next.parts[ObjectIdentifier(type)] = nil
    case .replaceState(let state):
      next = state
    }
    return next
  }

  /// The list with the item in the place of the one that it replaces, or at the end.
  private static func replacing<Item>(_ items: [Item], with item: Item, where isOld: (Item) -> Bool) -> [Item] {
    guard let index = items.firstIndex(where: isOld) else { return items + [item] }
    var items = items
    items[index] = item
    return items
  }
}

/// A model with what it has learned, if anything.
public struct TrainedModel: Sendable {
  public var model: Model
  /// `nil` until the first `fit`.
  public var learned: LearnedState?
  /// How pictures were prepared for training; `predict` prepares them alike. `nil` until the first `fit`.
  public var preprocessing: Preprocessing?

  public init(_ model: Model, learned: LearnedState? = nil, preprocessing: Preprocessing? = nil) {
    self.model = model
    self.learned = learned
    self.preprocessing = preprocessing
  }
}

/// What `set` changes.
public struct Settings: Sendable, Hashable {
  /// Draws the first weights and shuffles the images.
  public var seed: UInt64
  /// How many threads train and decode.
  public var threads: Int
  /// Which of convo's own kernels compute.
  public var kernels = KernelSet.best
  /// How many bytes of decoded pixels are kept.
  public var cacheBytes: Int

  public init(seed: UInt64 = 0, threads: Int, cacheBytes: Int = PixelCache.defaultBudget) {
    self.seed = seed
    self.threads = threads
    self.cacheBytes = cacheBytes
  }
}

/// What a command changes in a session.
public enum SessionChange: Sendable {
  /// Adds a generator, or replaces the one of that name.
  case setGenerator(ImageGenerator)
  /// Adds a model, or replaces the one of that name, and makes it the active one.
  case setModel(TrainedModel)
  case useModel(String)
  case setSettings(Settings)
  /// What a command measured, in place of what it measured before: `evaluation` with `loss`, `accuracy`.
  case setResults(of: String, [String: ExpressionValue])
  /// Puts a part in, in place of the one of the same type.
  case setPart(any SessionPart)
  case removePart(any SessionPart.Type)
  /// Goes back, or over, to another state as a whole.
  case replaceState(SessionState)
}
