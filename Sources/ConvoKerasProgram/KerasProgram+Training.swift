/// A call of `fit`.
public struct KerasFit: Sendable {
  /// The generator to learn from, in Python.
  public var images: String
  /// How many epochs are trained.
  public var epochs: Int
  /// How many the model had trained before.
  public var done: Int
  /// What stands behind the generator.
  public var options: [String] = []
  /// Calls that make Keras's callbacks.
  public var callbacks: [String] = []

  public init(images: String, epochs: Int, done: Int) {
    self.images = images
    self.epochs = epochs
    self.done = done
  }

  func lines(_ history: String, _ model: String, saving files: String?) -> [String] {
    var callbacks = callbacks
    if let files {
      callbacks.append(
        PythonCall("keras.callbacks.ModelCheckpoint", [PythonLiteral.text("\(files)-{epoch}.keras")]).text)
    }
    let options = options + (callbacks.isEmpty ? [] : ["callbacks=\(PythonLiteral.list(callbacks))"])
    return PythonCall("\(model).fit", [images] + options).lines(assignedTo: history)
  }
}

extension KerasProgram {
  /// A fit that the program made, and may have to make otherwise once something goes back to one of its epochs.
  struct FitCode: Sendable {
    let index: Int
    let variable: String
    let fit: KerasFit
    /// What the files are called in which its epochs are saved; `nil` where they are not.
    var files: String?
  }

  /// The variable that holds what a model's last fit measured.
  private static let history = "history"

  /// Trains a model.
  public mutating func fit(_ model: String, _ fit: KerasFit, helpers: [PythonHelper] = []) {
    guard let variable = use(model) else { return }
    write(fit.lines(Self.history, variable, saving: nil), helpers: helpers)
    fits[model, default: []].append(FitCode(index: statements.count - 1, variable: variable, fit: fit))
    lastTrained = model
  }

  /// What the last fit of all measured, if it was this model's; `nil` where it was not.
  public func history(of model: String) -> String? {
    lastTrained == model ? Self.history : nil
  }

  /// Goes back to the end of an epoch: the fit that trained it saves each of its epochs.
  ///
  /// - Parameter epoch: Its number; 0 for the first weights.
  public mutating func rewindModel(_ model: String, to epoch: Int) {
    guard epoch > 0 else { return resetModel(model) }
    guard let variable = use(model) else { return }
    guard let place = fits[model]?.lastIndex(where: { $0.fit.done < epoch }), var code = fits[model]?[place] else {
      remark("\(model) went back to the end of epoch \(epoch), which this program did not train")
      return
    }
    let files = code.files ?? "\(variable)-fit\(place + 1)-epoch"
    code.files = files
    fits[model]?[place] = code
    replaceStatement(at: code.index, with: code.fit.lines(Self.history, code.variable, saving: files))
    let file = PythonLiteral.text("\(files)-\(epoch - code.fit.done).keras")
    write(["\(variable) = keras.models.load_model(\(file))"])
  }
}
