import ConvoImages
import ConvoLanguage
import ConvoOutput

/// What a Python variable can hold.
indirect enum PythonValue: Sendable {
  case none
  case boolean(Bool)
  case integer(Int)
  case number(Double)
  case text(String)
  case list([PythonValue])
  case tuple([PythonValue])
  case dictionary([(key: PythonValue, value: PythonValue)])
  /// Numbers in rows, as `predict` returns them: `[rows, columns]`, or one row.
  case array(NumberArray)
  case pictures(PictureArray)
  /// By its full name: `keras.layers`.
  case module(String)
  /// A class or a function of a module: `keras.layers.Conv2D`.
  case member(KerasName)
  case construct(Construct)
  /// By its name in the session.
  case model(String)
  /// A model that has no layer with an input size yet.
  case generator(String)
  case history([(name: String, values: [Double])], epochs: [Int])
  /// A method with what it belongs to.
  case method(PythonValue, String)
  /// A value that only running can tell.
  case unknown
}

/// Numbers in rows; `columns` is `nil` where it is one row.
struct NumberArray: Sendable {
  var values: [Double]
  var columns: Int?

  var count: Int { columns.map { $0 == 0 ? 0 : values.count / $0 } ?? values.count }

  func row(_ index: Int) -> PythonValue? {
    guard index >= 0, index < count else { return nil }
    guard let columns else { return .number(values[index]) }
    return .array(NumberArray(values: Array(values[index * columns..<(index + 1) * columns])))
  }
}

/// Pictures as numbers: kept as they were decoded, with the number that all values are multiplied by.
struct PictureArray: Sendable {
  var images: [PixelImage]
  var scale = 1.0
  /// Whether it has an axis that counts the pictures; `load_img` gives one without.
  var isBatch = false
}

/// An optimizer, a layer, a callback: something that was called into being, and that a later call takes.
struct Construct: Sendable {
  var name: KerasName
  var arguments: [ConstructArgument]
  var span: Span
}

/// An argument with its value.
struct ConstructArgument: Sendable {
  /// `nil` where it goes by its place.
  var name: String?
  var value: PythonValue
  /// Where the whole argument stands.
  var span: Span
}

extension PythonValue {
  /// Python's name of the type.
  var typeName: String {
    switch self {
    case .none: "None"
    case .boolean: "bool"
    case .integer: "int"
    case .number: "float"
    case .text: "str"
    case .list: "list"
    case .tuple: "tuple"
    case .dictionary: "dict"
    case .array, .pictures: "array"
    case .module: "module"
    case .member, .method: "function"
    case .construct(let construct): construct.name.name
    case .model: "model"
    case .generator: "generator"
    case .history: "History"
    case .unknown: "value"
    }
  }

  var isUnknown: Bool {
    switch self {
    case .unknown: true
    case .list(let items), .tuple(let items): items.contains(where: \.isUnknown)
    case .construct(let construct): construct.arguments.contains { $0.value.isUnknown }
    case .dictionary(let items): items.contains { $0.key.isUnknown || $0.value.isUnknown }
    case .none, .boolean, .integer, .number, .text, .array, .pictures, .module, .member, .model, .generator, .history,
      .method:
      false
    }
  }

  var double: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    case .boolean(let value): value ? 1 : 0
    case .array(let array): array.values.count == 1 ? array.values[0] : nil
    case .none, .text, .list, .tuple, .dictionary, .pictures, .module, .member, .construct, .model, .generator,
      .history, .method, .unknown:
      nil
    }
  }

  /// The items that a loop goes through.
  var items: [PythonValue]? {
    switch self {
    case .list(let items), .tuple(let items): items
    case .dictionary(let items): items.map(\.key)
    case .array(let array): (0..<array.count).compactMap(array.row)
    case .none, .boolean, .integer, .number, .text, .pictures, .module, .member, .construct, .model, .generator,
      .history, .method, .unknown:
      nil
    }
  }

  /// What an `if` makes of it.
  var truth: Bool {
    switch self {
    case .none: false
    case .boolean(let value): value
    case .integer(let value): value != 0
    case .number(let value): value != 0
    case .text(let text): !text.isEmpty
    case .list(let items), .tuple(let items): !items.isEmpty
    case .dictionary(let items): !items.isEmpty
    case .array(let array): array.values.contains { $0 != 0 }
    case .pictures, .module, .member, .construct, .model, .generator, .history, .method, .unknown: true
    }
  }

  /// As `print` shows it.
  var printed: String {
    if case .text(let text) = self { text } else { shown }
  }

  /// As it stands in a list.
  var shown: String {
    switch self {
    case .none: "None"
    case .boolean(let value): value ? "True" : "False"
    case .integer(let value): String(value)
    case .number(let value): Self.text(of: value)
    case .text(let text): "'\(text)'"
    case .list(let items): "[" + items.map(\.shown).joined(separator: ", ") + "]"
    case .tuple(let items): "(" + items.map(\.shown).joined(separator: ", ") + (items.count == 1 ? ",)" : ")")
    case .dictionary(let items):
      "{" + items.map { "\($0.key.shown): \($0.value.shown)" }.joined(separator: ", ") + "}"
    case .array(let array):
      if array.columns == nil {
        "[" + array.values.map { Self.text(of: Double(Float($0)), isFloat: true) }.joined(separator: " ") + "]"
      } else {
        "[" + (0..<array.count).compactMap { array.row($0)?.shown }.joined(separator: "\n ") + "]"
      }
    case .pictures(let pictures):
      "<\(pictures.images.count == 1 ? "a picture" : "\(pictures.images.count) pictures")>"
    case .module(let name): "<module '\(name)'>"
    case .member(let name): "<\(name.path)>"
    case .construct(let construct): "<\(construct.name.name)>"
    case .model(let name): "<Sequential name=\(name)>"
    case .generator(let name): "<generator \(name)>"
    case .history: "<History>"
    case .method(_, let name): "<method \(name)>"
    case .unknown: "…"
    }
  }

  private static func text(of value: Double, isFloat: Bool = false) -> String {
    if value.isNaN { return "nan" }
    if value.isInfinite { return value < 0 ? "-inf" : "inf" }
    return isFloat ? String(Float(value)) : String(value)
  }
}
