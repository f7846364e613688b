import ConvoImages
import Testing

@testable import ConvoData

@Suite struct ResizeCheckTests {
  private func lines(
    _ height: Int, _ width: Int, to target: ImageSize, _ interpolation: Interpolation = .nearest, keep: Bool = false
  ) throws -> [String] {
    let folder = try PictureFolder()
    try folder.add("a/1.png", .textured(1, height: height, width: width))
    try folder.add("b/1.png", .textured(2, height: height, width: width))
    return Doctor.examine(
      try folder.healthy {
        $0.targetSize = target
        $0.interpolation = interpolation
        $0.keepAspectRatio = keep
      }
    ).lines
  }

  @Test func nearestLeavesPixelsOut() throws {
    let size = ImageSize(height: 30, width: 30)
    // 150 · 200 / (30 · 30) = 33.3 pixels for each one.
    #expect(
      try lines(150, 200, to: size) == [
        """
        warning: all pictures are resized from 150x200 to 30x30 by interpolation=nearest, which uses one pixel in 33 \
        and leaves the others out
        """,
        "note: all pictures are resized from 150x200 to 30x30, which changes the proportions by 33 %",
      ])
    #expect(try lines(60, 60, to: size).first?.contains("note: all pictures are resized from 60x60") == true)
    #expect(try lines(60, 60, to: size, .bilinear) == [])
    #expect(try lines(40, 40, to: size) == [])
  }

  @Test func enlargingInventsPixels() throws {
    #expect(
      try lines(8, 8, to: ImageSize(height: 12, width: 12)) == [
        "note: all pictures are resized from 8x8 to 12x12, which invents pixels and takes time for no detail"
      ])
    #expect(try lines(8, 8, to: ImageSize(height: 11, width: 11)) == [])
  }

  /// High and wide alike: 3:2 is 50 % off a square, whichever side is the longer one.
  @Test(arguments: [(12, 18), (18, 12)]) func proportions(_ height: Int, _ width: Int) throws {
    #expect(
      try lines(height, width, to: ImageSize(height: 15, width: 15)) == [
        "warning: all pictures are resized from \(height)x\(width) to 15x15, which changes the proportions by 50 %"
      ])
  }

  /// The middle is cut out and scaled: of 60x30, a square of 30x30.
  @Test func keptProportionsAreNotDistorted() throws {
    #expect(try lines(60, 30, to: ImageSize(height: 30, width: 30), keep: true) == [])
    #expect(
      try lines(60, 30, to: ImageSize(height: 15, width: 15), keep: true) == [
        """
        note: all pictures are resized from 60x30 to 15x15 by interpolation=nearest, which uses one pixel in 4 and \
        leaves the others out
        """
      ])
  }

  @Test func theMostFrequentSizeIsTheExample() throws {
    let folder = try PictureFolder()
    for number in 0..<3 { try folder.add("a/\(number).png", .textured(number, height: 20, width: 20)) }
    try folder.add("b/1.png", .textured(11, height: 40, width: 40))
    try folder.add("b/2.png", .textured(12, height: 10, width: 10))
    #expect(
      Doctor.examine(try folder.healthy { $0.targetSize = ImageSize(height: 10, width: 10) }).lines.first {
        $0.contains("resized")
      } == """
        note: 4 pictures are resized, most of them from 20x20 to 10x10 by interpolation=nearest, which uses one pixel \
        in 4 and leaves the others out
        """)
  }
}
