import CHDF5

/// All that a file of HDF5 holds: numbers and texts by their paths.
///
/// The library reads it in a process of its own (see the C shim); here is nothing but what that process made of it, each
/// length of which is looked at.
struct HDF5Tree {
  private var groups: Set<String> = []
  private var numbers: [String: Numbers] = [:]
  private var texts: [String: [String: [String]]] = [:]
  /// The numbers of all datasets, one after another.
  private var floats: [Float] = []
  private var integers: [Int64] = []

  private struct Numbers {
    let shape: [Int]
    let range: Range<Int>
    let isWhole: Bool
  }

  /// Reads what was read.
  ///
  /// - Throws: where the bytes are no HDF5, or hold much more than their number lets expect.
  init(_ bytes: [UInt8]) throws(KerasFileError) {
    // Numbers of 16 bits become twice as many bytes, and compressed ones some more.
    let room = bytes.count * 8 + (16 << 20)
    var records: UnsafeMutablePointer<UInt8>?
    var used = 0
    let status = try HDF5File.alone { () throws(KerasFileError) in
      Int(bytes.withUnsafeBytes { convo_h5_read_all($0.baseAddress, $0.count, room, &records, &used) })
    }
    switch status {
    case convo_h5_read: break
    case convo_h5_too_much: throw .damaged("it would unpack to more than \(room) bytes")
    case convo_h5_no_process:
      throw KerasFileError("no process could be started to read it", help: "close other programs and try again")
    case _: throw .damaged("its weights are no HDF5 that can be read")
    }
    guard let records else { throw .damaged("its weights are no HDF5") }
    defer { convo_h5_free_records(records, room) }
    var reader = RecordReader(UnsafeRawBufferPointer(start: records, count: used))
    while !reader.isAtEnd {
      guard read(&reader) else { throw .damaged("its weights make no sense") }
    }
  }

  /// Reads one record; `false` where it makes no sense.
  private mutating func read(_ reader: inout RecordReader) -> Bool {
    guard let kind = reader.byte(), let path = reader.text() else { return false }
    switch kind {
    case UInt8(ascii: "g"):
      groups.insert(path)
      return true
    case UInt8(ascii: "t"):
      guard let name = reader.text(), let count = reader.count() else { return false }
      var list: [String] = []
      for _ in 0..<count {
        guard let text = reader.text() else { return false }
        list.append(text)
      }
      texts[path, default: [:]][name] = list
      return true
    case UInt8(ascii: "f"):
      guard let (shape, range) = Self.numbers(&reader, into: &floats) else { return false }
      numbers[path] = Numbers(shape: shape, range: range, isWhole: false)
      return true
    case UInt8(ascii: "i"):
      guard let (shape, range) = Self.numbers(&reader, into: &integers) else { return false }
      numbers[path] = Numbers(shape: shape, range: range, isWhole: true)
      return true
    case _: return false
    }
  }

  /// The shape of a dataset, and where its numbers are in the list to which they were added.
  private static func numbers<Number: BitwiseCopyable>(
    _ reader: inout RecordReader, into list: inout [Number]
  ) -> (shape: [Int], range: Range<Int>)? {
    guard let sides = reader.count() else { return nil }
    var shape: [Int] = []
    var count = 1
    for _ in 0..<sides {
      guard let side = reader.number() else { return nil }
      let (product, overflow) = count.multipliedReportingOverflow(by: side)
      guard !overflow else { return nil }
      count = product
      shape.append(side)
    }
    let first = list.count
    return reader.numbers(count, into: &list) ? (shape, first..<list.count) : nil
  }

  static func inWords(_ shape: [Int]) -> String {
    shape.isEmpty ? "of a single number" : shape.map(String.init).joined(separator: "x")
  }

  /// Whether there is a group or a dataset.
  func has(_ path: String) -> Bool {
    groups.contains(path) || numbers[path] != nil
  }

  /// The shape of a dataset of numbers; `nil` where there is none.
  func shape(_ path: String) -> [Int]? {
    numbers[path]?.shape
  }

  /// The numbers of a dataset, one after another; `nil` where there is none.
  func numbers(_ path: String) -> ArraySlice<Float>? {
    guard let found = numbers[path] else { return nil }
    return found.isWhole ? integers[found.range].map { Float($0) }[...] : floats[found.range]
  }

  /// A single number; `nil` where there is none.
  func number(_ path: String) -> Float? {
    shape(path) == [] ? numbers(path)?.first : nil
  }

  /// A single whole number; `nil` where there is none.
  func integer(_ path: String) -> Int? {
    guard let found = numbers[path], found.shape.isEmpty else { return nil }
    return found.isWhole
      ? integers[found.range].first.map { Int($0) } : floats[found.range].first.flatMap { Int(exactly: $0) }
  }

  /// The texts of an attribute of a group, the root of which is ""; `nil` where there is none.
  func texts(_ attribute: String, of path: String) -> [String]? {
    texts[path]?[attribute]
  }
}

/// Reads the records of the C shim.
private struct RecordReader {
  private var rest: Slice<UnsafeRawBufferPointer>

  init(_ bytes: UnsafeRawBufferPointer) {
    rest = bytes[...]
  }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func byte() -> UInt8? {
    rest.popFirst()
  }

  mutating func number() -> Int? {
    guard rest.count >= 8 else { return nil }
    let number = UnsafeRawBufferPointer(rebasing: rest).loadUnaligned(as: UInt64.self)
    rest = rest.dropFirst(8)
    return Int(exactly: number)
  }

  /// How many of something that takes a byte at least.
  mutating func count() -> Int? {
    number().flatMap { $0 <= rest.count ? $0 : nil }
  }

  mutating func text() -> String? {
    guard let length = count() else { return nil }
    defer { rest = rest.dropFirst(length) }
    return String(decoding: rest.prefix(length), as: UTF8.self)
  }

  mutating func numbers<Number: BitwiseCopyable>(_ count: Int, into list: inout [Number]) -> Bool {
    let (size, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Number>.size)
    guard !overflow, size <= rest.count else { return false }
    let bytes = UnsafeRawBufferPointer(rebasing: rest.prefix(size))
    list.reserveCapacity(list.count + count)
    for place in 0..<count {
      list.append(bytes.loadUnaligned(fromByteOffset: place * MemoryLayout<Number>.size, as: Number.self))
    }
    rest = rest.dropFirst(size)
    return true
  }
}
