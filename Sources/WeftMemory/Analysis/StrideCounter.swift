/// Counts distances. A small table stands in front of the dictionary, because most accesses repeat a recent distance.
struct StrideCounter {
  private var recent = [(stride: Int64, count: Int)](repeating: (0, 0), count: 4096)
  private var spilled: [Int64: Int] = [:]

  mutating func note(_ stride: Int64) {
    // Distances below 2,048 never share an element.
    let index = Int(truncatingIfNeeded: stride & 4095)
    if recent[index].stride == stride {
      recent[index].count &+= 1
    } else {
      spill(recent[index])
      recent[index] = (stride, 1)
    }
  }

  private mutating func spill(_ item: (stride: Int64, count: Int)) {
    if item.count > 0 { spilled[item.stride, default: 0] += item.count }
  }

  /// How often each distance was noted.
  consuming func counts() -> [Int64: Int] {
    for item in recent { spill(item) }
    return spilled
  }
}
