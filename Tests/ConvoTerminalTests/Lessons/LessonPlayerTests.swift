import ConvoTestSupport
import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A lesson as a learner goes through it: with Enter, numbers and commands, in a real terminal.
@Suite struct LessonPlayerTests {
  private let lessons: LessonFolder

  init() throws {
    lessons = try LessonFolder()
  }

  private func open(_ arguments: String..., number: Int = 2) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(arguments, in: lessons.url, columns: 90)
    terminal.waitForPrompt(number)
    return terminal
  }

  /// Types a line and waits for what it leads to, and for the next prompt.
  private func enter(
    _ line: String, _ terminal: PseudoTerminal, prompt: Int, until text: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    terminal.enter(line)
    terminal.wait(for: text, sourceLocation: sourceLocation)
    terminal.waitForPrompt(prompt, sourceLocation: sourceLocation)
  }

  @Test func fromTheFirstStepToTheLast() throws {
    let terminal = try open(number: 1)
    enter("new model mine input=8x8x3", terminal, prompt: 2, until: "model mine")
    enter("lesson model", terminal, prompt: 3, until: "Enter or next runs this.")
    #expect(terminal.screen.text.contains("Pictures of 30 by 30"))
    enter("", terminal, prompt: 4, until: "conv2d: 30x30x3 → 28x28x4, 112 parameters")
    terminal.wait(for: "  2. Half as many channels")
    enter("", terminal, prompt: 5, until: "A guess first")
    enter("2", terminal, prompt: 6, until: "✗ Look again: channels are left alone.")
    enter(" 1 ", terminal, prompt: 7, until: "✓ Right: one of every two by two is kept.")
    // A number that answers nothing is no command.
    enter("9", terminal, prompt: 8, until: "there is no choice 9")
    enter("", terminal, prompt: 9, until: "  add maxpooling2d 2x2")
    enter("", terminal, prompt: 10, until: "Your turn: Lay the numbers out in a row.")
    enter("add conv2d 1 3x3", terminal, prompt: 11, until: "· output_shape is 12x12x1, wanted: 784")
    enter("", terminal, prompt: 12, until: "✗ output_shape is 12x12x1, wanted: 784")
    enter("hint", terminal, prompt: 13, until: "Hint 1 of 2: There is a layer for it.")
    enter("solution", terminal, prompt: 14, until: "There is one hint left")
    enter("hint", terminal, prompt: 15, until: "Hint 2 of 2: It is called flatten.")
    enter("solution", terminal, prompt: 16, until: "One way:")
    enter("remove layer 3", terminal, prompt: 17, until: "· output_shape is 14x14x4, wanted: 784 (and 1 more: next)")
    enter("add flatten", terminal, prompt: 18, until: "✓ That's it.")
    enter("", terminal, prompt: 19, until: "  add dense 1 activation=sigmoid")
    enter("next", terminal, prompt: 20, until: "That was “A small model”.")
    enter("review", terminal, prompt: 21, until: "Answered wrong: 1 question")
    enter("1", terminal, prompt: 22, until: "1 of 1 question answered right.")
    enter("leave", terminal, prompt: 23, until: "Your session is back as it was before the lesson.")
    // An empty line is no cell any more.
    terminal.enter("")
    terminal.enter("models")
    terminal.wait(for: "→ │ mine")
    terminal.waitForPrompt(24)
    #expect(!terminal.screen.text.contains("In [23]:\nIn [24]:"))
    terminal.type("\u{4}")
    #expect(terminal.exitStatus() == 0)
  }

  @Test func skippingGoingBackAndPlaying() throws {
    let terminal = try open("lesson", "model")
    enter("skip", terminal, prompt: 3, until: "? What comes out")
    enter("skip", terminal, prompt: 4, until: "  add maxpooling2d 2x2")
    enter("back", terminal, prompt: 5, until: "Type the number of your guess.")
    enter("1", terminal, prompt: 6, until: "✓ Right")
    enter("next", terminal, prompt: 7, until: "  add maxpooling2d 2x2")
    enter("play", terminal, prompt: 8, until: "Do what you like")
    enter("add conv2d 1 5x5", terminal, prompt: 9, until: "conv2d_1: 28x28x4 → 24x24x1")
    // Enter does not throw away what is played.
    terminal.enter("")
    terminal.waitForPrompt(9)
    enter("next", terminal, prompt: 10, until: "What you played is gone; the lesson goes on.")
    enter("", terminal, prompt: 11, until: "max_pooling2d: 28x28x4 → 14x14x4")
    enter("list", terminal, prompt: 12, until: "│ →")
    #expect(terminal.screen.text.contains("✓ right"))
    // What stands for something else is not what Up brings back.
    terminal.type("\u{1B}[A\u{1B}[A")
    terminal.waitForPrompt(12, typed: "next")
  }

  /// At any moment: while a command runs, and while the prompt waits.
  @Test func killedAndResumed() throws {
    let first = try open("lesson", "model")
    enter("", first, prompt: 3, until: "Type the number of your guess.")
    enter("2", first, prompt: 4, until: "✗ Look again")
    enter("", first, prompt: 5, until: "Enter or next runs this.")
    enter("", first, prompt: 6, until: "Your turn:")
    enter("add conv2d 2 3x3", first, prompt: 7, until: "· output_shape is")
    enter("hint", first, prompt: 8, until: "Hint 1 of 2")
    first.send(SIGKILL)
    #expect(first.exitStatus() == -SIGKILL)
    let second = try open("lesson", "model")
    #expect(second.screen.text.contains("You were at step 4 of 5."))
    #expect(second.screen.text.contains("Your turn: Lay the numbers out in a row."))
    enter("print layers", second, prompt: 3, until: "\n3\n")
    enter("hint", second, prompt: 4, until: "Hint 2 of 2")
    enter("list", second, prompt: 5, until: "✗ wrong")
    second.type("skip\r")
    second.send(SIGKILL)
    #expect(second.exitStatus() == -SIGKILL)
    let third = try open("lesson", "model")
    #expect(
      third.screen.text.contains("You were at step 4 of 5.") || third.screen.text.contains("You were at step 5 of 5."))
  }

  @Test func aBlankLineBetweenPastedCommandsIsNoEnter() throws {
    let terminal = try open("lesson", "model")
    terminal.type("\u{1B}[200~new model a input=8x8x3\n\nnew model b input=8x8x3\n\u{1B}[201~")
    terminal.waitForPrompt(4)
    #expect(terminal.screen.text.contains("model b: input 8x8x3") && !terminal.screen.text.contains("conv2d:"))
  }

  @Test func whatIsNoLessonLeavesThePrompt() throws {
    let terminal = try open("lesson", "modle")
    #expect(terminal.screen.text.contains("did you mean 'model'?"))
    enter("models", terminal, prompt: 3, until: "There is no model yet")
  }

  @Test func controlCStopsACellOfTheLessonWhichStaysTheNextStep() throws {
    let long = """
      ---
      id: long
      title: Long
      ---
      ```convo
      make dataset horse-or-human into few limit=24
      load generator train from few/train rescale=1/255 target_size=150x150 batch_size=8 class_mode=binary
      new model input=150x150x3
      add conv2d 16 3x3 activation=relu
      add flatten
      add dense 1 activation=sigmoid
      compile loss=binary_crossentropy optimizer=rmsprop metrics=[accuracy]
      fit train epochs=1000
      ```

      """
    try lessons.write(long, to: "long.md")
    let terminal = try open("lesson", "long")
    terminal.enter("")
    terminal.wait(for: "Epoch 2/")
    terminal.type("\u{3}")
    terminal.wait(for: "interrupted; the lesson stays at this step")
    terminal.waitForPrompt(3)
    enter("models", terminal, prompt: 4, until: "There is no model yet")
    enter("list", terminal, prompt: 5, until: "│ →")
  }
}
