extension ImageHeader.Format {
  /// As people write it: `PNG`, `JPEG`, `BMP`, `PPM`, `TIFF`, `GIF` or `WebP`.
  public var name: String {
    self == .webp ? "WebP" : rawValue.uppercased()
  }

  /// The format that a file's ending stands for; nil if it stands for none of these. Case does not matter.
  ///
  /// Where it is another than the content's, the name lies: `ImageHeader.Format(extension: "png") != header.format`.
  public init?(extension ending: some StringProtocol) {
    switch ending.lowercased() {
    case "png", "apng": self = .png
    case "jpg", "jpeg", "jpe", "jfif": self = .jpeg
    case "bmp", "dib": self = .bmp
    case "ppm", "pgm", "pbm", "pnm": self = .ppm
    case "tif", "tiff": self = .tiff
    case "gif": self = .gif
    case "webp": self = .webp
    default: return nil
    }
  }
}
