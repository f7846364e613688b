import ConvoKernel
import ConvoLanguage
import ConvoNetwork
import ConvoSchema

/// One layer of the model, as a learner names it.
enum LayerChoice {
  static let parameter = Parameter(
    "layer", .either([.integer(1...Int.max), .name(of: .layer)]), .positional, .required,
    help: "Its name, or its number counted from 1")

  /// Its place among the layers. Throws with the nearest spelling where there is no such layer.
  static func index(of layer: Value, in model: Model) throws(CommandError) -> Int {
    let names = model.layers.map(\.name)
    if case .integer(let number) = layer, names.indices.contains(number - 1) { return number - 1 }
    if case .text(let name) = layer, let index = names.firstIndex(of: name) { return index }
    guard !names.isEmpty else {
      throw CommandError(.notReady, "the model \(model.name) has no layers", parameter: "layer")
    }
    if case .text(let name) = layer, let near = Spelling.nearest(to: name, in: names) {
      throw CommandError(
        .unknownName, "there is no layer '\(name)'", help: "did you mean '\(near)'?", parameter: "layer")
    }
    throw CommandError(
      .unknownName, "there is no layer \(layer)", help: "the layers are: " + names.joined(separator: ", "),
      parameter: "layer")
  }
}
