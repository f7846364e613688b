import ConvoData
import ConvoImages
import ConvoKerasProgram
import ConvoKernel
import ConvoNetwork
import ConvoSchema
import ConvoTraining

extension Predict: KerasWriting {
  func write(to program: inout KerasProgram, _ run: CommandRun) {
    guard let trained = run.after.activeModel, let preprocessing = trained.preprocessing,
      let variable = program.use(trained.model.name)
    else { return }
    guard let preparation = program.preparation(of: trained.model.name) else {
      program.remark("the pictures of predict were prepared as those that \(trained.model.name) once learned from")
      return
    }
    var files: [String] = []
    var helpers: [PythonHelper] = [.predictFiles]
    var single: [String] = []
    func endRun() {
      if !single.isEmpty { files.append(PythonLiteral.list(single)) }
      single = []
    }
    for source in sources {
      if run.after.generator(named: source) != nil {
        endRun()
        guard let variable = program.generator(source) else { return }
        files.append("\(variable).filepaths")
        continue
      }
      let path = PythonLiteral.text(Path.expandingTilde(source))
      if Path.isDirectory(Path.expandingTilde(source)) {
        endRun()
        files.append("pictures_below(\(path))")
        helpers.append(.picturesBelow)
      } else {
        single.append(path)
      }
    }
    endRun()
    var call = PythonCall("predict_files", [variable, preparation, files.joined(separator: " + ")])
    call.set("target_size", PythonLiteral.tuple([preprocessing.size.height, preprocessing.size.width]))
    call.set("color_mode", PythonLiteral.text(preprocessing.colorMode.rawValue))
    call.set("interpolation", PythonLiteral.text(preprocessing.interpolation.rawValue))
    if preprocessing.keepAspectRatio { call.set("keep_aspect_ratio", "True") }
    program.write(call.lines(), helpers: helpers)
  }
}
