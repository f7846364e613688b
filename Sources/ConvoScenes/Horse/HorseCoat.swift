/// The colours of a horse.
struct HorseCoat: CatalogEntry {
  enum Marking: Sendable, Hashable {
    case none
    case pinto(RGB, share: Double)
    case dapple(RGB)
    case leopard(RGB)
  }

  var name: String
  var body: RGB
  /// Below the knees and at the muzzle.
  var points: RGB
  var mane: RGB
  var hoof: RGB
  var marking = Marking.none
  /// Chance of a white blaze, and of each white sock.
  var white = 0.35

  static let catalog = SplitCatalog(
    training: [
      HorseCoat(name: "bay", body: RGB(0x7A4A2B), points: RGB(0x211813), mane: RGB(0x17110E), hoof: RGB(0x3A322C)),
      HorseCoat(
        name: "blood bay", body: RGB(0x6B2F1C), points: RGB(0x1D1411), mane: RGB(0x130E0C), hoof: RGB(0x2E2824)),
      HorseCoat(name: "chestnut", body: RGB(0x96552C), points: RGB(0x8A4B27), mane: RGB(0x9C5C30), hoof: RGB(0x6E5B49)),
      HorseCoat(
        name: "liver chestnut", body: RGB(0x5A3220), points: RGB(0x532D1D), mane: RGB(0x6A4029), hoof: RGB(0x54463B)),
      HorseCoat(name: "black", body: RGB(0x2A2727), points: RGB(0x1E1C1C), mane: RGB(0x151414), hoof: RGB(0x2B2826)),
      HorseCoat(name: "grey", body: RGB(0xB5B3AE), points: RGB(0x6C6A69), mane: RGB(0xD5D2CB), hoof: RGB(0x59544E)),
      HorseCoat(
        name: "dapple grey", body: RGB(0x77777A), points: RGB(0x4A494B), mane: RGB(0xC0BEBA), hoof: RGB(0x4C4845),
        marking: .dapple(RGB(0xB9B8B6)), white: 0.1),
      HorseCoat(name: "white", body: RGB(0xE6E1D8), points: RGB(0xD2C8BC), mane: RGB(0xF0ECE3), hoof: RGB(0x8A7D6C)),
      HorseCoat(name: "palomino", body: RGB(0xC8974F), points: RGB(0xC0904C), mane: RGB(0xF0E4C8), hoof: RGB(0x86735C)),
      HorseCoat(
        name: "brown pinto", body: RGB(0x74452A), points: RGB(0xE4DED2), mane: RGB(0x4A3022), hoof: RGB(0x8C7E6B),
        marking: .pinto(RGB(0xE9E4DA), share: 0.46), white: 0.7),
      HorseCoat(
        name: "black pinto", body: RGB(0x292625), points: RGB(0xDEDAD3), mane: RGB(0x1C1A1A), hoof: RGB(0x7A7066),
        marking: .pinto(RGB(0xE6E3DC), share: 0.5), white: 0.7),
    ],
    validation: [
      HorseCoat(name: "buckskin", body: RGB(0xB88F5E), points: RGB(0x2B221B), mane: RGB(0x221B16), hoof: RGB(0x3E362F)),
      HorseCoat(
        name: "flaxen chestnut", body: RGB(0x85431F), points: RGB(0x7B3E1E), mane: RGB(0xDCC290), hoof: RGB(0x7C6852)),
      HorseCoat(
        name: "blue roan", body: RGB(0x5F646C), points: RGB(0x27272A), mane: RGB(0x1F1F22), hoof: RGB(0x35322F),
        white: 0.2),
      HorseCoat(name: "dun", body: RGB(0xA5875F), points: RGB(0x53402E), mane: RGB(0x3A2D22), hoof: RGB(0x4A4138)),
      HorseCoat(
        name: "leopard", body: RGB(0xDDD6CA), points: RGB(0xAFA498), mane: RGB(0x8D8378), hoof: RGB(0x7D7263),
        marking: .leopard(RGB(0x4B3529)), white: 0.1),
      HorseCoat(
        name: "chestnut pinto", body: RGB(0xA4612F), points: RGB(0xE8E1D4), mane: RGB(0xD9C8AC), hoof: RGB(0x938370),
        marking: .pinto(RGB(0xECE6DA), share: 0.42), white: 0.8),
    ])
}
