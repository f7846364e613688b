/// The layers that a learner can add. A new layer is its one file and one line here.
public enum LayerCatalog {
  /// In the order in which help lists them.
  public static let all: [any LayerSpec.Type] = [
    Conv2D.self,
    MaxPooling2D.self,
    AveragePooling2D.self,
    GlobalAveragePooling2D.self,
    GlobalMaxPooling2D.self,
    Flatten.self,
    Dense.self,
    ActivationLayer.self,
    Rescaling.self,
    BatchNormalization.self,
    Dropout.self,
  ]
}
