import ConvoTensor
import ConvoTestSupport
import Testing

@testable import ConvoNetwork

/// Convolution, ReLU and pooling that run as one stage.
@Suite struct FusedBlockTests {
  private static func convolution(_ filters: Int, padding: Padding = .valid) -> Conv2D {
    Conv2D(filters: filters, kernelSize: [3, 3], padding: padding, activation: .relu)
  }

  /// Blocks on each of the processor's instruction sets: odd and even sides, few and many channels, one after the other
  /// and before a layer that knows nothing of padded channels.
  static var gradientCases: [(set: KernelSet, example: GradientCase)] {
    var cases: [GradientCase] = []
    for padding in Padding.allCases {
      for (height, width, channels, filters) in [(8, 7, 3, 2), (5, 6, 1, 3), (6, 5, 4, 17), (7, 9, 2, 5)] {
        let one: [any LayerSpec] = [convolution(filters, padding: padding), MaxPooling2D(), Flatten(), Dense(units: 2)]
        cases.append(
          GradientCase("\(height)x\(width)x\(channels), \(filters) filters", [height, width, channels], one))
      }
      let two: [any LayerSpec] = [
        convolution(3, padding: padding), MaxPooling2D(), convolution(4, padding: padding), MaxPooling2D(), Flatten(),
        Dense(units: 2),
      ]
      cases.append(GradientCase("two blocks, \(padding)", [12, 13, 3], two))
      let mixed: [any LayerSpec] = [
        Conv2D(filters: 2, kernelSize: [2, 2]), convolution(5, padding: padding), MaxPooling2D(),
        Conv2D(filters: 2, kernelSize: [2, 2], activation: .relu), Flatten(),
      ]
      cases.append(GradientCase("between others, \(padding)", [9, 8, 2], mixed))
      let activated: [any LayerSpec] = [
        Conv2D(filters: 3, kernelSize: [3, 3], padding: padding, useBias: false), ActivationLayer(.relu),
        MaxPooling2D(), Flatten(), Dense(units: 2),
      ]
      cases.append(GradientCase("with an activation layer, without bias, \(padding)", [6, 7, 3], activated))
    }
    let smallest: [any LayerSpec] = [convolution(2, padding: .same), MaxPooling2D(), Flatten(), Dense(units: 2)]
    cases.append(GradientCase("3x3 with a single pooled position", [3, 3, 3], smallest))
    return KernelSet.available.flatMap { set in cases.map { (set, $0) } }
  }

  @Test(arguments: gradientCases)
  func gradientsAreTheSlopesOfTheLoss(_ set: KernelSet, _ example: GradientCase) throws {
    try example.check(kernels: set)
  }

  private static func stages(_ input: Shape, _ layers: [any LayerSpec]) throws -> [String] {
    let executor = try Executor(Model(input, layers), largestBatch: 4, threads: 1, forTraining: true)
    return executor.plan.stages.map { $0.name }
  }

  @Test func theNotesModelIsFiveBlocksAndTwoProducts() throws {
    let stages = try Self.stages([300, 300, 3], NotesModelTests.model().layers.map { $0.spec })
    #expect(stages.filter { $0.contains("convolution, ReLU and pooling") }.count == 5)
    #expect(stages.filter { $0.contains("layout") || $0.contains("frame") || $0.contains("channels") } == [])
  }

  @Test func whatIsNoPlainBlockRunsLayerByLayer() throws {
    let others: [(any LayerSpec, MaxPooling2D)] = [
      (Conv2D(filters: 3, kernelSize: [5, 5], activation: .relu), MaxPooling2D()),
      (Conv2D(filters: 3, kernelSize: [3, 3], strides: [2, 2], activation: .relu), MaxPooling2D()),
      (Conv2D(filters: 3, kernelSize: [3, 3], activation: .tanh), MaxPooling2D()),
      (Conv2D(filters: 3, kernelSize: [3, 3]), MaxPooling2D()),
      (Conv2D(filters: 3, kernelSize: [3, 3], dilationRate: [2, 2], activation: .relu), MaxPooling2D()),
      (Self.convolution(3), MaxPooling2D(poolSize: [3, 3])),
      (Self.convolution(3), MaxPooling2D(strides: [1, 1])),
      (Self.convolution(3), MaxPooling2D(padding: .same)),
    ]
    for (convolution, pooling) in others {
      let stages = try Self.stages([17, 17, 3], [convolution, pooling, Flatten(), Dense(units: 1)])
      #expect(!stages.contains { $0.contains("convolution, ReLU and pooling") }, "\(convolution), \(pooling)")
    }
    // On even sides both paddings are the same.
    let even = try Self.stages([18, 18, 3], [Self.convolution(3), MaxPooling2D(padding: .same), Flatten()])
    #expect(even.contains { $0.contains("convolution, ReLU and pooling") })
  }

  /// One picture, a full batch and a short last block give each sample the same outputs.
  @Test(arguments: KernelSet.available)
  func aSamplesOutputsDoNotDependOnItsBatch(_ set: KernelSet) throws {
    let model = try Model(
      [11, 14, 3],
      [
        Self.convolution(6, padding: .same), MaxPooling2D(), Self.convolution(20), MaxPooling2D(), Flatten(),
        Dense(units: 2),
      ])
    let executor = try Executor(model, largestBatch: 40, threads: 2, forTraining: false, kernels: set)
    _ = executor.weights.values.update(from: model.testWeights(seed: 7))
    let size = try #require(model.inputShape.count)
    let inputs = numbers(40 * size, seed: 3)
    let together = try executor.prediction(inputs, count: 40, width: 2)
    for count in [1, 3, 17] {
      let some = try executor.prediction(Array(inputs.prefix(count * size)), count: count, width: 2)
      #expect(largestError(some, together.prefix(count * 2), floor: 1e-2) < 1e-5)
    }
  }
}
