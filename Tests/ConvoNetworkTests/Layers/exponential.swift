#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// e to the power of a number.
func exponential(_ number: Double) -> Double { exp(number) }
