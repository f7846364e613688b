import ConvoLanguage
import ConvoLessons
import ConvoOutput
import Testing

/// The lesson of the notes.
@Suite struct Week4Tests {
  private let lesson: Lesson

  init() throws {
    lesson = try Lesson(contentsOf: lessonsDirectory + "/week4.md")
  }

  @Test func itsCellsAreTheNotesProgram() {
    #expect(
      lesson.cells.map(\.text).joined(separator: "\n") == """
        make dataset horse-or-human
        load generator train from datasets/horse-or-human/train rescale=1/255 target_size=300x300 batch_size=128 class_mode=binary
        load generator validation from datasets/horse-or-human/validation rescale=1/255 target_size=300x300 batch_size=32 class_mode=binary
        new model input=300x300x3
        add conv2d 16 3x3 activation=relu
        add maxpooling2d 2x2
        add conv2d 32 3x3 activation=relu
        add maxpooling2d 2x2
        add conv2d 64 3x3 activation=relu
        add maxpooling2d 2x2
        add conv2d 64 3x3 activation=relu
        add maxpooling2d 2x2
        add conv2d 64 3x3 activation=relu
        add maxpooling2d 2x2
        add flatten
        add dense 512 activation=relu
        add dense 1 activation=sigmoid
        summary
        compile loss=binary_crossentropy optimizer=rmsprop learning_rate=0.001 metrics=[accuracy]
        fit train steps_per_epoch=8 epochs=15 verbose=1 validation_data=validation validation_steps=8
        history
        evaluate validation
        predict datasets/horse-or-human/validation/horses/horse001.png
        predict datasets/horse-or-human/validation/horses/horse002.png
        predict datasets/horse-or-human/validation/humans/human001.png
        predict datasets/horse-or-human/validation/humans/human002.png
        """)
  }

  @Test func everyCellStandsWhereItSaysItDoes() throws {
    let lines = try String(contentsOfLesson: "week4.md").split(separator: "\n", omittingEmptySubsequences: false)
    for cell in lesson.cells {
      let commands = cell.text.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines[(cell.firstLine - 1)...].prefix(commands.count) == commands[...])
      #expect(lines[cell.firstLine - 2] == "```convo")
    }
  }

  @Test func everyCellParses() {
    for cell in lesson.cells {
      let program = Parser.parse(cell)
      #expect(program.diagnostics.isEmpty && !program.isIncomplete && !program.commands.isEmpty)
    }
  }
}
