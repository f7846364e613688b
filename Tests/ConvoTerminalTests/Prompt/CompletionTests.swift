import ConvoTestSupport
import Foundation
import Testing

@testable import ConvoKernel
@testable import ConvoTerminal

@Suite struct CompletionTests {
  @Test func wordsAreCutAsTheLanguageCutsThem() {
    func word(_ line: String) -> (String, String) {
      let word = TypedWord(endOf: line)
      return (word.before, word.text)
    }
    #expect(word("") == ("", ""))
    #expect(word("lo") == ("", "lo"))
    #expect(word("load ") == ("load ", ""))
    #expect(word("load rescale=1/2") == ("load rescale=", "1/2"))
    #expect(word("load classes=[a,b") == ("load classes=[a,", "b"))
    #expect(word("help;lo") == ("help;", "lo"))
    #expect(word("show \"my di") == ("show ", "my di"))
    #expect(word("show 'it\\'s") == ("show ", "it's"))
    #expect(word("show \"a b\"") == ("show ", "a b"))
    #expect(TypedWord(endOf: "show \"a b").quote == "\"")
    #expect(TypedWord(endOf: "show \"a b\"").quote == nil)
    #expect(TypedWord(endOf: "show \"a b").length == 4)
  }

  @Test func valuesGetQuotesWhereTheyNeedThem() {
    let plain = TypedWord(endOf: "show a")
    #expect(plain.spelled("abc/d.png", isWhole: true) == "abc/d.png")
    #expect(plain.spelled("a b", isWhole: true) == "\"a b\"")
    #expect(plain.spelled("a b/", isWhole: false) == "\"a b/")
    #expect(plain.spelled("3x3", isWhole: true) == "\"3x3\"")
    #expect(plain.spelled("a\"b\\c", isWhole: true) == #""a\"b\\c""#)
    #expect(plain.spelled("#1", isWhole: true) == "\"#1\"")
    #expect(plain.spelled("true", isWhole: true) == "\"true\"")
    #expect(TypedWord(endOf: "show 'a").spelled("ab", isWhole: true) == "'ab'")
  }

  @Test func tabInsertsWhatIsSureAndListsTheRest() {
    func edit(_ line: String, _ candidates: [String]) -> LineEditor.Edit {
      WordCompleter { _ in Completion(candidates: candidates, replaced: 0, paths: nil) }.edit(line)
    }
    #expect(edit("he", ["help"]) == .replace(count: 2, with: "help "))
    #expect(edit("load x re", ["rescale="]) == .replace(count: 2, with: "rescale="))
    #expect(edit("load x r", ["rescale=", "rescue="]) == .replace(count: 1, with: "resc"))
    #expect(edit("load x resc", ["rescale=", "rescue="]) == .list(["rescale=", "rescue="]))
    #expect(edit("x mode=b", ["binary"]) == .replace(count: 1, with: "binary "))
    #expect(edit("help lo", ["load generator"]) == .replace(count: 2, with: "load generator "))
    #expect(edit("x", []) == .nothing)
    // What the session replaces and what the line holds may differ; nothing wrong is inserted then.
    #expect(edit("x mode=b", ["categorical"]) == .nothing)
  }

  @Test func theSessionSeesOneLineWithoutQuotedBlanks() {
    var asked: [String] = []
    let completer = WordCompleter { line in
      asked.append(line)
      return nil
    }
    _ = completer.edit("load t from \"a b\" re")
    _ = completer.edit("\"my di", after: "load t \\\nfrom ")
    #expect(asked == ["load t from \"a_b\" re", "load t   from my_di"])
  }

  @Test func pathsAreFound() throws {
    let scratch = try TemporaryFolder()
    for name in ["my dir/a b.png", "my dir/.hidden", "plain/x.txt", "plain.txt", "ü.png"] {
      try scratch.write("", to: name)
    }
    let root = scratch.url.path + "/"
    func found(_ typed: String, onlyDirectories: Bool = false) -> [String] {
      PathCompletion.candidates(for: root + typed, onlyDirectories: onlyDirectories).map {
        String($0.dropFirst(root.count))
      }
    }
    #expect(found("") == ["my dir/", "plain.txt", "plain/", "ü.png"])
    #expect(found("pl") == ["plain.txt", "plain/"])
    #expect(found("pl", onlyDirectories: true) == ["plain/"])
    #expect(found("my dir/") == ["my dir/a b.png"])
    #expect(found("my dir/.") == ["my dir/.hidden"])
    #expect(found("none/") == [])
    #expect(PathCompletion.candidates(for: "~", onlyDirectories: false) == ["~/"])
  }

  @Test func candidatesStandInColumns() {
    #expect(
      CompletionList.text(["one", "two", "three", "four", "five"], width: 20) == """
        one    three  five
        two    four

        """)
    #expect(CompletionList.text(["日本", "b"], width: 80) == "日本  b\n")
    #expect(CompletionList.text(["long name"], width: 4) == "long name\n")
    #expect(CompletionList.text((0..<205).map(String.init), width: 80).hasSuffix("… and 5 more\n"))
  }

  @Test func pastedTextHasNoKeysInIt() {
    #expect(PastedText.lines("a\r\tb\u{3}c\n\nd") == ["a\n", "    bc\n", "\n", "d"])
    #expect(PastedText.lines("a\r\nb\r\n") == ["a\n", "b\n"])
    #expect(PastedText.lines("") == [])
  }
}
