public import ConvoData
import ConvoNetwork
import ConvoTensor

/// What a model says of every picture of a generator, in the order of its samples.
///
/// The mean loss and the accuracy are those that `evaluate` measures on pictures that are not changed at random; only of
/// logits is the accuracy another, since metrics take them for probabilities.
public struct Answers: Sendable {
  /// Without the pictures that have become unreadable.
  public let answers: [Answer]
  /// The classes that a picture can be of, or be taken for, by their indices.
  public let classNames: [String]
  /// Whether the model has one output, the probability of class 1, so that a threshold decides.
  public let hasOneOutput: Bool
  /// Whether the outputs are meant as probabilities.
  public let areProbabilities: Bool
  /// What the regularizers of the weights add to the mean loss.
  public let weightPenalty: Double

  /// - Precondition: at least one answer.
  init(
    _ answers: [Answer], classNames: [String], hasOneOutput: Bool, areProbabilities: Bool, weightPenalty: Double
  ) {
    self.answers = answers
    self.classNames = classNames
    self.hasOneOutput = hasOneOutput
    self.areProbabilities = areProbabilities
    self.weightPenalty = weightPenalty
  }

  public var count: Int { answers.count }

  /// The mean loss of the pictures, with what the weights add.
  public var meanLoss: Double {
    answers.reduce(0) { $0 + $1.loss } / Double(count) + weightPenalty
  }

  /// The class that the model decides for: with one output the second one if its probability is above the threshold, else
  /// the most probable one, the first of equals. As with the metrics, what is not a number is never the largest.
  public func choice(of answer: Answer, threshold: Double = 0.5) -> Int {
    // In the precision of the outputs, as the metrics compare them.
    if hasOneOutput { return Float(answer.probabilities[1]) > Float(threshold) ? 1 : 0 }
    return answer.probabilities.indexOfLargest
  }

  public func isRight(_ answer: Answer, threshold: Double = 0.5) -> Bool {
    choice(of: answer, threshold: threshold) == answer.truth
  }

  /// The share of right answers.
  public func accuracy(threshold: Double = 0.5) -> Double {
    Double(answers.count { isRight($0, threshold: threshold) }) / Double(count)
  }

  /// How often pictures of each class, by row, are taken for each class, by column.
  public func confusion(threshold: Double = 0.5) -> [[Int]] {
    var table = classNames.map { _ in classNames.map { _ in 0 } }
    for answer in answers { table[answer.truth][choice(of: answer, threshold: threshold)] += 1 }
    return table
  }

  /// The wrong answers, the largest loss first; among equals in the order of the pictures.
  public func mistakes(threshold: Double = 0.5) -> [Answer] {
    answers.filter { !isRight($0, threshold: threshold) }.sorted {
      // A loss that is not a number is worse than any.
      let (first, second) = ($0.loss.isNaN ? .infinity : $0.loss, $1.loss.isNaN ? .infinity : $1.loss)
      return first == second ? $0.sample < $1.sample : first > second
    }
  }
}

extension [Double] {
  /// The place of the largest number, the first of equals; 0 where none is a number.
  var indexOfLargest: Int {
    var place = 0
    var best = -Double.infinity
    for (index, number) in enumerated() where number > best {
      best = number
      place = index
    }
    return place
  }
}

extension Trainer {
  /// Asks the model about every picture of a generator, as it is: once, and without random changes.
  ///
  /// - Parameters:
  ///   - isInterrupted: Asked between batches.
  ///   - report: Called on this thread, with `validating` after each batch, and with `problems`.
  /// - Throws: What is wrong, or `interrupted`.
  public func answers(
    _ state: LearnedState, on generator: ImageGenerator, isInterrupted: () -> Bool = { false },
    report: (TrainingEvent) -> Void = { _ in }
  ) throws(TrainingError) -> Answers {
    let compiled = try checked(state, on: [generator])
    guard generator.options.classMode != .input else { throw .mismatch(.noClasses(in: generator)) }
    let still = generator.still
    let runner = try runner(compiled, state, on: [still], forTraining: false)
    let width = model.outputShape.sides[0]
    var answers: [Answer] = []
    answers.reserveCapacity(still.count)
    try runner.goThrough(still, isInterrupted: isInterrupted, report: report) { batch, outputs, losses in
      for row in 0..<batch.count {
        let sample = batch.indices[row]
        answers.append(
          Answer(
            sample: sample, file: still.samples[sample].path, truth: batch.labels[row],
            probabilities: Probabilities.of(
              outputs[row * width..<(row + 1) * width], areLogits: compiled.loss.fromLogits),
            loss: Double(losses[row])))
      }
    }
    let known = generator.classNames
    return Answers(
      answers, classNames: known + (known.count..<max(known.count, width, 2)).map { "class \($0)" },
      hasOneOutput: width == 1,
      areProbabilities: compiled.loss.fromLogits || [.sigmoid, .softmax].contains(model.layers.last?.spec.activation),
      weightPenalty: runner.weightPenalty)
  }
}

extension CompileProblem {
  /// Pictures that are their own truth have no classes to be right or wrong about.
  fileprivate static func noClasses(in generator: ImageGenerator) -> CompileProblem {
    CompileProblem(
      "with class_mode=input each image of \(generator.name) is its own truth, so that no answer is right or wrong",
      help: "load \(generator.name) with class_mode=binary, categorical or sparse")
  }
}

extension BatchRunner {
  /// Measures the batches of one pass.
  ///
  /// - Parameter body: Gets each batch with the outputs, `[count, width]`, and the losses, `[count]`.
  func goThrough(
    _ generator: ImageGenerator, isInterrupted: () -> Bool, report: (TrainingEvent) -> Void,
    body: (_ batch: Batch, _ outputs: UnsafeBufferPointer<Float>, _ losses: UnsafeBufferPointer<Float>) -> Void
  ) throws(TrainingError) {
    let steps = generator.stepsPerPass
    let stream = WatchedStream(generator.batches(epoch: 0, steps: steps))
    for step in 1...steps {
      if isInterrupted() { throw .interrupted }
      guard let batch = try stream.next(report: report) else { break }
      try evaluate(batch, penalty: 0)
      body(batch, UnsafeBufferPointer(predictions.values), UnsafeBufferPointer(losses.values))
      report(.validating(step: step, steps: steps))
    }
  }
}
