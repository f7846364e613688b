// swift-tools-version: 6.1
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// A Swift target: its folder is `Sources/NAME`, and it may import what stands above it in the list of targets.
func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// The tests of a target. Folders of recorded values are read from where they lie, and are no sources.
func tests(_ name: String, _ dependencies: [Target.Dependency], recorded: [String] = []) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: dependencies + ["ConvoTestSupport"], exclude: recorded,
    swiftSettings: settings)
}

/// A C library of the system; exactly one Swift target imports it.
func system(_ name: String, pkgConfig: String? = nil, apt: [String], brew: [String]) -> Target {
  .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt(apt), .brew(brew)])
}

let package = Package(
  name: "convo",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "convo", targets: ["convo"]),
    .executable(name: "convo-bench", targets: ["ConvoBench"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    // Without its traits it needs no more of Foundation than the essentials, which keeps the start of convo fast.
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0", traits: []),
  ],
  targets: [
    system("COneDNN", apt: ["libdnnl-dev"], brew: ["onednn"]),
    system("CSpng", pkgConfig: "spng", apt: ["libspng-dev"], brew: ["libspng"]),
    system("CDeflate", pkgConfig: "libdeflate", apt: ["libdeflate-dev"], brew: ["libdeflate"]),
    system("CTurboJPEG", pkgConfig: "libturbojpeg", apt: ["libturbojpeg0-dev"], brew: ["jpeg-turbo"]),
    system("CTIFF", pkgConfig: "libtiff-4", apt: ["libtiff-dev"], brew: ["libtiff"]),
    system("CGIF", apt: ["libgif-dev"], brew: ["giflib"]),
    system("CWebP", pkgConfig: "libwebpdemux", apt: ["libwebp-dev"], brew: ["webp"]),
    system("CCairo", pkgConfig: "cairo", apt: ["libcairo2-dev"], brew: ["cairo"]),
    system(
      "CCMark", pkgConfig: "libcmark-gfm", apt: ["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"],
      brew: ["cmark-gfm"]),
    system(
      "CChafa", pkgConfig: "chafa", apt: ["libchafa-dev", "libglib2.0-dev"], brew: ["chafa"]),
    system("CEditline", pkgConfig: "libedit", apt: ["libedit-dev"], brew: ["libedit"]),
    system("CHDF5", pkgConfig: "hdf5", apt: ["libhdf5-dev"], brew: ["hdf5"]),
    system("CZip", pkgConfig: "libzip", apt: ["libzip-dev"], brew: ["libzip"]),
    .systemLibrary(name: "CSquareRoot"),

    .target(name: "CKernels"),
    .target(name: "CPixels"),
    library("ConvoThreads"),
    library("ConvoFiles"),
    library("ConvoJSON"),
    library("ConvoSchema"),
    library("ConvoKerasProgram", ["ConvoSchema"]),
    library("ConvoLanguage"),
    library("ConvoStateFiles"),
    library("ConvoOutput", ["ConvoLanguage"]),
    library("ConvoTensor", ["COneDNN", "CKernels"]),
    library("ConvoImages", ["ConvoFiles", "CSpng", "CDeflate", "CTurboJPEG", "CTIFF", "CGIF", "CWebP", "CPixels"]),
    library("ConvoData", ["ConvoThreads", "ConvoImages"]),
    library("ConvoDrawing", ["CCairo"]),
    library("ConvoFigures", ["ConvoOutput", "ConvoImages", "ConvoDrawing"]),
    library("ConvoScenes", ["ConvoThreads", "ConvoImages", "ConvoDrawing"]),
    library("ConvoNetwork", ["ConvoThreads", "ConvoSchema", "ConvoTensor", "CSquareRoot"]),
    library("ConvoTraining", ["ConvoNetwork", "ConvoTensor", "ConvoData", "ConvoImages"]),
    .target(
      name: "ConvoONNX",
      dependencies: ["ConvoTensor", "ConvoNetwork", .product(name: "SwiftProtobuf", package: "swift-protobuf")],
      exclude: ["Format/onnx_subset.proto"], swiftSettings: settings),
    library(
      "ConvoKeras",
      [
        "ConvoFiles", "ConvoJSON", "ConvoSchema", "ConvoTensor", "ConvoImages", "ConvoData", "ConvoNetwork",
        "ConvoTraining", "CHDF5", "CZip",
      ]),
    library(
      "ConvoKernel",
      [
        "ConvoThreads", "ConvoSchema", "ConvoKerasProgram", "ConvoLanguage", "ConvoOutput", "ConvoNetwork",
        "ConvoTensor", "ConvoData",
        "ConvoTraining",
      ]),
    library(
      "ConvoCommands",
      [
        "ConvoFiles", "ConvoJSON", "ConvoSchema", "ConvoKerasProgram", "ConvoLanguage", "ConvoOutput", "ConvoKernel",
        "ConvoImages", "ConvoData", "ConvoFigures", "ConvoScenes", "ConvoTensor", "ConvoNetwork", "ConvoTraining",
        "ConvoKeras", "ConvoONNX",
      ]),
    library(
      "ConvoLessons", ["ConvoSchema", "ConvoLanguage", "ConvoOutput", "ConvoKernel", "ConvoStateFiles", "CCMark"]),
    library(
      "ConvoPython",
      [
        "ConvoJSON", "ConvoSchema", "ConvoLanguage", "ConvoOutput", "ConvoKernel", "ConvoImages", "ConvoData",
        "ConvoTensor", "ConvoNetwork", "ConvoTraining",
      ]),
    library(
      "ConvoTerminal",
      [
        "ConvoJSON", "ConvoLanguage", "ConvoOutput", "ConvoKernel", "ConvoStateFiles", "ConvoImages", "CEditline",
        "CChafa",
      ]),
    .executableTarget(
      name: "convo",
      dependencies: [
        "ConvoSchema", "ConvoLanguage", "ConvoOutput", "ConvoKernel", "ConvoCommands", "ConvoLessons", "ConvoPython",
        "ConvoTerminal",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),
    .target(name: "CPeakRate", path: "Benchmarks/Sources/CPeakRate"),
    .executableTarget(
      name: "ConvoBench",
      dependencies: [
        "CPeakRate", "ConvoThreads", "ConvoSchema", "ConvoTensor", "ConvoImages", "ConvoData", "ConvoNetwork",
        "ConvoTraining",
      ],
      path: "Benchmarks/Sources/ConvoBench", swiftSettings: settings),

    .target(name: "ConvoTestSupport", path: "Tests/Support", swiftSettings: settings),
    .target(name: "CAllocationCount", path: "Tests/CAllocationCount"),
    tests("Architecture", []),
    tests("ConvoThreads", ["ConvoThreads"]),
    tests("ConvoFiles", ["ConvoFiles"]),
    tests("ConvoJSON", ["ConvoJSON"]),
    tests("ConvoSchema", ["ConvoSchema"]),
    tests("ConvoLanguage", ["ConvoLanguage"]),
    tests("ConvoTensor", ["ConvoTensor"]),
    tests("ConvoImages", ["ConvoImages", "CPixels"], recorded: ["Fixtures"]),
    tests("ConvoData", ["ConvoData", "ConvoThreads", "ConvoImages"], recorded: ["Fixtures"]),
    tests("ConvoFigures", ["ConvoFigures", "ConvoOutput", "ConvoImages"]),
    tests("ConvoScenes", ["ConvoScenes", "ConvoThreads"]),
    tests("ConvoNetwork", ["CAllocationCount", "ConvoNetwork", "ConvoSchema", "ConvoTensor"], recorded: ["Recorded"]),
    tests(
      "ConvoTraining", ["ConvoTraining", "ConvoNetwork", "ConvoSchema", "ConvoTensor", "ConvoData", "ConvoImages"],
      recorded: ["Recorded"]),
    tests(
      "ConvoKeras",
      [
        "ConvoKeras", "ConvoJSON", "ConvoFiles", "ConvoData", "ConvoImages", "ConvoNetwork", "ConvoSchema",
        "ConvoTensor", "ConvoTraining", "convo",
      ], recorded: ["Recorded"]),
    tests("ConvoKerasProgram", ["ConvoKerasProgram", "ConvoSchema"]),
    tests(
      "ConvoONNX",
      [
        "ConvoONNX", "ConvoNetwork", "ConvoTensor", .product(name: "SwiftProtobuf", package: "swift-protobuf"),
      ]),
    tests("ConvoKernel", ["ConvoKernel", "ConvoSchema", "ConvoLanguage", "ConvoOutput"]),
    tests(
      "ConvoCommands",
      [
        "ConvoCommands", "ConvoKernel", "ConvoSchema", "ConvoLanguage", "ConvoOutput", "ConvoNetwork", "ConvoTensor",
        "ConvoImages", "ConvoTraining", "ConvoKerasProgram", "convo",
      ]),
    tests(
      "ConvoLessons",
      ["ConvoLessons", "ConvoStateFiles", "ConvoCommands", "ConvoKernel", "ConvoLanguage", "ConvoOutput", "convo"]),
    tests(
      "ConvoTerminal",
      ["ConvoTerminal", "ConvoStateFiles", "ConvoKernel", "ConvoLanguage", "ConvoOutput", "ConvoImages", "convo"]),
    tests(
      "ConvoPython",
      [
        "ConvoPython", "ConvoCommands", "ConvoKernel", "ConvoLanguage", "ConvoOutput", "ConvoImages", "ConvoData",
        "ConvoNetwork", "ConvoTraining",
      ]),
    tests("CommandLine", ["convo"]),
    tests("ConvoBench", ["ConvoBench", "CPeakRate", "ConvoNetwork", "ConvoTensor"]),
  ]
)
