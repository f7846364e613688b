import ConvoKernel
import ConvoLanguage
import ConvoOutput
import ConvoTestSupport
import Foundation
import Testing

/// `why`: what one picture did to loss and accuracy.
@Suite struct WhyTests {
  struct Setting: Sendable, CustomTestStringConvertible {
    let mode, last, loss: String
    /// Keras counts a logit above 0.5 as a yes, where a probability above 0.5 is one above 0.
    var hasKerasAccuracy = true

    var testDescription: String { "\(mode), \(last), \(loss)" }
  }

  static let settings = [
    Setting(mode: "binary", last: "dense 1 activation=sigmoid", loss: "binary_crossentropy"),
    Setting(mode: "binary", last: "dense 1", loss: "binary_crossentropy from_logits=true", hasKerasAccuracy: false),
    Setting(mode: "categorical", last: "dense 2 activation=softmax", loss: "categorical_crossentropy"),
    Setting(mode: "sparse", last: "dense 2 activation=softmax", loss: "sparse_categorical_crossentropy"),
    Setting(mode: "sparse", last: "dense 2", loss: "sparse_categorical_crossentropy from_logits=true"),
    Setting(mode: "categorical", last: "dense 2 activation=sigmoid", loss: "binary_crossentropy"),
  ]

  /// All pictures of the validation together make up its loss and its accuracy, in every epoch.
  @Test(arguments: settings)
  func thePicturesMakeUpTheWhole(_ setting: Setting) async throws {
    let session = try TinySession()
    try await session.setUp(mode: setting.mode, last: setting.last, loss: setting.loss)
    try await session.run("fit train epochs=3 validation_data=validation verbose=0")
    var (losses, rights, shares) = ([0.0, 0, 0], [0.0, 0, 0], [0.0, 0, 0])
    for name in ["cats", "dogs"] {
      for number in 0..<5 {
        try await session.run("why \(session.path("validation/\(name)/\(number).png"))")
        let loss = try await session.series("why.loss")
        let probability = try await session.series("why.probability")
        for epoch in 0..<3 {
          // Several sigmoids have a loss each.
          if !setting.last.contains("dense 2 activation=sigmoid") {
            #expect(abs(-log(probability[epoch]) - loss[epoch]) < 1e-5)
          }
          losses[epoch] += loss[epoch] / 10
          rights[epoch] += try await session.series("why.right")[epoch] / 10
          shares[epoch] += try await session.series("why.share")[epoch]
        }
      }
    }
    let valLoss = try await session.series("val_loss")
    let valAccuracy = try await session.series("val_accuracy")
    for epoch in 0..<3 {
      #expect(abs(losses[epoch] - valLoss[epoch]) < 1e-6)
      #expect(abs(shares[epoch] - 1) < 1e-6)
      if setting.hasKerasAccuracy { #expect(abs(rights[epoch] - valAccuracy[epoch]) < 1e-9) }
    }
  }

  /// Five of ten pictures, others in each epoch.
  @Test func onlyThosePicturesHaveAShareThatTheEpochCameTo() async throws {
    let session = try TinySession()
    try await session.setUp()
    try await session.run("fit train epochs=3 validation_data=validation validation_steps=1 verbose=0")
    var (sums, counts) = ([0.0, 0, 0], [0, 0, 0])
    for name in ["cats", "dogs"] {
      for number in 0..<5 {
        try await session.run("why \(session.path("validation/\(name)/\(number).png"))")
        guard case .series(let shares)? = try? await session.value("why.share") else { continue }
        for (epoch, share) in shares.enumerated() where !share.isNaN {
          sums[epoch] += share
          counts[epoch] += 1
        }
      }
    }
    #expect(counts == [5, 5, 5])
    #expect(sums.allSatisfy { abs($0 - 1) < 1e-6 })
  }

  /// A picture in the wrong directory: the better the model gets, the surer it is, and the more the loss suffers.
  @Test func aConfidentMistakeIsToldInWords() async throws {
    let session = try TinySession()
    let wrong = session.path("validation/cats/wrong.png")
    try FileManager.default.copyItem(atPath: session.path("train/dogs/2.png"), toPath: wrong)
    try await session.setUp(rate: 0.5)
    try await session.run("fit train epochs=30 validation_data=validation verbose=0")
    try await session.run("why \(wrong)")
    let losses = try await session.series("why.loss")
    let worst = try #require(losses.indices.max { losses[$0] < losses[$1] })
    let share = try await session.series("why.share")[worst]
    let probability = try await session.series("why.probability")[worst]
    #expect(probability < 0.05)
    let sentence = try #require(session.texts.last)
    #expect(sentence.hasPrefix("In epochs "))
    #expect(
      sentence.hasSuffix(
        " it is a confident mistake, most of all in epoch \(worst + 1): cats has a probability of "
          + "\(NumberText.metric(probability)), and the loss of the picture is \(NumberText.metric(losses[worst])). That "
          + "alone is \(NumberText.fixed(share * 100, 1)) % of val_loss, while accuracy loses 1 of 11 images, as for any "
          + "other wrong answer."), "\(sentence)")
  }

  @Test func aPictureThatWasLearnedFromAndOneFromElsewhere() async throws {
    let session = try TinySession()
    try await session.setUp()
    try await session.run("fit train epochs=2 validation_data=validation verbose=0")
    try await session.run("why \(session.path("train/cats/3.png"))")
    let table = try #require(session.tables.first)
    #expect(table.columns.map(\.title) == ["epoch", "probability of cats", "loss", "right", "share of loss"])
    #expect(table.rows.count == 2)

    // The directory's name is the class; there is no share in anything.
    let elsewhere = session.folder.url.appending(path: "elsewhere/dogs")
    try FileManager.default.createDirectory(at: elsewhere, withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      atPath: session.path("train/cats/3.png"), toPath: elsewhere.appending(path: "x.png").path)
    let ofCats = try await session.series("why.probability")
    try await session.run("why \(elsewhere.path)/x.png")
    #expect(session.tables.first?.columns.map(\.title) == ["epoch", "probability of dogs", "loss", "right"])
    for (cats, dogs) in zip(ofCats, try await session.series("why.probability")) {
      #expect(abs(cats + dogs - 1) < 1e-6)
    }
    await #expect(throws: ExpressionError.self) { try await session.value("why.share") }
  }

  @Test func whatCanNotBeAnswered() async throws {
    let session = try TinySession()
    try await session.setUp()
    let file = session.path("validation/cats/1.png")
    #expect(
      await session.execute("why \(file)") == ["sequential has finished no epoch yet; train it first: fit GENERATOR"])
    try await session.run("fit train epochs=1 verbose=0")
    #expect(await session.execute("why nothing.png").first?.hasPrefix("there is no file 'nothing.png'; ") == true)
    #expect(await session.execute("why \(session.path("train"))").first?.contains("is a directory") == true)
    let copy = session.path("photo.png")
    try FileManager.default.copyItem(atPath: file, toPath: copy)
    #expect(
      await session.execute("why \(copy)").first?.hasSuffix(
        "is none of those that the model learned; put it in a directory that is called as its class is: cats, dogs")
        == true)
    try Data("no picture".utf8).write(to: URL(filePath: session.path("train/cats/no.png")))
    #expect(await session.execute("why \(session.path("train/cats/no.png"))").count == 1)
  }
}
