public import ConvoData
import ConvoNetwork
import ConvoTensor

/// What a model's last layer computes for the pictures of a generator before its sigmoid or softmax, and what loss and
/// accuracy these numbers come to: as they are, and changed.
public struct Logits: Sendable {
  /// The numbers of a picture: one for two classes, else one for each class.
  public let width: Int
  /// `[images, width]`
  public let values: [Float]
  /// The class of each picture.
  public let truths: [Int]
  /// Which sample of the generator each picture is.
  public let samples: [Int]
  let loss: Loss
  /// `[images, 1 or width]`
  private let targets: [Float]

  /// - Parameter loss: A cross-entropy, whose other options are kept.
  init(width: Int, values: [Float], truths: [Int], samples: [Int], loss: Loss) {
    self.width = width
    self.values = values
    self.truths = truths
    self.samples = samples
    self.loss = loss
    targets = truths.flatMap { truth in
      loss.targetWidth(outputs: width) == 1
        ? [Float(truth)] : (0..<width).map { $0 == truth ? Float(1) : 0 }
    }
  }

  /// Whether the truth was moved towards not knowing, so that a right answer can be too sure.
  public var isSmoothed: Bool { loss.labelSmoothing > 0 }

  /// The pictures.
  public var count: Int { truths.count }

  /// The logit whose changes move the answers towards a class: the only one, or that of the last class.
  public var movedUnit: Int { width - 1 }

  /// How far above that of its best rival the moved logit of a picture is: of one logit, the logit itself. Where it is
  /// above 0, the model decides for the moved class.
  public func margin(_ image: Int) -> Double {
    let row = values[image * width..<(image + 1) * width]
    guard let moved = row.last else { return 0 }
    return Double(moved) - Double(row.dropLast().max() ?? 0)
  }

  /// Loss and accuracy of the logits after (logits + shift) · factor.
  ///
  /// - Parameters:
  ///   - shift: What is added to the moved logit of each picture.
  ///   - along: What the shift of each picture is multiplied by; 1 where `nil`.
  public func measured(shift: Double = 0, along direction: [Float]? = nil, factor: Double = 1) -> (
    loss: Double, accuracy: Double
  ) {
    var changed = values
    for image in 0..<count {
      let moved = image * width + movedUnit
      changed[moved] += Float(shift) * (direction?[image] ?? 1)
    }
    if factor != 1 { for index in changed.indices { changed[index] *= Float(factor) } }
    var losses = [Float](repeating: 0, count: count)
    changed.withUnsafeBufferPointer { logits in
      targets.withUnsafeBufferPointer { targets in
        losses.withUnsafeMutableBufferPointer { losses in
          loss.evaluate(
            rows: count, width: width, logits: logits, outputs: logits, activation: .linear, targets: targets,
            losses: losses, gradientScale: 1, gradient: nil)
        }
      }
    }
    let right = (0..<count).count { image in
      choice(changed[image * width..<(image + 1) * width]) == truths[image]
    }
    return (
      losses.reduce(0) { $0 + Double($1) } / Double(count), Double(right) / Double(count)
    )
  }

  /// The first of the largest, or whether the only one is above 0.
  private func choice(_ row: ArraySlice<Float>) -> Int {
    width == 1 ? (row.first ?? 0) > 0 ? 1 : 0 : row.map(Double.init).indexOfLargest
  }
}

extension Trainer {
  /// The logits of the model for every picture of a generator, as it is.
  ///
  /// - Throws: Also where the model was not compiled with a cross-entropy over its classes.
  public func logits(
    _ state: LearnedState, on generator: ImageGenerator, isInterrupted: () -> Bool = { false },
    report: (TrainingEvent) -> Void = { _ in }
  ) throws(TrainingError) -> Logits {
    let compiled = try checked(state, on: [generator])
    let width = model.outputShape.sides[0]
    var loss = compiled.loss
    loss.fromLogits = true
    guard let bare = model.withoutLastActivation, loss.kind != .meanSquaredError,
      loss.kind != .binaryCrossentropy || width == 1, generator.options.classMode != .input
    else {
      throw .mismatch(
        CompileProblem(
          "this takes apart a cross-entropy over the classes, and \(model.name) has another loss",
          help: "compile loss=binary_crossentropy with dense 1 activation=sigmoid, and train it"))
    }
    let still = generator.still
    let runner = try Trainer(bare, threads: threads, seed: seed, kernels: kernels)
      .runner(
        CompileSettings(loss: loss, optimizer: compiled.optimizer), state, on: [still], forTraining: false)
    var (values, truths, samples) = ([Float](), [Int](), [Int]())
    try runner.goThrough(still, isInterrupted: isInterrupted, report: report) { batch, outputs, _ in
      values += outputs[..<(batch.count * width)]
      truths += batch.labels
      samples += batch.indices
    }
    return Logits(width: width, values: values, truths: truths, samples: samples, loss: loss)
  }
}

extension Model {
  /// The same model with a last layer that ends without an activation, or `nil` where there is no such layer. Its weights
  /// are the same.
  var withoutLastActivation: Model? {
    guard let last = layers.last else { return nil }
    var bare = prefix(layers.count - 1)
    let spec: any LayerSpec
    switch last.spec {
    case var dense as Dense:
      dense.activation = .linear
      spec = dense
    case is ActivationLayer: spec = ActivationLayer(.linear)
    case let other where other.activation == .linear: spec = other
    default: return nil
    }
    do { try bare.add(spec) } catch { return nil }
    return bare
  }
}
