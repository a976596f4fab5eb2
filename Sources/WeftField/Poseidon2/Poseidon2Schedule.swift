/// The constants of a width, laid out in the order in which the permutation uses them.
///
/// The memory lives as long as the process; it is made once per width.
struct Poseidon2Schedule: @unchecked Sendable {
  let width: Int
  /// 4·width constants, then the partial rounds' constants, then 4·width constants.
  let rounds: UnsafePointer<BabyBear>
  let diagonal: UnsafePointer<BabyBear>

  static let width16 = Self(Poseidon2Constants.width16)
  static let width24 = Self(Poseidon2Constants.width24)

  private init(_ constants: Poseidon2Constants) {
    width = constants.width
    let flat =
      constants.fullRounds[..<4].flatMap { $0 } + constants.partialRounds
      + constants.fullRounds[4...].flatMap { $0 }
    let rounds = UnsafeMutablePointer<BabyBear>.allocate(capacity: flat.count)
    rounds.initialize(from: flat, count: flat.count)
    let diagonal = UnsafeMutablePointer<BabyBear>.allocate(capacity: width)
    diagonal.initialize(from: constants.diagonal, count: width)
    self.rounds = UnsafePointer(rounds)
    self.diagonal = UnsafePointer(diagonal)
  }

  @inline(__always)
  func permute<Word: Poseidon2Word>(_ state: UnsafeMutablePointer<Word>, partialRounds: Int) {
    var steps = PlainPoseidon2Steps<Word>()
    permute(state, partialRounds: partialRounds, &steps)
  }

  /// Permutes a state, step by step.
  @inline(__always)
  func permute<Steps: Poseidon2Steps>(
    _ state: UnsafeMutablePointer<Steps.Word>, partialRounds: Int, _ steps: inout Steps
  ) {
    var constants = rounds
    external(state)
    for _ in 0..<4 {
      full(state, constants, &steps)
      constants += width
    }
    for _ in 0..<partialRounds {
      state[0] = steps.commit(steps.power7(state[0] + Steps.Word(constants[0])))
      constants += 1
      self.internal(state)
    }
    for _ in 0..<4 {
      full(state, constants, &steps)
      constants += width
    }
  }

  @inline(__always)
  private func full<Steps: Poseidon2Steps>(
    _ state: UnsafeMutablePointer<Steps.Word>, _ constants: UnsafePointer<BabyBear>, _ steps: inout Steps
  ) {
    for i in 0..<width { state[i] = steps.power7(state[i] + Steps.Word(constants[i])) }
    external(state)
    for i in 0..<width { state[i] = steps.commit(state[i]) }
  }

  /// M4 on every four elements, then to every element the sum of those at its place in all fours.
  @inline(__always)
  private func external<Word: Poseidon2Word>(_ state: UnsafeMutablePointer<Word>) {
    var (sum0, sum1, sum2, sum3) = (
      Word(BabyBear.zero), Word(BabyBear.zero), Word(BabyBear.zero), Word(BabyBear.zero)
    )
    var i = 0
    while i < width {
      let (a, b, c, d) = (state[i], state[i &+ 1], state[i &+ 2], state[i &+ 3])
      // M4 = [[2,3,1,1],[1,2,3,1],[1,1,2,3],[3,1,1,2]] with shared sums.
      let (ab, cd) = (a + b, c + d)
      let all = ab + cd
      let (allB, allD) = (all + b, all + d)
      let (w, x) = (allB + ab, allB + (c + c))
      let (y, z) = (allD + cd, allD + (a + a))
      (state[i], state[i &+ 1], state[i &+ 2], state[i &+ 3]) = (w, x, y, z)
      (sum0, sum1, sum2, sum3) = (sum0 + w, sum1 + x, sum2 + y, sum3 + z)
      i &+= 4
    }
    i = 0
    while i < width {
      state[i] = state[i] + sum0
      state[i &+ 1] = state[i &+ 1] + sum1
      state[i &+ 2] = state[i &+ 2] + sum2
      state[i &+ 3] = state[i &+ 3] + sum3
      i &+= 4
    }
  }

  /// `s_i ← Σs + V_i·s_i`; the first nine of V are −2, 1, 2, 1/2, 3, 4, −1/2, −3, −4 in both widths.
  @inline(__always)
  private func `internal`<Word: Poseidon2Word>(_ state: UnsafeMutablePointer<Word>) {
    var rest = state[1]
    for i in 2..<width { rest = rest + state[i] }
    let sum = rest + state[0]
    state[0] = rest - state[0]
    state[1] = sum + state[1]
    state[2] = sum + (state[2] + state[2])
    state[3] = sum + state[3].halved
    state[4] = sum + (state[4] + state[4] + state[4])
    let fifth = state[5] + state[5]
    state[5] = sum + (fifth + fifth)
    state[6] = sum - state[6].halved
    state[7] = sum - (state[7] + state[7] + state[7])
    let eighth = state[8] + state[8]
    state[8] = sum - (eighth + eighth)
    for i in 9..<width { state[i] = sum + state[i] * Word(diagonal[i]) }
  }
}
