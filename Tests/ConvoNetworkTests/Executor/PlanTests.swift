import ConvoTensor
import Testing

@testable import ConvoNetwork

@Suite struct PlanTests {
  private static func model() throws -> Model {
    try Model(
      [20, 20, 3],
      [
        Conv2D(filters: 4, kernelSize: [5, 5], activation: .relu), MaxPooling2D(), BatchNormalization(), Flatten(),
        Dense(units: 10, activation: .relu), Dropout(rate: 0.5), Dense(units: 1, activation: .sigmoid),
      ])
  }

  @Test func saysWhatRunsAndWhy() throws {
    let executor = try Executor(Self.model(), largestBatch: 64, threads: 2, forTraining: true)
    let plan = executor.planDescription
    #expect(plan.block == 8)
    #expect(plan.chunk == 64)
    #expect(plan.keptBytes > 0)
    let convolution = try #require(plan.stages.first { $0.name == "conv2d: convolution and ReLU" })
    #expect(convolution.layers == ["conv2d"])
    #expect(convolution.reason == "5x5 window: oneDNN")
    #expect(!convolution.isOnRows)
    #expect(convolution.forwardOperations == Double(2 * 16 * 16 * 4 * 5 * 5 * 3))
    #expect(convolution.backwardOperations == convolution.forwardOperations)
    let dense = try #require(plan.stages.first { $0.layers == ["dense"] })
    #expect(dense.isOnRows)
    #expect(dense.forwardOperations == Double(2 * 256 * 10))
    #expect(dense.backwardOperations == 2 * dense.forwardOperations)
    #expect(dense.forwardBytes == Double((256 + 10) * 4) + Double(256 * 10 * 4) / 64)
    let covered = Set(plan.stages.flatMap(\.layers))
    #expect(covered.isSuperset(of: ["conv2d", "max_pooling2d", "batch_normalization", "dense", "dropout", "dense_1"]))
    #expect(plan.stages.allSatisfy { !$0.reason.isEmpty && $0.forwardBytes > 0 })
  }

  @Test func aPenaltyOnOutputsKeepsABlockFromBeingFused() throws {
    func plan(_ regularizer: Regularizer?) throws -> [PlanDescription.Stage] {
      let convolution = Conv2D(filters: 4, kernelSize: [3, 3], activation: .relu, activityRegularizer: regularizer)
      let model = try Model([8, 8, 3], [convolution, MaxPooling2D(), Flatten(), Dense(units: 1)])
      return try Executor(model, largestBatch: 4, threads: 1, forTraining: true).planDescription.stages
    }
    #expect(try plan(nil).contains { $0.name == "conv2d: convolution, ReLU and pooling" })
    let stages = try plan(Regularizer(l2: 0.1))
    #expect(
      stages.first { $0.name == "conv2d: convolution and ReLU" }?.reason
        == "activity_regularizer wants all outputs: oneDNN")
    #expect(stages.contains { $0.name == "conv2d: penalty" })
  }

  /// The chunk is the whole batch where that is small, else as much as may be kept.
  @Test func chunksFollowFromModelAndBatch() throws {
    let small = try Executor(Self.model(), largestBatch: 100, threads: 1, forTraining: true)
    #expect(small.planDescription.chunk == 112)
    let rows = try Executor(Model([50], [Dense(units: 3)]), largestBatch: 90, threads: 1, forTraining: true)
    #expect(rows.planDescription.chunk == 96)
    let large = try Model(
      [200, 200, 3],
      [Conv2D(filters: 16, kernelSize: [3, 3], activation: .relu), MaxPooling2D(), Flatten(), Dense(units: 2)])
    let plan = try Executor(large, largestBatch: 128, threads: 1, forTraining: true).planDescription
    #expect(plan.chunk < 128 && plan.chunk % plan.block == 0)
    #expect(plan.keptBytes < 115 << 20)
    // Nothing is kept where nothing goes back.
    let user = try Executor(large, largestBatch: 128, threads: 1, forTraining: false).planDescription
    #expect(user.keptBytes / user.chunk < plan.keptBytes / plan.chunk)
  }

  @Test func tellsWhereTheTimeWent() throws {
    let model = try Self.model()
    let executor = try Executor(model, largestBatch: 32, threads: 2, forTraining: true, isProfiled: true)
    _ = executor.weights.values.update(from: model.testWeights(seed: 7))
    for _ in 0..<3 {
      _ = try executor.step(
        numbers(32 * 1200, seed: 1), targets: (0..<32).map { Float($0 % 2) }, count: 32, width: 1,
        loss: .binaryCrossentropy)
      executor.timeOptimizer {}
    }
    let profile = try #require(executor.profile)
    #expect(profile.steps == 3)
    #expect(profile.stages.map(\.name) == executor.planDescription.stages.map(\.name))
    for stage in profile.stages { #expect(stage.forward > 0, "\(stage.name)") }
    #expect(profile.stages.contains { $0.backward > 0 })
    let busy = profile.stages.reduce(0) { $0 + $1.forward + $1.backward }
    #expect(profile.input > 0 && profile.loss > 0 && profile.reduction > 0 && profile.statistics > 0)
    #expect(busy <= 2 * profile.elapsed)
    let rest = profile.input + profile.loss + profile.refreshing + profile.statistics + profile.reduction
    #expect(abs(busy + rest + profile.waiting - 2 * (profile.elapsed - profile.optimizer)) < 1e-6)

    // Use is not training.
    _ = try executor.prediction(numbers(32 * 1200, seed: 1), count: 32, width: 1)
    #expect(executor.profile == profile)
    #expect(try Executor(model, largestBatch: 1, threads: 1, forTraining: false).profile == nil)
  }
}
