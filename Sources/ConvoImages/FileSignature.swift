/// What a file's first bytes say it is. Names lie; learners' folders hold `.jpg` files that are web pages.
enum FileSignature: Equatable {
  case picture(ImageHeader.Format)
  /// Something else; in words if it is recognised.
  case other(String?)

  init(_ data: UnsafeRawBufferPointer) {
    func starts(_ bytes: [UInt8], at offset: Int = 0) -> Bool {
      data.count >= offset + bytes.count && zip(data[offset...], bytes).allSatisfy { $0 == $1 }
    }
    func starts(_ text: StaticString, at offset: Int = 0) -> Bool {
      starts(text.withUTF8Buffer { Array($0) }, at: offset)
    }

    if starts([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
      self = .picture(.png)
    } else if starts([0xFF, 0xD8, 0xFF]) {
      self = .picture(.jpeg)
    } else if starts("GIF87a") || starts("GIF89a") {
      self = .picture(.gif)
    } else if starts("BM") {
      self = .picture(.bmp)
    } else if starts([0x49, 0x49, 0x2A, 0x00]) || starts([0x4D, 0x4D, 0x00, 0x2A])
      || starts([0x49, 0x49, 0x2B, 0x00]) || starts([0x4D, 0x4D, 0x00, 0x2B])
    {
      self = .picture(.tiff)
    } else if starts("RIFF") && starts("WEBP", at: 8) {
      self = .picture(.webp)
    } else if starts("ftypavif", at: 4) {
      self = .other("an AVIF picture")
    } else if starts("ftyphei", at: 4) || starts("ftypmif1", at: 4) {
      self = .other("a HEIC picture")
    } else if let first = data.first, first == UInt8(ascii: "P"), data.count > 2,
      (UInt8(ascii: "1")...UInt8(ascii: "6")).contains(data[1]), [9, 10, 11, 12, 13, 32].contains(data[2])
    {
      self = .picture(.ppm)
    } else if starts([0, 0, 0, 0x0C, 0x6A, 0x50, 0x20, 0x20]) {
      self = .other("a JPEG 2000 picture")
    } else if starts([0xFF, 0x0A]) || starts([0, 0, 0, 0x0C, 0x4A, 0x58, 0x4C, 0x20]) {
      self = .other("a JPEG XL picture")
    } else if starts("8BPS") {
      self = .other("a Photoshop document")
    } else if starts("%PDF") {
      self = .other("a PDF document")
    } else if starts([0x50, 0x4B, 0x03, 0x04]) {
      self = .other("a ZIP archive")
    } else if starts("<!DOCTYPE") || starts("<!doctype") || starts("<html") || starts("<HTML") {
      self = .other("a web page")
    } else if starts("<svg") || starts("<?xml") {
      self = .other("an SVG or XML file")
    } else if starts([0x00, 0x05, 0x16, 0x07]) {
      self = .other("a macOS side file without the picture")
    } else {
      self = .other(nil)
    }
  }
}
