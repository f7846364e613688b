/// What a session did, as a program in Python that does the same with Keras: a value that grows with each command.
///
/// Commands say what they come to in Keras by the methods of the extensions; `text` is the whole program.
public struct KerasProgram: Sendable {
  /// A model of the session.
  struct ModelCode: Sendable {
    let variable: String
    /// The last call of `compile`, to be made again where layers change; empty before.
    var compile: [String] = []
    /// Whether anything but `add` was done with the model.
    var isUsed = false
    /// The `ImageDataGenerator` of the images that it learned from; `nil` before.
    var preparation: String?
  }

  /// A generator of the session.
  struct GeneratorCode: Sendable {
    let preparation: String
    let variable: String
    /// The call that gives its images as they are, each once.
    let still: String
  }

  enum Statement: Sendable {
    /// The beginning of a model: `keras.Sequential`, with the input and what else stands behind the layers.
    case begin(model: String, input: String, name: String)
    /// A layer at a model's end.
    case add(model: String, layer: String, call: PythonCall)
    case lines([String])
  }

  private let seed: UInt64
  private(set) var statements: [Statement] = []
  private var imports: Set<PythonImport> = [.keras]
  private var helpers: Set<PythonHelper> = []
  var models: [String: ModelCode] = [:]
  var generators: [String: GeneratorCode] = [:]
  /// By the names of the models, in the order in which they were made.
  var fits: [String: [FitCode]] = [:]
  /// The model that was trained last.
  var lastTrained: String?
  var variables = PythonVariables()

  /// A program that has done nothing yet.
  ///
  /// - Parameter seed: The session's.
  public init(seed: UInt64) {
    self.seed = seed
  }

  /// Whether nothing was done that Keras could do.
  public var isEmpty: Bool { statements.isEmpty }

  /// Adds lines of Python.
  public mutating func write(_ lines: [String], imports: [PythonImport] = [], helpers: [PythonHelper] = []) {
    append(.lines(lines), imports: imports, helpers: helpers)
  }

  /// Adds a remark for whoever reads the program.
  public mutating func remark(_ text: String) {
    // A line break would end the comment.
    let line = String(text.map { $0.isNewline ? " " : $0 })
    append(.lines(["# " + line]))
  }

  mutating func append(_ statement: Statement, imports: [PythonImport] = [], helpers: [PythonHelper] = []) {
    statements.append(statement)
    self.imports.formUnion(imports)
    self.helpers.formUnion(helpers)
    for helper in helpers { self.imports.formUnion(helper.imports) }
  }

  mutating func replaceStatement(at index: Int, with lines: [String]) {
    statements[index] = .lines(lines)
  }

  /// Takes out a statement that nothing follows but layers.
  mutating func removeStatement(at index: Int) {
    // Others keep their places, by which they are known.
    statements[index] = .lines([])
  }
}

extension KerasProgram {
  /// The program.
  public var text: String {
    let head = [
      "\"\"\"A session of convo, for Keras 3 with TensorFlow.\"\"\"",
      imports.sorted().map(\.rawValue).joined(separator: "\n"),
      "keras.utils.set_random_seed(\(seed))",
    ]
    let body = body.map { $0.joined(separator: "\n") }
    guard !helpers.isEmpty else { return (head + body).joined(separator: "\n\n") + "\n" }
    // Two empty lines around functions, as Python has it.
    let parts = [head.joined(separator: "\n\n")] + helpers.sorted().map(\.rawValue) + [body.joined(separator: "\n\n")]
    return parts.joined(separator: "\n\n\n") + "\n"
  }

  /// A block for each statement. A model and the layers that follow at once are one.
  private var body: [[String]] {
    let statements = statements.filter { statement in
      if case .lines(let lines) = statement { !lines.isEmpty } else { true }
    }
    var blocks: [[String]] = []
    var names = KerasNames()
    var index = 0
    while index < statements.count {
      switch statements[index] {
      case .lines(let lines): blocks.append(lines)
      case .add(let model, let layer, let call): blocks.append(["\(model).add(\(names.named(call, layer).text))"])
      case .begin(let model, let input, let name):
        var parts = [input]
        while index + 1 < statements.count, case .add(model, let layer, let call) = statements[index + 1] {
          parts.append(names.named(call, layer).text)
          index += 1
        }
        let options = names.gives(name, of: "sequential") ? [] : ["name=\(PythonLiteral.text(name))"]
        blocks.append(
          ["\(model) = keras.Sequential(["] + parts.map { "    \($0)," }
            + [(["]"] + options).joined(separator: ", ") + ")"])
      }
      index += 1
    }
    return blocks
  }
}
