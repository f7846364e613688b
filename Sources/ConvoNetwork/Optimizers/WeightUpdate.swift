/// The steps of one optimizer on the weights of one network: made once, used for every step, allocating nothing.
///
/// A step is one pass over the memory of weights, gradients and slots: it goes through them in blocks that stay in the
/// first-level cache, and does to each block all that the optimizer and its options ask for, in loops that the compiler
/// makes vector code of. Clipping by a norm needs a pass over the gradients before. The blocks make up parts that
/// several threads can share; how the weights are cut never depends on the number of threads, and norms are added up in
/// 64 bits in the order of the weights, so that the results are the same bits for any number of threads.
public final class WeightUpdate {
  /// Does parts `0..<parts`, each once, on any threads, and returns when all are done.
  public typealias Parallel = (_ parts: Int, _ work: (_ part: Int) -> Void) -> Void

  private var optimizer: any OptimizerSpec
  private let slotNames: [String]
  private let pieces: WeightPieces
  /// For each piece the sum of the squares of its gradients.
  private let squares: UnsafeMutableBufferPointer<Double>
  /// For each variable the norm of its gradient, or that of all gradients.
  private let norms: UnsafeMutableBufferPointer<Float>

  /// - Parameter variables: Where each weight tensor that can be trained lies; the other weights stay as they are.
  public init(_ optimizer: any OptimizerSpec, variables: [Range<Int>]) {
    self.optimizer = optimizer
    slotNames = optimizer.slotNames
    pieces = WeightPieces(variables)
    squares = .allocate(capacity: pieces.all.count)
    squares.initialize(repeating: 0)
    norms = .allocate(capacity: variables.count)
    norms.initialize(repeating: 0)
  }

  deinit {
    squares.deallocate()
    norms.deallocate()
  }

  /// How far the steps from now on go.
  public var learningRate: Double {
    get { optimizer.learningRate }
    set { optimizer.learningRate = newValue }
  }

  /// Does one step.
  ///
  /// - Parameters:
  ///   - state: What the optimizer remembers.
  ///   - gradients: d loss / d weights, times the loss scale factor; what stands there afterwards is of no use.
  /// - Precondition: The state fits the optimizer, and has as many weights as there are weights and gradients.
  public func step(
    _ state: inout OptimizerState, weights: UnsafeMutableBufferPointer<Float>,
    gradients: UnsafeMutableBufferPointer<Float>, on parallel: Parallel
  ) {
    let count = state.count
    precondition(state.slotNames == slotNames && weights.count == count && gradients.count == count)
    state.step { values, turn in
      func pass(_ range: Range<Int>) -> BlockPass {
        BlockPass(
          options: optimizer.options, turn: turn, weights: UnsafeMutableBufferPointer(rebasing: weights[range]),
          gradients: UnsafeMutableBufferPointer(rebasing: gradients[range]),
          slots: OptimizerSlots(values, stride: count, range: range))
      }
      let needsNorms = turn.isUpdate && optimizer.options.clipping?.needsNorms == true
      if needsNorms {
        parallel(pieces.parts.count) { part in
          for index in pieces.parts[part] {
            squares[index] = 0
            pieces.all[index].forEachBlock { block in
              let pass = pass(block)
              pass.gather()
              squares[index] += pass.sumOfSquares
            }
          }
        }
        addUpNorms()
      }
      parallel(pieces.parts.count) { part in
        for index in pieces.parts[part] {
          let piece = pieces.all[index]
          piece.forEachBlock { block in
            let pass = pass(block)
            if !needsNorms { pass.gather() }
            pass.change(by: optimizer, norm: norms[piece.variable])
          }
        }
      }
    }
  }

  /// Ends training: where the optimizer keeps an average of the weights, it takes their place.
  public func finish(_ state: OptimizerState, weights: UnsafeMutableBufferPointer<Float>) {
    guard optimizer.options.average != nil, state.iterations > 0, let average = state[slot: "average"] else { return }
    for piece in pieces.all {
      for index in piece.range { weights[index] = average[average.startIndex + index] }
    }
  }

  private func addUpNorms() {
    norms.update(repeating: 0)
    var (all, variable, sum) = (0.0, 0, 0.0)
    for (index, piece) in pieces.all.enumerated() {
      if piece.variable != variable { (variable, sum) = (piece.variable, 0) }
      all += squares[index]
      sum += squares[index]
      norms[variable] = Float(sum.squareRoot())
    }
    if case .globalNorm = optimizer.options.clipping { norms.update(repeating: Float(all.squareRoot())) }
  }
}

extension GradientClipping {
  fileprivate var needsNorms: Bool {
    switch self {
    case .norm, .globalNorm: true
    case .value: false
    }
  }
}
