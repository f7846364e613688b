public import ConvoSchema

/// A call in Python: `keras.layers.Dense(512, activation="relu")`.
public struct PythonCall: Sendable, Hashable {
  /// Such as `keras.layers.Dense`.
  public var function: String
  /// Each as it stands between the parentheses, with its name where it has one.
  public var arguments: [String]

  public init(_ function: String, _ arguments: [String] = []) {
    self.function = function
    self.arguments = arguments
  }

  /// Adds `name=value`.
  public mutating func set(_ name: String, _ value: String) {
    arguments.append("\(name)=\(value)")
  }

  public var text: String { "\(function)(\(arguments.joined(separator: ", ")))" }

  /// The call as a statement, with an argument in each line where one line would be too long to read.
  ///
  /// - Parameter variable: What its value is called; `nil` where nothing asks for it.
  public func lines(assignedTo variable: String? = nil) -> [String] {
    let beginning = variable.map { "\($0) = " } ?? ""
    guard beginning.count + text.count > Self.widest, !arguments.isEmpty else { return [beginning + text] }
    return ["\(beginning)\(function)("] + arguments.map { "    \($0)," } + [")"]
  }

  /// In characters.
  private static let widest = 100
}

extension PythonCall {
  /// A call with what was typed, as far as it differs from the defaults, which are Keras's: required values by their
  /// place, all others by their names.
  ///
  /// - Parameter isWanted: Which parameters Keras's function has; all of them unless it is said.
  public init(
    _ function: String, _ schema: Schema, _ typed: Arguments, where isWanted: (Parameter) -> Bool = { _ in true }
  ) {
    self.init(function)
    for parameter in schema.parameters where isWanted(parameter) {
      guard let value = typed.value(parameter.name), value != parameter.defaultValue else { continue }
      let text = Self.text(value, of: parameter)
      arguments.append(
        parameter.placement == .positional && parameter.presence == .required ? text : "\(parameter.name)=\(text)")
    }
  }

  /// A call that was written as a word, such as `l2(0.001)`, with the same arguments.
  public init(_ function: String, _ written: WrittenCall) {
    self.init(
      function,
      written.arguments.map { argument in
        let value = PythonLiteral.text(argument.value)
        return argument.label.map { "\($0)=\(value)" } ?? value
      })
  }

  /// Penalties and constraints are written as calls in a word; in Python they are objects of the module that the
  /// parameter is named for: `kernel_regularizer` takes one of `keras.regularizers`.
  private static func text(_ value: Value, of parameter: Parameter) -> String {
    if case .text(let word) = value, let kind = parameter.name.split(separator: "_").last,
      kind == "regularizer" || kind == "constraint", let call = WrittenCall(word)
    {
      return PythonCall("keras.\(kind)s.\(call.name)", call).text
    }
    return PythonLiteral.text(value)
  }
}

extension Parameter {
  fileprivate var defaultValue: Value? {
    switch presence {
    case .required, .optional: nil
    case .defaults(let value): value
    }
  }
}

extension Schema {
  /// Keras's class of the thing, where it has one: the first of its names that begins with a capital.
  public var kerasClass: String? {
    aliases.first { $0.first?.isUppercase == true }
  }
}
