import ConvoImages
import Testing

@testable import ConvoData

/// Draws are compared with the formulas of Keras's `get_random_transform`: ranges, means and spreads.
@Suite struct AugmentationTests {
  private static let count = 20_000

  private func transforms(_ change: (inout Augmentation) -> Void) -> [ImageTransform] {
    var augmentation = Augmentation()
    change(&augmentation)
    return (0..<Self.count).map { number in
      augmentation.transform(height: 40, width: 100, seed: 3, epoch: number % 7, pass: number % 3, picture: number)
    }
  }

  /// Uniform over a range: all within, a mean within five standard errors, and the variance of (upper - lower)² / 12.
  private func expectUniform(_ numbers: [Double], _ lower: Double, _ upper: Double, _ name: Comment) {
    let count = Double(numbers.count)
    #expect(numbers.allSatisfy { (lower...upper).contains($0) }, name)
    let mean = numbers.reduce(0, +) / count
    let deviation = (upper - lower) / Double(12).squareRoot()
    #expect(abs(mean - (lower + upper) / 2) < 5 * deviation / count.squareRoot(), name)
    let variance = numbers.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / count
    #expect(abs(variance / (deviation * deviation) - 1) < 0.05, name)
  }

  /// A share of all, within five standard errors.
  private func expectShare(_ found: Int, _ share: Double, _ name: Comment) {
    let count = Double(Self.count)
    let error = (share * (1 - share) / count).squareRoot()
    #expect(abs(Double(found) / count - share) < 5 * error, name)
  }

  @Test func rangesAreUniform() {
    let drawn = transforms {
      $0.rotationRange = 25
      $0.shearRange = 7
      $0.zoomRange = NumberRange(0.7, 1.6)
      $0.channelShiftRange = 33
      $0.brightnessRange = NumberRange(0.4, 0.9)
    }
    expectUniform(drawn.map(\.theta), -25, 25, "theta")
    expectUniform(drawn.map(\.shear), -7, 7, "shear")
    expectUniform(drawn.map(\.zx), 0.7, 1.6, "zx")
    expectUniform(drawn.map(\.zy), 0.7, 1.6, "zy")
    #expect(drawn.allSatisfy { $0.zx != $0.zy })
    expectUniform(drawn.compactMap(\.channelShift), -33, 33, "channel shift")
    expectUniform(drawn.compactMap(\.brightness), 0.4, 0.9, "brightness")
    #expect(drawn.allSatisfy { $0.tx == 0 && $0.ty == 0 && !$0.flipHorizontal && !$0.flipVertical })
  }

  /// Keras draws `tx` from the height's range and `ty` from the width's.
  @Test func shiftsUpToANumber() {
    let shares = transforms {
      $0.heightShiftRange = .upTo(0.25)
      $0.widthShiftRange = .upTo(0.5)
    }
    expectUniform(shares.map(\.tx), -10, 10, "a share of the height")
    expectUniform(shares.map(\.ty), -50, 50, "a share of the width")
    let pixels = transforms {
      $0.heightShiftRange = .upTo(1)
      $0.widthShiftRange = .upTo(2.5)
    }
    expectUniform(pixels.map(\.tx), -1, 1, "pixels from 1 on")
    expectUniform(pixels.map(\.ty), -2.5, 2.5, "pixels")
  }

  /// `choice(3)` is 0, 1 or 2, with a sign drawn apart: 0 comes a third of the time, the others a sixth.
  @Test func shiftsByWholePixels() {
    let drawn = transforms {
      $0.heightShiftRange = .wholePixels(3)
      $0.widthShiftRange = .wholePixels(1)
    }
    #expect(drawn.allSatisfy { $0.ty == 0 })
    expectShare(drawn.count { $0.tx == 0 }, 1.0 / 3, "0")
    for pixels in [-2.0, -1, 1, 2] { expectShare(drawn.count { $0.tx == pixels }, 1.0 / 6, "\(pixels)") }
  }

  @Test func shiftsByOneOfAList() {
    let drawn = transforms {
      $0.heightShiftRange = .oneOf([0.1, 0.5])
      $0.widthShiftRange = .oneOf([0.5, 3, 8])
    }
    let signed = transforms {
      $0.heightShiftRange = .oneOf([-0.1, 0.5])
      $0.widthShiftRange = .oneOf([-5, 7])
    }
    for pixels in [-4.0, 4, -20, 20] { expectShare(drawn.count { $0.tx == pixels }, 0.25, "\(pixels)") }
    for pixels in [-8, -3, -0.5, 0.5, 3, 8] { expectShare(drawn.count { $0.ty == pixels }, 1.0 / 6, "\(pixels)") }
    for pixels in [-4.0, 4, -20, 20] { expectShare(signed.count { $0.tx == pixels }, 0.25, "signed \(pixels)") }
    for pixels in [-7.0, -5, 5, 7] { expectShare(signed.count { $0.ty == pixels }, 0.25, "signed \(pixels)") }
  }

  @Test func flipsAreHalfAndIndependent() {
    let drawn = transforms {
      $0.horizontalFlip = true
      $0.verticalFlip = true
    }
    expectShare(drawn.count { $0.flipHorizontal }, 0.5, "horizontal")
    expectShare(drawn.count { $0.flipVertical }, 0.5, "vertical")
    expectShare(drawn.count { $0.flipHorizontal && $0.flipVertical }, 0.25, "both")
  }

  @Test func aPureFunctionOfItsArguments() {
    var augmentation = Augmentation()
    augmentation.rotationRange = 90
    augmentation.horizontalFlip = true
    func drawn(_ seed: UInt64, _ epoch: Int, _ pass: Int, _ picture: Int) -> ImageTransform {
      augmentation.transform(height: 4, width: 5, seed: seed, epoch: epoch, pass: pass, picture: picture)
    }
    #expect(drawn(1, 2, 3, 4) == drawn(1, 2, 3, 4))
    let others = [drawn(1, 2, 3, 4), drawn(2, 2, 3, 4), drawn(1, 3, 3, 4), drawn(1, 2, 4, 4), drawn(1, 2, 3, 5)]
    #expect(Set(others.map(\.theta)).count == others.count)
    #expect(Set([drawn(1, 2, 3, 4), drawn(1, 3, 2, 4), drawn(1, 4, 3, 2)].map(\.theta)).count == 3)
  }

  /// Turning one range on leaves what the others draw as it was.
  @Test func rangesDoNotDisturbEachOther() {
    let rotated = transforms { $0.rotationRange = 10 }
    let all = transforms {
      $0.rotationRange = 10
      $0.heightShiftRange = .oneOf([1, 2, 3])
      $0.widthShiftRange = .wholePixels(5)
      $0.zoomRange = NumberRange(0.5, 1)
      $0.brightnessRange = NumberRange(0, 1)
      $0.verticalFlip = true
    }
    #expect(rotated.map(\.theta) == all.map(\.theta))
    #expect(!rotated.contains { $0.flipVertical || $0.brightness != nil })
  }

  @Test func noneIsNoChange() {
    #expect(!Augmentation().isActive)
    #expect(transforms { _ in }.allSatisfy { $0 == ImageTransform() })
    let ranges: [(inout Augmentation) -> Void] = [
      { $0.rotationRange = 1 }, { $0.widthShiftRange = .upTo(0.1) }, { $0.heightShiftRange = .wholePixels(2) },
      { $0.heightShiftRange = .oneOf([0, 3]) }, { $0.shearRange = 1 }, { $0.zoomRange = NumberRange(1, 1.1) },
      { $0.channelShiftRange = 1 }, { $0.horizontalFlip = true }, { $0.verticalFlip = true },
      { $0.brightnessRange = NumberRange(1, 1) },
    ]
    for range in ranges {
      var augmentation = Augmentation()
      range(&augmentation)
      #expect(augmentation.isActive)
    }
  }

  static let invalid: [(String, @Sendable (inout Augmentation) -> Void)] = [
    ("rotation_range=nan", { $0.rotationRange = .nan }), ("rotation_range=inf", { $0.rotationRange = .infinity }),
    ("rotation_range=-1.0", { $0.rotationRange = -1 }), ("shear_range=91.0", { $0.shearRange = 91 }),
    ("width_shift_range=1e+300", { $0.widthShiftRange = .upTo(1e300) }),
    ("height_shift_range=-0.1", { $0.heightShiftRange = .upTo(-0.1) }),
    ("height_shift_range=\(Int.max)", { $0.heightShiftRange = .wholePixels(.max) }),
    ("width_shift_range=-3", { $0.widthShiftRange = .wholePixels(-3) }),
    ("width_shift_range=[]", { $0.widthShiftRange = .oneOf([]) }),
    ("width_shift_range=nan", { $0.widthShiftRange = .oneOf([1, .nan]) }),
    ("zoom_range=[2, 1]", { $0.zoomRange = NumberRange(2, 1) }),
    ("zoom_range=[-0.5, 1]", { $0.zoomRange = NumberRange(-0.5, 1) }),
    ("zoom_range=[1, inf]", { $0.zoomRange = NumberRange(1, .infinity) }),
    ("brightness_range=[nan, 1]", { $0.brightnessRange = NumberRange(.nan, 1) }),
    ("channel_shift_range=256.0", { $0.channelShiftRange = 256 }), ("cval=nan", { $0.surroundings.value = .nan }),
    ("cval=1e+300", { $0.surroundings.value = 1e300 }),
  ]

  @Test(arguments: invalid.indices) func rangesThatAreNot(index: Int) throws {
    let folder = try PictureFolder.numbered(["a": 1])
    let (option, change) = Self.invalid[index]
    let error = #expect(throws: GeneratorError.self) { try folder.generator { change(&$0.augmentation) } }
    #expect(error?.description.hasPrefix("\(option) is not possible: ") == true)
  }

  /// Everything at its limit, at once: nothing traps, and all values are numbers.
  @Test(arguments: FillMode.allCases) func limitsHold(fillMode: FillMode) throws {
    let bytes = (0..<60).map { UInt8($0 * 4) }
    for channels in [1, 3, 4] {
      let image = PixelImage(height: 5, width: 60 / 5 / channels, channels: channels, bytes: bytes)
      for sign in [-1.0, 1] {
        var transform = ImageTransform()
        (transform.theta, transform.shear) = (360 * sign, 90 * sign)
        (transform.tx, transform.ty) = (Augmentation.longestShift * sign, Augmentation.longestShift * sign * 65_500)
        (transform.zx, transform.zy) = (Augmentation.largestFactor, 0)
        (transform.channelShift, transform.brightness) = (255 * sign, Augmentation.largestFactor)
        let floats = [Float](unsafeUninitializedCapacity: 60) { buffer, count in
          image.write(
            transform, surroundings: Surroundings(fillMode, value: 1e6 * sign),
            into: UnsafeMutableBufferPointer(rebasing: buffer[..<60]))
          count = 60
        }
        #expect(floats.allSatisfy { $0.isFinite })
      }
    }
  }
}
