import COneDNN

/// What the compute library could not do.
public struct ComputeError: Error, Hashable, Sendable {
  /// Why, as far as the library tells.
  public enum Reason: Hashable, Sendable {
    case outOfMemory
    case unsupported
    /// More than oneDNN's code can address.
    case tooLarge
    case invalidArguments
    /// Any other status of the library, by its number.
    case failed(status: UInt32)
  }

  /// What was attempted: "forward convolution".
  public var operation: String
  public var reason: Reason

  /// A failure of `operation`.
  public init(_ operation: String, _ reason: Reason) {
    self.operation = operation
    self.reason = reason
  }
}

extension ComputeError: CustomStringConvertible {
  /// What was attempted and why it failed.
  public var description: String {
    switch reason {
    case .outOfMemory: "\(operation): out of memory"
    case .unsupported: "\(operation): oneDNN can't do this on this machine"
    case .tooLarge: "\(operation): more than 2 GB for what is computed at a time"
    case .invalidArguments: "\(operation): oneDNN refused the arguments"
    case .failed(let status): "\(operation): oneDNN failed with status \(status)"
    }
  }
}

extension ComputeError {
  /// What a call of the library that did not succeed reports.
  init(_ operation: String, status: dnnl_status_t) {
    switch status {
    case dnnl_out_of_memory: self.init(operation, .outOfMemory)
    case dnnl_unimplemented: self.init(operation, .unsupported)
    case dnnl_invalid_arguments: self.init(operation, .invalidArguments)
    default: self.init(operation, .failed(status: UInt32(status.rawValue)))
    }
  }

  /// Throws where a call of the library did not succeed.
  static func check(_ status: dnnl_status_t, _ operation: @autoclosure () -> String) throws(ComputeError) {
    if status != dnnl_success { throw ComputeError(operation(), status: status) }
  }
}
