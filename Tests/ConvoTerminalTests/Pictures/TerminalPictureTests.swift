import ConvoImages
import ConvoLanguage
import ConvoOutput
import Testing

@testable import ConvoTerminal

/// Pictures on terminals of many kinds.
@Suite struct TerminalPictureTests {
  /// Red above, blue below, 60 wide and 40 high.
  private static let picture: Picture = {
    let bytes = (0..<(40 * 60)).flatMap { [UInt8]($0 < 20 * 60 ? [255, 0, 0] : [0, 0, 255]) }
    let image = PixelImage(height: 40, width: 60, channels: 3, bytes: bytes)
    return Picture(mime: "image/png", data: (try? image.pngBytes()) ?? [], width: 60, height: 40)
  }()

  /// What a face writes for a picture.
  private func shown(
    _ environment: String..., columns: Int = 80, colors: Bool = true, picture: Picture = picture
  ) -> String {
    let output = MemorySink(columns: columns)
    let face = TerminalFace(
      output: output, errors: MemorySink(), hasColors: colors, hasErrorColors: false, environment: environment)
    face.show(OutputEvent(cell: 1, .image(picture)))
    return output.text
  }

  private func lines(_ text: String) -> [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// Upper and lower half in their colours; 60 columns show 60 pixels, 20 rows of twice the height show 40.
  @Test func symbolsInAllColors() {
    let text = shown("TERM=xterm-256color", "COLORTERM=truecolor", columns: 100)
    let rows = lines(text)
    #expect(rows.last == "")
    // 24 rows are the usual window, of which three quarters are taken: 18 rows of 54 columns.
    #expect(rows.count == 18 + 1)
    // The two rows in the middle are mixed.
    for row in rows.dropLast().prefix(8) { #expect(row.contains("255;0;0") && !row.contains("0;0;255")) }
    for row in rows.dropLast().suffix(8) { #expect(row.contains("0;0;255") && !row.contains("255;0;0")) }
  }

  @Test func symbolsInFewerColors() {
    let indexed = shown("TERM=xterm")
    #expect(indexed.contains("8;5;") && !indexed.contains("8;2;"))
    let sixteen = shown("TERM=linux")
    #expect(!sixteen.contains("8;5;") && !sixteen.contains("8;2;") && sixteen.contains("\u{1B}["))
  }

  @Test(arguments: ["TERM=xterm-256color", "TERM=xterm-kitty", "TERM=foot"])
  func withoutColorsThereAreCharactersAlone(_ term: String) {
    let text = shown(term, colors: false)
    #expect(!text.contains("\u{1B}"))
    #expect(lines(text).count == 18 + 1)
  }

  @Test func kittysProtocol() {
    let text = shown("TERM=xterm-kitty")
    #expect(text.hasPrefix("\u{1B}_Ga=T,f=32,s=60,v=40,"))
    // 10x20 pixels are the usual character: 60x40 pixels take 6x2 of them.
    #expect(text.contains("c=6,r=2"))
    #expect(text.hasSuffix("\u{1B}\\\n"))
  }

  @Test(arguments: ["TERM=foot", "TERM=mlterm"]) func sixels(_ term: String) {
    let text = shown(term)
    #expect(text.hasPrefix("\u{1B}P"))
    // Two rows of 20 pixels, in whole sixels.
    #expect(text.contains("\"1;1;60;36"))
    #expect(text.hasSuffix("\u{1B}\\\n"))
  }

  /// What does not fill whole characters stands on transparent paper and is not stretched.
  @Test func graphicsKeepTheirProportions() {
    let bytes = (0..<(3 * 2 * 4)).map { UInt8($0 + 100) }
    let image = PixelImage(height: 3, width: 2, channels: 4, bytes: bytes)
    let blank = [UInt8](repeating: 0, count: 4)
    let mounted = image.mounted(height: 4, width: 3)
    #expect(
      mounted.bytes == Array(bytes[0..<8]) + blank + bytes[8..<16] + blank + bytes[16...] + blank + blank + blank
        + blank)
    #expect(image.mounted(height: 3, width: 2) == image)
    let wide = PixelImage(height: 10, width: 40, channels: 4, bytes: .init(repeating: 255, count: 1600))
    let reduced = wide.mounted(height: 20, width: 20)
    // 20 wide and 5 high; the rest is paper.
    #expect(reduced.bytes[..<400].allSatisfy { $0 == 255 } && reduced.bytes[400...].allSatisfy { $0 == 0 })
    #expect(wide.mounted(height: 1, width: 1).bytes == [255, 255, 255, 255])
  }

  @Test func whatIsNoPictureIsSaidInWords() {
    let broken = Picture(mime: "image/png", data: [1, 2, 3], width: 5, height: 6)
    #expect(
      shown("TERM=xterm", picture: broken)
        == "\u{1B}[2ma picture of 5x6 pixels (image/png), which can't be shown here\u{1B}[0m\n")
    #expect(shown("TERM=xterm", columns: 1, colors: false).hasPrefix("a"))
  }

  @Test func sizesFitTheWindow() throws {
    func size(_ height: Int, _ width: Int, columns: Int, rows: Int, perColumn: Double = 1) -> [Int]? {
      let image = PixelImage(
        height: height, width: width, channels: 1, bytes: .init(repeating: 0, count: height * width))
      return TerminalPictures.cells(
        for: image, columns: columns, rows: rows, cell: (height: 20, width: 10), pixelsPerColumn: perColumn
      ).map { [$0.columns, $0.rows] }
    }
    // A square is twice as many columns as rows.
    #expect(size(300, 300, columns: 80, rows: 40) == [60, 30])
    #expect(size(300, 300, columns: 41, rows: 400) == [40, 20])
    #expect(size(100, 1000, columns: 81, rows: 24) == [80, 4])
    #expect(size(1000, 100, columns: 81, rows: 24) == [4, 18])
    // Nothing is enlarged.
    #expect(size(8, 8, columns: 80, rows: 24) == [8, 4])
    #expect(size(40, 60, columns: 80, rows: 24, perColumn: 10) == [6, 2])
    // A line is never less than one.
    #expect(size(1, 1000, columns: 80, rows: 24) == [79, 1])
    #expect(size(1000, 1, columns: 80, rows: 24) == [1, 18])
    #expect(size(5, 5, columns: 1, rows: 24) == nil)
    #expect(size(5, 5, columns: 80, rows: 1) == nil)
  }
}
