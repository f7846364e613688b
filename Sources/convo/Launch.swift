import ConvoCommands
import ConvoKernel
import ConvoLanguage
import ConvoLessons
import ConvoOutput
import ConvoPython
import ConvoTerminal

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Puts a session and a face together, as the options want them.
struct Launch {
  private let options: SharedOptions
  private let session: Session
  private let face: any Face
  private let driver: CellDriver

  init(_ options: SharedOptions) {
    self.options = options
    let cores = max(1, min(256, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    let settings = Settings(seed: options.seed, threads: options.threads ?? cores)
    session = Session(
      catalog: CommandCatalog(
        CommandCatalog.standard.commands + LessonCommands.all + [PythonHelp.self], dialect: PythonDialect()),
      state: SessionState(settings: settings), observer: LessonObserver())
    face = StandardFaces.make(json: options.json, color: options.color, quiet: options.quiet)
    driver = CellDriver(session: session, face: face)
  }

  /// - Parameter first: a cell to begin with.
  func prompt(first: SourceText? = nil) -> Int32 {
    Prompt(
      driver: driver, version: Version.text, color: options.color, quiet: options.quiet,
      shorthand: LessonCommands.shorthand
    ).run(first: first)
  }

  func run(script: SourceText, keepGoing: Bool = false) -> ExitStatus {
    ScriptRunner(session: session, driver: driver, keepGoing: keepGoing).run(script)
  }

  func runStandardInput() -> ExitStatus {
    do {
      return run(script: SourceText(try TextFile.standardInput()))
    } catch {
      return fail(error)
    }
  }

  /// Runs a file by its kind; the ending of its name tells.
  func run(file: String, keepGoing: Bool, fix: Bool = false) -> ExitStatus {
    do {
      switch file.split(separator: ".").last.map({ $0.lowercased() }) {
      case "md", "markdown":
        return try replay(Lesson(contentsOf: file))
      case "convo": return run(script: SourceText(try TextFile.contents(of: file), file: file), keepGoing: keepGoing)
      case "py":
        let source = SourceText(try TextFile.contents(of: file), file: file)
        return run(script: fix ? mended([source])[0] : source, keepGoing: keepGoing)
      case "ipynb":
        let cells = try PythonNotebook(try TextFile.contents(of: file), file: file).cells
        let runner = ScriptRunner(session: session, driver: driver, keepGoing: keepGoing)
        return runner.run(notebook: fix ? mended(cells) : cells)
      default:
        throw Diagnostic(
          code: "file", message: "'\(file)' is nothing that convo can run",
          help: "scripts end in .convo or .py, notebooks in .ipynb, lessons in .md")
      }
    } catch let error as LessonError {
      return fail(error)
    } catch let error as Diagnostic {
      return fail(error)
    } catch {
      return fail(Diagnostic(code: "file", message: "\(error)"))
    }
  }

  /// Python with the slips mended whose mend is certain; what was mended is shown.
  private func mended(_ cells: [SourceText]) -> [SourceText] {
    let mending = driver.wait { session in
      await PythonMending(of: cells, from: await session.state, catalog: session.catalog)
    }
    for line in mending.changes {
      face.show(OutputEvent(cell: 0, .text(StyledText(line.text, line.isNew ? .success : .warning, mayWrap: false))))
    }
    return mending.cells
  }

  /// Plays a lesson of the library.
  func replay(lesson id: String) -> ExitStatus {
    do throws(LessonError) {
      return try replay(LessonLibrary.usual().lessonOrConcept(id))
    } catch {
      return fail(error)
    }
  }

  private func replay(_ lesson: Lesson) throws(LessonError) -> ExitStatus {
    try LessonReplay(session: session, driver: driver, face: face, showsSource: !options.json).run(lesson)
  }

  private func fail(_ error: LessonError) -> ExitStatus {
    for mistake in error.diagnostics { face.show(OutputEvent(cell: 0, .error(mistake))) }
    return .failure
  }

  private func fail(_ diagnostic: Diagnostic) -> ExitStatus {
    face.show(OutputEvent(cell: 0, .error(LocatedDiagnostic(diagnostic, in: SourceText("")))))
    return .failure
  }
}
