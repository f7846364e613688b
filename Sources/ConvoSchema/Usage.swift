extension Schema {
  /// How the command is written, required parts first: `load generator NAME from FROM [rescale=…] …`.
  ///
  /// - Parameter choosing: what is already chosen for the parameters of kind `oneOf`, by parameter name.
  public func usage(choosing chosen: [String: Schema] = [:]) -> String {
    var parts = [name]
    var hasOptions = false
    func append(_ parameters: [Parameter]) {
      for parameter in parameters {
        if parameter.placement == .positional, let choice = chosen[parameter.name] {
          parts.append(choice.name)
          append(choice.parameters)
          continue
        }
        let label = parameter.name.uppercased()
        switch (parameter.placement, parameter.presence) {
        case (.positional, .required): parts.append(label)
        case (.positional, .optional), (.positional, .defaults): parts.append("[\(label)]")
        case (.after(let word), .required): parts.append("\(word) \(label)")
        case (.after(let word), .optional), (.after(let word), .defaults): parts.append("[\(word) \(label)]")
        case (.named, .required): parts.append("\(parameter.name)=…")
        case (.named, .optional), (.named, .defaults): hasOptions = true
        }
      }
    }
    append(parameters)
    return parts.joined(separator: " ") + (hasOptions ? " [name=value …]" : "")
  }
}
