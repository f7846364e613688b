/// The names that Keras gives to layers and models by itself: `dense`, then `dense_1`, counted over the whole program.
struct KerasNames: Sendable {
  private var used: [String: Int] = [:]

  /// Whether Keras would give this name next to a thing of the kind; if so, it has given it.
  ///
  /// - Parameter kind: Keras's name of the kind: `max_pooling2d`.
  mutating func gives(_ name: String, of kind: String) -> Bool {
    let count = used[kind, default: 0]
    guard name == (count == 0 ? kind : "\(kind)_\(count)") else { return false }
    used[kind] = count + 1
    return true
  }

  /// The call of a layer, with its name where Keras would give it another.
  mutating func named(_ call: PythonCall, _ name: String) -> PythonCall {
    var call = call
    if !gives(name, of: Self.kind(of: name)) { call.set("name", PythonLiteral.text(name)) }
    return call
  }

  /// `max_pooling2d` of `max_pooling2d_1`.
  private static func kind(of name: String) -> String {
    guard let underscore = name.lastIndex(of: "_") else { return name }
    let number = name[name.index(after: underscore)...]
    return !number.isEmpty && number.allSatisfy(\.isASCIIDigit) ? String(name[..<underscore]) : name
  }
}

/// Variables of the program, each for one thing.
struct PythonVariables: Sendable {
  private var taken: Set<String> = []

  /// A variable that no other thing has: the name with what Python can't have in it replaced, and numbered if needed.
  ///
  /// - Parameter ending: What follows the name: `_generator`. With it, no name is a word of Python's own.
  mutating func variable(_ name: String, _ ending: String) -> String {
    let letters = name.unicodeScalars.map {
      $0.isASCII && ($0.properties.isAlphabetic || $0.isDigit) ? Character($0) : "_"
    }
    let base = String(letters)
    var variable = base + ending
    var number = 1
    while !taken.insert(variable).inserted {
      number += 1
      variable = "\(base)_\(number)\(ending)"
    }
    return variable
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}

extension Unicode.Scalar {
  fileprivate var isDigit: Bool { ("0"..."9").contains(self) }
}
