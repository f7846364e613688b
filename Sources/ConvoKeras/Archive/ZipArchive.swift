import CZip

/// A zip archive in memory. What comes from outside is measured before it is unpacked.
enum ZipArchive {
  /// One file in the archive.
  typealias Entry = (name: String, bytes: [UInt8])

  /// More entries than a model has.
  private static let mostEntries = 1000
  /// Deflate makes nothing smaller than this; more is a trap.
  private static let largestRatio: UInt64 = 1100

  // MARK: - Writing

  /// An archive of these files, none of them compressed: weights hardly get smaller, and Keras reads them in place.
  static func write(_ entries: [Entry]) throws(KerasFileError) -> [UInt8] {
    guard let source = zip_source_buffer_create(nil, 0, 0, nil) else { throw failed }
    guard let archive = zip_open_from_source(source, ZIP_TRUNCATE, nil) else {
      zip_source_free(source)
      throw failed
    }
    // The archive lets go of its source when it is closed.
    zip_source_keep(source)
    defer { zip_source_free(source) }
    // The bytes are read when the archive is closed, and must lie still until then.
    let copies = entries.map { entry in
      let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, entry.bytes.count), alignment: 1)
      entry.bytes.withUnsafeBytes { copy.copyMemory(from: $0) }
      return copy
    }
    defer { copies.forEach { $0.deallocate() } }
    for (entry, copy) in zip(entries, copies) {
      guard let content = zip_source_buffer(archive, copy.baseAddress, UInt64(entry.bytes.count), 0) else {
        zip_discard(archive)
        throw failed
      }
      let index = zip_file_add(archive, entry.name, content, UInt32(ZIP_FL_ENC_UTF_8))
      guard index >= 0, zip_set_file_compression(archive, UInt64(index), Int32(ZIP_CM_STORE), 0) == 0 else {
        if index < 0 { zip_source_free(content) }
        zip_discard(archive)
        throw failed
      }
    }
    guard zip_close(archive) == 0 else {
      zip_discard(archive)
      throw failed
    }
    return try bytes(of: source)
  }

  private static let failed = KerasFileError("the archive can't be written; there may be too little memory")

  private static func bytes(of source: OpaquePointer) throws(KerasFileError) -> [UInt8] {
    var status = zip_stat_t()
    guard zip_source_open(source) == 0 else { throw failed }
    defer { zip_source_close(source) }
    guard zip_source_stat(source, &status) == 0, let size = Int(exactly: status.size) else { throw failed }
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      count = Int(max(0, zip_source_read(source, buffer.baseAddress, UInt64(size))))
    }
    guard bytes.count == size else { throw failed }
    return bytes
  }

  // MARK: - Reading

  /// Reads some files of an archive; those that are not there are left out.
  ///
  /// - Parameter names: What is wanted, and how many bytes of it at most.
  static func read(_ names: [(name: String, most: Int)], from bytes: [UInt8]) throws(KerasFileError) -> [String:
    [UInt8]]
  {
    var failure: KerasFileError?
    var found: [String: [UInt8]] = [:]
    bytes.withUnsafeBytes { buffer in
      do throws(KerasFileError) {
        found = try read(names, from: buffer)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return found
  }

  private static func read(
    _ names: [(name: String, most: Int)], from buffer: UnsafeRawBufferPointer
  ) throws(KerasFileError) -> [String: [UInt8]] {
    guard let source = zip_source_buffer_create(buffer.baseAddress, UInt64(buffer.count), 0, nil) else {
      throw KerasFileError("there is no memory for it")
    }
    guard let archive = zip_open_from_source(source, ZIP_RDONLY, nil) else {
      zip_source_free(source)
      throw .damaged("it is no zip archive, as files that end in .keras are")
    }
    defer { zip_discard(archive) }
    let count = zip_get_num_entries(archive, 0)
    guard (0...Int64(mostEntries)).contains(count) else { throw .damaged("the archive has \(count) files in it") }
    var found: [String: [UInt8]] = [:]
    for (name, most) in names {
      let index = zip_name_locate(archive, name, 0)
      guard index >= 0 else { continue }
      found[name] = try read(name, at: UInt64(index), most: most, from: archive)
    }
    return found
  }

  private static func read(
    _ name: String, at index: UInt64, most: Int, from archive: OpaquePointer
  ) throws(KerasFileError) -> [UInt8] {
    var status = zip_stat_t()
    guard zip_stat_index(archive, index, 0, &status) == 0, status.encryption_method == UInt16(ZIP_EM_NONE),
      let size = Int(exactly: status.size)
    else { throw .damaged("\(name) in it can't be read") }
    guard size <= most, status.size / largestRatio <= status.comp_size else {
      throw .damaged("\(name) in it would have \(status.size) bytes")
    }
    guard let file = zip_fopen_index(archive, index, 0) else { throw .damaged("\(name) in it can't be read") }
    defer { zip_fclose(file) }
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size, let start = buffer.baseAddress {
        let got = zip_fread(file, start + count, UInt64(size - count))
        guard got > 0 else { break }
        count += Int(got)
      }
    }
    // Reading on to the end has the checksum looked at.
    var rest: UInt8 = 0
    guard bytes.count == size, zip_fread(file, &rest, 1) == 0 else { throw .damaged("\(name) in it breaks off") }
    return bytes
  }
}
