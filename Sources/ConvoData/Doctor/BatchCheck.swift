/// Pictures that the size of the batches leaves over.
enum BatchCheck {
  static func findings(_ generator: ImageGenerator) -> [Finding] {
    let rest = generator.count % generator.options.batchSize
    guard rest > 0, generator.stepsPerPass > 1 else { return [] }
    let whole = generator.stepsPerPass - 1
    return [
      Finding(
        .note,
        "the last of \(counted(generator.stepsPerPass, "batch", "batches")) holds only "
          + "\(counted(rest, "picture")) of \(generator.options.batchSize)",
        advice:
          "nothing is lost without steps_per_epoch; with steps_per_epoch=\(whole), \(counted(rest, "picture")) of "
          + "every epoch \(rest == 1 ? "stays" : "stay") unseen, others each time")
    ]
  }
}
