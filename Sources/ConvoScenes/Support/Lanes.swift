/// Eight neighbouring pixels worked on at once.
typealias Lanes = SIMD8<Float>

// The standard library's pointwiseMin and pointwiseMax go lane by lane; a comparison and a choice do not.

@inline(__always)
func lesser(_ a: Lanes, _ b: Lanes) -> Lanes {
  b.replacing(with: a, where: a .< b)
}

@inline(__always)
func greater(_ a: Lanes, _ b: Lanes) -> Lanes {
  b.replacing(with: a, where: a .> b)
}

@inline(__always)
func within(_ value: Lanes, _ low: Float, _ high: Float) -> Lanes {
  lesser(greater(value, Lanes(repeating: low)), Lanes(repeating: high))
}
