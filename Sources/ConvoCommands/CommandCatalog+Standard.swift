public import ConvoKernel

extension CommandCatalog {
  /// Every command of convo, in the order of the course.
  public static let standard = CommandCatalog([
    LoadGenerator.self, Generators.self, Inspect.self, Show.self, MakeDataset.self, Datasets.self,
    NewModel.self, Add.self, RemoveLayer.self, Summary.self, Models.self, Use.self,
    Compile.self,
    Fit.self, Sweep.self, Rewind.self, Reset.self, History.self,
    Evaluate.self, Predict.self, Confusion.self, Mistakes.self, Compare.self, Why.self, Dissect.self,
    PlotHistory.self, Trace.self,
    Help.self, Print.self,
    Save.self, Open.self, Keras.self, Export.self, ChangeSettings.self,
  ])
}
