import ConvoKernel
import ConvoNetwork
import ConvoOutput
import ConvoSchema
import ConvoTensor

/// `summary explain`: the arithmetic of every row.
struct ModelExplanation {
  let model: Model

  init(_ model: Model) {
    self.model = model
  }

  func tell(_ context: CommandContext) {
    let rows = model.layers.map { layer in
      let arithmetic = layer.spec.arithmetic(for: layer.input)
      return [
        layer.name, layer.output.description, arithmetic.sidesInWords,
        arithmetic.parametersInWords,
      ]
    }
    context.emit(
      .table(
        Table(
          title: "Model \"\(model.name)\", explained",
          columns: [.init("layer"), .init("output"), .init("how"), .init("parameters")],
          rows: [["input", model.inputShape.description, "given by new model", "none"]] + rows)))
    for (name, explanation) in explanations { Self.say(name, explanation, context) }
    context.say(total)
  }

  /// One for each kind of layer, in the order in which they come.
  private var explanations: [(name: String, text: String)] {
    var found: [(name: String, text: String)] = []
    for layer in model.layers {
      let name = type(of: layer.spec).schema.name
      if !found.contains(where: { $0.name == name }) {
        found.append((name, layer.spec.arithmetic(for: layer.input).explanation))
      }
    }
    return found
  }

  static func say(_ name: String, _ text: String, _ context: CommandContext) {
    context.emit(.text(StyledText([.init(name, .strong), .init(": " + text.groupingDigits + ".")], hangingIndent: 2)))
  }

  private var total: String {
    let counts = model.layers.map(\.parameterCount).filter { $0 > 0 }.map(NumberText.grouped)
    switch counts.count {
    case 0: return "The model has no parameters yet."
    case 1: return "All \(counts[0]) parameters are in one layer."
    default:
      return "Together: \(counts.joined(separator: " + ")) = \(NumberText.grouped(model.parameterCount)) parameters."
    }
  }
}

extension LayerArithmetic {
  /// `298 = (300 - 3)/1 + 1` where both sides of a picture are alike; else each with its name. What is only counted, such
  /// as filters, the shape says already.
  var sidesInWords: String {
    let computed = sides.filter { String($0.value) != $0.computation }
    guard let first = computed.first else {
      guard let last = sides.last else { return "as the input" }
      return NumberText.grouped(last.value) + " " + (last.value == 1 ? String(last.name.dropLast()) : last.name)
    }
    if computed.allSatisfy({ $0.text == first.text }) { return first.text }
    return computed.map { "\($0.name) \($0.text)" }.joined(separator: "; ")
  }

  /// `448 = 16×(3×3×3 + 1)`
  var parametersInWords: String {
    guard let parameters else { return "none" }
    return parameters.text + (untrained.map { "; \($0.name): \($0.text)" } ?? "")
  }
}

extension LayerArithmetic.Equation {
  /// `298 = (300 - 3)/1 + 1`
  var text: String {
    let compact = computation.replacing(" × ", with: "×").replacing(" / ", with: "/")
    return "\(NumberText.grouped(value)) = \(compact.groupingDigits)"
  }
}

extension String {
  /// The text with commas in its longer numbers.
  var groupingDigits: String {
    var result = ""
    var digits = ""
    func flushed() -> String { digits.count > 3 ? Int(digits).map(NumberText.grouped) ?? digits : digits }
    for character in self {
      if character.isASCII && character.isNumber {
        digits.append(character)
      } else {
        result += flushed()
        digits = ""
        result.append(character)
      }
    }
    return result + flushed()
  }
}
