import ConvoNetwork
import ConvoOutput
import ConvoTraining

extension Table {
  /// Where the time of the training steps went, a row for each stage and one for everything else that took some. The
  /// times of all threads together make up the time on the wall.
  init(_ profile: FitProfile) {
    let execution = profile.execution
    let steps = Double(max(execution.steps, 1))
    let threads = Double(max(execution.threads, 1))
    let total = execution.elapsed + profile.waitingForImages
    let imagesOfStep = Double(profile.images) / steps

    func milliseconds(_ seconds: Double) -> String { NumberText.fixed(seconds / steps * 1e3, 2) }
    func share(_ seconds: Double) -> String { NumberText.fixed(total > 0 ? seconds / total * 100 : 0, 1) + " %" }
    func stage(_ time: ExecutionProfile.StageTime, _ stage: PlanDescription.Stage) -> [String] {
      let (forward, backward) = (time.forward / threads, time.backward / threads)
      let operations = (stage.forwardOperations + stage.backwardOperations) * Double(profile.images)
      let bytes = (stage.forwardBytes + stage.backwardBytes) * imagesOfStep
      let rate = forward + backward > 0 ? operations / (forward + backward) / 1e9 : 0
      return [
        stage.name, milliseconds(forward), milliseconds(backward), share(forward + backward),
        operations > 0 ? NumberText.fixed(rate, 1) : "", NumberText.fixed(bytes / 1e6, 1),
      ]
    }
    func other(_ name: String, _ seconds: Double) -> [String]? {
      seconds > 0 ? [name, milliseconds(seconds), "", share(seconds), "", ""] : nil
    }
    let others = [
      other("images turned into numbers", execution.input / threads),
      other("loss", execution.loss / threads),
      other("statistics of the batch", execution.statistics / threads),
      other("gradients added up", execution.reduction / threads),
      other("optimizer", execution.optimizer),
      other("weights packed for the kernels", execution.refreshing / threads),
      other("threads waiting for each other", execution.waiting / threads),
      other("waiting for images", profile.waitingForImages),
    ]
    self.init(
      title: "Where the time of \(execution.steps) steps went",
      columns: [
        .init("stage"), .init("ms forward", .right), .init("ms back", .right), .init("share", .right),
        .init("GFLOP/s", .right), .init("MB", .right),
      ],
      rows: zip(execution.stages, profile.plan.stages).map(stage) + others.compactMap { $0 }
        + [["a step", milliseconds(total), "", share(total), "", ""]])
  }
}
