public import ArgumentParser
public import ConvoTerminal

/// The options that every way of starting convo takes.
struct SharedOptions: ParsableArguments {
  @Flag(help: "Print events as JSON, one object a line.")
  var json = false

  @Option(help: "Draws the first weights and shuffles the images: the same seed, the same run.")
  var seed: UInt64 = 0

  @Option(help: "How many threads train and decode (default: one for each core). Results do not depend on it.")
  var threads: Int?

  @Option(help: "Colours: auto, always or never.")
  var color = ColorChoice.auto

  @Flag(help: "Leave out progress and reports on the way.")
  var quiet = false

  mutating func validate() throws {
    if let threads, !(1...256).contains(threads) {
      throw ValidationError("--threads must be a whole number from 1 to 256, not \(threads)")
    }
  }
}

extension ColorChoice: ExpressibleByArgument {}
