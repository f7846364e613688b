import ConvoOutput
import ConvoSchema

/// The reference page of a schema; all of it follows from the schema.
struct HelpPage {
  let schema: Schema

  var contents: [OutputEvent.Content] {
    var paragraphs: [StyledText] = [StyledText(schema.usage(), .code), StyledText(schema.summary + ".")]
    if !schema.details.isEmpty { paragraphs += ["", StyledText(schema.details)] }
    for parameter in schema.parameters {
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
    let kind = if case .oneOf = parameter.kind { "one of these" } else { parameter.kind.inWords }
    return [.init("  " + written, .strong), .init("  \(kind); \(presence)", .faint)]
  }

  private func lines(on parameter: Parameter) -> [StyledText] {
    let unit = parameter.unit.map { " (\($0))" } ?? ""
    let help = Self.indented("\(parameter.help)\(unit).")
    guard case .oneOf(let schemas) = parameter.kind else { return [help] }
    return [help]
      + schemas.map { schema in
        let options = schema.parameters.map(\.name).joined(separator: ", ")
        return StyledText(
          [
            .init("      \(schema.name)", .strong), .init(" – \(schema.summary)"),
            .init(options.isEmpty ? "" : "; its own options: \(options)", .faint),
          ], hangingIndent: 8)
      }
  }

  private static func indented(_ text: String, _ style: StyledText.Style = .plain) -> StyledText {
    StyledText([.init("      " + text, style)], hangingIndent: 6)
  }
}
