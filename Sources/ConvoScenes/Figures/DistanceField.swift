/// The solids near one spot, as one smooth distance.
///
/// Within a limb, d = smin(d₁, d₂, …); a limb counts as min(core, smin(core, limb)), so limbs grow out of the body but
/// do not melt into each other. smin(a, b, k) = min(a, b) − max(k − |a − b|, 0)² / 4k.
struct DistanceField {
  /// Sorted by group.
  let solids: UnsafeBufferPointer<Solid>

  @inline(__always)
  private func melted(_ a: Lanes, _ b: Lanes, _ k: Float) -> Lanes {
    let nearer = a .< b
    let low = b.replacing(with: a, where: nearer)
    let high = a.replacing(with: b, where: nearer)
    let h = greater(low - high + k, Lanes(repeating: 0))
    return low - h * h * (0.25 / k)
  }

  func callAsFunction(_ x: Lanes, _ y: Lanes, _ z: Lanes) -> Lanes {
    let far = Lanes(repeating: 1e5)
    var (core, limb, all) = (far, far, far)
    var group: Int32 = 0
    var attach: Float = 0
    for index in 0..<solids.count {
      let solid = solids[index]
      if solid.group != group {
        if group > 0 { all = lesser(all, melted(core, limb, attach)) }
        limb = far
        group = solid.group
        attach = solid.attach
      }
      let d = solid.distance(x, y, z)
      if group == 0 {
        core = melted(core, d, solid.blend)
      } else {
        limb = melted(limb, d, solid.blend)
      }
    }
    if group > 0 { all = lesser(all, melted(core, limb, attach)) }
    return lesser(all, core)
  }

  /// The plain union, enough for a shadow.
  @inline(__always)
  func hard(_ x: Lanes, _ y: Lanes, _ z: Lanes) -> Lanes {
    var all = Lanes(repeating: 1e5)
    for index in 0..<solids.count { all = lesser(all, solids[index].distance(x, y, z)) }
    return all
  }
}
