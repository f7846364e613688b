import ConvoFiles
import ConvoJSON
import ConvoNetwork
import ConvoTestSupport
import ConvoTraining
import Foundation
import Testing

@testable import ConvoKeras

/// Files that are broken, or that were made to do harm, are refused; none of them ends the process.
@Suite(.serialized) struct HostileFileTests {
  private static func recorded(_ name: String) throws -> [UInt8] {
    try Array(Data(contentsOf: AgreementRecord.folder.appending(path: name)))
  }

  /// Whether it is read; an error is an answer too.
  @discardableResult
  private func survives(_ bytes: [UInt8], ending: String) throws -> Bool {
    let folder = try TemporaryFolder()
    let path = folder.url.appending(path: "model.\(ending)").path
    try AtomicFile.write(bytes, to: path)
    do {
      let saved = try KerasFile.read(path)
      // Whatever is handed out is whole.
      #expect(saved.learned.fits(saved.model))
      return true
    } catch {
      #expect(!error.problem.isEmpty)
      return false
    }
  }

  @Test(arguments: ["notes.keras", "averaged.midway.h5"])
  func cutFilesAreRefused(_ name: String) throws {
    let bytes = try Self.recorded(name)
    let ending = name.hasSuffix("h5") ? "h5" : "keras"
    #expect(try survives(bytes, ending: ending))
    for part in 0..<60 {
      #expect(try !survives(Array(bytes.prefix(bytes.count * part / 60)), ending: ending), "cut at \(part)/60")
    }
  }

  /// The same damages every time.
  @Test(arguments: ["notes.keras", "averaged.midway.h5"])
  func damagedFilesEndNothing(_ name: String) throws {
    let bytes = try Self.recorded(name)
    var random = SystemLikeRandom(seed: 9)
    for _ in 0..<50 {
      var damaged = bytes
      for _ in 0...Int.random(in: 0...6, using: &random) {
        // Most of what matters stands at the beginning of a file of HDF5, and at the end of a zip archive.
        let place = Int.random(in: 0..<bytes.count, using: &random)
        damaged[Bool.random(using: &random) ? place : place % min(6000, bytes.count)] = UInt8.random(
          in: 0...255, using: &random)
      }
      try survives(damaged, ending: name.hasSuffix("h5") ? "h5" : "keras")
    }
  }

  /// The weights alone, damaged, in an archive that is in order.
  @Test func damagedWeightsEndNothing() throws {
    let names = ["metadata.json", "config.json", "model.weights.h5"]
    let files = try ZipArchive.read(names.map { ($0, 1 << 30) }, from: Self.recorded("squares.midway.keras"))
    let weights = try #require(files["model.weights.h5"])
    var random = SystemLikeRandom(seed: 10)
    for _ in 0..<50 {
      var damaged = weights
      for _ in 0...Int.random(in: 0...6, using: &random) {
        damaged[Int.random(in: 0..<weights.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      let archive = try ZipArchive.write(
        [("config.json", files["config.json"] ?? []), ("model.weights.h5", damaged)])
      try survives(archive, ending: "keras")
    }
  }

  @Test func archivesThatAreTrapsAreRefused() throws {
    let config = Array(#"{"class_name": "Sequential", "config": {"layers": []}}"#.utf8)
    for entries in [
      [("config.json", config)], [("config.json", Array("[[[[".utf8)), ("model.weights.h5", [1, 2, 3])],
      [("../config.json", config), ("model.weights.h5", [])],
      [("config.json", Array(String(repeating: "[", count: 100_000).utf8)), ("model.weights.h5", [])],
    ] as [[ZipArchive.Entry]] {
      #expect(try !survives(ZipArchive.write(entries), ending: "keras"))
    }
    #expect(throws: KerasFileError.self) {
      try ZipArchive.read([("config.json", 10)], from: ZipArchive.write([("config.json", config)]))
    }
    let crowd = try ZipArchive.write((0..<1500).map { ("\($0)", [1]) })
    #expect(throws: KerasFileError.self) { try ZipArchive.read([("a", 1)], from: crowd) }
  }

  /// A mebibyte of zeros in a thousand bytes is what deflate makes; a thousand times more it does not.
  @Test func whatWouldUnpackToTooMuchIsRefusedBeforeItIsUnpacked() throws {
    let folder = try TemporaryFolder()
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.currentDirectoryURL = folder.url
    process.arguments = [
      "python3", "-c",
      """
      import zipfile
      with zipfile.ZipFile('bomb.keras', 'w', zipfile.ZIP_DEFLATED) as archive:
          archive.writestr('config.json', b' ' * (80 << 20))
          archive.writestr('model.weights.h5', b'')
      """,
    ]
    guard (try? process.run()) != nil else { return }
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { return }
    let error = #expect(throws: KerasFileError.self) {
      try KerasFile.read(folder.url.appending(path: "bomb.keras").path)
    }
    #expect(error?.problem == "it is damaged: config.json in it would have 83886080 bytes")
  }

  @Test(arguments: [
    #"{"class_name": "Functional", "config": {"layers": []}}"#,
    #"{"class_name": "Sequential", "config": {"layers": [{"class_name": "LSTM", "config": {}}], "build_input_shape": [null, 4]}}"#,
    #"{"class_name": "Sequential", "config": {"layers": [{"class_name": "Dense", "config": {"units": -1}}], "build_input_shape": [null, 4]}}"#,
    #"{"class_name": "Sequential", "config": {"layers": [{"class_name": "Dense", "config": {"units": 9e99}}], "build_input_shape": [null, 4]}}"#,
    #"{"class_name": "Sequential", "config": {"layers": [{"class_name": "Dense", "config": {"units": 1000000000}}], "build_input_shape": [null, 1000000000]}}"#,
    #"{"class_name": "Sequential", "config": {"layers": [{"class_name": "Dense", "config": {"units": 2, "name": "a/../b"}}], "build_input_shape": [null, 4]}}"#,
    #"{"class_name": "Sequential", "config": {"layers": [{"class_name": "Dense", "config": {"units": 2, "activation": "gelu"}}], "build_input_shape": [null, 4]}}"#,
    #"{"class_name": "Sequential", "config": {"layers": [{"class_name": "Dense", "config": {"units": 2}}], "build_input_shape": [null, 9223372036854775807, 9223372036854775807, 3]}}"#,
    #"{"class_name": "Sequential", "config": {"layers": [{"class_name": "Dense", "config": {"units": 2}}]}}"#,
    #"{"class_name": "Sequential", "config": {"layers": 7}}"#, #"{"config": {}}"#, "[]", "7", "null",
  ])
  func configurationsThatMakeNoModelAreRefused(_ text: String) throws {
    let json = try JSONValue(parsing: text.utf8)
    #expect(throws: KerasFileError.self) { try ModelConfig.read(json) }
  }

  @Test func layersThatConvoLacksAreNamed() throws {
    let text = #"""
      {"class_name": "Sequential", "config": {"layers": [{"class_name": "LSTM", "config": {"name": "memory"}}], \#
      "build_input_shape": [null, 4]}}
      """#
    let json = try JSONValue(parsing: text.replacing("\\\n", with: "").utf8)
    let error = #expect(throws: KerasFileError.self) { try ModelConfig.read(json) }
    #expect(error?.problem == "layer 'memory' is a LSTM, which convo does not have")
  }

  @Test func whatIsNoFileOfAModelIsSaidSo() throws {
    for path in ["/nowhere/a.keras", "/tmp", "/dev/null", ""] {
      #expect(throws: KerasFileError.self) { try KerasFile.read(path) }
    }
    #expect(try !survives(Array("hello".utf8), ending: "keras"))
  }
}

/// Repeatable (Marsaglia's xorshift).
private struct SystemLikeRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}
