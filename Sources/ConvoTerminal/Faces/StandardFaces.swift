public import ConvoOutput

/// Chooses the face for standard output.
public enum StandardFaces {
  /// - Parameters:
  ///   - json: events as JSON lines, whatever standard output is.
  ///   - quiet: results and errors alone; of no effect on JSON, whose readers choose for themselves.
  public static func make(json: Bool, color: ColorChoice, quiet: Bool) -> any Face {
    if json { return JSONFace() }
    let output = StandardStream.output
    let hasColors = color.allowsColors(on: output)
    let hasErrorColors = color.allowsColors(on: .errors)
    let face: any Face =
      output.isTerminal && !Environment.terminalIsDumb
      ? TerminalFace(hasColors: hasColors, hasErrorColors: hasErrorColors)
      : PlainFace(hasColors: hasColors, hasErrorColors: hasErrorColors)
    return quiet ? QuietFace(face) : face
  }
}
