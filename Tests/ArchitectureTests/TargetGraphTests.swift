import Foundation
import Testing

/// The layering of the targets, read from the manifest and from the import lines of the sources.
@Suite struct TargetGraphTests {
  /// Which targets each target may import: itself a copy of the design, so that a change of the graph is a decision.
  private static let allowed: [String: Set<String>] = [
    "ConvoThreads": [],
    "ConvoFiles": [],
    "ConvoJSON": [],
    "ConvoSchema": [],
    "ConvoKerasProgram": ["ConvoSchema"],
    "ConvoLanguage": [],
    "ConvoStateFiles": [],
    "ConvoOutput": ["ConvoLanguage"],
    "ConvoTensor": ["COneDNN", "CKernels"],
    "ConvoImages": ["ConvoFiles", "CSpng", "CDeflate", "CTurboJPEG", "CTIFF", "CGIF", "CWebP", "CPixels"],
    "ConvoData": ["ConvoThreads", "ConvoImages"],
    "ConvoDrawing": ["CCairo"],
    "ConvoFigures": ["ConvoOutput", "ConvoImages", "ConvoDrawing"],
    "ConvoScenes": ["ConvoThreads", "ConvoImages", "ConvoDrawing"],
    "ConvoNetwork": ["ConvoThreads", "ConvoSchema", "ConvoTensor", "CSquareRoot"],
    "ConvoTraining": ["ConvoNetwork", "ConvoTensor", "ConvoData", "ConvoImages"],
    "ConvoKeras": [
      "ConvoFiles", "ConvoJSON", "ConvoSchema", "ConvoTensor", "ConvoImages", "ConvoData", "ConvoNetwork",
      "ConvoTraining", "CHDF5", "CZip",
    ],
    "ConvoONNX": ["ConvoTensor", "ConvoNetwork", "SwiftProtobuf"],
    "ConvoKernel": [
      "ConvoThreads", "ConvoSchema", "ConvoKerasProgram", "ConvoLanguage", "ConvoOutput", "ConvoNetwork", "ConvoTensor",
      "ConvoData",
      "ConvoTraining",
    ],
    "ConvoCommands": [
      "ConvoFiles", "ConvoJSON", "ConvoSchema", "ConvoKerasProgram", "ConvoLanguage", "ConvoOutput", "ConvoKernel",
      "ConvoImages", "ConvoData", "ConvoFigures", "ConvoScenes", "ConvoTensor", "ConvoNetwork", "ConvoTraining",
      "ConvoKeras", "ConvoONNX",
    ],
    "ConvoLessons": ["ConvoSchema", "ConvoLanguage", "ConvoOutput", "ConvoKernel", "ConvoStateFiles", "CCMark"],
    "ConvoPython": [
      "ConvoJSON", "ConvoSchema", "ConvoLanguage", "ConvoOutput", "ConvoKernel", "ConvoImages", "ConvoData",
      "ConvoTensor", "ConvoNetwork", "ConvoTraining",
    ],
    "ConvoTerminal": [
      "ConvoJSON", "ConvoLanguage", "ConvoOutput", "ConvoKernel", "ConvoStateFiles", "ConvoImages", "CEditline",
      "CChafa",
    ],
    "convo": [
      "ConvoSchema", "ConvoLanguage", "ConvoOutput", "ConvoKernel", "ConvoCommands", "ConvoLessons", "ConvoPython",
      "ConvoTerminal", "ArgumentParser",
    ],
    "ConvoBench": [
      "CPeakRate", "ConvoThreads", "ConvoSchema", "ConvoTensor", "ConvoImages", "ConvoData", "ConvoNetwork",
      "ConvoTraining",
    ],
  ]

  @Test func theManifestFollowsTheDesign() throws {
    let graph = try Checkout.targetGraph()
    #expect(Set(graph.keys) == Set(Self.allowed.keys))
    for (target, dependencies) in graph {
      let extra = dependencies.subtracting(Self.allowed[target] ?? [])
      #expect(extra.isEmpty, "\(target) depends on \(extra.sorted())")
    }
  }

  @Test func importLinesFollowTheManifest() throws {
    let graph = try Checkout.targetGraph()
    let ours = Set(graph.keys).union(graph.values.joined())
    for (target, dependencies) in graph {
      for (file, modules) in try Checkout.imports(of: target) {
        let foreign = modules.intersection(ours).subtracting(dependencies)
        #expect(foreign.isEmpty, "\(file) imports \(foreign.sorted())")
      }
    }
  }

  @Test func theLowestLayersStayLight() throws {
    let light: Set<String> = ["ConvoSchema", "ConvoLanguage", "ConvoOutput"]
    // Numbers are printed by the platform's own C library, which every process has loaded anyway.
    let allowed = light.union(["Glibc", "Darwin"])
    for target in light {
      for (file, modules) in try Checkout.imports(of: target) {
        #expect(modules.subtracting(allowed).isEmpty, "\(file) imports \(modules.subtracting(allowed).sorted())")
      }
    }
  }

  @Test func eachCLibraryHasOneOwner() throws {
    var owners: [String: Set<String>] = [:]
    for target in try Checkout.targetGraph().keys {
      for (_, modules) in try Checkout.imports(of: target) {
        for module in modules where Checkout.isSystemLibrary(module) { owners[module, default: []].insert(target) }
      }
    }
    #expect(owners.values.allSatisfy { $0.count == 1 }, "\(owners)")
    #expect(!owners.isEmpty)
  }

  @Test func theKernelDoesNotPrint() throws {
    for (file, text) in try Checkout.sources(of: "ConvoKernel") {
      #expect(!text.contains(/\bprint\(/) && !text.contains(/\bfputs\(/), "\(file) prints")
    }
  }
}

/// The repository as it lies on disk.
enum Checkout {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The Swift targets of the manifest and what each may import: its `library` and `.executableTarget` lines.
  static func targetGraph() throws -> [String: Set<String>] {
    let manifest = try String(contentsOf: root.appending(path: "Package.swift"), encoding: .utf8)
    var graph: [String: Set<String>] = [:]
    for match in manifest.matches(of: /library\(\s*"(\w+)"(?:,\s*\[([^\]]*)\])?\s*\)/) {
      graph[String(match.1)] = names(match.2 ?? "")
    }
    for match in manifest.matches(of: /\.executableTarget\(\s*name: "(\w+)",\s*dependencies: \[([^\]]*)\]/) {
      graph[String(match.1)] = names(match.2).subtracting(["swift-argument-parser"])
    }
    for match in manifest.matches(of: /\.target\(\s*name: "(Convo\w+)",\s*dependencies: \[([^\]]*)\]/) {
      graph[String(match.1)] = names(match.2).subtracting(["swift-protobuf"])
    }
    return graph
  }

  private static func names(_ list: Substring) -> Set<String> {
    Set(list.matches(of: /"([\w-]+)"/).map { String($0.1) })
  }

  static func sources(of target: String) throws -> [(file: String, text: String)] {
    let folders = ["Sources/\(target)", "Benchmarks/Sources/\(target)"].map { root.appending(path: $0) }
    let files = folders.flatMap { folder in
      FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? []
    }
    return try files.filter { $0.pathExtension == "swift" }.map {
      ("\(target)/\($0.lastPathComponent)", try String(contentsOf: $0, encoding: .utf8))
    }
  }

  static func imports(of target: String) throws -> [(file: String, modules: Set<String>)] {
    try sources(of: target).map { file, text in
      let modules = text.matches(
        of: /(?m)^\s*(?:public |internal |private |package |fileprivate |@testable )*import (?:\w+ )?(\w+)/)
      return (file, Set(modules.map { String($0.1) }))
    }
  }

  static func isSystemLibrary(_ module: String) -> Bool {
    FileManager.default.fileExists(atPath: root.appending(path: "Sources/\(module)/module.modulemap").path)
  }
}
