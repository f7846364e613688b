/// What a program imports, in the order in which the lines stand.
public enum PythonImport: String, Sendable, CaseIterable, Comparable {
  case os = "import os"
  case keras = "import keras"
  case numpy = "import numpy"
  case imageDataGenerator = "from tensorflow.keras.preprocessing.image import ImageDataGenerator"

  public static func < (left: PythonImport, right: PythonImport) -> Bool {
    (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
  }
}

/// Functions of the program's own, for what Keras has no name for.
public enum PythonHelper: String, Sendable, CaseIterable, Comparable {
  case endless = """
    def endless(generator):
        \"\"\"Goes around the images without end. Keras itself would cut an epoch short where they run out.\"\"\"
        while True:
            yield next(generator)
    """

  case picturesBelow = """
    def pictures_below(directory):
        \"\"\"The pictures in a directory and below it, by their names.\"\"\"
        endings = (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".tif", ".tiff", ".webp", ".ppm", ".pgm", ".pbm", ".pnm")
        return sorted(
            os.path.join(folder, name)
            for folder, _, names in os.walk(directory)
            for name in names
            if name.lower().endswith(endings) and not name.startswith(".")
        )
    """

  case predictFiles = """
    def predict_files(model, preparation, files, **options):
        \"\"\"What the model says about pictures, prepared as those that it learned from.\"\"\"
        images = [keras.utils.img_to_array(keras.utils.load_img(file, **options)) for file in files]
        scores = model.predict(numpy.stack([preparation.standardize(image) for image in images]), verbose=0)
        for file, score in zip(files, scores):
            print(file, score)
        return scores
    """

  case measure = """
    def measure(preparation, plain):
        \"\"\"Takes the mean, the deviation and the whitening of images from those of a generator.\"\"\"
        preparation.fit(numpy.concatenate([plain[index] for index in range(len(plain))]))
    """

  /// What the function itself needs.
  var imports: [PythonImport] {
    switch self {
    case .endless: []
    case .picturesBelow: [.os]
    case .predictFiles, .measure: [.numpy]
    }
  }

  public static func < (left: PythonHelper, right: PythonHelper) -> Bool {
    (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
  }
}
