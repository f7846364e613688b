import ConvoImages
import ConvoKernel
import ConvoOutput

extension CommandContext {
  /// Shows a picture, and writes it where it is to be saved. Blocks.
  func show(_ image: PixelImage, saving target: SaveTarget?) throws(CommandError) {
    let bytes: [UInt8]
    do throws(ImageError) {
      bytes = try image.pngBytes()
    } catch {
      throw CommandError(.system, "the picture can't be shown: \(error.problem)")
    }
    emit(.image(Picture(mime: "image/png", data: bytes, width: image.width, height: image.height)))
    if let target {
      try target.write(image)
      say("saved as \(FileNameText.oneLine(target.path))")
    }
  }
}
