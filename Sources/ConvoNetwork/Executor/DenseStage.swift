import ConvoTensor

/// A matrix product of rows of values with a dense layer's kernel, with max(·, 0) in the same pass where wanted.
///
///     Y = X · W + b        dW += Xᵀ · dY        db += 1ᵀ · dY        dX = dY · Wᵀ
final class DenseStage: Stage {
  let name: String
  let input, output: Layout
  let hasBackward: Bool
  let gradients: [Layout]
  let hasWeights: Bool
  private let direct: [Tensor]
  private let products: Products
  private let values: Values
  private let publication: [(reorder: Reorder, target: Tensor)]

  private struct Products {
    let forward: MatrixProduct
    let toKernel, toBias, toInput: MatrixProduct?
  }

  private struct Values {
    let kernel: Tensor
    let kernelTransposed: Tensor
    let bias: Tensor?
    /// A row of ones, one for each row of the input: its product with the gradients is their sum.
    let ones: Tensor
    let inputTransposed: Layout
  }

  /// - Parameters:
  ///   - rows: The number of rows of the input.
  ///   - relu: Whether `forward` ends with max(·, 0).
  ///   - hasBackward: Whether the gradients of the weights are wanted.
  ///   - wantsInputGradient: Whether that of the input is as well.
  init(
    name: String, rows: Int, onRows: Bool, relu: Bool, hasBackward: Bool, wantsInputGradient: Bool,
    parameters: [Parameters]
  ) throws(ComputeError) {
    guard let kernel = parameters.first, kernel.shape.sides.count == 2 else {
      throw ComputeError("dense", .invalidArguments)
    }
    let bias = parameters.count > 1 ? parameters[1] : nil
    let (inputs, units) = (kernel.shape.sides[0], kernel.shape.sides[1])
    self.name = name
    self.hasBackward = hasBackward
    let input = try Layout.matrix(rows: rows, columns: inputs)
    let output = try Layout.matrix(rows: rows, columns: units)
    let weights = try Layout.matrix(rows: inputs, columns: units)
    let biasRow = try Layout.matrix(rows: 1, columns: units)
    let onesRow = try Layout.matrix(rows: 1, columns: rows)
    let inputTransposed = try Layout.transposedMatrix(rows: rows, columns: inputs)
    let weightsTransposed = try Layout.transposedMatrix(rows: inputs, columns: units)
    self.input = input
    self.output = output
    let ones = try Tensor(onesRow)
    ones.values.update(repeating: 1)
    values = Values(
      kernel: try kernel.values.tensor(weights), kernelTransposed: try kernel.values.tensor(weightsTransposed),
      bias: try bias?.values.tensor(biasRow), ones: ones, inputTransposed: inputTransposed)
    products = Products(
      forward: try MatrixProduct(
        "forward dense", left: input, right: weights, bias: bias == nil ? nil : biasRow, destination: output, relu: relu
      ),
      toKernel: !hasBackward
        ? nil
        : try MatrixProduct(
          "backward dense to kernel", left: inputTransposed, right: output, destination: weights, accumulates: true),
      toBias: !hasBackward || bias == nil
        ? nil
        : try MatrixProduct(
          "backward dense to bias", left: onesRow, right: output, destination: biasRow, accumulates: true),
      toInput: !wantsInputGradient
        ? nil
        : try MatrixProduct("backward dense to input", left: output, right: weightsTransposed, destination: input))
    var gradients: [Layout] = []
    var publication: [(Reorder, Tensor)] = []
    if hasBackward {
      for (parameters, layout) in [(kernel, weights)] + (bias.map { [($0, biasRow)] } ?? []) {
        guard let target = parameters.gradients else { continue }
        gradients.append(layout)
        publication.append((try Reorder(from: layout, to: layout), try target.tensor(layout)))
      }
    }
    hasWeights = !gradients.isEmpty
    self.gradients = onRows ? [] : gradients
    self.publication = onRows ? [] : publication
    direct = onRows ? publication.map { $0.1 } : []
  }

  var kernels: [any ComputeKernel] {
    [products.forward] + [products.toKernel, products.toBias, products.toInput].compactMap { $0 }
      + publication.map(\.reorder)
  }
  var readsInput: Bool { hasBackward }

  func publish(_ gradients: [Tensor], on stream: ComputeStream) {
    for (sum, publication) in zip(gradients, publication) {
      publication.reorder.run(sum, into: publication.target, on: stream)
    }
  }

  func bind(_ memory: StageMemory) throws(ComputeError) -> any BoundStage {
    Bound(
      direct: direct, products: products, values: values, input: try memory.input.tensor(input),
      inputTransposed: try memory.input.tensor(values.inputTransposed), output: try memory.output.tensor(output),
      inputGradient: products.toInput == nil ? nil : try memory.inputGradient?.tensor(input),
      outputGradient: hasBackward ? try memory.outputGradient?.tensor(output) : nil)
  }

  private struct Bound: BoundStage {
    let direct: [Tensor]
    let products: Products
    let values: Values
    let input, inputTransposed, output: Tensor
    let inputGradient, outputGradient: Tensor?

    func forward(on turn: Turn) {
      products.forward.run(input, values.kernel, bias: values.bias, into: output, on: turn.stream)
    }

    func backward(addingTo gradients: [Tensor], on turn: Turn) {
      guard let outputGradient else { return }
      if turn.isFirst { for target in direct { target.values.update(repeating: 0) } }
      let gradients = direct.isEmpty ? gradients : direct
      if let toKernel = products.toKernel, let sum = gradients.first {
        toKernel.run(inputTransposed, outputGradient, into: sum, on: turn.stream)
      }
      if let toBias = products.toBias, gradients.count > 1 {
        toBias.run(values.ones, outputGradient, into: gradients[1], on: turn.stream)
      }
      if let toInput = products.toInput, let inputGradient {
        toInput.run(outputGradient, values.kernelTransposed, into: inputGradient, on: turn.stream)
      }
    }
  }
}
