import ConvoData
public import ConvoImages
import ConvoNetwork
import ConvoTensor

/// What a model made of one picture at the end of an epoch.
public struct ImageAnswer: Sendable, Hashable {
  public var epoch: Int
  /// The model's outputs.
  public var outputs: [Float]
  /// By the loss that the model is compiled with, without what its weights add to it.
  public var loss: Double
}

extension Trainer {
  /// Asks the model about one picture as it was at the end of each epoch, with the weights that `fit` kept.
  ///
  /// - Parameters:
  ///   - label: The index of the picture's class, below the number of the preprocessing's classes.
  ///   - isInterrupted: Asked between epochs.
  /// - Returns: An answer for each finished epoch whose weights are there.
  /// - Throws: What is wrong, or `interrupted`.
  public func answers(
    to image: PixelImage, label: Int, _ preprocessing: Preprocessing, of state: LearnedState,
    isInterrupted: () -> Bool = { false }
  ) throws(TrainingError) -> [ImageAnswer] {
    let classes = preprocessing.classNames.count
    let compiled = try checkedCompilation(preprocessing, classes: classes, state)
    guard image.channels == preprocessing.colorMode.channels, (0..<classes).contains(label) else { return [] }
    let runner = try BatchRunner(
      model, compiled, from: state, classes: classes, largestBatch: 1, threads: threads, kernels: kernels,
      forTraining: false)
    let batch = Batch(
      indices: [0], labels: [label], images: [preprocessing.apply(to: image)],
      imageShape: preprocessing.imageShape.sides,
      classMode: compiled.loss.targetWidth(outputs: model.outputShape.count ?? 0) == 1 ? .sparse : .categorical,
      standardization: preprocessing.standardization)
    var answers: [ImageAnswer] = []
    for record in state.history {
      if isInterrupted() { throw .interrupted }
      guard let moment = try? state.kept.moment(record.epoch), moment.snapshot.count == state.weights.count,
        (try? moment.snapshot.read(into: runner.executor.weights.values)) != nil
      else { continue }
      try runner.evaluate(batch, penalty: 0)
      answers.append(ImageAnswer(epoch: record.epoch, outputs: runner.firstOutputs, loss: runner.tally.loss))
    }
    return answers
  }

  /// The settings of `compile`, once the model is found to answer with a class of the preprocessing.
  private func checkedCompilation(
    _ preprocessing: Preprocessing, classes: Int, _ state: LearnedState
  ) throws(TrainingError) -> CompileSettings {
    guard let compiled = model.compiled else {
      throw .mismatch(CompileProblem("the model \(model.name) is not compiled", help: "compile it first"))
    }
    do throws(CompileProblem) {
      try model.check(
        images: ImageSource(
          name: "the preprocessing", imageShape: preprocessing.imageShape, classMode: nil, classes: classes))
      let outputs = model.outputShape.count ?? 0
      let isIndex = outputs > 1 && compiled.loss.targetWidth(outputs: outputs) == 1
      guard outputs == 1 ? classes == 2 : isIndex ? outputs >= classes : outputs == classes else {
        throw CompileProblem(
          "the \(outputs) outputs of \(model.name) do not stand for the \(classes) classes that it learned",
          help: "a picture's class can be judged with one output for each class, or one for two")
      }
    } catch {
      throw .mismatch(error)
    }
    guard state.fits(model) else { throw .weights(have: state.weights.count, need: model.parameterCount) }
    return compiled
  }
}
