import ConvoImages
import Testing

@testable import ConvoFigures

@Suite struct ImageGridTests {
}
