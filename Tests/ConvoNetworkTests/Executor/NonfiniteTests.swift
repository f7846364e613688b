import ConvoTensor
import ConvoTestSupport
import Testing

@testable import ConvoNetwork

/// NaN and the infinities go through the layers as they do in Keras: as in what `fit`, `evaluate` and `predict` compile,
/// which is not always what its layers do when they are called one by one.
@Suite struct NonfiniteTests {
  @Test(arguments: try NonfiniteRecord.all())
  func outputsAreThoseOfKeras(_ record: NonfiniteRecord) throws {
    let expected = record.expectedOutputs
    for forTraining in record.compiled.weightGradient.values.isEmpty ? [false] : [true, false] {
      let found = try record.executor(forTraining: forTraining)
        .prediction(record.inputs, count: record.batch, width: expected.count / record.batch)
      if record.hasSoftmax {
        #expect(rowsWithNaN(found, record) == rowsWithNaN(expected, record))
        let finite = found.indices.filter { index in !rowsWithNaN(expected, record).contains(index / record.channels) }
        #expect(largestError(finite.map { found[$0] }, finite.map { expected[$0] }) < 1e-5)
      } else {
        #expect(largestError(found, expected) < 1e-5)
      }
    }
  }

  /// The gradient of the weights for an upstream gradient that was recorded: the squared error has it where the truth is
  /// that far from the outputs. A pooling tells which values get no gradient, and their products with it are left out.
  @Test(arguments: try NonfiniteRecord.all().filter(\.hasComparableGradient))
  func gradientsOfWeightsAreThoseOfKeras(_ record: NonfiniteRecord) throws {
    let outputs = record.compiled.outputs.values
    let width = outputs.count / record.batch
    let targets = zip(outputs, record.upstream).map { $0 - $1 * Float(outputs.count) / 2 }
    let found = try record.executor(forTraining: true)
      .step(record.inputs, targets: targets, count: record.batch, width: width, loss: .meanSquaredError)
    #expect(largestError(found.gradient, record.compiled.weightGradient.values) < 1e-5)
  }

  /// A kernel by itself, forward and backward: the gradient of its input.
  @Test(arguments: try NonfiniteRecord.all().filter { $0.kernel != nil })
  func gradientsOfInputsAreThoseOfKeras(_ record: NonfiniteRecord) throws {
    let shape = Shape(record.input.count == 3 ? record.input : [1, 1] + record.input)
    let layout = try Layout.images(shape, batch: record.batch)
    let found: [Float]
    switch try #require(record.kernel) {
    case .activation(let activation):
      found = try activated(activation.function(width: record.channels), layout, record)
    case .pooling(let function, let window):
      found = try pooled(
        PoolingKernel(
          function, input: shape, layout: layout, batch: record.batch, window: window, hasBackward: true), layout,
        record)
    }
    #expect(largestError(found, record.compiled.inputGradient.values) < 1e-5)
  }

  @Test func bothWaysOfKerasAreRecorded() throws {
    let records = try NonfiniteRecord.all()
    #expect(records.contains { $0.name == "conv2d relu, nan" && $0.eager?.outputs != nil })
    #expect(records.contains { $0.name == "conv2d relu without bias, nan" && $0.eager?.outputs == nil })
    #expect(records.count { $0.hasComparableGradient } >= 12)
    #expect(records.count { $0.kernel != nil } > 50)
  }

  private func rowsWithNaN(_ values: [Float], _ record: NonfiniteRecord) -> Set<Int> {
    Set(values.indices.filter { values[$0].isNaN }.map { $0 / record.channels })
  }

  private func activated(
    _ function: ActivationKernel.Function?, _ layout: Layout, _ record: NonfiniteRecord
  ) throws -> [Float] {
    let kernel = try ActivationKernel(#require(function), layout: layout, hasBackward: true)
    let stream = try ComputeStream(running: kernel.operations)
    let (values, gradient) = try (Tensor(layout), Tensor(layout))
    _ = values.values.update(from: record.inputs)
    _ = gradient.values.update(from: record.upstream)
    kernel.forward(values, into: values, on: stream)
    kernel.backward(output: values, gradient: gradient, sourceGradient: gradient, on: stream)
    return Array(gradient.values)
  }

  private func pooled(_ kernel: PoolingKernel, _ plain: Layout, _ record: NonfiniteRecord) throws -> [Float] {
    let output = record.compiled.outputs.shape
    let plainOutput = try Layout.images(Shape(Array(output.dropFirst())), batch: output[0])
    let to = try Reorder(from: plain, to: kernel.source)
    let back = try Reorder(from: kernel.source, to: plain)
    let toOutput = try Reorder(from: plainOutput, to: kernel.destination)
    let kernels: [any ComputeKernel] = [kernel, to, back, toOutput]
    let stream = try ComputeStream(running: kernels.flatMap(\.operations))
    let (input, upstream, gradient) = try (Tensor(plain), Tensor(plainOutput), Tensor(plain))
    let (source, destination) = try (Tensor(kernel.source), Tensor(kernel.destination))
    var places: Tensor?
    if let layout = kernel.places { places = try Tensor(layout) }
    _ = input.values.update(from: record.inputs)
    _ = upstream.values.update(from: record.upstream)
    to.run(input, into: source, on: stream)
    kernel.forward(source, into: destination, places: places, on: stream)
    toOutput.run(upstream, into: destination, on: stream)
    kernel.backward(destinationGradient: destination, places: places, sourceGradient: source, on: stream)
    back.run(source, into: gradient, on: stream)
    return Array(gradient.values)
  }
}
