import ConvoKernel

/// The variables of Python cells: a part of the session, so that forks and failures keep it with the rest.
struct PythonEnvironment: SessionPart {
  var variables: [String: PythonValue] = [:]
  /// Models without an input size yet, with the layers that were added: convo begins a model with its input.
  var waiting: [String: [Construct]] = [:]
  /// What `plt.show()` will show.
  var figure = PythonFigure()
}
