import ConvoNetwork
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where the weights of finished epochs are kept: a temporary file without a name, so that they take no memory, and that
/// nothing is left behind however the process ends.
///
/// What is put in is read through a `EpochSnapshot`; with the last reference to that, its place in the file is free
/// again, and with the last reference to anything of the file, the file is.
final class EpochArchive: Sendable {
  /// As many bytes of the file are used at most, unless told otherwise.
  static let usualBudget = 2 << 30

  /// The most bytes that are kept.
  let budget: Int
  private let space: Mutex<FreeSpace>
  private let descriptor: Int32

  /// Opens a file and takes its name away.
  ///
  /// - Parameters:
  ///   - budget: The most bytes to keep; no more than half of what is free.
  ///   - directory: The one for temporary files where `nil`.
  convenience init(budget: Int = usualBudget, directory: String? = nil) throws(ArchiveError) {
    let usual = getenv("TMPDIR").map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
    let directory = directory ?? usual
    var path = Array("\(directory)/convo-epochs-XXXXXX".utf8CString)
    let descriptor = mkstemp(&path)
    guard descriptor >= 0 else { throw ArchiveError("no file can be made in '\(directory)': \(Self.reason(errno))") }
    _ = unlink(path)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    self.init(descriptor: descriptor, budget: min(budget, Self.room(for: descriptor)))
  }

  /// Half of what is free where a file lies: other programs need room as well.
  private static func room(for descriptor: Int32) -> Int {
    var volume = statvfs()
    guard fstatvfs(descriptor, &volume) == 0 else { return .max }
    let (free, isTooLarge) = Int(clamping: volume.f_bavail).multipliedReportingOverflow(
      by: Int(clamping: volume.f_frsize))
    return isTooLarge ? .max : free / 2
  }

  /// Uses an open file, and closes it in the end.
  init(descriptor: Int32, budget: Int) {
    self.descriptor = descriptor
    self.budget = budget
    space = Mutex(FreeSpace(size: budget))
  }

  deinit {
    close(descriptor)
  }

  /// Writes weights and what the optimizer remembers.
  ///
  /// - Returns: `nil` where there is no room for them within the budget.
  func keep(_ weights: UnsafeBufferPointer<Float>, _ optimizer: OptimizerState) throws(ArchiveError) -> EpochSnapshot? {
    let width = MemoryLayout<Float>.stride
    let slots = optimizer.iterations > 0 ? optimizer.withValues { $0.count } : 0
    let (bytes, overflow) = (weights.count + slots).multipliedReportingOverflow(by: width)
    guard !overflow, let offset = space.withLock({ $0.take(bytes) }) else { return nil }
    let snapshot = EpochSnapshot(
      archive: self, range: offset..<offset + bytes, weights: weights.count,
      optimizer: optimizer.iterations > 0 ? EpochSnapshot.OptimizerOutline(optimizer) : nil)
    var problem = write(UnsafeRawBufferPointer(weights), at: offset)
    if problem == nil, slots > 0 {
      problem = optimizer.withValues { write(UnsafeRawBufferPointer($0), at: offset + weights.count * width) }
    }
    if let problem { throw problem }
    return snapshot
  }

  private func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> ArchiveError? {
    var done = 0
    while done < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
      let count = pwrite(descriptor, rest.baseAddress, rest.count, off_t(offset + done))
      if count > 0 {
        done += count
      } else if count == 0 || errno != EINTR {
        return ArchiveError("the file can't be written: \(Self.reason(count == 0 ? ENOSPC : errno))")
      }
    }
    return nil
  }

  /// Fills memory from the file.
  func read(into bytes: UnsafeMutableRawBufferPointer, at offset: Int) -> ArchiveError? {
    var done = 0
    while done < bytes.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: bytes[done...])
      let count = pread(descriptor, rest.baseAddress, rest.count, off_t(offset + done))
      if count > 0 {
        done += count
      } else if count == 0 {
        return ArchiveError("the file is shorter than what was written")
      } else if errno != EINTR {
        return ArchiveError("the file can't be read: \(Self.reason(errno))")
      }
    }
    return nil
  }

  func free(_ range: Range<Int>) {
    space.withLock { $0.give(range) }
  }

  private static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}

/// Why epochs can't be kept, or can't be read.
public struct ArchiveError: Error, Hashable, Sendable {
  /// One sentence without a full stop.
  public let problem: String

  init(_ problem: String) {
    self.problem = problem
  }

  /// There was not room for all.
  static let displaced = ArchiveError("its place was needed for later epochs")
}

/// The free parts of a file, in order and not touching each other.
struct FreeSpace {
  private(set) var parts: [Range<Int>]

  init(size: Int) {
    parts = size > 0 ? [0..<size] : []
  }

  /// The place of so many bytes; `nil` where no part has as many.
  mutating func take(_ bytes: Int) -> Int? {
    guard let index = parts.firstIndex(where: { $0.count >= bytes }) else { return nil }
    let start = parts[index].lowerBound
    parts[index] = start + bytes..<parts[index].upperBound
    if parts[index].isEmpty { parts.remove(at: index) }
    return start
  }

  /// Takes back what was given out.
  mutating func give(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    let index = parts.firstIndex { $0.lowerBound >= range.upperBound } ?? parts.endIndex
    var range = range
    if index < parts.endIndex, parts[index].lowerBound == range.upperBound {
      range = range.lowerBound..<parts[index].upperBound
      parts.remove(at: index)
    }
    if index > 0, parts[index - 1].upperBound == range.lowerBound {
      parts[index - 1] = parts[index - 1].lowerBound..<range.upperBound
    } else {
      parts.insert(range, at: index)
    }
  }
}
