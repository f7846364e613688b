import ConvoJSON
import Testing

@Suite struct JSONValueTests {
  @Test(arguments: [
    "null", "true", "-7", "0.5", #""a \"quoted\" \n text""#, "[]", "{}", #"{"a":[1,2.5,null],"b":{"c":"ü"}}"#,
  ])
  func whatIsReadIsWrittenAlike(text: String) throws {
    #expect(try JSONValue(parsing: text.utf8).text == text)
  }

  @Test func fieldsAreFoundByName() throws {
    let value = try JSONValue(parsing: #"{"n": 3, "x": 1.5, "s": "t", "b": false, "l": [1]}"#.utf8)
    #expect(value["n"]?.integer == 3)
    #expect(value["n"]?.number == 3)
    #expect(value["x"]?.number == 1.5)
    #expect(value["x"]?.integer == nil)
    #expect(value["s"]?.string == "t")
    #expect(value["b"]?.boolean == false)
    #expect(value["l"]?.array?.count == 1)
    #expect(value.fields?.map(\.name) == ["b", "l", "n", "s", "x"])
    #expect(value["missing"] == nil)
  }

  @Test(arguments: [
    "", "{", "[1 2]", "nul", "\"open", "1 2", String(repeating: "[", count: 100_000),
  ])
  func whatIsNoJSONIsRefused(text: String) {
    #expect(throws: JSONError.self) { try JSONValue(parsing: text.utf8) }
  }
}
