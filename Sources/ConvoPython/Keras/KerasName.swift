import ConvoLanguage
import ConvoNetwork
import ConvoSchema

/// A name of a module, and what it means to convo.
struct KerasName: Sendable {
  enum Meaning: Sendable {
    case layer(Schema)
    case input
    case optimizer(Schema)
    case loss(Schema)
    case metric(Schema)
    /// A penalty, a constraint, an initializer: written as a call in one word.
    case written
    case earlyStopping
    case reduceLearningRate
    case sequential
    case imageDataGenerator
    /// Computes or does something: its name alone tells what.
    case function
  }

  var module: String
  var name: String
  var meaning: Meaning

  var path: String { "\(module).\(name)" }
}

/// The modules that Python cells may import, and what convo knows of them.
enum KerasModules {
  /// Under one name, whatever leads to it: `tensorflow.keras.layers` is `keras.layers`.
  static func canonical(_ path: String) -> String {
    var parts = path.split(separator: ".").map(String.init)
    while parts.count > 1, ["tensorflow", "python", "api", "src", "_tf_keras"].contains(parts[0]),
      parts[0] != "tensorflow" || parts[1] == "keras" || parts[1] == "python"
    {
      parts.removeFirst()
    }
    while parts.count > 1, parts[0] == "keras", ["api", "src", "legacy"].contains(parts[1]) { parts.remove(at: 1) }
    if parts == ["keras", "optimizers", "legacy"] { parts.removeLast() }
    return parts.joined(separator: ".")
  }

  private static let known: Set = [
    "tensorflow", "keras", "keras.layers", "keras.models", "keras.optimizers", "keras.losses", "keras.metrics",
    "keras.callbacks", "keras.regularizers", "keras.constraints", "keras.initializers", "keras.preprocessing",
    "keras.preprocessing.image", "keras.utils", "numpy", "matplotlib", "matplotlib.pyplot", "matplotlib.image", "os",
    "os.path", "zipfile", "random", "google", "google.colab", "google.colab.files", "pathlib", "time", "sys",
    "warnings", "keras.activations", "tensorflow.nn", "keras.backend", "math", "shutil", "urllib", "urllib.request",
    "requests", "IPython", "PIL",
    "IPython.display", "pandas", "keras.applications",
  ]

  static func isKnown(_ module: String) -> Bool { known.contains(module) }

  /// The name that a module is usually imported by, with the line that does it.
  static func usualImport(of name: String) -> String? {
    switch name {
    case "tf": "import tensorflow as tf"
    case "keras": "from tensorflow import keras"
    case "np": "import numpy as np"
    case "plt": "import matplotlib.pyplot as plt"
    case "os": "import os"
    case "image": "from tensorflow.keras.preprocessing import image"
    case "ImageDataGenerator": "from tensorflow.keras.preprocessing.image import ImageDataGenerator"
    case "RMSprop", "Adam", "SGD": "from tensorflow.keras.optimizers import \(name)"
    case "layers": "from tensorflow.keras import layers"
    case "models": "from tensorflow.keras import models"
    default: nil
    }
  }

  /// What stands in a module under a name. Throws what is wrong.
  static func member(_ name: String, of module: String, at span: Span) throws(PythonMistake) -> PythonValue {
    let path = canonical("\(module).\(name)")
    if known.contains(path) { return .module(path) }
    func found(_ meaning: KerasName.Meaning) -> PythonValue {
      .member(KerasName(module: module, name: name, meaning: meaning))
    }
    func schema(_ schemas: [Schema]) -> Schema? { schemas.first { $0.answers(to: name) && $0.name != name } }
    var near: [String] = []
    switch module {
    case "keras.layers":
      if ["Input", "InputLayer"].contains(name) { return found(.input) }
      let schemas = LayerCatalog.all.map { $0.schema }
      if let schema = schema(schemas) { return found(.layer(schema)) }
      near = LayerCatalog.all.map { $0.kerasName }
    case "keras.optimizers":
      if let schema = schema(OptimizerCatalog.all.map { $0.schema }) { return found(.optimizer(schema)) }
      near = OptimizerCatalog.all.map { $0.kerasName }
    case "keras.losses":
      if let schema = Loss.Kind.allCases.map(\.schema).first(where: { $0.answers(to: name) }) {
        return found(.loss(schema))
      }
      near = Loss.Kind.allCases.flatMap(\.schema.aliases)
    case "keras.metrics":
      if let schema = schema(Metric.all.map { $0.schema }) { return found(.metric(schema)) }
      near = Metric.all.flatMap { $0.schema.aliases }
    case "tensorflow.nn", "keras.activations":
      near = Activation.allCases.map(\.rawValue)
      if near.contains(name) { return .text(name) }
    case "keras.regularizers", "keras.constraints", "keras.initializers": return found(.written)
    case "keras.callbacks":
      if name == "EarlyStopping" { return found(.earlyStopping) }
      if name == "ReduceLROnPlateau" { return found(.reduceLearningRate) }
      near = ["EarlyStopping", "ReduceLROnPlateau"]
    case "keras", "keras.models":
      if name == "Sequential" { return found(.sequential) }
      if name == "load_model", module == "keras.models" { return found(.function) }
      if name == "Input", module == "keras" { return found(.input) }
      near = ["Sequential", "load_model"]
    case "keras.preprocessing.image", "keras.utils":
      if name == "ImageDataGenerator", module != "keras.utils" { return found(.imageDataGenerator) }
      near = ["ImageDataGenerator", "load_img", "img_to_array"]
      if near.contains(name) { return found(.function) }
    case "numpy":
      near = ["expand_dims", "vstack", "argmax", "array"]
      if near.contains(name) { return found(.function) }
    case "matplotlib.pyplot":
      near = ["plot", "figure", "title", "legend", "xlabel", "ylabel", "show", "grid", "scatter"]
      if near.contains(name) { return found(.function) }
    case "os.path":
      near = ["join", "basename"]
      if near.contains(name) { return found(.function) }
    case "tensorflow", "matplotlib", "os", "random", "google.colab", "zipfile": break
    default: break
    }
    let help =
      instead(of: path) ?? Spelling.nearest(to: name, in: near).map { "did you mean '\($0)'?" }
      ?? (near.isEmpty ? "help python lists what runs" : "convo has: " + near.joined(separator: ", "))
    throw PythonMistake("\(module).\(name) is outside what convo runs", help: help, at: span, code: "python-subset")
  }

  /// What convo offers in place of something that it does not run.
  private static func instead(of path: String) -> String? {
    if path.hasPrefix("google.colab.files") { return "name the picture's path: predict FILE" }
    if path.hasPrefix("zipfile") || path.hasPrefix("shutil") || path.hasPrefix("urllib") || path.hasPrefix("requests") {
      return "unpack archives yourself; datasets lists the pictures that convo brings"
    }
    switch path {
    case "matplotlib.pyplot.savefig": return "plot history save=history.png draws it into a file"
    case "matplotlib.pyplot.imshow", "matplotlib.image.imread": return "show FILE shows a picture"
    case "os.listdir": return "inspect NAME looks at the pictures of a generator"
    case "keras.callbacks.Callback":
      return "a callback that stops training is EarlyStopping(monitor='val_loss', patience=3)"
    case "keras.callbacks.ModelCheckpoint": return "rewind EPOCH goes back to any epoch of a fit"
    case "keras.Model", "keras.models.Model": return "build the model with Sequential([...])"
    default: return nil
    }
  }
}
