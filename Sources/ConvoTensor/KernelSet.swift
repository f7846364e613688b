import CKernels

/// Convo's own kernels, compiled for one kind of processor.
public struct KernelSet: @unchecked Sendable {
  // A constant of the C target.
  let functions: UnsafePointer<convo_kernels>

  /// `avx512`, `avx2` or `baseline`.
  public var name: String { String(cString: functions.pointee.name) }

  /// Those that this processor can run, the fastest first; `baseline` runs everywhere.
  public static let available: [KernelSet] = (0..<convo_kernels_count()).compactMap { index in
    convo_kernels_at(index).map(KernelSet.init(functions:))
  }

  /// The fastest.
  public static var best: KernelSet { available[0] }

  /// All that there are, whether this processor can run them or not.
  public static let names = ["avx512", "avx2", "baseline"]

  /// The set of that name; `nil` where the processor can't run it, or there is none.
  public static func named(_ name: String) -> KernelSet? {
    available.first { $0.name == name }
  }
}

extension KernelSet: Hashable {
  public static func == (left: KernelSet, right: KernelSet) -> Bool { left.functions == right.functions }

  public func hash(into hasher: inout Hasher) { hasher.combine(functions) }
}
