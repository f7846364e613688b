import ConvoOutput
import Testing

@testable import ConvoTerminal

/// The boxes are those that Keras 3.15's `model.summary()` prints.
@Suite struct SummaryTests {
  private static let summary = ModelSummary(
    name: "horses",
    layers: [
      .init(name: "conv2d", type: "Conv2D", outputShape: [298, 298, 16], params: 448),
      .init(name: "max_pooling2d", type: "MaxPooling2D", outputShape: [149, 149, 16], params: 0),
      .init(name: "flatten", type: "Flatten", outputShape: [355216], params: 0),
      .init(name: "dense", type: "Dense", outputShape: [512], params: 181_871_104),
    ], trainableParams: 181_871_552, nonTrainableParams: 0)

  private func text(_ width: Int) -> String {
    Self.summary.lines(width: width).map(\.text).joined(separator: "\n")
  }

  @Test func asKerasPrintsIt() {
    #expect(
      text(80) == """
        Model: "horses"
        ┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━┓
        ┃ Layer (type)                    ┃ Output Shape           ┃       Param # ┃
        ┡━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━┩
        │ conv2d (Conv2D)                 │ (None, 298, 298, 16)   │           448 │
        ├─────────────────────────────────┼────────────────────────┼───────────────┤
        │ max_pooling2d (MaxPooling2D)    │ (None, 149, 149, 16)   │             0 │
        ├─────────────────────────────────┼────────────────────────┼───────────────┤
        │ flatten (Flatten)               │ (None, 355216)         │             0 │
        ├─────────────────────────────────┼────────────────────────┼───────────────┤
        │ dense (Dense)                   │ (None, 512)            │   181,871,104 │
        └─────────────────────────────────┴────────────────────────┴───────────────┘
         Total params: 181,871,552 (693.78 MB)
         Trainable params: 181,871,552 (693.78 MB)
         Non-trainable params: 0 (0.00 B)
        """)
  }

  @Test func aNarrowTerminalBreaksCellsAndNeverNumbers() {
    #expect(
      text(45) == """
        Model: "horses"
        ┏━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━┳━━━━━━━━━━━━━┓
        ┃                  ┃ Output   ┃             ┃
        ┃ Layer (type)     ┃ Shape    ┃     Param # ┃
        ┡━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━╇━━━━━━━━━━━━━┩
        │ conv2d (Conv2D)  │ (None,   │         448 │
        │                  │ 298,     │             │
        │                  │ 298, 16) │             │
        ├──────────────────┼──────────┼─────────────┤
        │ max_pooling2d    │ (None,   │           0 │
        │ (MaxPooling2D)   │ 149,     │             │
        │                  │ 149, 16) │             │
        ├──────────────────┼──────────┼─────────────┤
        │ flatten          │ (None,   │           0 │
        │ (Flatten)        │ 355216)  │             │
        ├──────────────────┼──────────┼─────────────┤
        │ dense (Dense)    │ (None,   │ 181,871,104 │
        │                  │ 512)     │             │
        └──────────────────┴──────────┴─────────────┘
         Total params: 181,871,552 (693.78 MB)
         Trainable params: 181,871,552 (693.78 MB)
         Non-trainable params: 0 (0.00 B)
        """)
  }

  @Test func aVeryNarrowTerminalGetsAList() {
    #expect(
      text(24).hasPrefix(
        """
        Model: "horses"
        Layer (type): conv2d
            (Conv2D)
          Output Shape: (None,
            298, 298, 16)
          Param #: 448
        """))
  }

  @Test func nothingIsWiderThanTheTerminal() {
    for width in 12...120 {
      #expect(Self.summary.lines(width: width).allSatisfy { $0.width <= width }, "at \(width)")
    }
  }

  @Test func tablesOfAllKindsFit() {
    let table = Table(
      title: "epochs", columns: [.init("epoch", .right), .init("what came of it"), .init("loss", .right)],
      rows: [["1", "better", "0.6932"], ["2", "日本語のテキスト that is long", "0.5"], ["3"]])
    #expect(
      table.lines(width: 40).map(\.text).joined(separator: "\n") == """
        epochs
        ┏━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━┓
        ┃ epoch ┃ what came of it     ┃   loss ┃
        ┡━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━┩
        │     1 │ better              │ 0.6932 │
        │     2 │ 日本語のテキスト    │    0.5 │
        │       │ that is long        │        │
        │     3 │                     │        │
        └───────┴─────────────────────┴────────┘
        """)
    for width in 12...60 { #expect(table.lines(width: width).allSatisfy { $0.width <= width }, "at \(width)") }
    #expect(Table(title: "none", columns: [], rows: []).lines(width: 10).map(\.text) == ["none"])
  }
}
