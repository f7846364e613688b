/// A short name of a text, by which a change of it is noticed.
enum Fingerprint {
  /// 16 hexadecimal digits: FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/.
  static func of(_ text: String) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
