public import ConvoData
import ConvoNetwork
import ConvoTensor

/// One weight of a model's last dense layer, and what moving it does to the logits: as long as nothing but a sigmoid or a
/// softmax follows, each logit changes in proportion to the move.
public struct LastLayerMove: Sendable {
  /// `bias of dense_1`
  public let name: String
  /// What the weight is.
  public let value: Float
  /// What the logit of each picture gains where the weight gains 1; `nil` for 1, as with a bias.
  public let direction: [Float]?
}

extension Trainer {
  /// The weight to move: the bias of the unit that moves the answers towards the last class, or the largest weight of that
  /// unit where it has no bias.
  ///
  /// - Throws: Also where the model does not end in a dense layer.
  public func lastLayerMove(
    _ state: LearnedState, _ logits: Logits, on generator: ImageGenerator, isInterrupted: () -> Bool = { false },
    report: (TrainingEvent) -> Void = { _ in }
  ) throws(TrainingError) -> LastLayerMove {
    let index = model.layers.last?.spec is ActivationLayer ? model.layers.count - 2 : model.layers.count - 1
    guard model.layers.indices.contains(index), let dense = model.layers[index].spec as? Dense,
      index == model.layers.count - 1 || dense.activation == .linear
    else {
      throw .mismatch(
        CompileProblem(
          "\(model.name) does not end in a dense layer, so there is no weight that moves its answers in proportion",
          help: "add dense 1 activation=sigmoid as the last layer"))
    }
    let layer = model.layers[index].name
    let entries = WeightLayout(model).entries.filter { $0.layer == index }
    guard let kernel = entries.first else { throw .weights(have: 0, need: dense.units) }
    let unit = logits.movedUnit
    if dense.useBias, let bias = entries.last {
      return LastLayerMove(
        name: "the bias of \(layer)", value: state.weights[bias.range.lowerBound + unit], direction: nil)
    }
    let places = stride(from: kernel.range.lowerBound + unit, to: kernel.range.upperBound, by: dense.units)
    guard let place = places.max(by: { abs(state.weights[$0]) < abs(state.weights[$1]) }) else {
      throw .weights(have: 0, need: dense.units)
    }
    var moved = state
    moved.weights[place] += 1
    let after = try self.logits(moved, on: generator, isInterrupted: isInterrupted, report: report)
    guard after.samples == logits.samples else {
      throw .mismatch(CompileProblem("some pictures can't be read any more", help: "load the generator again"))
    }
    let direction = logits.values.indices.filter { $0 % logits.width == unit }.map {
      after.values[$0] - logits.values[$0]
    }
    return LastLayerMove(name: "the largest weight of \(layer)", value: state.weights[place], direction: direction)
  }
}
