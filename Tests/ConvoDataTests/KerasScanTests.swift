import ConvoData
import ConvoImages
import Foundation
import Testing

/// The same tree, the same arguments, the same classes, files and labels as Keras, which `Fixtures/record_scan.py`
/// recorded.
@Suite struct KerasScanTests {
  struct Record: Decodable {
    struct Arguments: Decodable {
      let classes: [String]?
      let validation_split: Double?
      let subset: String?
    }

    struct Result: Decodable {
      let arguments: Arguments
      let classes: [String]
      let files: [String]
      let labels: [Int]
    }

    let files: [String]
    let results: [Result]
  }

  @Test func scanIsKeras() throws {
    let json = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/scan.json")
    let record = try JSONDecoder().decode(Record.self, from: Data(contentsOf: json))
    #expect(record.results.count == 7)
    let folder = try PictureFolder()
    for file in record.files { try folder.add(file) }

    for result in record.results {
      let generator = try folder.generator { options in
        options.classes = result.arguments.classes
        options.validationSplit = result.arguments.validation_split ?? 0
        options.subset = result.arguments.subset.flatMap(Subset.init)
      }
      #expect(generator.classNames.map { Array($0.utf8) } == result.classes.map { Array($0.utf8) })
      #expect(generator.samples.map { Array($0.path.utf8) } == result.files.map { Array($0.utf8) })
      #expect(generator.samples.map(\.label) == result.labels)
      #expect(generator.problems == [])
    }
  }
}
