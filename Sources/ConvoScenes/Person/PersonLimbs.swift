extension PersonBody {
  private var sleeve: (upper: Bool, lower: Bool, thick: Double) {
    switch figure.outfit.top {
    case .tank, .dress: (false, false, 0)
    case .tShirt: (true, false, 0.010)
    case .longSleeve: (true, true, 0.006)
    case .hoodie: (true, true, 0.013)
    case .jacket: (true, true, 0.011)
    case .coat: (true, true, 0.017)
    }
  }

  mutating func addArms() {
    addArm(figure.pose.leftArm, side: -1)
    addArm(figure.pose.rightArm, side: 1)
  }

  private mutating func addArm(_ arm: PersonPose.Limb, side: Double) {
    let group = model.limb(attach: 0.025 * size)
    let (s, b) = (size, figure.build)
    let shoulder = trunk(-0.012, 0.468, side * 0.168 * b.shoulders)
    let upper = trunkTurn(Self.bone(arm.swing, arm.out, side))
    // The elbow folds forwards; a raised arm folds over the head, hands on hips fold inwards.
    let inward = arm.out > 35 && arm.out < 80 ? 70.0 : 0
    let lower = trunkTurn(
      Self.bone(arm.swing + arm.fold * (inward > 0 ? 0.2 : 1), max(-60, arm.out - inward * arm.fold / 60), side))
    let elbow = shoulder + upper * (0.285 * s)
    let wrist = elbow + lower * (0.245 * s)
    let t = b.limbs
    let skin = cloths.skin
    let worn = sleeve
    model.rod(
      shoulder, elbow, 0.052 * s * t, 0.041 * s * t, paint: worn.lower ? cloths.top : skin, group: group,
      blend: 0.03 * s)
    if worn.upper {
      let end = worn.lower ? elbow : shoulder.mixed(with: elbow, 0.62)
      model.rod(
        shoulder, end, (0.054 * t + worn.thick) * s, (0.046 * t + worn.thick) * s, paint: cloths.top, group: group,
        blend: worn.lower ? 0.03 * s : 0.004, cut: !worn.lower)
    } else {
      model.ball(shoulder, 0.05 * s * t, paint: cloths.top, group: group, blend: 0.01 * s)
    }
    let belly = elbow.mixed(with: wrist, 0.3)
    model.rod(elbow, belly, 0.040 * s * t, 0.042 * s * t, paint: skin, group: group, blend: 0.02 * s)
    model.rod(belly, wrist, 0.042 * s * t, 0.027 * s * t, paint: skin, group: group, blend: 0.02 * s)
    if worn.lower {
      model.rod(
        elbow, elbow.mixed(with: wrist, 0.94), (0.044 * t + worn.thick) * s, (0.034 * t + worn.thick) * s,
        paint: cloths.top,
        group: group, blend: 0.03 * s, cut: true)
    }
    addHand(wrist, lower, side: side, group: group)
  }

  private mutating func addHand(_ wrist: Vector, _ along: Vector, side: Double, group: Int) {
    let s = size * (0.6 + 0.4 * figure.build.limbs)
    let across = along.cross(Vector(0, 0, 1)).normalized
    let palm = wrist + along * (0.075 * s)
    let fingers = palm + along * (0.075 * s) + across * (0.02 * s)
    let flat = Vector(0, 0, 1)
    model.rod(wrist, palm, 0.028 * s, 0.040 * s, paint: cloths.skin, group: group, blend: 0.02 * s, flat: flat, by: 0.6)
    model.rod(
      palm, fingers, 0.039 * s, 0.022 * s, paint: cloths.skin, group: group, blend: 0.02 * s, flat: flat, by: 0.5)
    let thumb = wrist + along * (0.03 * s)
    model.rod(
      thumb, thumb + along * (0.055 * s) + across * (0.045 * s), 0.016 * s, 0.012 * s, paint: cloths.skin, group: group,
      blend: 0.015 * s)
    hands.append((palm, along))
  }

  mutating func addLegs() {
    addLeg(figure.pose.leftLeg, side: -1)
    addLeg(figure.pose.rightLeg, side: 1)
  }

  private mutating func addLeg(_ leg: PersonPose.Limb, side: Double) {
    let group = model.limb(attach: 0.05 * size)
    let (s, b, t) = (size, figure.build, figure.build.limbs)
    let hip = Vector(0, -0.035, side * 0.088 * b.hips) * s
    let knee = hip + Self.bone(leg.swing, leg.out, side) * (0.425 * s)
    let ankle = knee + Self.bone(leg.swing - leg.fold, leg.out * 0.4, side) * (0.415 * s)
    knees.append(knee)
    ankles.append(ankle)
    let skin = cloths.skin
    let bare: (thigh: Bool, shin: Bool)
    var loose = 0.0
    switch figure.outfit.bottom {
    case .trousers:
      bare = (false, false)
      loose = 0.012
    case .slim: bare = (false, false)
    case .shorts:
      bare = (true, true)
      loose = 0.014
    case .shortSkirt, .longSkirt: bare = (true, true)
    }
    let thigh = bare.thigh ? skin : cloths.bottom
    let shin = bare.shin ? skin : cloths.bottom
    // Under a skirt the thigh begins farther down, or it would show through at the hips.
    let skirted = figure.outfit.bottom == .shortSkirt || figure.outfit.bottom == .longSkirt
    let wide = 0.088 * t * (0.5 + b.hips * 0.5) + loose
    let narrow = 0.056 * t + loose * 0.6
    model.rod(
      skirted ? hip.mixed(with: knee, 0.45) : hip, knee, (skirted ? (wide + narrow) / 2 : wide) * s, narrow * s,
      paint: thigh, group: group, blend: 0.04 * s)
    if figure.outfit.bottom == .shorts {
      model.rod(
        hip, hip.mixed(with: knee, 0.66), (0.094 * t + loose) * s, (0.082 * t + loose) * s, paint: cloths.bottom,
        group: group, blend: 0.004, cut: true)
    }
    // The calf bulges behind the line from knee to ankle.
    let down = (ankle - knee).normalized
    let behind = down.cross(Vector(0, 0, 1)).normalized * (-0.012 * s)
    let calf = knee.mixed(with: ankle, 0.32) + (behind.x < 0 ? behind : behind * -1)
    model.rod(
      knee, calf, (0.052 * t + loose * 0.6) * s, (0.056 * t + loose * 0.6) * s, paint: shin, group: group,
      blend: 0.03 * s)
    // What a boot covers is not drawn, or it would show through.
    let covered = clamped((footwear?.shaft ?? 0) / max(0.01, (ankle - calf).length), 0, 0.9)
    model.rod(
      calf, ankle.mixed(with: calf, covered), (0.056 * t + loose * 0.6) * s, (0.034 * t + loose * 1.4) * s, paint: shin,
      group: group, blend: 0.03 * s, cut: !bare.shin)
    addFoot(ankle, down, group: group)
  }

  private mutating func addFoot(_ ankle: Vector, _ shin: Vector, group: Int) {
    let s = size
    // Square to the shin, and the toes a little down when the heel is up.
    let ahead = Vector(-shin.y, shin.x, 0).normalized
    if footwear != nil { return wear(ankle, shin, ahead) }
    let heel = ankle + shin * (0.045 * s) - ahead * (0.045 * s)
    let ball = ankle + shin * (0.055 * s) + ahead * (0.115 * s)
    let toe = ball + ahead * (0.055 * s)
    model.rod(
      ankle - shin * (0.01 * s), heel + ahead * (0.03 * s), 0.038 * s, 0.042 * s, paint: cloths.shoes, group: group,
      blend: 0.03 * s)
    model.rod(heel, ball, 0.038 * s, 0.042 * s, paint: cloths.shoes, group: group, blend: 0.03 * s, flat: shin, by: 0.8)
    model.rod(ball, toe, 0.042 * s, 0.034 * s, paint: cloths.shoes, group: group, blend: 0.03 * s, flat: shin, by: 0.7)
    let under = shin * (0.028 * s)
    model.rod(
      heel + under, toe + under, 0.036 * s, 0.036 * s, paint: cloths.soles, group: group, blend: 0.003, flat: shin,
      by: 0.35)
  }

  mutating func addSkirts() {
    guard knees.count == 2, ankles.count == 2 else { return }
    let (s, b) = (size, figure.build)
    let kneeMiddle = (knees[0] + knees[1]) / 2
    let ankleMiddle = (ankles[0] + ankles[1]) / 2
    let spread = (knees[0] - knees[1]).length / 2
    let cloth = figure.outfit.top == .dress ? cloths.top : cloths.bottom
    let waist = trunk(0, 0.06)
    switch figure.outfit.bottom {
    case .shortSkirt:
      let hem = kneeMiddle.mixed(with: waist, 0.14)
      model.rod(waist, hem, 0.135 * s * b.hips, spread + 0.125 * s, paint: cloth, blend: 0.05 * s, cut: true)
    case .longSkirt:
      model.rod(waist, kneeMiddle, 0.12 * s * b.hips, spread + 0.12 * s, paint: cloth, blend: 0.05 * s)
      let hem = ankleMiddle.mixed(with: kneeMiddle, 0.22)
      model.rod(kneeMiddle, hem, spread + 0.12 * s, spread + 0.15 * s, paint: cloth, blend: 0.06 * s, cut: true)
    case .trousers, .slim, .shorts:
      break
    }
    if figure.outfit.top == .coat {
      let hem = kneeMiddle.mixed(with: waist, 0.18)
      model.rod(
        trunk(0, 0.1), hem, 0.165 * s * max(b.girth, b.hips), min(0.28 * s, spread + 0.14 * s), paint: cloths.top,
        blend: 0.05 * s,
        flat: trunkTurn.x, by: 0.95, cut: true)
    } else if figure.outfit.top == .jacket || figure.outfit.top == .hoodie {
      model.rod(
        trunk(0, 0.12), trunk(0, -0.07), 0.14 * s * b.girth, 0.148 * s * b.hips, paint: cloths.top, blend: 0.04 * s,
        flat: trunkTurn.x, by: 0.82, cut: true)
    }
  }
}
