/// The best of the epochs seen so far: the one with the lowest val_loss, or the lowest loss before any was validated.
/// Of equal ones it is the first; what is not a number is never the best.
struct BestEpoch {
  private(set) var number: Int?
  private var value = Double.infinity
  private var isValidated = false

  init(of history: [EpochRecord] = []) {
    for record in history { note(record) }
  }

  mutating func note(_ record: EpochRecord) {
    if let loss = record.valLoss, !loss.isNaN {
      if !isValidated || loss < value { (number, value, isValidated) = (record.epoch, loss, true) }
    } else if !isValidated, !record.loss.isNaN, number == nil || record.loss < value {
      (number, value) = (record.epoch, record.loss)
    }
  }
}
