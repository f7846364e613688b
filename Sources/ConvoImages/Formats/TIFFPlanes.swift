import CTIFF

/// Puts the strips or tiles of a TIFF page together.
struct TIFFPlanes {
  /// A tile may be larger than the picture, but not without limit.
  private static let smallestLimit = 16 << 20

  private let file: TIFFFile
  private let height: Int
  private let width: Int
  private let count: Int
  private let bitsInPixel: Int
  private let rowBytes: Int

  init(_ file: TIFFFile, _ header: TIFFHeader) {
    self.file = file
    (height, width) = (header.storedHeight, header.storedWidth)
    count = header.isPlanar ? header.samples : 1
    bitsInPixel = header.bits * (header.isPlanar ? 1 : header.samples)
    rowBytes = (width * bitsInPixel + 7) / 8
  }

  /// For each plane its rows, each beginning at a whole byte; values of more than a byte are in the machine's order.
  func read() throws(ImageProblem) -> [[UInt8]] {
    var planes: [[UInt8]] = []
    for plane in 0..<count {
      planes.append(TIFFIsTiled(file.handle) != 0 ? try tiles(plane) : try strips(plane))
    }
    return planes
  }

  private func strips(_ plane: Int) throws(ImageProblem) -> [UInt8] {
    let declared = file.number32(TIFFTAG_ROWSPERSTRIP) ?? height
    let rows = min(declared, height)
    let size = try checked(Int(TIFFStripSize64(file.handle).clamped))
    guard rows > 0, size >= rows * rowBytes else { throw .damaged("its strips are too small") }
    var bytes = [UInt8](repeating: 0, count: height * rowBytes)
    var strip = [UInt8](repeating: 0, count: size)
    for first in stride(from: 0, to: height, by: rows) {
      let wanted = min(rows, height - first) * rowBytes
      let number = TIFFComputeStrip(file.handle, UInt32(first), UInt16(plane))
      try checkExists(number)
      guard TIFFReadEncodedStrip(file.handle, number, &strip, tmsize_t(wanted)) == wanted else { throw file.problem }
      bytes.replaceSubrange((first * rowBytes)..<(first * rowBytes + wanted), with: strip[..<wanted])
    }
    return bytes
  }

  private func tiles(_ plane: Int) throws(ImageProblem) -> [UInt8] {
    let size = try checked(Int(TIFFTileSize64(file.handle).clamped))
    let tileRow = Int(TIFFTileRowSize64(file.handle).clamped)
    guard let tileWidth = file.number32(TIFFTAG_TILEWIDTH), let tileHeight = file.number32(TIFFTAG_TILELENGTH),
      tileWidth > 0, tileHeight > 0, tileRow > 0, size / tileRow >= tileHeight
    else { throw .damaged("its tiles have no size") }
    guard tileWidth >= width || tileWidth * bitsInPixel % 8 == 0 else {
      throw .unsupported("a TIFF with tiles of \(tileWidth) pixels and \(bitsInPixel) bits a pixel")
    }
    var bytes = [UInt8](repeating: 0, count: height * rowBytes)
    var tile = [UInt8](repeating: 0, count: size)
    for top in stride(from: 0, to: height, by: tileHeight) {
      for left in stride(from: 0, to: width, by: tileWidth) {
        let number = TIFFComputeTile(file.handle, UInt32(left), UInt32(top), 0, UInt16(plane))
        try checkExists(number)
        guard TIFFReadEncodedTile(file.handle, number, &tile, tmsize_t(size)) == size else { throw file.problem }
        let start = left * bitsInPixel / 8
        let wanted = min(tileRow, rowBytes - start)
        for row in 0..<min(tileHeight, height - top) {
          let to = (top + row) * rowBytes + start
          bytes.replaceSubrange(to..<(to + wanted), with: tile[(row * tileRow)..<(row * tileRow + wanted)])
        }
      }
    }
    return bytes
  }

  /// libtiff fills up a list of strips that is too short with places at the file's start.
  private func checkExists(_ strip: UInt32) throws(ImageProblem) {
    guard TIFFGetStrileOffset(file.handle, strip) > 0 else { throw .damaged("a part of its pixels is missing") }
  }

  private func checked(_ size: Int) throws(ImageProblem) -> Int {
    guard size > 0, size <= max(height * rowBytes * 2, Self.smallestLimit) else {
      throw .damaged("its strips or tiles are far larger than the picture")
    }
    return size
  }
}

extension FixedWidthInteger {
  fileprivate var clamped: Int { Int(clamping: self) }
}
