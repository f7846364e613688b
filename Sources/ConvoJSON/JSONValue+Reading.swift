#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Why a text is no JSON.
public struct JSONError: Error, Sendable, Hashable {
  /// The reader's reason.
  public let reason: String
}

extension JSONValue {
  /// Reads a value from UTF-8. Fields are sorted by their names, of several of one name the reader keeps one.
  ///
  /// - Throws: where the bytes are no JSON, or lists and objects are nested deeper than the reader goes (512).
  public init(parsing bytes: some Collection<UInt8>) throws(JSONError) {
    do {
      self = try JSONDecoder().decode(JSONValue.self, from: Data(bytes))
    } catch DecodingError.dataCorrupted(let context) {
      let cause = context.underlyingError.map { ": \($0)" } ?? ""
      throw JSONError(reason: context.debugDescription + cause)
    } catch {
      throw JSONError(reason: "\(error)")
    }
  }
}

extension JSONValue: Decodable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .boolean(value)
    } else if let value = try? container.decode(Int.self) {
      self = .integer(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let items = try? container.decode([JSONValue].self) {
      self = .array(items)
    } else {
      let fields = try container.decode([String: JSONValue].self)
      self = .object(fields.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    }
  }
}

extension JSONValue {
  /// The field's value; `nil` where there is none, or where this is no object.
  public subscript(name: String) -> JSONValue? {
    guard case .object(let fields) = self else { return nil }
    return fields.first { $0.name == name }?.value
  }

  /// The text; `nil` where this is none.
  public var string: String? {
    if case .string(let value) = self { value } else { nil }
  }

  /// The truth value; `nil` where this is none.
  public var boolean: Bool? {
    if case .boolean(let value) = self { value } else { nil }
  }

  /// The whole number; `nil` where this is none.
  public var integer: Int? {
    if case .integer(let value) = self { value } else { nil }
  }

  /// The number, whole or not; `nil` where this is none.
  public var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    case .null, .boolean, .string, .array, .object: nil
    }
  }

  /// The items; `nil` where this is no list.
  public var array: [JSONValue]? {
    if case .array(let items) = self { items } else { nil }
  }

  /// The fields; `nil` where this is no object.
  public var fields: [(name: String, value: JSONValue)]? {
    if case .object(let fields) = self { fields } else { nil }
  }
}
