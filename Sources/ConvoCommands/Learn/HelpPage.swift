import ConvoOutput
import ConvoSchema

/// The reference page of a schema; all of it follows from the schema.
struct HelpPage {
  let schema: Schema

  var contents: [OutputEvent.Content] {
    var paragraphs: [StyledText] = [StyledText(schema.usage(), .code), StyledText(schema.summary + ".")]
    if !schema.details.isEmpty { paragraphs += ["", StyledText(schema.details)] }
    var group: String?
    for parameter in schema.parameters {
      if let heading = parameter.group, heading != group { paragraphs += ["", StyledText(heading, .heading)] }
      group = parameter.group
      paragraphs += ["", StyledText(title(of: parameter), hangingIndent: 6)] + lines(on: parameter)
    }
    if !schema.examples.isEmpty {
      paragraphs += ["", StyledText("Examples", .heading)]
      for example in schema.examples {
        paragraphs += [
          StyledText([.init("  " + example.source, .code)], mayWrap: false), Self.indented(example.explanation, .faint),
        ]
      }
    }
    if let keras = schema.keras {
      paragraphs += ["", StyledText("In Keras", .heading), StyledText([.init("  " + keras, .code)], mayWrap: false)]
    }
    return paragraphs.map { .text($0) }
  }

  private func title(of parameter: Parameter) -> [StyledText.Run] {
    let written =
      switch parameter.placement {
      case .positional: parameter.name.uppercased()
      case .after(let word): "\(word) \(parameter.name.uppercased())"
      case .named: parameter.name + "="
      }
    let presence =
      switch parameter.presence {
      case .required: "required"
      case .optional: "optional"
      case .defaults(to: .list(let items)) where items.isEmpty: "none by default"
      case .defaults(to: let value): "\(value) by default"
      }
    // What can be chosen is listed below, with what it does.
    let kind =
      switch parameter.kind {
      case .oneOf: "one of these"
      case .list(of: .oneOf): "a list of these"
      case .integer, .number, .range, .boolean, .size, .place, .text, .newName, .name, .path, .choice, .topic, .list,
        .either, .optional:
        parameter.kind.inWords
      }
    return [.init("  " + written, .strong), .init("  \(kind); \(presence)", .faint)]
  }

  private func lines(on parameter: Parameter) -> [StyledText] {
    let unit = parameter.unit.map { " (\($0))" } ?? ""
    let help = Self.indented("\(parameter.help)\(unit).")
    let choices = parameter.kind.choices
    // What all of them have is listed once.
    let shared = (choices.first?.parameters ?? []).map(\.name).filter { name in
      choices.count > 1 && choices.allSatisfy { $0.parameter(name) != nil }
    }
    var lines = choices.map { schema in
      let options = schema.parameters.map(\.name).filter { !shared.contains($0) }.joined(separator: ", ")
      return StyledText(
        [
          .init("      \(schema.name)", .strong), .init(" – \(schema.summary)"),
          .init(options.isEmpty ? "" : "; its own options: \(options)", .faint),
        ], hangingIndent: 8)
    }
    if !shared.isEmpty {
      lines.append(Self.indented("Options of all of them: \(shared.joined(separator: ", "))", .faint))
    }
    if let example = parameter.example {
      lines.append(StyledText([.init("      " + example, .code)], mayWrap: false))
    }
    return [help] + lines
  }

  private static func indented(_ text: String, _ style: StyledText.Style = .plain) -> StyledText {
    StyledText([.init("      " + text, style)], hangingIndent: 6)
  }
}
