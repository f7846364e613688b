import ConvoImages
import Foundation
import Testing

@testable import ConvoData

@Suite struct FileFactsTests {
  @Test(arguments: [1, 3]) func factsAreInTheOrderOfTheSamples(threads: Int) throws {
    let folder = try PictureFolder()
    for number in 0..<40 {
      try folder.add("\(number % 2 == 0 ? "a" : "b")/\(number).png", .textured(number, height: 2 + number, width: 3))
    }
    try folder.add("a/21.png", bytes: [1])
    let generator = try folder.generator(threads: threads)
    #expect(generator.facts.count == generator.samples.count)
    for (sample, facts) in zip(generator.samples, generator.facts) {
      let image = try ImageFile.decode("\(folder.path)/\(sample.path)", as: .grayscale)
      let header = try ImageFile.header(of: "\(folder.path)/\(sample.path)")
      #expect(facts == FileFacts(header: header, image: image))
      #expect(facts.header.height == image.height && facts.header.channels == 3)
    }
  }

  /// Every byte, at every place of the four lanes and behind them, the size and the channels count.
  @Test func fingerprintsDifferWhereAnythingDoes() {
    let image = PixelImage.textured(1, height: 7, width: 11, channels: 1)
    var fingerprints: Set<UInt64> = [PixelFingerprint.of(image)]
    for place in image.bytes.indices {
      for bit in 0..<8 {
        var bytes = image.bytes
        bytes[place] ^= 1 << bit
        fingerprints.insert(PixelFingerprint.of(PixelImage(height: 7, width: 11, channels: 1, bytes: bytes)))
      }
    }
    #expect(fingerprints.count == 1 + 8 * 77)
    fingerprints.insert(PixelFingerprint.of(PixelImage(height: 11, width: 7, channels: 1, bytes: image.bytes)))
    var exchanged = image.bytes
    exchanged.swapAt(0, 8)
    exchanged.swapAt(1, 33)
    fingerprints.insert(PixelFingerprint.of(PixelImage(height: 7, width: 11, channels: 1, bytes: exchanged)))
    #expect(fingerprints.count == 3 + 8 * 77)
    let flat = [UInt8](repeating: 0, count: 12)
    let shapes = [(1, 12, 1), (12, 1, 1), (2, 6, 1), (1, 4, 3), (1, 3, 4), (2, 2, 3)].map { height, width, channels in
      PixelFingerprint.of(PixelImage(height: height, width: width, channels: channels, bytes: flat))
    }
    #expect(Set(shapes).count == shapes.count)
  }

  /// 100,000 different pictures of one pixel beside each other, with 64 bits for each.
  @Test func fingerprintsDoNotCollide() {
    var fingerprints: Set<UInt64> = []
    for number in 0..<100_000 {
      let bytes = [UInt8(number & 255), UInt8(number >> 8 & 255), UInt8(number >> 16)]
      fingerprints.insert(PixelFingerprint.of(PixelImage(height: 1, width: 1, channels: 3, bytes: bytes)))
    }
    #expect(fingerprints.count == 100_000)
  }

  @Test func brightnessIsTheMeanOfAnEvenSample() throws {
    let folder = try PictureFolder()
    // 64 rows, of which every second is sampled; the upper half is 40, the lower 200.
    let bytes = (0..<(64 * 64)).map { UInt8($0 < 32 * 64 ? 40 : 200) }
    try folder.add("a/half.png", PixelImage(height: 64, width: 64, channels: 1, bytes: bytes))
    try folder.add("b/dot.png", PixelImage(height: 1, width: 1, channels: 3, bytes: [0, 30, 60]))
    #expect(try folder.healthy().facts.map(\.brightness) == [120, 30])
    #expect(Doctor.examine(try folder.healthy()).classes.map(\.brightness) == [120, 30])
  }

  /// A picture's facts take about a hundred bytes.
  @Test func factsAreSmall() {
    #expect(MemoryLayout<FileFacts>.stride <= 100)
  }
}
