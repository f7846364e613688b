/// The arguments of one command, checked against its schema and with the defaults filled in.
public struct Arguments: Sendable, Hashable {
  /// The canonical name of the schema that accepted them.
  public let name: String
  private var values: [String: Value] = [:]
  private var choices: [String: Arguments] = [:]

  public init(name: String) {
    self.name = name
  }

  /// Arguments of a schema with its defaults alone, and `values` in place of some of them. For code that makes a layer
  /// or an optimizer without a learner typing it.
  public init(defaultsOf schema: Schema, _ values: [String: Value] = [:]) {
    self.name = schema.name
    for parameter in schema.parameters {
      if case .defaults(let value) = parameter.presence { self.values[parameter.name] = value }
    }
    for (name, value) in values {
      self.values[name] = value
    }
  }

  /// Sets a parameter.
  public mutating func set(_ parameter: String, to value: Value) {
    values[parameter] = value
  }

  /// Sets the arguments that belong to the thing that a `ValueKind.oneOf` parameter names.
  public mutating func choose(_ arguments: Arguments, for parameter: String) {
    choices[parameter] = arguments
  }

  /// The raw value, `nil` where an optional parameter was not given.
  public func value(_ parameter: String) -> Value? {
    values[parameter]
  }

  /// The thing chosen for a `ValueKind.oneOf` parameter, with its own arguments.
  public func choice(_ parameter: String) -> Arguments? {
    choices[parameter]
  }
}

extension Arguments {
  /// A whole number, `nil` where it is `none` or was not given.
  public func integerIfGiven(_ parameter: String) throws(ArgumentError) -> Int? {
    switch values[parameter] {
    case nil, .some(.none): nil
    case .integer(let value): value
    case .some(let value): throw ArgumentError(parameter, "a whole number", found: value)
    }
  }

  /// A number, `nil` where it is `none` or was not given.
  public func numberIfGiven(_ parameter: String) throws(ArgumentError) -> Double? {
    switch values[parameter] {
    case nil, .some(.none): nil
    case .integer(let value): Double(value)
    case .number(let value): value
    case .some(let value): throw ArgumentError(parameter, "a number", found: value)
    }
  }

  /// Text, `nil` where it is `none` or was not given.
  public func textIfGiven(_ parameter: String) throws(ArgumentError) -> String? {
    switch values[parameter] {
    case nil, .some(.none): nil
    case .text(let value): value
    case .integer(let value): String(value)
    case .some(let value): throw ArgumentError(parameter, "a word", found: value)
    }
  }

  /// A size, `nil` where it is `none` or was not given.
  public func sizeIfGiven(_ parameter: String) throws(ArgumentError) -> [Int]? {
    switch values[parameter] {
    case nil, .some(.none): nil
    case .size(let sides): sides
    case .some(let value): throw ArgumentError(parameter, "a size", found: value)
    }
  }

  /// A list of words, `nil` where it is `none` or was not given. One word counts as a list of one.
  public func wordsIfGiven(_ parameter: String) throws(ArgumentError) -> [String]? {
    switch values[parameter] {
    case nil, .some(.none): return nil
    case .text(let word): return [word]
    case .list(let items):
      var words: [String] = []
      for item in items {
        guard case .text(let word) = item else { throw ArgumentError(parameter, "a list of words", found: item) }
        words.append(word)
      }
      return words
    case .some(let value): throw ArgumentError(parameter, "a list of words", found: value)
    }
  }

  /// Numbers, `nil` where it is `none` or was not given. One number counts as a list of one.
  public func numbersIfGiven(_ parameter: String) throws(ArgumentError) -> [Double]? {
    switch values[parameter] {
    case nil, .some(.none): return nil
    case .integer(let value): return [Double(value)]
    case .number(let value): return [value]
    case .list(let items):
      var numbers: [Double] = []
      for item in items {
        switch item {
        case .integer(let value): numbers.append(Double(value))
        case .number(let value): numbers.append(value)
        case .boolean, .none, .text, .size, .list: throw ArgumentError(parameter, "a list of numbers", found: item)
        }
      }
      return numbers
    case .some(let value): throw ArgumentError(parameter, "a list of numbers", found: value)
    }
  }

  public func integer(_ parameter: String) throws(ArgumentError) -> Int {
    try given(parameter, integerIfGiven(parameter))
  }

  public func number(_ parameter: String) throws(ArgumentError) -> Double {
    try given(parameter, numberIfGiven(parameter))
  }

  public func text(_ parameter: String) throws(ArgumentError) -> String {
    try given(parameter, textIfGiven(parameter))
  }

  public func size(_ parameter: String) throws(ArgumentError) -> [Int] {
    try given(parameter, sizeIfGiven(parameter))
  }

  /// True or false.
  public func boolean(_ parameter: String) throws(ArgumentError) -> Bool {
    switch values[parameter] {
    case .boolean(let value): value
    case nil: throw ArgumentError(missing: parameter)
    case .some(let value): throw ArgumentError(parameter, "true or false", found: value)
    }
  }

  private func given<T>(_ parameter: String, _ value: T?) throws(ArgumentError) -> T {
    guard let value else { throw ArgumentError(missing: parameter) }
    return value
  }
}

/// What is wrong with one argument.
public struct ArgumentError: Error, Hashable, Sendable {
  /// The parameter at fault.
  public var parameter: String
  /// What is wrong: "must be …".
  public var problem: String
  /// How to mend it; may be empty.
  public var help: String

  public init(parameter: String, problem: String, help: String = "") {
    self.parameter = parameter
    self.problem = problem
    self.help = help
  }

  /// The value is not of the expected kind.
  public init(_ parameter: String, _ expectation: String, found value: Value) {
    self.init(parameter: parameter, problem: "\(parameter) must be \(expectation), not \(value)")
  }

  /// The value was not given.
  public init(missing parameter: String) {
    self.init(parameter: parameter, problem: "\(parameter) is missing")
  }
}
