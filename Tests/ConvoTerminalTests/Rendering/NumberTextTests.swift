import ConvoOutput
import Testing

@testable import ConvoTerminal

@Suite struct NumberTextTests {
  @Test func metricsHaveFourDecimals() {
    #expect(NumberText.metric(0.69315) == "0.6932")
    #expect(NumberText.metric(12) == "12.0000")
    #expect(NumberText.metric(0) == "0.0000")
    #expect(NumberText.metric(0.00012345) == "1.2345e-04")
    #expect(NumberText.metric(.nan) == "nan")
    #expect(NumberText.metric(.infinity) == "inf")
  }

  @Test func thousandsAreSeparated() {
    #expect(NumberText.grouped(0) == "0")
    #expect(NumberText.grouped(999) == "999")
    #expect(NumberText.grouped(1000) == "1,000")
    #expect(NumberText.grouped(1_704_097) == "1,704,097")
    #expect(NumberText.grouped(-12_345) == "-12,345")
    #expect(NumberText.grouped(.min) == "-9,223,372,036,854,775,808")
  }

  @Test func memoryIsFourBytesAParameter() {
    #expect(NumberText.memory(ofParameters: 0) == "0.00 B")
    #expect(NumberText.memory(ofParameters: 448) == "1.75 KB")
    #expect(NumberText.memory(ofParameters: 1_704_097) == "6.50 MB")
    #expect(NumberText.memory(ofParameters: 1 << 40) == "4.00 TB")
    #expect(NumberText.size(ofBytes: 999) == "999 B")
    #expect(NumberText.size(ofBytes: 3 * 512) == "1.5 KB")
    #expect(NumberText.size(ofBytes: 113 << 20) == "113 MB")
  }

  @Test func timesAreThoseOfKeras() {
    #expect(NumberText.clock(0.4) == "0s")
    #expect(NumberText.clock(59.9) == "59s")
    #expect(NumberText.clock(62) == "1:02")
    #expect(NumberText.clock(3605) == "1:00:05")
    #expect(NumberText.clock(.infinity) == "?")
    #expect(NumberText.rate(1.606, per: "step") == "1.61s/step")
    #expect(NumberText.rate(0.1612, per: "step") == "161ms/step")
    #expect(NumberText.rate(0.00005, per: "image") == "50us/image")
  }
}
