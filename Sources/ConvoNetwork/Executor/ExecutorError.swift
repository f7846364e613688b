public import ConvoTensor

/// Why a model can't be run.
public enum ExecutorError: Error, Hashable, Sendable {
  /// Running it needs more bytes than the machine has.
  case tooLarge(needed: Int, available: Int)
  /// The operating system gave no threads.
  case noThreads
  /// The compute library can't do a layer.
  case layer(String, ComputeError)
  /// The compute library could not be started.
  case library(ComputeError)
  /// An operation failed while it ran. The weights are as they were.
  case stopped(ComputeError)
  /// The network was planned for smaller batches, and a layer has to see all samples of a batch at once.
  case batch(count: Int, largest: Int)
}

extension ExecutorError {
  /// What is wrong, with the sizes.
  public var problem: String {
    func mebibytes(_ bytes: Int) -> Int { bytes >> 20 }
    return switch self {
    case .tooLarge(let needed, let available):
      "the model needs \(mebibytes(needed)) MB of memory to run; this machine has \(mebibytes(available)) MB"
    case .noThreads: "the system gives no more threads"
    case .layer(let name, let error): "\(name): \(error)"
    case .library(let error): "\(error)"
    case .stopped(let error): "computing stopped: \(error)"
    case .batch(let count, let largest): "a batch of \(count) came to a network that was planned for \(largest)"
    }
  }

  /// How to mend it; may be empty.
  public var help: String {
    switch self {
    case .tooLarge: "make the input smaller, pool earlier, or give the dense layers fewer units"
    case .noThreads: "end other programs, or use fewer threads"
    case .stopped: "nothing is lost; save the model, and start again"
    case .batch: "use batches of the same size"
    case .layer(_, let error), .library(let error):
      error.reason == .tooLarge ? "make the input smaller, or pool earlier" : ""
    }
  }
}
