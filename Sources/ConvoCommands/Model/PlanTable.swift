import ConvoNetwork
import ConvoOutput

extension Table {
  /// A plan, a row for each stage.
  init(_ plan: PlanDescription, of model: String) {
    func millions(_ operations: Double) -> String { NumberText.fixed(operations / 1e6, 1) }
    self.init(
      title: "How training runs \(model)",
      columns: [.init("stage"), .init("why"), .init("MFLOP forward", .right), .init("MFLOP back", .right)],
      rows: plan.stages.map {
        [$0.name, $0.reason, millions($0.forwardOperations), millions($0.backwardOperations)]
      })
  }
}

extension PlanDescription {
  /// How samples go through, in a sentence or two.
  var course: String {
    func images(_ count: Int) -> String { count == 1 ? "1 image" : "\(count) images" }
    let blocks = stages.contains { !$0.isOnRows } ? ", the stages on pictures \(images(block)) at a time" : ""
    return """
      MFLOP are millions of multiplications and additions for an image, counted as if none were skipped. \
      Up to \(images(chunk)) go forward and back together\(blocks); \(keptBytes >> 20) MiB hold what the way back needs.
      """
  }
}
