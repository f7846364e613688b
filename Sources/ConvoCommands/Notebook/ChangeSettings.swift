import ConvoData
import ConvoKerasProgram
import ConvoKernel
import ConvoOutput
import ConvoSchema
import ConvoTensor

/// `set`: changes a setting of the session, or shows them all.
struct ChangeSettings: Command {
  static let stage = CourseStage.notebook

  static let schema = Schema(
    "set",
    summary: "Changes a setting of the session; without an option, shows them all",
    parameters: [
      Parameter(
        "seed", .integer(0...Int.max),
        help: "Draws the first weights and shuffles the images: the same seed, the same run"),
      Parameter("threads", .integer(1...256), help: "How many threads train and decode; results do not depend on it"),
      Parameter(
        "kernels", .choice(["auto"] + KernelSet.names),
        help: "Which of convo's own kernels compute: auto takes the fastest that the processor has"),
      Parameter(
        "cache", .either([.integer(0...(Int.max >> 20)), .text]), unit: "MiB, or with its unit: 512MiB, 2GiB",
        help: "How much memory decoded pictures may take, so that they are decoded only once"),
    ],
    examples: [
      Example("set", "the settings"),
      Example("set seed=7", "another run of chance"),
      Example("set cache=512MiB", "keeps fewer decoded pictures"),
      Example("set kernels=baseline", "the kernels that run everywhere, to compare"),
    ],
    keras: "keras.utils.set_random_seed(7)")

  let seed: Int?
  let threads: Int?
  let kernels: String?
  let cacheBytes: Int?

  init(_ arguments: Arguments) throws(ArgumentError) {
    seed = try arguments.integerIfGiven("seed")
    threads = try arguments.integerIfGiven("threads")
    kernels = try arguments.textIfGiven("kernels")
    guard let written = try arguments.textIfGiven("cache") else {
      cacheBytes = nil
      return
    }
    cacheBytes = Self.bytes(written)
    if cacheBytes == nil {
      throw ArgumentError(
        parameter: "cache", problem: "cache must be a size of memory, not \(written)",
        help: "write MiB as a number, or a unit: cache=512MiB or cache=2GiB")
    }
  }

  /// `512`, `512MiB`, `2GiB` in bytes.
  private static func bytes(_ text: String) -> Int? {
    let digits = text.prefix { $0.isNumber }
    let shifts = ["": 20, "mib": 20, "mb": 20, "m": 20, "gib": 30, "gb": 30, "g": 30, "kib": 10, "kb": 10, "k": 10]
    guard let count = Int(digits), count >= 0, let shift = shifts[text.dropFirst(digits.count).lowercased()],
      count <= Int.max >> shift
    else { return nil }
    return count << shift
  }

  private var hasOptions: Bool { seed != nil || threads != nil || kernels != nil || cacheBytes != nil }

  private static func kernelSet(_ name: String) throws -> KernelSet {
    if name == "auto" { return .best }
    if let set = KernelSet.named(name) { return set }
    let available = KernelSet.available.map(\.name).joined(separator: ", ")
    throw CommandError(
      .badValue, "this processor can't run the \(name) kernels", help: "it runs \(available)", parameter: "kernels")
  }

  func run(in context: CommandContext) async throws -> [SessionChange] {
    var settings = context.state.settings
    if let seed { settings.seed = UInt64(seed) }
    if let threads { settings.threads = threads }
    if let kernels { settings.kernels = try Self.kernelSet(kernels) }
    if let cacheBytes { settings.cacheBytes = cacheBytes }
    if hasOptions { return [.setSettings(settings)] }
    let used = context.cache.usedBytes >> 20
    context.emit(
      .table(
        Table(
          title: "Settings", columns: [.init("setting"), .init("value"), .init("meaning")],
          rows: [
            ["seed", String(settings.seed), "draws the first weights and shuffles the images"],
            ["threads", String(settings.threads), "train and decode"],
            ["kernels", settings.kernels.name, "compute convolution, ReLU and pooling in one pass"],
            ["cache", "\(settings.cacheBytes >> 20)MiB", "for decoded pictures; \(used) MiB in use"],
          ])))
    return []
  }
}

extension ChangeSettings: KerasWriting {
  /// The seed alone changes results.
  func write(to program: inout KerasProgram, _ run: CommandRun) {
    guard let seed else { return }
    program.write(["keras.utils.set_random_seed(\(seed))"])
  }
}
