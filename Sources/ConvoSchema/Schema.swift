/// All that is known about one thing that can be typed: a command, a layer, a loss, an optimizer, a concept.
///
/// Argument parsing, `help`, completion, "did you mean" and the reference page are derived from it, so a fact about the
/// language is written once.
public struct Schema: Sendable {
  /// The canonical lower-case name. Commands may have two words: `load generator`.
  public var name: String
  /// Other spellings that are accepted, such as Keras's class name `Conv2D`.
  public var aliases: [String]
  /// One line, without a full stop.
  public var summary: String
  /// Further explanation for the help page; may have several paragraphs.
  public var details: String
  public var parameters: [Parameter]
  /// Commands that run as they stand; the tests run every one of them.
  public var examples: [Example]
  /// Commands that the parameters' examples need to have run before; help does not show them.
  public var setUp: [String]
  /// The same step in Keras's Python, for the help page.
  public var keras: String?

  public init(
    _ name: String, aliases: [String] = [], summary: String, details: String = "", parameters: [Parameter] = [],
    examples: [Example] = [], setUp: [String] = [], keras: String? = nil
  ) {
    self.name = name
    self.aliases = aliases
    self.summary = summary
    self.details = details
    self.parameters = parameters
    self.examples = examples
    self.setUp = setUp
    self.keras = keras
  }

  /// The parameter of this name.
  public func parameter(_ name: String) -> Parameter? {
    parameters.first { $0.name == name }
  }

  /// Whether the thing goes by this name.
  public func answers(to name: String) -> Bool {
    name == self.name || aliases.contains(name)
  }
}

/// One parameter of a schema.
public struct Parameter: Sendable {
  /// Where the value stands in the command.
  public enum Placement: Sendable, Hashable {
    /// By its position; `name=value` is accepted as well.
    case positional
    /// After this word: `from DIR`.
    case after(String)
    /// Only as `name=value`.
    case named
  }

  /// What holds when the value is not given.
  public enum Presence: Sendable, Hashable {
    case required
    case optional
    case defaults(to: Value)
  }

  public var name: String
  public var kind: ValueKind
  public var placement: Placement
  public var presence: Presence
  /// What the number counts, where that is not plain from the name: "pixels", "images", "degrees".
  public var unit: String?
  /// The heading that help shows it under, together with its neighbours of the same group; `nil` for none.
  public var group: String?
  /// One line, without a full stop.
  public var help: String
  /// A command that uses it and runs, after the schema's `setUp`, as it stands; `nil` for none.
  public var example: String?

  public init(
    _ name: String, _ kind: ValueKind, _ placement: Placement = .named, _ presence: Presence = .optional,
    unit: String? = nil, group: String? = nil, help: String, example: String? = nil
  ) {
    self.name = name
    self.kind = kind
    self.placement = placement
    self.presence = presence
    self.unit = unit
    self.group = group
    self.help = help
    self.example = example
  }
}

/// A runnable example of a schema.
public struct Example: Sendable {
  /// The command as a learner types it.
  public var source: String
  /// What it shows; one line.
  public var explanation: String
  /// Commands that the example needs to have run before; help does not show them.
  public var after: [String]

  public init(_ source: String, _ explanation: String, after: [String] = []) {
    self.source = source
    self.explanation = explanation
    self.after = after
  }
}

/// Everything that a learner can type by name.
///
/// An implementer's schema must bind its own examples, and `init` must accept whatever binding accepts or throw an
/// `ArgumentError` that names the parameter at fault.
public protocol Nameable: Sendable {
  /// What can be typed.
  static var schema: Schema { get }

  /// Makes the value from arguments that the schema has accepted: every default is filled in.
  init(_ arguments: Arguments) throws(ArgumentError)
}
