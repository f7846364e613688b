extension DecodedPixels {
  /// The picture turned and mirrored as an orientation field says (TIFF 6.0, section 8; 1 is as stored).
  func turned(_ orientation: Int) -> DecodedPixels {
    guard (2...8).contains(orientation) else { return self }
    let isSideways = orientation >= 5
    let (newHeight, newWidth) = isSideways ? (width, height) : (height, width)
    let channels = layout.channels
    let turned = [UInt8](unsafeUninitializedCapacity: bytes.count) { buffer, count in
      for row in 0..<newHeight {
        for column in 0..<newWidth {
          let (down, right) = isSideways ? (column, row) : (row, column)
          let y = [3, 4, 6, 7].contains(orientation) ? height - 1 - down : down
          let x = [2, 3, 7, 8].contains(orientation) ? width - 1 - right : right
          for channel in 0..<channels {
            buffer[count] = bytes[(y * width + x) * channels + channel]
            count += 1
          }
        }
      }
    }
    return DecodedPixels(height: newHeight, width: newWidth, layout: layout, bytes: turned)
  }
}
