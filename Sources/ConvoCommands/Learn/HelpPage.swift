import ConvoOutput
import ConvoSchema

/// The reference page of a schema; all of it follows from the schema.
struct HelpPage {
  let schema: Schema

  var contents: [OutputEvent.Content] {
    var contents: [OutputEvent.Content] = [
      .text(StyledText([.init(schema.usage(), .code), .init("\n" + sentence(schema.summary))]))
    ]
    if !schema.details.isEmpty { contents.append(.text(StyledText(schema.details))) }
    if !schema.parameters.isEmpty { contents.append(.table(parameterTable)) }
    for parameter in schema.parameters {
      if case .oneOf(let schemas) = parameter.kind { contents.append(.table(choices(of: parameter, schemas))) }
    }
    if !schema.examples.isEmpty {
      let runs = schema.examples.flatMap { example in
        [StyledText.Run("  " + example.source, .code), .init("\n      " + example.explanation + "\n", .faint)]
      }
      contents.append(.text(StyledText([.init("Examples\n", .strong)] + runs, mayWrap: false)))
    }
    if let keras = schema.keras {
      contents.append(.text(StyledText([.init("In Keras\n", .strong), .init("  " + keras, .code)], mayWrap: false)))
    }
    return contents
  }

  private var parameterTable: Table {
    let rows = schema.parameters.map { parameter in
      [written(parameter), parameter.kind.inWords, presence(parameter), sentence(parameter.help, unit: parameter.unit)]
    }
    return Table(
      title: "Options", columns: [.init("option"), .init("value"), .init("default"), .init("meaning")], rows: rows)
  }

  private func choices(of parameter: Parameter, _ schemas: [Schema]) -> Table {
    Table(
      title: "\(parameter.name): one of",
      columns: [.init("name"), .init("does"), .init("options of its own")],
      rows: schemas.map { schema in
        [schema.name, sentence(schema.summary), schema.parameters.map(\.name).joined(separator: " ")]
      })
  }

  private func written(_ parameter: Parameter) -> String {
    switch parameter.placement {
    case .positional: parameter.name.uppercased()
    case .after(let word): "\(word) \(parameter.name.uppercased())"
    case .named: parameter.name + "="
    }
  }

  private func presence(_ parameter: Parameter) -> String {
    switch parameter.presence {
    case .required: "required"
    case .optional: ""
    case .defaults(to: .list(let items)) where items.isEmpty: "none"
    case .defaults(to: let value): value.description
    }
  }

  private func sentence(_ text: String, unit: String? = nil) -> String {
    let capital = text.prefix(1).uppercased() + text.dropFirst()
    return capital + (unit.map { " (\($0))" } ?? "")
  }
}
