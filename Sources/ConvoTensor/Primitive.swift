import COneDNN

/// One compiled oneDNN primitive: code made for exactly one problem. It keeps nothing between runs, so any number of
/// threads may run it at once, each with scratch memory of its own.
final class Primitive: @unchecked Sendable {
  let description: dnnl_primitive_desc_t
  let handle: dnnl_primitive_t

  /// Describes and compiles a primitive. `describe` is one of the shim's calls that make a primitive descriptor.
  init(
    _ operation: String,
    _ describe: (UnsafeMutablePointer<dnnl_primitive_desc_t?>, dnnl_engine_t) -> dnnl_status_t
  ) throws(ComputeError) {
    var description: dnnl_primitive_desc_t?
    try ComputeError.check(describe(&description, try ComputeEngine.shared()), operation)
    guard let description else { throw ComputeError(operation, .outOfMemory) }
    var handle: dnnl_primitive_t?
    let status = dnnl_primitive_create(&handle, description)
    guard status == dnnl_success, let handle else {
      dnnl_primitive_desc_destroy(description)
      try ComputeError.check(status, operation)
      throw ComputeError(operation, .outOfMemory)
    }
    self.description = description
    self.handle = handle
  }

  deinit {
    dnnl_primitive_destroy(handle)
    dnnl_primitive_desc_destroy(description)
  }

  /// What oneDNN calls the code that it chose: `jit:avx512_core`, `ref:any`.
  var implementationName: String {
    convo_implementation(description).map { String(cString: $0) } ?? ""
  }

  /// The code is oneDNN's plain loops, hundreds of times slower than the rest.
  var isReference: Bool {
    let name = implementationName
    return name.hasPrefix("ref") || name.hasPrefix("simple")
  }

  /// The layout in which the primitive takes or leaves an argument.
  func layout(of argument: Int32) throws(ComputeError) -> Layout? {
    var handle: convo_layout?
    try ComputeError.check(convo_argument_layout(&handle, description, argument), "asking for a layout")
    return handle.map(Layout.init(owning:))
  }

  /// As `layout(of:)`, for an argument that the primitive must have.
  func requiredLayout(of argument: Int32) throws(ComputeError) -> Layout {
    guard let layout = try layout(of: argument) else { throw ComputeError("asking for a layout", .invalidArguments) }
    return layout
  }
}
