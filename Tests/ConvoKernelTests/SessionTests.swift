import ConvoLanguage
import ConvoOutput
import ConvoSchema
import Testing

@testable import ConvoKernel

@Suite struct SessionTests {
  @Test func aCellRunsUpToItsFirstFailure() async {
    #expect(
      await Toys.outcome("bake bread\nfail\nbake bread") == [
        "bread salt=0.02 oven=hot times=[]", "no luck (try again)", "failed",
      ])
  }

  @Test func nothingRunsWhereAnythingIsMisspelt() async {
    #expect(
      await Toys.outcome("bake bread\nfial\nbake bread salt=2") == [
        "there is no command 'fial' (did you mean 'fail'?)", "salt must be a number at least 0 and below 1, not 2 ()",
        "failed",
      ])
  }

  @Test func anErrorPointsAtItsArgument() async {
    let session = Toys.session()
    for (text, column) in [("fail at=3", 9), ("fail", 1)] {
      let columns = await Toys.run(text, in: session).compactMap { content -> Int? in
        guard case .error(let diagnostic) = content else { return nil }
        return diagnostic.position?.column
      }
      #expect(columns == [column])
    }
  }

  @Test func cellsAreNumberedAndRunInTheOrderGiven() async {
    let session = Toys.session()
    let first = await session.execute(SourceText("bake bread"))
    let second = await session.execute(SourceText("make tea me from pot"))
    var seen: [Int] = []
    for await event in second { seen.append(event.cell) }
    for await event in first { seen.append(event.cell) }
    #expect(seen == [2, 2, 2, 1, 1, 1])
    #expect(await session.transcript.cells.map(\.source) == ["bake bread", "make tea me from pot"])
    #expect(await session.transcript.cells.map(\.ok) == [true, true])
  }

  @Test(.timeLimit(.minutes(1))) func anInterruptEndsTheCellAndKeepsWhatWasReached() async {
    let session = Toys.session()
    var said: [String] = []
    for await event in await session.execute(SourceText("wait\nbake bread")) {
      if case .text(let text) = event.content {
        said.append(text.plain)
        session.interrupt()
      }
      if case .error(let diagnostic) = event.content { said.append(diagnostic.diagnostic.code) }
    }
    #expect(said == ["waiting", "interrupted"])
    #expect(await session.state.settings.seed == 99)
    // The request is used up: the next cell runs.
    #expect(await Toys.outcome("bake bread", in: session) == ["bread salt=0.02 oven=hot times=[]", "ok"])
  }

  @Test func aForkGoesItsOwnWay() async {
    let session = Toys.session()
    let fork = await session.fork()
    session.interrupt()
    #expect(await Toys.outcome("bake bread", in: fork) == ["bread salt=0.02 oven=hot times=[]", "ok"])
    #expect(await session.transcript.cells.isEmpty)
  }

  @Test(arguments: [
    ("ba", ["bake"], 2), ("make ", ["tea"], 0), ("bake ", ["cake", "bread", "oven=", "heat=", "times="], 0),
    ("bake c", ["cake"], 1),
    ("bake cake 3 ic", ["icing="], 2), ("bake cake 3 icing=", ["none", "lemon", "chocolate"], 0),
    ("bake cake icing=ch", ["chocolate"], 2), ("bake oven=c", ["cold"], 1), ("make tea me sugar=t", ["true"], 1),
    ("make tea me f", ["from"], 1), ("bake bread; ma", ["make"], 2), ("bake bread salt=1 ", ["oven=", "heat=", "times="], 0),
  ])
  func completion(text: String, candidates: [String], replaced: Int) async {
    let found = await Toys.session().completion(of: text)
    #expect(found.candidates == candidates)
    #expect(found.replaced == replaced)
  }

  @Test func completionAsksForPaths() async {
    let found = await Toys.session().completion(of: "make tea me from da")
    #expect(found.paths == .any && found.replaced == 2)
  }
}
