import ConvoLanguage
import ConvoOutput
import Testing

@testable import ConvoKernel

@Suite struct BinderTests {
  @Test(arguments: [
    ("bake cake 3", "cake layers=3 tin=20x30 icing=lemon oven=hot times=[]"),
    ("bake Cake 3 10x10 icing=none", "cake layers=3 tin=10x10 icing=\"none\" oven=hot times=[]"),
    ("bake icing=chocolate cake tin=7 layers=2", "cake layers=2 tin=7x7 icing=chocolate oven=hot times=[]"),
    ("bake cake tin=(1, 2) 5", "cake layers=5 tin=1x2 icing=lemon oven=hot times=[]"),
    ("bake bread salt=1/4 oven=cold times=[1, 2 3]", "bread salt=0.25 oven=cold times=[1 2 3]"),
    ("bake bread times=4", "bread salt=0.02 oven=hot times=[4]"),
    ("bake bread heat=0.5", "bread salt=0.02 heat=0.5 oven=hot times=[]"),
    ("bake bread heat=[1, 2.5]", "bread salt=0.02 heat=[1 2.5] oven=hot times=[]"),
    ("make tea me from pot", "me pot none none"),
    ("make tea from '3x3 b' you sugar=true", "you \"3x3 b\" none true"),
    ("make tea you 12 3x3 'x y' from a/b sugar=none", "you a/b [\"12\" \"3x3\" \"x y\"] none"),
  ])
  func binds(text: String, said: String) async {
    #expect(await Toys.outcome(text) == [said, "ok"])
  }

  @Test(arguments: [
    ("bkae bread", "there is no command 'bkae' (did you mean 'bake'?)"),
    ("zzzzzz", "there is no command 'zzzzzz' (type help to see the commands)"),
    ("make", "'make' wants one more word (did you mean 'make tea'?)"),
    ("make coffee", "there is no command 'make coffee' (did you mean 'make tea'?)"),
    ("cake 3", "'cake' is no command (did you mean 'bake cake'?)"),
    ("hot", "'hot' is no command (did you mean 'bake oven=hot'?)"),
    ("bake", "bake needs what: what to bake (usage: bake WHAT [name=value …])"),
    ("bake cake", "bake cake needs layers: how many layers (usage: bake cake LAYERS [TIN] [name=value …])"),
    ("bake cak 3", "what must be cake or bread, not cak (did you mean 'cake'?)"),
    ("bake cake 10", "layers must be a whole number from 1 to 9, not 10 ()"),
    ("bake cake 9", "nine layers fall over (eight stand)"),
    ("bake cake 3 2x2x2", "tin must be a size like 3x3, not 2x2x2 ()"),
    ("bake cake 3 0x2", "tin must be a size like 3x3, not 0x2 ()"),
    ("bake cake 3 icing=lemmon", "icing must be none, lemon or chocolate, not lemmon (did you mean 'lemon'?)"),
    ("bake cake 3 icin=lemon", "bake cake has no option 'icin' (did you mean 'icing'?)"),
    ("bake cake 3 salt=0.1", "bake cake has no option 'salt' (bread has it)"),
    ("bake cake 3 layers=4", "layers is given twice (leave one of them out)"),
    ("bake cake 3 20x20 4", "bake cake has no place for this (usage: bake cake LAYERS [TIN] [name=value …])"),
    ("bake cake 3 icing=lemon icing=lemon", "icing is given twice (leave one of them out)"),
    ("bake bread salt=1", "salt must be a number at least 0 and below 1, not 1 ()"),
    ("bake bread times=[1, x]", "times must be a whole number from 0 to 99, not x ()"),
    (
      "bake bread heat=[1.5, 0.5]",
      "heat must be a number at least 0 and below 1 or a range like [0.8, 1.2], the smaller number first, each at least 0, not [1.5, 0.5] ()"
    ),
    (
      "bake bread heat=[2]",
      "heat must be a number at least 0 and below 1 or a range like [0.8, 1.2], the smaller number first, each at least 0, not [2] ()"
    ),
    ("make tea 3x from pot", "who must be a name (letters, digits, _ and -, beginning with a letter), not 3x ()"),
    (
      "make tea me from",
      "'from' is followed by a file or a directory (usage: make tea WHO from POT [NOTES] [name=value …])"
    ),
    ("make tea me", "make tea needs pot: the pot (usage: make tea WHO from POT [NOTES] [name=value …])"),
    ("make tea me from pot sugar=maybe", "sugar must be none, or true or false, not maybe ()"),
  ])
  func refuses(text: String, said: String) async {
    #expect(await Toys.outcome(text) == [said, "failed"])
  }

  @Test func theCaretPointsAtTheArgument() async {
    let errors = await Toys.run("bake cake 3 icing=lemmon", in: Toys.session()).compactMap { content -> String? in
      guard case .error(let diagnostic) = content else { return nil }
      return diagnostic.rendered
    }
    #expect(
      errors == [
        """
        error: icing must be none, lemon or chocolate, not lemmon
          1 | bake cake 3 icing=lemmon
            |                   ^^^^^^
          help: did you mean 'lemon'?
        """
      ])
  }
}
