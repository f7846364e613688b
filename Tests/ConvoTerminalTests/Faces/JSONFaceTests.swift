import ConvoLanguage
import ConvoOutput
import Foundation
import Testing

@testable import ConvoTerminal

@Suite struct JSONFaceTests {
  private func line(_ content: OutputEvent.Content, cell: Int = 3) -> String {
    let sink = MemorySink()
    JSONFace(output: sink).show(OutputEvent(cell: cell, content))
    return sink.text
  }

  @Test func theFirstAndTheLast() {
    #expect(line(.began(source: "help\nadd \"x\"")) == #"{"event":"began","cell":3,"source":"help\nadd \"x\""}"# + "\n")
    #expect(line(.ended(ok: true, seconds: 0.25)) == #"{"event":"ended","cell":3,"ok":true,"seconds":0.25}"# + "\n")
  }

  @Test func textAndTables() {
    let text = StyledText([.init("a "), .init("b", .strong)])
    #expect(line(.text(text)) == #"{"event":"text","cell":3,"text":"a b"}"# + "\n")
    let table = Table(title: "models", columns: [.init("name"), .init("layers", .right)], rows: [["a", "3"]])
    #expect(
      line(.table(table))
        == #"{"event":"table","cell":3,"title":"models","columns":["name","layers"],"rows":[["a","3"]]}"# + "\n")
  }

  @Test func pictures() {
    let picture = Picture(mime: "image/png", data: Array("light work".utf8), width: 2, height: 1)
    #expect(
      line(.image(picture))
        == #"{"event":"image","cell":3,"mime":"image/png","data":"bGlnaHQgd29yaw==","width":2,"height":1}"# + "\n")
  }

  /// The examples of RFC 4648, section 10.
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
    ("foobar", "Zm9vYmFy"),
  ])
  func base64(_ plain: String, _ encoded: String) {
    #expect(Base64.encode(Array(plain.utf8)) == encoded)
  }

  @Test func datasets() {
    let report = DatasetReport(
      name: "train", images: 2, classes: ["zebra", "ape"], problems: [.init(file: "a/b.png", problem: "is empty")])
    #expect(
      line(.dataset(report))
        == #"{"event":"dataset","cell":3,"name":"train","images":2,"classes":{"zebra":0,"ape":1},"#
        + #""problems":[{"file":"a/b.png","problem":"is empty"}]}"# + "\n")
  }

  @Test func summaries() {
    let summary = ModelSummary(
      name: "m", layers: [.init(name: "conv2d", type: "Conv2D", outputShape: [2, 2, 16], params: 448)],
      trainableParams: 448, nonTrainableParams: 2)
    #expect(
      line(.summary(summary))
        == #"{"event":"summary","cell":3,"layers":[{"name":"conv2d","type":"Conv2D","output_shape":[2,2,16],"#
        + #""params":448}],"total_params":450,"trainable_params":448,"non_trainable_params":2}"# + "\n")
  }

  @Test func training() {
    #expect(line(.progress(Progress(title: "Epoch 1/2", done: 1, total: 2, seconds: 1))) == "")
    let batch = BatchReport(epoch: 1, batch: 2, loss: 0.5, metrics: [.init("accuracy", 0.75)])
    #expect(
      line(.batch(batch)) == #"{"event":"batch","cell":3,"epoch":1,"batch":2,"loss":0.5,"accuracy":0.75}"# + "\n")
    var epoch = EpochReport(
      epoch: 1, lastEpoch: 2, steps: 8, loss: 0.5, metrics: [.init("accuracy", 0.75), .init("auc", 0.5)],
      valLoss: 0.25, valMetrics: [.init("accuracy", 1), .init("auc", 0.25)], images: 9,
      seconds: 1.5, valSeconds: 0.5, learningRate: 0.001)
    #expect(
      line(.epoch(epoch))
        == #"{"event":"epoch","cell":3,"epoch":1,"loss":0.5,"accuracy":0.75,"auc":0.5,"val_loss":0.25,"#
        + #""val_accuracy":1.0,"val_auc":0.25,"images":9,"seconds":1.5,"val_seconds":0.5,"learning_rate":0.001}"# + "\n"
    )
    (epoch.metrics, epoch.valLoss, epoch.valMetrics, epoch.valSeconds) = ([], nil, [], nil)
    epoch.loss = .nan
    #expect(
      line(.epoch(epoch))
        == #"{"event":"epoch","cell":3,"epoch":1,"loss":null,"images":9,"seconds":1.5,"learning_rate":0.001}"# + "\n")
  }

  @Test func evaluationsAndPredictions() {
    let evaluation = EvaluationReport(loss: 0.5, images: 3, seconds: 1)
    #expect(line(.evaluation(evaluation)) == #"{"event":"evaluation","cell":3,"loss":0.5,"images":3}"# + "\n")
    let known = PredictionReport(file: "a.png", label: "humans", classIndex: 1, scores: [0.93])
    #expect(
      line(.prediction(known))
        == #"{"event":"prediction","cell":3,"file":"a.png","label":"humans","class_index":1,"scores":[0.93]}"# + "\n")
    let unknown = PredictionReport(file: "a.png", label: nil, classIndex: nil, scores: [.infinity])
    #expect(
      line(.prediction(unknown))
        == #"{"event":"prediction","cell":3,"file":"a.png","label":null,"class_index":null,"scores":[null]}"# + "\n")
  }

  @Test func errors() {
    let placed = LocatedDiagnostic(
      Diagnostic(code: "x", message: "no", help: "so", span: Span(4, 7)), in: SourceText("add foo"))
    #expect(
      line(.error(placed))
        == #"{"event":"error","cell":3,"code":"x","message":"no","line":1,"column":5,"length":3,"help":"so"}"# + "\n")
    let elsewhere = LocatedDiagnostic(Diagnostic(code: "x", message: "no"), in: SourceText(""))
    #expect(
      line(.error(elsewhere))
        == #"{"event":"error","cell":3,"code":"x","message":"no","line":null,"column":null,"length":null,"help":""}"#
        + "\n")
  }

  @Test func everyStringComesThrough() throws {
    let hard = "quote \" backslash \\ \u{0}\u{1}\u{1F}\u{7F}\u{85} \u{2028}\u{2029} ü日🐎\r\n\t / e\u{301}"
    let found = line(.text(StyledText(hard)))
    #expect(found.unicodeScalars.filter { $0.properties.isWhitespace && $0 != " " } == ["\n"])
    let object = try JSONSerialization.jsonObject(with: Data(found.utf8)) as? [String: Any]
    let text = try #require(object?["text"] as? String)
    #expect(Array(text.unicodeScalars) == Array(hard.unicodeScalars))
  }
}
