/// What a parameter accepts. Binding, `help`, completion and error messages are all derived from it.
public indirect enum ValueKind: Sendable {
  case integer(ClosedRange<Int>)
  case number(NumberBounds)
  /// Two such numbers, the smaller one first: `[0.8, 1.2]`.
  case range(NumberBounds)
  case boolean
  /// A size with this many sides, each at least 1. One integer stands for a square, as in Keras's `kernel_size=3`.
  case size(sides: ClosedRange<Int>)
  /// A place in a picture, row and column counted from 0: `100,120`. The value is a `size` of both.
  case place
  case text
  /// A name that the learner gives to something new.
  case newName
  /// The name of something that the session holds.
  case name(of: SessionObject)
  case path(PathKind)
  /// One of these words.
  case choice([String])
  /// The name of one of these; its own parameters may follow in the same command.
  case oneOf([Schema])
  /// Any one term: what `help` is asked about.
  case topic
  case list(of: ValueKind)
  /// The first kind that fits.
  case either([ValueKind])
  /// `none`, or the kind.
  case optional(ValueKind)
}

/// The kinds of things that a session holds under a name.
public enum SessionObject: String, Sendable, Hashable, CaseIterable {
  case generator, model, layer
}

/// What a path leads to.
public enum PathKind: String, Sendable, Hashable {
  case file, directory, any
}

extension ValueKind {
  /// The things with schemas of their own that are chosen from, one or several of them.
  public var choices: [Schema] {
    switch self {
    case .oneOf(let schemas): schemas
    case .list(let kind), .optional(let kind): kind.choices
    case .either(let kinds): kinds.flatMap(\.choices)
    case .integer, .number, .range, .boolean, .size, .place, .text, .newName, .name, .path, .choice, .topic: []
    }
  }

  /// What is accepted, in words that fit behind "must be" and "is".
  public var inWords: String {
    switch self {
    case .integer(let range):
      if range.upperBound == .max {
        return range.lowerBound == .min ? "a whole number" : "a whole number, \(range.lowerBound) or more"
      }
      return "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .number(let bounds):
      let limits = bounds.description
      return limits.isEmpty ? "a number" : "a number \(limits)"
    case .range(let bounds):
      let limits = bounds.description
      return "a range like [0.8, 1.2], the smaller number first" + (limits.isEmpty ? "" : ", each \(limits)")
    case .boolean: return "true or false"
    case .size(let sides):
      switch sides {
      case 1...1: return "a whole number"
      case 2...2: return "a size like 3x3"
      default: return "a size like 300x300x3"
      }
    case .place: return "a place like 100,120: its row and its column, counted from 0"
    case .text: return "text"
    case .newName: return "a name (letters, digits, _ and -, beginning with a letter)"
    case .name(let object): return "the name of a \(object.rawValue)"
    case .path(let kind):
      switch kind {
      case .file: return "a file"
      case .directory: return "a directory"
      case .any: return "a file or a directory"
      }
    case .choice(let words): return Self.alternatives(words)
    case .oneOf(let schemas): return Self.alternatives(schemas.map(\.name))
    case .topic: return "a command or a term"
    case .list(let kind): return "a list of values, each \(kind.inWords)"
    case .either(let kinds): return Self.alternatives(kinds.map(\.inWords))
    case .optional(let kind): return "none, or \(kind.inWords)"
    }
  }

  private static func alternatives(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "nothing" }
    return words.dropLast().joined(separator: ", ") + " or " + last
  }
}
