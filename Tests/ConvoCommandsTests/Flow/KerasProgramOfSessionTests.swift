import ConvoCommands
import ConvoKerasProgram
import ConvoKernel
import ConvoLanguage
import ConvoOutput
import ConvoTestSupport
import ConvoTraining
import Foundation
import Testing

/// The programs of sessions. That real Keras runs them is tested by `Tests/WithKeras/test_python_out.py`.
@Suite struct KerasProgramOfSessionTests {
  /// The program behind its imports and its seed, with what depends on where the pictures are taken out.
  private func program(_ tiny: TinySession) async -> String {
    let text = await tiny.session.state.program.text.replacing(tiny.folder.url.path, with: "FOLDER")
    guard let seed = text.range(of: "keras.utils.set_random_seed(0)\n") else { return text }
    return String(text[seed.upperBound...].drop { $0 == "\n" })
  }

  @Test func aSessionIsAProgram() async throws {
    let tiny = try TinySession()
    try await tiny.setUp()
    try await tiny.run("fit train epochs=3 validation_data=validation reduce_lr=val_accuracy(patience=1 factor=0.5)")
    try await tiny.run(
      "evaluate validation steps=1; predict \(tiny.path("train/cats/1.png")); summary explain; history")
    #expect(
      await program(tiny).hasSuffix(
        """
        train_datagen = ImageDataGenerator(rescale=1 / 255)
        train_generator = train_datagen.flow_from_directory(
            "FOLDER/train",
            target_size=(8, 8),
            class_mode="binary",
            batch_size=4,
            seed=0,
        )

        validation_datagen = ImageDataGenerator(rescale=1 / 255)
        validation_generator = validation_datagen.flow_from_directory(
            "FOLDER/validation",
            target_size=(8, 8),
            class_mode="binary",
            batch_size=5,
            seed=0,
        )

        model = keras.Sequential([
            keras.Input(shape=(8, 8, 3)),
            keras.layers.Flatten(),
            keras.layers.Dense(1, activation="sigmoid"),
        ])

        model.compile(
            loss="binary_crossentropy",
            optimizer=keras.optimizers.SGD(learning_rate=0.05, momentum=0.9),
            metrics=["accuracy"],
        )

        history = model.fit(
            train_generator,
            epochs=3,
            validation_data=validation_generator,
            callbacks=[keras.callbacks.ReduceLROnPlateau(monitor="val_accuracy", factor=0.5, patience=1)],
        )

        model.evaluate(validation_generator, steps=1)

        predict_files(
            model,
            train_datagen,
            ["FOLDER/train/cats/1.png"],
            target_size=(8, 8),
            color_mode="rgb",
            interpolation="nearest",
        )

        print(history.history)

        """))
  }

  @Test func optionsOfLossAndMetricsAreObjects() async throws {
    let tiny = try TinySession()
    try await tiny.run(
      """
      new model input=4; add dense 1 activation=sigmoid kernel_regularizer="l2(0.5)"
      compile loss=binary_crossentropy label_smoothing=0.1 optimizer=adam metrics=[accuracy auc "precision(0.3)"]
      """)
    #expect(
      await program(tiny) == """
        model = keras.Sequential([
            keras.Input(shape=(4,)),
            keras.layers.Dense(1, activation="sigmoid", kernel_regularizer=keras.regularizers.l2(0.5)),
        ])

        model.compile(
            loss=keras.losses.BinaryCrossentropy(label_smoothing=0.1),
            optimizer=keras.optimizers.Adam(),
            metrics=["accuracy", keras.metrics.AUC(name="auc"), keras.metrics.Precision(0.3, name="precision")],
        )

        """)
  }

  @Test func whatFailsIsNotInTheProgram() async throws {
    let tiny = try TinySession()
    try await tiny.run("new model input=8x8x3; add flatten")
    for failing in ["add conv2d 4 3x3", "fit train", "remove layer dense", "evaluate train", "use other"] {
      #expect(!(await tiny.execute(failing)).isEmpty, "\(failing)")
    }
    #expect(
      await program(tiny) == """
        model = keras.Sequential([
            keras.Input(shape=(8, 8, 3)),
            keras.layers.Flatten(),
        ])

        """)
  }

  @Test func anInterruptedFitIsItsFinishedEpochs() async throws {
    let tiny = try TinySession()
    try await tiny.setUp()
    // More than it can finish before the interruption is seen.
    let errors = await tiny.execute("fit train epochs=100000") { content in
      if case .epoch(let epoch) = content { epoch.epoch == 2 } else { false }
    }
    try #require(errors.count == 1)
    let done = try await tiny.learned.epochsDone
    try #require(done >= 2)
    #expect(
      await program(tiny).hasSuffix(
        """
        # fit was interrupted: these are the epochs that it finished

        history = model.fit(train_generator, epochs=\(done))

        """))
    // The next one ends the epoch that was begun and goes on.
    try await tiny.run("fit train epochs=2")
    let more = try await tiny.learned.epochsDone - done
    #expect(await program(tiny).hasSuffix("\nhistory = model.fit(train_generator, epochs=\(more))\n"))
  }

  @Test func stepsThatGoAroundNeedAnEndlessGenerator() async throws {
    let tiny = try TinySession()
    try await tiny.setUp()
    // 16 images are 4 batches: two epochs of 2 are one pass, and epochs of 3 go around in the second.
    try await tiny.run("fit train steps_per_epoch=2 epochs=3")
    #expect(await program(tiny).hasSuffix("model.fit(train_generator, steps_per_epoch=2, epochs=3)\n"))
    try await tiny.run("fit train steps_per_epoch=3")
    #expect(await program(tiny).hasSuffix("model.fit(train_generator, steps_per_epoch=3)\n"))
    try await tiny.run("fit train steps_per_epoch=3 epochs=2")
    #expect(await program(tiny).hasSuffix("model.fit(endless(train_generator), steps_per_epoch=3, epochs=2)\n"))
    #expect(await tiny.session.state.program.text.contains("\n\n\ndef endless(generator):\n"))
  }

  @Test func aForkHasAProgramOfItsOwn() async throws {
    let tiny = try TinySession()
    try await tiny.run("new model input=4")
    let fork = await tiny.session.fork()
    for await _ in await fork.execute(SourceText("add dense 1")) {}
    #expect(await fork.state.program.text.contains("Dense(1)"))
    #expect(!(await program(tiny)).contains("Dense"))
  }

  @Test func exportWritesWhatKerasShows() async throws {
    let tiny = try TinySession()
    #expect(
      await tiny.execute("keras") == [
        "the session has done nothing yet that Keras could do; begin with load generator or new model"
      ])
    try await tiny.run("new model input=4; add dense 1")
    try await tiny.run("export \"\(tiny.path("model.py"))\"")
    let file = try String(contentsOfFile: tiny.path("model.py"), encoding: .utf8)
    #expect(file == (await tiny.session.state.program.text))
    try await tiny.run("keras")
    #expect(tiny.texts.map { $0 + "\n" } == [file])
  }

  @Test func exportSaysWhatItCanWrite() async throws {
    let tiny = try TinySession()
    try await tiny.run("new model input=4; add dense 1")
    #expect(
      await tiny.execute("export model.html") == [
        """
        the end of 'model.html' does not say what to write; what can be exported: NAME.py, the session as a Python \
        program; NAME.onnx, the model for onnxruntime
        """
      ])
    #expect(
      await tiny.execute("export \"\(tiny.path("model.onnx"))\"") == [
        "sequential has learned nothing yet; train it first: fit GENERATOR"
      ])
    #expect(
      await tiny.execute("export no-such-place/model.py") == [
        "there is no directory 'no-such-place'; make it first, or choose another place"
      ])
    #expect(!FileManager.default.fileExists(atPath: tiny.path("model.onnx")))
  }

  @Test func exportWritesAModelWithItsPreprocessing() async throws {
    let tiny = try TinySession()
    try await tiny.setUp()
    try await tiny.run("fit train; export \"\(tiny.path("model.onnx"))\"")
    let bytes = try Data(contentsOf: URL(filePath: tiny.path("model.onnx")))
    for note in [
      #"{"color_mode":"rgb","target_size":[8,8],"interpolation":"nearest","keep_aspect_ratio":false,"#
        + #""rescale":0.00392156862745098}"#, #"["cats","dogs"]"#,
    ] {
      #expect(bytes.range(of: Data(note.utf8)) != nil, "\(note)")
    }
  }
}
