import COneDNN

/// The processor as oneDNN sees it. Made once; every primitive and every block of memory belongs to it.
enum ComputeEngine {
  /// Never released: it lives as long as the process.
  private nonisolated(unsafe) static let made: (engine: dnnl_engine_t?, status: dnnl_status_t) = {
    var engine: dnnl_engine_t?
    let status = convo_engine_create(&engine)
    return (engine, status)
  }()

  /// The engine.
  static func shared() throws(ComputeError) -> dnnl_engine_t {
    try ComputeError.check(made.status, "starting oneDNN")
    guard let engine = made.engine else { throw ComputeError("starting oneDNN", .outOfMemory) }
    return engine
  }
}

/// The calling thread, made ready for computing.
public enum ComputeThread {
  /// To be called once on every thread that makes or runs kernels, before it does, and that does nothing else: oneDNN
  /// then works on that thread alone, which makes results independent of the number of processors, and numbers below
  /// the smallest normal float count as zero.
  public static func prepare() {
    computeAlone()
    convo_flush_denormals()
  }

  /// The first half of `prepare`, for threads that have other work too.
  static func computeAlone() {
    convo_compute_alone()
  }
}
