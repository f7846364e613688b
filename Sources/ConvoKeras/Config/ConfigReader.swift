import ConvoJSON
import ConvoSchema

/// Turns a Keras configuration into the arguments of the schema of the same thing: what a learner would have typed.
struct ConfigReader {
  /// What the configuration is of, for errors: `layer 'conv2d'`.
  let subject: String

  /// The arguments, with the schema's defaults for what the configuration leaves out.
  ///
  /// - Parameter ignoring: Fields of the configuration that mean nothing here, whatever their values.
  func arguments(
    of config: JSONValue, _ schema: Schema, ignoring: Set<String>
  ) throws(KerasFileError) -> Arguments {
    var values: [String: Value] = [:]
    for (name, json) in config.fields ?? [] {
      if let parameter = schema.parameter(name) {
        if let value = try value(json, of: parameter) { values[name] = value }
      } else if !ignoring.contains(name), !json.saysNothing {
        throw KerasFileError("\(subject) has \(name)=\(json.text), which convo does not have")
      }
    }
    for parameter in schema.parameters where parameter.presence == .required && values[parameter.name] == nil {
      throw .damaged("\(subject) has no \(parameter.name)")
    }
    return Arguments(defaultsOf: schema, values)
  }

  /// `nil` where the default stands.
  private func value(_ json: JSONValue, of parameter: Parameter) throws(KerasFileError) -> Value? {
    if json.isNull {
      if case .optional = parameter.kind { return Value.none }
      return nil
    }
    guard let value = Self.written(json, as: parameter.name) ?? Self.fitting(json, parameter.kind) else {
      throw KerasFileError("\(subject) has \(parameter.name)=\(json.text), which convo does not have")
    }
    return value
  }

  /// Things with options of their own are written in one word: `max_norm(max_value=2, axis=0)`.
  private static func written(_ json: JSONValue, as parameter: String) -> Value? {
    guard let (name, config) = json.kerasObject else { return nil }
    // Keras writes functions as {"class_name": "function", "config": "relu"}.
    if name == "function" { return config.string.map(Value.text) }
    // What weights were drawn from is of no matter once they are there.
    if parameter.hasSuffix("_initializer") { return .text(KerasNames.snakeCase(name)) }
    guard parameter.hasSuffix("_regularizer") || parameter.hasSuffix("_constraint") else {
      return .text(KerasNames.snakeCase(name))
    }
    return call(name, config).map(Value.text)
  }

  /// A thing with the options that its configuration gives, but for those that are none.
  static func call(_ name: String, _ config: JSONValue, only options: Set<String>? = nil) -> String? {
    var words: [String] = []
    for (option, json) in config.fields ?? [] where !json.isNull && options?.contains(option) ?? true {
      guard let word = word(json) else { return nil }
      words.append("\(option)=\(word)")
    }
    return words.isEmpty ? name : "\(name)(\(words.joined(separator: ", ")))"
  }

  private static func word(_ json: JSONValue) -> String? {
    switch json {
    case .boolean(let value): return value ? "true" : "false"
    case .integer(let value): return String(value)
    case .number(let value): return String(value)
    case .string(let value): return value.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" } ? value : nil
    case .array(let items):
      let words = items.compactMap(word)
      return words.count == items.count ? "[\(words.joined(separator: ", "))]" : nil
    case .null, .object: return nil
    }
  }

  private static func fitting(_ json: JSONValue, _ kind: ValueKind) -> Value? {
    switch kind {
    case .integer(let range):
      guard let number = json.integer ?? json.number.flatMap(Int.init(exactly:)), range.contains(number) else {
        return nil
      }
      return .integer(number)
    case .number(let bounds):
      guard let number = json.number, bounds.contains(number) else { return nil }
      return .number(number)
    case .boolean: return json.boolean.map(Value.boolean)
    case .text: return json.string.map(Value.text)
    case .choice(let words): return json.string.flatMap { words.contains($0) ? .text($0) : nil }
    case .size(let sides):
      var given = json.array?.compactMap(\.integer) ?? json.integer.map { [$0] } ?? []
      if let array = json.array, array.count != given.count { return nil }
      if given.count == 1 { given = Array(repeating: given[0], count: sides.lowerBound) }
      guard sides.contains(given.count), given.allSatisfy({ $0 >= 1 }) else { return nil }
      return .size(given)
    case .list(let kind):
      guard let items = json.array else { return fitting(json, kind).map { .list([$0]) } }
      let values = items.compactMap { item in
        if case .optional = kind, item.isNull { return Value.none }
        return fitting(item, kind)
      }
      return values.count == items.count ? .list(values) : nil
    case .either(let kinds): return kinds.lazy.compactMap { fitting(json, $0) }.first
    case .optional(let kind): return json.isNull ? Value.none : fitting(json, kind)
    case .range, .place, .newName, .name, .path, .oneOf, .topic: return nil
    }
  }
}

extension JSONValue {
  /// Whether a field that convo does not know says that there is nothing of it.
  fileprivate var saysNothing: Bool {
    switch self {
    case .null, .boolean(false): true
    case .boolean, .integer, .number, .string: false
    case .array(let items): items.isEmpty
    case .object(let fields): fields.isEmpty
    }
  }
}
