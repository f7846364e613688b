import ConvoKernel
import ConvoNetwork
import ConvoOutput
import ConvoSchema
import ConvoTensor

/// The layer that the last refused `add` would have added: the model is as it was, and `summary explain` can say why.
struct RefusedLayer: SessionPart {
  let spec: any LayerSpec
  /// The name of the model.
  let model: String
  /// How many layers the model had.
  let position: Int

  /// Why the layer does not fit, with its arithmetic and what would mend it. Says nothing where the model has gone on
  /// since.
  func tell(after model: Model, _ context: CommandContext) {
    guard model.name == self.model, model.layers.count == position, let problem = problem(on: model) else { return }
    let name = type(of: spec).schema.name
    context.say("")
    context.say("impossible on \(model.outputShape): \(name)", .warning)
    let failing = LayerArithmetic(
      sides: spec.arithmetic(for: model.outputShape).sides.filter { $0.value < 1 }, explanation: "")
    if !failing.sides.isEmpty {
      context.say("\(failing.sidesInWords), and the window must have one place at least", .warning)
    }
    context.say(problem.problem)
    let mends = mends(of: model)
    if !mends.isEmpty { context.say("It would fit " + mends.joined(separator: ", or ") + ".") }
    if mends.isEmpty, !problem.help.isEmpty { context.say(problem.help, .faint) }
  }

  private func problem(on model: Model) -> ShapeError? {
    var model = model
    do throws(ShapeError) {
      try model.add(spec)
      return nil
    } catch {
      return error
    }
  }

  /// What was tried and found to help.
  private func mends(of model: Model) -> [String] {
    var mends: [String] = []
    for index in model.layers.indices.reversed() {
      var shorter = model
      do throws(ShapeError) { try shorter.remove(at: index) } catch { continue }
      if problem(on: shorter) == nil { mends.append("without \(model.layers[index].name) (remove layer \(index + 1))") }
    }
    // The last ones suffice to choose from.
    mends = Array(mends.prefix(2))
    if let padded = spec.padded,
      RefusedLayer(spec: padded, model: self.model, position: position).problem(on: model) == nil
    {
      mends.append("with padding=same")
    }
    return mends
  }
}

extension LayerSpec {
  /// The layer with `padding=same`; `nil` where it has no padding.
  fileprivate var padded: (any LayerSpec)? {
    switch self {
    case var layer as Conv2D:
      layer.padding = .same
      return layer
    case var layer as MaxPooling2D:
      layer.padding = .same
      return layer
    case var layer as AveragePooling2D:
      layer.padding = .same
      return layer
    default: return nil
    }
  }
}
