import CTIFF

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A TIFF file in memory, opened by libtiff at its first page.
///
/// libtiff returns codes; what it says about a file is kept with its handle and printed nowhere.
final class TIFFFile {
  /// What libtiff may ask for at once for its own tables.
  private static let largestTable = 64 << 20

  private let source: Source
  let handle: OpaquePointer

  /// - Parameter data: must outlive the object.
  init(_ data: UnsafeRawBufferPointer) throws(ImageProblem) {
    guard let options = TIFFOpenOptionsAlloc() else { throw .damaged("no memory for the TIFF decoder") }
    defer { TIFFOpenOptionsFree(options) }
    let source = Source(data)
    self.source = source
    let pointer = Unmanaged.passUnretained(source).toOpaque()
    TIFFOpenOptionsSetMaxSingleMemAlloc(options, tmsize_t(Self.largestTable))
    TIFFOpenOptionsSetErrorHandlerExtR(
      options,
      { _, pointer, _, format, arguments in
        guard let pointer, let format, let arguments else { return 1 }
        Unmanaged<Source>.fromOpaque(pointer).takeUnretainedValue().keep(format, arguments)
        return 1
      }, pointer)
    TIFFOpenOptionsSetWarningHandlerExtR(options, { _, _, _, _, _ in 1 }, nil)
    // "m": read through calls; a mapping would let it reverse bits in the caller's array.
    let handle = TIFFClientOpenExt(
      "", "rm", pointer,
      { source, target, count in
        guard let source, let target else { return 0 }
        return tmsize_t(Unmanaged<Source>.fromOpaque(source).takeUnretainedValue().read(to: target, Int(count)))
      },
      { _, _, _ in 0 },
      { source, offset, origin in
        guard let source else { return .max }
        return Unmanaged<Source>.fromOpaque(source).takeUnretainedValue().seek(offset, origin)
      },
      { _ in 0 },
      { source in
        guard let source else { return 0 }
        return UInt64(Unmanaged<Source>.fromOpaque(source).takeUnretainedValue().data.count)
      }, nil, nil, options)
    guard let handle else { throw source.problem }
    self.handle = handle
  }

  deinit {
    TIFFClose(handle)
  }

  /// What libtiff last complained of, as a problem of the file.
  var problem: ImageProblem { source.problem }

  func number16(_ tag: Int32) -> Int? {
    var value: UInt16 = 0
    return convo_tiff_get_u16(handle, UInt32(tag), &value) == 0 ? nil : Int(value)
  }

  func number32(_ tag: Int32) -> Int? {
    var value: UInt32 = 0
    return convo_tiff_get_u32(handle, UInt32(tag), &value) == 0 ? nil : Int(value)
  }

  private final class Source {
    let data: UnsafeRawBufferPointer
    private var offset = 0
    /// libtiff asked for bytes behind the end.
    private var ranOut = false
    private var message = ""

    init(_ data: UnsafeRawBufferPointer) {
      self.data = data
    }

    var problem: ImageProblem {
      // Of a file without pages libtiff says nothing.
      ranOut ? .truncated : .damaged(message.isEmpty ? "it has no page" : message)
    }

    func read(to target: UnsafeMutableRawPointer, _ wanted: Int) -> Int {
      let count = max(0, min(wanted, data.count - offset))
      if count < wanted { ranOut = true }
      if count > 0, let start = data.baseAddress { target.copyMemory(from: start + offset, byteCount: count) }
      offset += count
      return count
    }

    func seek(_ distance: UInt64, _ origin: Int32) -> UInt64 {
      let base =
        switch origin {
        case SEEK_CUR: offset
        case SEEK_END: data.count
        default: 0
        }
      // Distances from the end or from here may be negative.
      let (place, overflow) = base.addingReportingOverflow(Int(truncatingIfNeeded: distance))
      guard !overflow, place >= 0 else { return .max }
      offset = place
      return UInt64(place)
    }

    /// The first complaint names the cause; those that follow name what it led to.
    func keep(_ format: UnsafePointer<CChar>, _ arguments: CVaListPointer) {
      guard message.isEmpty else { return }
      var text = [CChar](repeating: 0, count: 200)
      let length = vsnprintf(&text, text.count, format, arguments)
      guard length > 0 else { return }
      message = String(
        decoding: text.prefix(min(Int(length), text.count - 1)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }
}
