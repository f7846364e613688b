import ConvoKerasProgram
import ConvoSchema
import Foundation
import Testing

@Suite struct KerasProgramTests {
  private static let head = "\"\"\"A session of convo, for Keras 3 with TensorFlow.\"\"\"\n\n"

  /// What stands behind the imports and the seed.
  private func body(_ program: KerasProgram) -> String {
    let text = program.text
    guard let seed = text.range(of: "keras.utils.set_random_seed(0)\n") else { return text }
    return String(text[seed.upperBound...].drop { $0 == "\n" })
  }

  private func dense(_ units: Int) -> PythonCall { PythonCall("keras.layers.Dense", [String(units)]) }

  @Test func aProgramBeginsWithItsSeed() {
    let program = KerasProgram(seed: 7)
    #expect(program.isEmpty)
    #expect(program.text == Self.head + "import keras\n\nkeras.utils.set_random_seed(7)\n")
  }

  @Test func layersThatFollowTheirModelStandInIt() {
    var program = KerasProgram(seed: 0)
    program.beginModel("sequential", input: [8, 8, 3])
    program.addLayer("flatten", PythonCall("keras.layers.Flatten"), to: "sequential", hadLearned: false)
    program.addLayer("dense", dense(1), to: "sequential", hadLearned: false)
    program.write(["print(model.name)"])
    program.addLayer("dense_1", dense(2), to: "sequential", hadLearned: false)
    #expect(
      body(program) == """
        model = keras.Sequential([
            keras.Input(shape=(8, 8, 3)),
            keras.layers.Flatten(),
            keras.layers.Dense(1),
        ])

        print(model.name)

        model.add(keras.layers.Dense(2))

        """)
  }

  /// Keras counts over the whole program, and convo within a model.
  @Test func namesStandWhereKerasWouldGiveOthers() {
    var program = KerasProgram(seed: 0)
    for name in ["sequential", "sm-all"] {
      program.beginModel(name, input: [4])
      program.addLayer("dense", dense(1), to: name, hadLearned: false)
    }
    program.addLayer("dense_1", dense(2), to: "sm-all", hadLearned: false)
    #expect(
      body(program) == """
        model = keras.Sequential([
            keras.Input(shape=(4,)),
            keras.layers.Dense(1),
        ])

        sm_all_model = keras.Sequential([
            keras.Input(shape=(4,)),
            keras.layers.Dense(1, name="dense"),
            keras.layers.Dense(2),
        ], name="sm-all")

        """)
  }

  @Test func aLayerThatIsRemovedAtOnceWasNeverThere() {
    var program = KerasProgram(seed: 0)
    program.beginModel("sequential", input: [4])
    program.addLayer("dense", dense(1), to: "sequential", hadLearned: false)
    program.addLayer("dense_1", dense(2), to: "sequential", hadLearned: false)
    program.removeLayer("dense", from: "sequential", input: [4])
    #expect(
      body(program) == """
        model = keras.Sequential([
            keras.Input(shape=(4,)),
            keras.layers.Dense(2, name="dense_1"),
        ])

        """)
  }

  @Test func aLayerThatIsRemovedLaterIsLeftOutOfANewModel() {
    var program = KerasProgram(seed: 0)
    program.beginModel("sequential", input: [4])
    program.addLayer("dense", dense(1), to: "sequential", hadLearned: false)
    program.compileModel("sequential", ["loss=\"mean_squared_error\""])
    program.removeLayer("dense", from: "sequential", input: [4])
    #expect(
      body(program).hasSuffix(
        """
        model = keras.Sequential(
            [keras.Input(shape=(4,))]
            + [type(layer).from_config(layer.get_config()) for layer in model.layers if layer.name != "dense"],
            name=model.name,
        )
        model.compile(loss="mean_squared_error")

        """))
  }

  @Test func rewindLetsTheFitSaveItsEpochs() {
    var program = KerasProgram(seed: 0)
    program.beginModel("sequential", input: [4])
    program.fit("sequential", KerasFit(images: "images", epochs: 2, done: 0))
    program.fit("sequential", KerasFit(images: "images", epochs: 3, done: 2))
    program.rewindModel("sequential", to: 4)
    #expect(
      body(program).hasSuffix(
        """
        history = model.fit(images)

        history = model.fit(
            images,
            callbacks=[keras.callbacks.ModelCheckpoint("model-fit2-epoch-{epoch}.keras")],
        )

        model = keras.models.load_model("model-fit2-epoch-2.keras")

        """))
  }

  @Test func rewindToTheFirstWeightsDrawsThemAnew() {
    var program = KerasProgram(seed: 0)
    program.beginModel("sequential", input: [4])
    program.compileModel("sequential", [])
    program.fit("sequential", KerasFit(images: "images", epochs: 1, done: 0))
    program.rewindModel("sequential", to: 0)
    #expect(body(program).hasSuffix("model = keras.models.clone_model(model)\nmodel.compile()\n"))
  }

  @Test func aNameThatIsLoadedAgainIsAnotherVariable() {
    var program = KerasProgram(seed: 0)
    for directory in ["\"a\"", "\"b\""] {
      let plain = PythonCall("ImageDataGenerator")
      program.loadGenerator(
        "train", preparation: plain, flow: [directory], plain: plain, still: [directory], measured: nil)
    }
    #expect(
      body(program) == """
        train_datagen = ImageDataGenerator()
        train_generator = train_datagen.flow_from_directory("a")

        train_2_datagen = ImageDataGenerator()
        train_2_generator = train_2_datagen.flow_from_directory("b")

        """)
    #expect(program.text.contains("\nfrom tensorflow.keras.preprocessing.image import ImageDataGenerator\n"))
  }

  @Test func statisticsAreMeasuredWithPlainImages() {
    var program = KerasProgram(seed: 0)
    let plain = PythonCall("ImageDataGenerator")
    program.loadGenerator(
      "train", preparation: plain, flow: ["\"a\""], plain: plain, still: ["\"a\"", "shuffle=False"], measured: nil)
    program.loadGenerator(
      "other", preparation: PythonCall("ImageDataGenerator", ["featurewise_center=True"]), flow: ["\"b\""],
      plain: plain,
      still: ["\"b\""], measured: "train")
    #expect(
      body(program).hasSuffix(
        """
        other_datagen = ImageDataGenerator(featurewise_center=True)
        measure(other_datagen, ImageDataGenerator().flow_from_directory("a", shuffle=False))
        other_generator = other_datagen.flow_from_directory("b")

        """))
    #expect(
      program.text.contains("\nimport numpy\n") && program.text.contains("\n\n\ndef measure(preparation, plain):\n"))
  }

  @Test func remarksStayInTheirLine() {
    var program = KerasProgram(seed: 0)
    program.remark("a\nimport os")
    #expect(body(program) == "# a import os\n")
  }

  @Test func whatTheSessionDidNotMakeIsNamed() {
    var program = KerasProgram(seed: 0)
    program.compileModel("other", [])
    #expect(body(program) == "# other was not made by this session, so this program can't use it\n")
  }

  @Test func callsHaveWhatDiffersFromTheDefaults() {
    let schema = Schema(
      "dense", aliases: ["Dense"], summary: "",
      parameters: [
        Parameter("units", .integer(1...9), .positional, .required, help: ""),
        Parameter("use_bias", .boolean, .named, .defaults(to: .boolean(true)), help: ""),
        Parameter("kernel_regularizer", .optional(.text), .named, .defaults(to: .none), help: ""),
        Parameter("pool_size", .size(sides: 2...2), .positional, .defaults(to: .size([2, 2])), help: ""),
      ])
    let typed = Arguments(defaultsOf: schema, ["units": .integer(3), "kernel_regularizer": .text("l1_l2(0.1, l2=1)")])
    #expect(
      PythonCall("Dense", schema, typed).text
        == "Dense(3, kernel_regularizer=keras.regularizers.l1_l2(0.1, l2=1))")
    #expect(schema.kerasClass == "Dense")
    let pool = Arguments(defaultsOf: schema, ["units": .integer(3), "pool_size": .size([3, 2])])
    #expect(PythonCall("Dense", schema, pool).text == "Dense(3, pool_size=(3, 2))")
  }
}
