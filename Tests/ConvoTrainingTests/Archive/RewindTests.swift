import ConvoData
import ConvoNetwork
import Testing

@testable import ConvoTraining

/// Going back is never having gone on, to the bit.
@Suite struct RewindTests {
  /// Models whose training remembers something beside the weights.
  enum Kind: CaseIterable { case plain, options, normalized }

  private func model(_ kind: Kind) throws -> Model {
    switch kind {
    case .plain: try smallModel(Adam())
    case .options: try smallModel(descentWithOptions())
    case .normalized: try normalizedModel()
    }
  }

  private let images: StripedImages
  private let train, validation: ImageGenerator

  init() throws {
    images = try StripedImages([9, 9])
    train = try images.generator(batch: 5)
    validation = try images.generator("validation", batch: 9, seed: 8)
  }

  private func fit(
    _ model: Model, from state: LearnedState? = nil, epochs: Int, threads: Int = 1, stopAt: Set<Int> = []
  ) throws -> LearnedState {
    try FitLog(
      Trainer(model, threads: threads), from: state ?? LearnedState(initial: model, seed: 1), on: train,
      validation: validation, FitSettings(epochs: epochs), stopAt: stopAt
    ).state
  }

  @Test(arguments: Kind.allCases, 0...3)
  func aFitAfterwardsIsThatOfAStateThatNeverWentFurther(_ kind: Kind, _ epoch: Int) throws {
    let model = try model(kind)
    let far = try fit(model, epochs: 4)
    #expect(far.keptEpochs == [0, 1, 2, 3, 4])
    let near = epoch == 0 ? LearnedState(initial: model, seed: 1) : try fit(model, epochs: epoch)
    let back = try far.rewound(to: epoch, of: model)
    #expect(back.isTheSame(as: near))
    #expect(back.keptEpochs == Array(0...epoch))
    #expect(try fit(model, from: back, epochs: 2, threads: 4).isTheSame(as: fit(model, from: near, epochs: 2)))
  }

  @Test func toTheLastEpochFromTheMiddleOfTheNext() throws {
    let model = try model(.normalized)
    let stopped = try fit(model, epochs: 3, stopAt: [15])
    #expect(stopped.epochsDone == 2 && stopped.unfinished != nil)
    #expect(try stopped.rewound(to: 2, of: model).isTheSame(as: fit(model, epochs: 2)))
    // And to the beginning, before any epoch has ended.
    let early = try fit(model, epochs: 3, stopAt: [3])
    #expect(try early.rewound(to: 0, of: model).isTheSame(as: LearnedState(initial: model, seed: 1)))
  }

  @Test func overASecondFitAndAFork() throws {
    let model = try model(.plain)
    let first = try fit(model, epochs: 2)
    let second = try fit(model, from: first, epochs: 2)
    let fork = try fit(model, from: first, epochs: 1)
    #expect(try second.rewound(to: 1, of: model).isTheSame(as: fork.rewound(to: 1, of: model)))
    // The fork's third epoch is its own.
    let again = try second.rewound(to: 3, of: model)
    #expect(again.isTheSame(as: fork))
  }

  /// What the optimizer remembered is of no use to another one.
  @Test func overACompile() throws {
    var model = try model(.plain)
    let first = try fit(model, epochs: 1)
    var state = try fit(model, from: first, epochs: 1).recompiled()
    try model.compile(CompileSettings(loss: .binaryCrossentropy, optimizer: descent(0.1), metrics: [.accuracy]))
    state = try fit(model, from: state, epochs: 1)
    #expect(try state.rewound(to: 1, of: model).isTheSame(as: first.recompiled()))
    #expect(try state.rewound(to: 3, of: model).optimizer?.slotNames == ["momentum"])
  }

  @Test func theRateOfThatEpochIsBack() throws {
    let model = try model(.plain)
    var settings = FitSettings(epochs: 4)
    settings.callbacks.reduceLearningRate = ReduceLearningRate(
      MonitoredMetric("loss", minDelta: 1000), factor: 0.5, patience: 1)
    let state = try FitLog(
      Trainer(model, threads: 1), from: LearnedState(initial: model, seed: 1), on: train, settings
    ).state
    #expect(state.learningRate == 0.000125)
    #expect(try state.rewound(to: 2, of: model).learningRate == 0.0005)
    #expect(try state.rewound(to: 1, of: model).learningRate == nil)
  }

  @Test func theBestEpoch() {
    var state = LearnedState(weights: [])
    #expect(state.bestEpoch == nil)
    func record(_ epoch: Int, _ loss: Double, _ valLoss: Double?) -> EpochRecord {
      EpochRecord(
        epoch: epoch, training: Scores(loss: loss), validation: valLoss.map { Scores(loss: $0) }, images: 1, steps: 1,
        seconds: 1, learningRate: 1)
    }
    state.history = [record(1, 0.5, nil), record(2, .nan, nil), record(3, 0.4, nil)]
    #expect(state.bestEpoch == 3)
    state.history += [record(4, 0.3, 0.9), record(5, 0.2, 0.8), record(6, 0.1, .nan), record(7, 0.05, 0.8)]
    #expect(state.bestEpoch == 5)
  }

  @Test func whereThereIsNoWayBack() throws {
    let model = try model(.plain)
    let state = try fit(model, epochs: 1)
    #expect { try state.rewound(to: 2, of: model) } throws: { error in
      if case RewindError.noSuchEpoch(2, last: 1)? = error as? RewindError { true } else { false }
    }
    var other = LearnedState(weights: state.weights)
    other.history = state.history
    #expect { try other.rewound(to: 1, of: model) } throws: { error in
      guard case RewindError.notKept(1, let reason, kept: [])? = error as? RewindError else { return false }
      return reason.problem == "it was not trained in this session"
    }
  }
}
