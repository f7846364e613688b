import ConvoJSON

/// Names as Keras 3 writes them.
enum KerasNames {
  /// `MaxPooling2D` → `max_pooling2d`, `GlorotUniform` → `glorot_uniform`: Keras's `to_snake_case`.
  static func snakeCase(_ name: String) -> String {
    var result = ""
    var previous: Character?
    let characters = Array(name)
    for (index, character) in characters.enumerated() {
      let next = index + 1 < characters.count ? characters[index + 1] : nil
      if character.isUppercase, let previous,
        previous.isLowercase || (previous.isUppercase && next?.isLowercase == true)
      {
        result.append("_")
      }
      result += character.lowercased()
      previous = character
    }
    return result
  }

  /// Which Keras this follows; readers look at it to know old formats.
  static let version = "3.15.1"

  /// The names under which `.weights.h5` has the weights of layers: those of their classes, numbered.
  static func weightGroups(_ classes: [String]) -> [String] {
    var seen: [String: Int] = [:]
    return classes.map { name in
      let base = snakeCase(name)
      let number = seen[base, default: 0]
      seen[base] = number + 1
      return number == 0 ? base : "\(base)_\(number)"
    }
  }

  /// `{"module": …, "class_name": …, "config": …, "registered_name": null}`: how Keras 3 writes anything.
  static func object(_ module: String, _ name: String, _ config: [(name: String, value: JSONValue)]) -> JSONValue {
    .object([
      ("module", .string(module)), ("class_name", .string(name)), ("config", .object(config)),
      ("registered_name", .null),
    ])
  }
}

extension JSONValue {
  /// The class and the configuration of something that Keras wrote, in the style of any version.
  var kerasObject: (name: String, config: JSONValue)? {
    guard let name = self["class_name"]?.string else { return nil }
    return (name, self["config"] ?? .null)
  }

  var isNull: Bool {
    if case .null = self { true } else { false }
  }
}
