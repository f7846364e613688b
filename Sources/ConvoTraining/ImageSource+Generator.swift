public import ConvoData
public import ConvoNetwork
import ConvoTensor

extension ImageSource {
  /// What a model needs to know of a generator.
  public init(_ generator: ImageGenerator) {
    let mode = generator.options.classMode
    self.init(
      name: generator.name, imageShape: Shape(generator.imageShape), classMode: mode == .none ? nil : mode.rawValue,
      classes: generator.classNames.count)
  }
}
