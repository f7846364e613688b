import ConvoTestSupport
import ConvoTraining
import Foundation
import Testing

@testable import ConvoKeras

/// Models that real Keras saved are opened and trained by the program itself, on the same images in the same order.
@Suite struct AgreementTests {
  static let record = Result { try AgreementRecord.read() }

  @Test(arguments: try record.get().cases)
  func trainsAsKerasDoes(_ example: AgreementRecord.Case) throws {
    let record = try Self.record.get()
    let folder = try TemporaryFolder()
    let fit = example.trains ? "fit train epochs=\(record.epochs) verbose=2\npredict train\nsave after.keras" : ""
    let outcome = try ConvoProcess.run(
      ["--json", "-c", example.opening(of: "\(example.name).keras") + "\npredict train\n" + fit], in: folder.url)
    #expect(outcome.status == 0, "\(outcome.errors)\(outcome.output.suffix(400))")
    let predictions = outcome.events.filter { $0["event"] as? String == "prediction" }
    let before = example.before
    let scores = predictions.flatMap { $0["scores"] as? [Double] ?? [] }.map { Float($0) }
    #expect(largestError(scores.prefix(before.count), before) < 1e-5)
    guard let losses = example.losses, let after = example.after, let weights = example.weights else { return }

    #expect(losses.count >= 60)
    let found = outcome.events.filter { $0["event"] as? String == "batch" }.compactMap { $0["loss"] as? Double }
    #expect(largestError(found.map { Float($0) }, losses, floor: 0) < 1e-3)
    #expect(largestError(scores.dropFirst(before.count), after) < 1e-3)
    let saved = try KerasFile.read(folder.url.appending(path: "after.keras").path)
    #expect(largestError(saved.learned.weights, weights) < 1e-3)
  }

  /// What the optimizer remembers is in the file, so that training goes on where Keras left off.
  @Test(arguments: ["same", "groups", "squares", "averaged"], ["keras", "h5"])
  func goesOnWhereKerasLeftOff(_ name: String, _ ending: String) throws {
    let record = try Self.record.get()
    let example = try #require(record.cases.first { $0.name == name })
    let losses = try #require(example.losses)
    let folder = try TemporaryFolder()
    let epochs = record.epochs - record.midway
    let outcome = try ConvoProcess.run(
      [
        "--json", "-c",
        example.opening(of: "\(name).midway.\(ending)") + "\nfit train epochs=\(epochs) verbose=2",
      ], in: folder.url)
    #expect(outcome.status == 0, "\(outcome.errors)\(outcome.output.suffix(400))")
    let found = outcome.events.filter { $0["event"] as? String == "batch" }.compactMap { $0["loss"] as? Double }
    #expect(found.count == losses.count / record.epochs * epochs)
    #expect(largestError(found.map { Float($0) }, losses.suffix(found.count), floor: 0) < 1e-3)
  }
}

/// What Keras computed: see Recorded/record_agreement.py.
struct AgreementRecord: Decodable, Sendable {
  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    let name, options: String
    let rescale, trains: Bool
    let before: [Float]
    let losses, after, weights: [Float]?

    var testDescription: String { name }

    /// Opens a file and loads the images.
    func opening(of file: String) -> String {
      let folder = AgreementRecord.folder.path
      return """
        open "\(folder)/\(file)" as model\(rescale ? " rescale=1/255" : "")
        load generator train from "\(folder)/images" \(options)
        """
    }

    private enum CodingKeys: String, CodingKey {
      case name, options, rescale, trains, before, losses, after, weights
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      func floats(_ key: CodingKeys) throws -> [Float]? {
        guard let data = try container.decodeIfPresent(Data.self, forKey: key) else { return nil }
        return data.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
      }
      name = try container.decode(String.self, forKey: .name)
      options = try container.decode(String.self, forKey: .options)
      rescale = try container.decode(Bool.self, forKey: .rescale)
      trains = try container.decode(Bool.self, forKey: .trains)
      before = try floats(.before) ?? []
      after = try floats(.after)
      weights = try floats(.weights)
      losses = try container.decodeIfPresent([Float].self, forKey: .losses)
    }
  }

  let epochs, midway: Int
  let cases: [Case]

  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Recorded")

  static func read() throws -> AgreementRecord {
    try JSONDecoder().decode(
      AgreementRecord.self, from: Data(contentsOf: folder.appending(path: "agreement.json")))
  }
}
