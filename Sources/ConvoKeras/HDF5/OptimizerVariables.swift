import ConvoNetwork
import ConvoTensor

/// The order in which Keras writes what an optimizer remembers, behind its counter of steps and its learning rate.
struct OptimizerVariables {
  struct Variable {
    /// The optimizer's name of it: `velocity`.
    let slot: String
    /// The weight that it belongs to.
    let entry: WeightLayout.Entry
  }

  let variables: [Variable]

  /// Slot after slot, for all weights that are trained; but of Adam the two moments of each weight follow each other.
  init(_ optimizer: any OptimizerSpec, _ layout: WeightLayout) {
    let trained = layout.entries.filter(\.weight.isTrainable)
    var variables: [Variable] = []
    var slots = optimizer.slotNames[...]
    while let slot = slots.popFirst() {
      let together = slot == "momentum" && slots.first == "velocity" && optimizer is Adam ? [slot, "velocity"] : [slot]
      if together.count > 1 { slots.removeFirst() }
      for entry in trained { variables += together.map { Variable(slot: $0, entry: entry) } }
    }
    self.variables = variables
  }
}

extension WeightLayout.Entry {
  /// Keras's layout of it.
  var shape: [Int] { weight.shape.sides }
}
