import ConvoData
import ConvoKernel
import ConvoLanguage
import ConvoNetwork
import ConvoOutput
import ConvoPython
import ConvoTraining
import Testing

/// Cells that run, and what is refused before they do.
@Suite struct RunningTests {
  private static let imports = """
    import numpy as np, matplotlib.pyplot as plt
    import tensorflow as tf
    from tensorflow import keras
    from tensorflow.keras.preprocessing import image
    from tensorflow.keras.preprocessing.image import ImageDataGenerator

    """

  private func setUp(_ tiny: TinyPython) -> String {
    Self.imports + """
      datagen = ImageDataGenerator(rescale=1./255)
      train = datagen.flow_from_directory('\(tiny.path("train"))', target_size=(8, 8), batch_size=4, class_mode='binary')
      model = keras.models.Sequential([
          keras.layers.Conv2D(2, (3,3), activation=tf.nn.relu, input_shape=(8, 8, 3)),
          keras.layers.MaxPooling2D(2, 2),
          keras.layers.Flatten(),
          keras.layers.Dense(1, activation='sigmoid')
      ])
      model.compile(loss='binary_crossentropy', optimizer=keras.optimizers.SGD(0.05), metrics=['accuracy'])

      """
  }

  @Test func aModelLearnsAndBothLanguagesSeeIt() async throws {
    let tiny = try TinyPython()
    _ = try await tiny.run(
      setUp(tiny) + """
        history = model.fit(train, epochs=3, verbose=0)
        acc = history.history['accuracy']
        print(len(acc), len(history.history['loss']), history.epoch)
        """)
    let state = await tiny.session.state
    #expect(state.model(named: "model")?.model.layers.map(\.name) == ["conv2d", "max_pooling2d", "flatten", "dense"])
    #expect(state.model(named: "model")?.learned?.epochsDone == 3)
    #expect(state.generator(named: "train")?.count == 8)
    _ = try await tiny.run("evaluate train")
    #expect(try await tiny.run("loss, acc = model.evaluate(train)\nprint(acc <= 1, loss > 0)").last == "True True")
    _ = try await tiny.run(
      "load generator held from \(tiny.path("validation")) target_size=8x8 class_mode=binary rescale=1/255")
    #expect(try await tiny.run("len(held)") == ["1"])
  }

  @Test func aPictureIsPredictedAsTheGeneratorWould() async throws {
    let tiny = try TinyPython()
    let file = tiny.path("train/dogs/1.png")
    let printed = try await tiny.run(
      setUp(tiny) + """
        history = model.fit(train, epochs=1)
        x = image.img_to_array(image.load_img('\(file)', target_size=(8, 8))) / 255.
        classes = model.predict(np.vstack([np.expand_dims(x, axis=0)]))
        print(classes.shape)
        print(f"{classes[0][0]:.4f}")
        """)
    #expect(printed.suffix(2).first == "(1, 1)")
    _ = try await tiny.run("predict \(file)")
    let scores = tiny.contents.compactMap { if case .prediction(let report) = $0 { report.scores[0] } else { nil } }
    #expect(scores.map { NumberText.fixed($0, 4) } == [printed.last])
  }

  @Test func mistakesAreFoundBeforeAnythingRuns() async throws {
    let tiny = try TinyPython()
    let mistakes = await tiny.execute(
      Self.imports + """
        keras.layers.Conv2D(16, (3,3), activaton='relu')
        keras.layers.Conv3D(16)
        ImageDataGenerator().flow_from_directory(train_dir, target_sise=(8, 8))
        x = nonsense + 1
        """)
    #expect(mistakes.count == 4)
    #expect(mistakes[0].contains("Conv2D has no option 'activaton'"))
    #expect(mistakes[0].contains("did you mean 'activation'?"))
    #expect(mistakes[0].contains("^^^^^^^^^^^^^^^^"))
    #expect(mistakes[1].contains("keras.layers.Conv3D is outside what convo runs"))
    #expect(mistakes[2].contains("'train_dir' has no value yet"))
    #expect(mistakes[2].contains("train_dir = 'DIRECTORY'"))
    #expect(mistakes[3].contains("'nonsense' has no value yet"))
    #expect(await tiny.session.state.generators.isEmpty)
  }

  @Test func aCommandsErrorStandsAtItsPythonLine() async throws {
    let tiny = try TinyPython()
    let mistakes = await tiny.execute(
      Self.imports + """
        g = ImageDataGenerator().flow_from_directory(
            '/nowhere/at/all',
            class_mode='binary')
        """)
    #expect(mistakes.count == 1)
    #expect(mistakes[0].contains("  7 |     '/nowhere/at/all',"))
  }

  @Test(arguments: [
    ("1 + 2 * 3", "7"), ("2 ** 10", "1024"), ("7 // -2", "-4"), ("-7 % 3", "2"), ("1 / 4", "0.25"),
    ("[1, 2.5, 'a', None, True]", "[1, 2.5, 'a', None, True]"), ("'a' + 'b'", "'ab'"), ("max(1, 3, 2)", "3"),
    ("round(3.14159, 2)", "3.14"), ("{'a': 1}['a']", "1"), ("(1 < 2) and not (2 < 1)", "True"), ("-2 ** 2", "-4"),
    ("list(range(3))", "[0, 1, 2]"), ("f'{1/3:.2f} {{}}'", "'0.33 {}'"), ("2 ** 3 ** 2", "512"),
  ])
  func expressionsComeToWhatPythonSays(_ source: String, _ shown: String) async throws {
    let tiny = try TinyPython()
    #expect(try await tiny.run("x = \(source)\nx") == [shown])
  }

  @Test(arguments: [
    "10**10**10", "9223372036854775807 + 1", "99999999999999999999999", "1 / 0", "1 // 0", "1 % 0", "'a' * 100000000",
    "range(10**12)", "-9223372036854775807 - 2", "2.0 ** 100000", "[1][5]", "'a' - 1", "1e308 * 10", "2.0 ** 1e300",
    "(-9223372036854775807 - 1) // -1", "abs(-9223372036854775807 - 1) + 'a'", "int(1e300)",
    "[1][-9223372036854775807]",
  ])
  func whatIsTooLargeIsRefused(_ source: String) async throws {
    let tiny = try TinyPython()
    #expect(await tiny.execute("x = \(source)").count == 1)
  }

  @Test func histories() async throws {
    let tiny = try TinyPython()
    _ = try await tiny.run(
      """
      import matplotlib.pyplot as plt
      plt.plot([1, 2, 3], label='a')
      plt.title('T')
      plt.figure()
      plt.plot([0, 1], [4, 5])
      plt.legend(['b'])
      plt.show()
      """)
    let charts = tiny.contents.compactMap { if case .chart(let chart) = $0 { chart } else { nil } }
    #expect(charts.map(\.title) == ["T"])
    #expect(charts.first?.panels.map { $0.series.map(\.name) } == [["a"], ["b"]])
    #expect(charts.first?.panels.last?.series.first?.points == [.init(0, 4), .init(1, 5)])
  }

  @Test func slipsAreMended() async throws {
    let tiny = try TinyPython()
    let text = """
      from tensorflow.keras.preprocessing.image
      import ImageDataGenerator
      g = ImageDataGenerator().flow_from_directory(
          '\(tiny.path("train"))',
          # as in the notes
          class_mode='binary'

      m = tf.keras.Sequential()
      """
    #expect(await tiny.execute(text).count >= 2)
    let mending = await PythonMending(
      of: [SourceText(text)], from: await tiny.session.state, catalog: tiny.session.catalog)
    #expect(
      mending.changes.map(\.text) == [
        "- from tensorflow.keras.preprocessing.image", "- import ImageDataGenerator",
        "+ from tensorflow.keras.preprocessing.image import ImageDataGenerator", "+ )", "+ import tensorflow as tf",
      ])
    _ = try await tiny.run(mending.cells[0].text)
    #expect(await tiny.session.state.generator(named: "g")?.count == 8)
  }

  @Test func cutsNeverTrap() async throws {
    let tiny = try TinyPython()
    let bytes = Array(setUp(tiny).utf8)
    for end in stride(from: 0, to: bytes.count, by: 9) {
      let cut = SourceText(String(decoding: bytes[..<end], as: UTF8.self))
      _ = await tiny.session.mistakes(in: [cut], of: PythonDialect())
      let rest = SourceText(String(decoding: bytes[end...], as: UTF8.self))
      _ = await tiny.session.mistakes(in: [rest], of: PythonDialect())
    }
  }

  @Test func notebooksAreRead() throws {
    let text = """
      {"cells": [{"cell_type": "markdown", "source": ["# x"]}, {"cell_type": "code", "source": ["!wget a\\n", "x = 1"]},
      {"cell_type": "code", "source": "%%bash\\nls"}, {"cell_type": "code", "source": []}], "nbformat": 4}
      """
    #expect(try PythonNotebook(text, file: "n.ipynb").cells.map(\.text) == ["!wget a\nx = 1", "%%bash"])
    #expect(throws: Diagnostic.self) { try PythonNotebook("[1]", file: "n.ipynb") }
    #expect(throws: Diagnostic.self) { try PythonNotebook("{", file: "n.ipynb") }
  }
}
