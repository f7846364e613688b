#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A block of 32-bit floats aligned for vector loads, all zero at first.
///
/// The buffer is a reference: whoever holds it may write to it, and only the trainer's own threads do, each to its own
/// part.
public final class FloatBuffer: @unchecked Sendable {
  /// Enough for a cache line and for the widest vector registers.
  private static let alignment = 64

  private let storage: UnsafeMutableRawPointer
  private let floats: UnsafeMutablePointer<Float>
  public let count: Int

  /// Zeros. The system hands out the memory of a large block page by page, as it is first written to.
  public init(count: Int) {
    let (bytes, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Float>.stride)
    guard !overflow, bytes >= 0, let storage = calloc(1, bytes &+ Self.alignment) else {
      fatalError("out of memory: \(count) floats")
    }
    Self.askForLargePages(storage, bytes)
    self.count = count
    self.storage = storage
    floats = storage.alignedUp(toMultipleOf: Self.alignment).bindMemory(to: Float.self, capacity: count)
  }

  deinit {
    free(storage)
  }

  /// Lets the system back a large block by pages of 2 MiB: the kernels stream through tens of megabytes, whose small
  /// pages are more than the processor remembers the addresses of. The system may decline.
  private static func askForLargePages(_ storage: UnsafeMutableRawPointer, _ bytes: Int) {
    #if os(Linux)
      let page = 2 << 20
      let start = storage.alignedUp(toMultipleOf: page)
      let whole = (bytes - (start - storage)) / page * page
      if whole > 0 { madvise(start, whole, MADV_HUGEPAGE) }
    #endif
  }

  /// The first value, for as long as the buffer lives; there is room for none at all where `count` is 0.
  public var first: UnsafeMutablePointer<Float> { floats }

  /// The values, for as long as the buffer lives.
  public var values: UnsafeMutableBufferPointer<Float> {
    UnsafeMutableBufferPointer(start: floats, count: count)
  }
}
