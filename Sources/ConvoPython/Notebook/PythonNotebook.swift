import ConvoJSON
public import ConvoLanguage

/// The code of a Jupyter notebook: its cells in order, without what they once put out.
public struct PythonNotebook: Sendable {
  /// Lines are counted in each cell; the file's name says which cell it is.
  public let cells: [SourceText]

  /// Reads a notebook. Throws what is wrong with the file.
  public init(_ text: String, file: String) throws(Diagnostic) {
    let root: JSONValue
    do throws(JSONError) {
      root = try JSONValue(parsing: text.utf8)
    } catch {
      throw Diagnostic(
        code: "file", message: "'\(file)' is no notebook: \(error.reason)", help: "save it anew in Jupyter or in Colab")
    }
    guard case .array(let items)? = root["cells"] else {
      throw Diagnostic(
        code: "file", message: "'\(file)' is no notebook: it has no cells", help: "notebooks of version 4 have them")
    }
    var cells: [SourceText] = []
    for (place, item) in items.enumerated() where item["cell_type"]?.string == "code" {
      let source: String
      switch item["source"] {
      case .string(let text)?: source = text
      case .array(let lines)?: source = lines.compactMap(\.string).joined()
      default: continue
      }
      guard source.contains(where: { !$0.isWhitespace }) else { continue }
      cells.append(SourceText(Self.withoutScript(source), file: "\(file)\(Self.mark)\(place + 1)"))
    }
    self.cells = cells
  }

  /// Stands between the name of a notebook and the number of a cell.
  private static let mark = " cell "

  /// The path of the file that a cell comes from: of what is no cell, the path itself.
  static func path(of file: String) -> String {
    guard let mark = file.ranges(of: mark).last, file[mark.upperBound...].allSatisfy(\.isNumber) else { return file }
    return String(file[..<mark.lowerBound])
  }

  /// `%%bash` makes a cell a script of another language: its first line stands for it.
  private static func withoutScript(_ source: String) -> String {
    let first = source.split(separator: "\n", maxSplits: 1).first ?? ""
    let isScript = first.hasPrefix("%%") && !first.hasPrefix("%%time")
    return isScript ? String(first) : source
  }
}
