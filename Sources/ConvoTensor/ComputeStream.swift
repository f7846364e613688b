import COneDNN

/// One thread's way to run operations: oneDNN's stream and the scratch memory of every operation that it runs. Used by
/// one thread at a time.
public final class ComputeStream {
  /// What an operation needs on this thread.
  final class Prepared {
    let scratch: Tensor?
    let temporaries: [Tensor?]

    init(scratch: Tensor?, temporaries: [Tensor?]) {
      self.scratch = scratch
      self.temporaries = temporaries
    }
  }

  private let handle: dnnl_stream_t
  private var operations: [ObjectIdentifier: Prepared] = [:]
  // The stream keeps what it has prepared, so that no identifier is used again.
  private let kept: [Operation]

  /// A stream that can run these operations. Operations of one stream share their scratch memory, for they never run at
  /// the same time.
  public init(running operations: [Operation]) throws(ComputeError) {
    var handle: dnnl_stream_t?
    try ComputeError.check(convo_stream_create(&handle, try ComputeEngine.shared()), "making a stream")
    guard let handle else { throw ComputeError("making a stream", .outOfMemory) }
    self.handle = handle
    kept = operations
    let scratchBytes = operations.reduce(0) { max($0, $1.scratchBytes) }
    let scratch = FloatBuffer(count: scratchBytes / MemoryLayout<Float>.stride + 1)
    for operation in operations {
      var temporaries: [Tensor?] = []
      for argument in operation.arguments {
        if let inner = argument.inner { temporaries.append(try Tensor(inner)) } else { temporaries.append(nil) }
      }
      var scratchpad: Tensor?
      if let layout = operation.scratch { scratchpad = try Tensor(layout, in: scratch) }
      self.operations[ObjectIdentifier(operation)] = Prepared(scratch: scratchpad, temporaries: temporaries)
    }
  }

  deinit {
    dnnl_stream_destroy(handle)
  }

  func prepared(_ operation: Operation) -> Prepared {
    guard let prepared = operations[ObjectIdentifier(operation)] else {
      preconditionFailure("\(operation.name) runs on a stream that was not made for it")
    }
    return prepared
  }

  /// The first failure since the last `check`.
  private var failure: ComputeError?

  /// Runs a primitive to its end. What fails is remembered for `check`: everything that can be wrong with a run was
  /// checked when the operation was made, so that only a broken machine fails here.
  func execute(_ primitive: Primitive, _ arguments: UnsafeBufferPointer<dnnl_exec_arg_t>, _ name: String) {
    var status = dnnl_primitive_execute(primitive.handle, handle, Int32(arguments.count), arguments.baseAddress)
    if status == dnnl_success { status = dnnl_stream_wait(handle) }
    if status != dnnl_success { fail(ComputeError(name, status: status)) }
  }

  /// Remembers a failure, unless there was one before.
  package func fail(_ error: ComputeError) {
    failure = failure ?? error
  }

  /// Throws, and forgets, the first failure of what was run since the last call.
  public func check() throws(ComputeError) {
    guard let failure else { return }
    self.failure = nil
    throw failure
  }

  func reorder(_ primitive: Primitive, from source: dnnl_memory_t, to destination: dnnl_memory_t) {
    withUnsafeTemporaryAllocation(of: dnnl_exec_arg_t.self, capacity: 2) { slots in
      slots.initializeElement(at: 0, to: dnnl_exec_arg_t(arg: convo_source, memory: source))
      slots.initializeElement(at: 1, to: dnnl_exec_arg_t(arg: convo_destination, memory: destination))
      execute(primitive, UnsafeBufferPointer(slots), "reorder")
    }
  }
}
