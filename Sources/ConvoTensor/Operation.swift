import COneDNN

/// A primitive with the reorders around it that are needed where a caller's tensor has another layout than the primitive
/// computes in. What calls it need not know that layouts differ.
public final class Operation: Sendable {
  /// Whether the primitive reads the argument or leaves it.
  enum Direction {
    case input, output
  }

  /// An argument, in the caller's layout.
  struct Argument: Sendable {
    let number: Int32
    /// What turns the caller's layout into the primitive's, or back; `nil` where they are the same.
    let reorder: Primitive?
    /// The primitive's layout, where it is not the caller's.
    let inner: Layout?
    let direction: Direction
  }

  /// What the operation does: "forward convolution".
  public let name: String
  let primitive: Primitive
  let arguments: [Argument]
  let scratch: Layout?
  let scratchBytes: Int

  /// - Parameter arguments: the argument's number, the caller's layout of it, and its direction, in the order in which
  ///   `run` takes them.
  init(
    _ name: String, _ primitive: Primitive, _ arguments: [(Int32, Layout, Direction)]
  ) throws(ComputeError) {
    self.name = name
    self.primitive = primitive
    var adapted: [Argument] = []
    for (number, outer, direction) in arguments {
      let inner = try primitive.requiredLayout(of: number)
      if inner == outer {
        adapted.append(Argument(number: number, reorder: nil, inner: nil, direction: direction))
      } else {
        let (from, to) = direction == .input ? (outer, inner) : (inner, outer)
        let reorder = try Primitive("reorder") { convo_reorder($0, $1, from.handle, to.handle) }
        adapted.append(Argument(number: number, reorder: reorder, inner: inner, direction: direction))
      }
    }
    self.arguments = adapted
    scratch = try primitive.layout(of: convo_scratchpad)
    scratchBytes = scratch?.byteCount ?? 0
  }

  /// What oneDNN calls the code that it chose, with that of the reorders.
  public var implementationNames: [String] {
    [primitive.implementationName] + arguments.compactMap { $0.reorder?.implementationName }
  }

  /// The memory that one thread needs to run the operation, beyond the tensors that it is given.
  public var workingBytes: Int {
    arguments.reduce(scratchBytes) { $0 + ($1.inner?.byteCount ?? 0) }
  }
}

extension Operation {
  /// Runs on the calling thread, to the end. The tensors stand in the order of the operation's arguments; the stream has
  /// been made ready for it by `prepare`.
  func run(
    on stream: ComputeStream, _ first: Tensor, _ second: Tensor, _ third: Tensor? = nil, _ fourth: Tensor? = nil
  ) {
    let prepared = stream.prepared(self)
    withUnsafeTemporaryAllocation(of: dnnl_exec_arg_t.self, capacity: 5) { slots in
      var count = 0
      func add(_ tensor: Tensor) {
        let argument = arguments[count]
        var memory = tensor.memory
        if let reorder = argument.reorder, let temporary = prepared.temporaries[count] {
          if argument.direction == .input { stream.reorder(reorder, from: memory, to: temporary.memory) }
          memory = temporary.memory
        }
        slots.initializeElement(at: count, to: dnnl_exec_arg_t(arg: argument.number, memory: memory))
        count += 1
      }
      add(first)
      add(second)
      if let third { add(third) }
      if let fourth { add(fourth) }
      var total = count
      if let scratch = prepared.scratch {
        slots.initializeElement(at: total, to: dnnl_exec_arg_t(arg: convo_scratchpad, memory: scratch.memory))
        total += 1
      }
      stream.execute(primitive, UnsafeBufferPointer(rebasing: slots[..<total]), name)
    }
    func restore(_ tensor: Tensor?, _ index: Int) {
      guard let tensor, arguments[index].direction == .output else { return }
      if let reorder = arguments[index].reorder, let temporary = prepared.temporaries[index] {
        stream.reorder(reorder, from: temporary.memory, to: tensor.memory)
      }
    }
    restore(first, 0)
    restore(second, 1)
    restore(third, 2)
    restore(fourth, 3)
  }
}
