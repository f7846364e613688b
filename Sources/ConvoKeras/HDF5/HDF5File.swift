import CHDF5

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file of HDF5 that is written in memory.
///
/// The library is not made for several threads: each file is used within `HDF5File.alone`.
struct HDF5File: ~Copyable {
  private let file: hid_t

  private static let gate = Gate()

  /// Runs work with HDF5 that no other thread disturbs.
  static func alone<Success>(_ work: () throws(KerasFileError) -> Success) throws(KerasFileError) -> Success {
    gate.close()
    defer { gate.open() }
    convo_h5_begin()
    return try work()
  }

  /// Begins an empty file.
  init() throws(KerasFileError) {
    file = convo_h5_create()
    guard file >= 0 else { throw KerasFileError("HDF5 can't begin a file in memory") }
  }

  deinit {
    convo_h5_close(file)
  }

  /// The file's bytes.
  func bytes() throws(KerasFileError) -> [UInt8] {
    let size = convo_h5_image(file, nil, 0)
    guard size > 0 else { throw KerasFileError("HDF5 can't write the file") }
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      count = max(0, convo_h5_image(file, buffer.baseAddress, size))
    }
    guard bytes.count == size else { throw KerasFileError("HDF5 can't write the file") }
    return bytes
  }
}

// MARK: - Writing

extension HDF5File {
  private func check(_ isDone: Int32, _ path: String) throws(KerasFileError) {
    guard isDone != 0 else { throw KerasFileError("HDF5 can't write \(path)") }
  }

  func write(_ path: String, shape: [Int], _ numbers: UnsafeBufferPointer<Float>) throws(KerasFileError) {
    let sides = shape.map(UInt64.init)
    try check(convo_h5_write_floats(file, path, Int32(sides.count), sides, numbers.baseAddress), path)
  }

  func write(_ path: String, number: Float) throws(KerasFileError) {
    try check(convo_h5_write_floats(file, path, 0, nil, [number]), path)
  }

  func write(_ path: String, integer: Int) throws(KerasFileError) {
    try check(convo_h5_write_integer(file, path, Int64(integer)), path)
  }

  func makeGroup(_ path: String) throws(KerasFileError) {
    try check(convo_h5_make_group(file, path), path)
  }

  /// Sets an attribute of a group to a text.
  func set(_ attribute: String, of path: String, to text: String) throws(KerasFileError) {
    try check(text.withCString { pointer in convo_h5_set_texts(file, path, attribute, -1, [pointer]) }, path)
  }

  /// Sets an attribute of a group to a list of texts.
  func set(_ attribute: String, of path: String, to texts: [String]) throws(KerasFileError) {
    let copies = texts.map { strdup($0) }
    defer { copies.forEach { free($0) } }
    guard copies.allSatisfy({ $0 != nil }) else { throw KerasFileError("there is no memory for \(path)") }
    let pointers = copies.map { $0.map { UnsafePointer($0) } }
    try check(convo_h5_set_texts(file, path, attribute, Int32(texts.count), pointers), path)
  }
}

/// Lets one thread through at a time.
private final class Gate: @unchecked Sendable {
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)

  init() { pthread_mutex_init(lock, nil) }

  deinit {
    pthread_mutex_destroy(lock)
    lock.deallocate()
  }

  func close() { pthread_mutex_lock(lock) }
  func open() { pthread_mutex_unlock(lock) }
}
