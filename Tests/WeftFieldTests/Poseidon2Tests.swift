import Testing
import WeftField

@Suite("Poseidon2")
struct Poseidon2Tests {
  private func permuted(_ input: [BabyBear]) -> [BabyBear] {
    var state = input
    state.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      if buffer.count == 16 { Poseidon2.permute16(base) } else { Poseidon2.permute24(base) }
    }
    return state
  }

  @Test("The published answers for zero and for 0…15 and 0…23 come out")
  func publishedAnswers() {
    let zeros = [BabyBear](repeating: 0, count: 16)
    let answer: [BabyBear] = [
      1_168_947_398, 128_782_440, 747_404_447, 883_925_857, 360_581_875, 1_704_698_758, 1_878_363_991,
      1_054_281_681, 682_225_194, 705_839_125, 1_218_819_873, 41_544_645, 1_095_344_608, 174_996_601,
      1_678_438_226, 11_259_290,
    ]
    #expect(permuted(zeros) == answer)
    #expect(
      permuted((0..<16).map { BabyBear($0) })[..<3] == [1_906_786_279, 1_737_026_427, 1_959_749_225])
    #expect(permuted((0..<24).map { BabyBear($0) })[..<3] == [57_973_606, 1_742_549_659, 409_441_332])
  }

  @Test("The reference's vectors of both widths come out")
  func vectors() throws {
    guard let file = try Vectors.object("poseidon2_babybear.json") else { return }
    for (key, width) in [("w16", 16), ("w24", 24)] {
      let cases = try file.objects(key)
      #expect(cases.count == 6)
      for entry in cases {
        let input = try entry.elements("in")
        #expect(input.count == width)
        #expect(permuted(input) == (try entry.elements("out")))
      }
    }
  }

  @Test("All 73 permutations of a stark-backend transcript come out, one by one and in a batch")
  func transcript() throws {
    guard let file = try Vectors.object("starkbackend_v140_fib16_logup.json") else { return }
    let permutations = try #require(file["transcript_perms"] as? [[[Int]]])
    #expect(permutations.count == 73)
    var states: [BabyBear] = []
    var expected: [BabyBear] = []
    for pair in permutations {
      let (input, output) = (try fieldElements(pair[0]), try fieldElements(pair[1]))
      #expect(permuted(input) == output)
      states += input
      expected += output
    }
    states.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      Poseidon2.permute16(count: permutations.count, base)
    }
    #expect(states == expected)
  }

  @Test("Sponge, compression and Merkle roots of the reference come out")
  func hashes() throws {
    guard let file = try Vectors.object("merkle_babybear_poseidon2.json") else { return }
    for entry in try file.objects("sponge_rate8_overwrite") {
      #expect(Poseidon2.hash(try entry.elements("in")).array == (try entry.elements("digest")))
    }
    let compression = try #require(file["compress"] as? [String: Any])
    let (l, r) = (try compression.elements("l"), try compression.elements("r"))
    let (left, right) = (try #require(Digest(l)), try #require(Digest(r)))
    #expect(Poseidon2.compress(left, right).array == (try compression.elements("out")))
    for entry in try file.objects("mmcs") {
      var matrices: [(height: Int, width: Int, values: [BabyBear])] = []
      for matrix in try entry.objects("mats") {
        let (height, width) = (try #require(matrix["h"] as? Int), try #require(matrix["w"] as? Int))
        matrices.append((height, width, try matrix.elements("v")))
      }
      var height = matrices.map(\.height).max() ?? 0
      var layer: [Digest] = []
      while true {
        let rows = (0..<height).map { row in
          matrices.filter { $0.height == height }
            .flatMap { $0.values[(row * $0.width)..<((row + 1) * $0.width)] }
        }
        if layer.isEmpty {
          layer = rows.map { Poseidon2.hash($0) }
        } else {
          var parents = [Digest](repeating: Digest(), count: height)
          parents.withUnsafeMutableBufferPointer { out in
            guard let out = out.baseAddress else { return }
            Poseidon2.compressLayer(count: height, children: layer, into: out)
          }
          layer = zip(parents, rows).map { $1.isEmpty ? $0 : Poseidon2.compress($0, Poseidon2.hash($1)) }
        }
        if height == 1 { break }
        height /= 2
      }
      #expect(layer[0].array == (try entry.elements("root")))
    }
  }

  @Test("A sponge fed in pieces equals the hash of the whole")
  func pieces() {
    var numbers = Numbers(state: 5)
    for length in [0, 1, 7, 8, 9, 40] {
      let input = (0..<length).map { _ in numbers.element() }
      var sponge = Poseidon2Sponge()
      for element in input { sponge.absorb(element) }
      let digest = sponge.finalize()
      #expect(digest == Poseidon2.hash(input))
    }
    #expect(Poseidon2.hash([BabyBear]()) == Digest())
  }

  @Test("The layers of the public constants give the same permutation: what the chip is built from")
  func constants() {
    for constants in [Poseidon2Constants.width16, .width24] {
      var numbers = Numbers(state: 8)
      let input = (0..<constants.width).map { _ in numbers.element() }
      let matrix: [[BabyBear]] = [[2, 3, 1, 1], [1, 2, 3, 1], [1, 1, 2, 3], [3, 1, 1, 2]]
      func external(_ s: [BabyBear]) -> [BabyBear] {
        let mixed = s.indices.map { i in
          (0..<4).reduce(BabyBear.zero) { $0 + matrix[i % 4][$1] * s[i / 4 * 4 + $1] }
        }
        return s.indices.map { i in
          mixed[i] + stride(from: i % 4, to: s.count, by: 4).reduce(BabyBear.zero) { $0 + mixed[$1] }
        }
      }
      var s = external(input)
      for round in 0..<4 {
        s = external(s.indices.map { (s[$0] + constants.fullRounds[round][$0]).power(7) })
      }
      for constant in constants.partialRounds {
        s[0] = (s[0] + constant).power(7)
        let sum = s.reduce(BabyBear.zero, +)
        s = s.indices.map { sum + constants.diagonal[$0] * s[$0] }
      }
      for round in 4..<8 {
        s = external(s.indices.map { (s[$0] + constants.fullRounds[round][$0]).power(7) })
      }
      #expect(permuted(input) == s)
    }
  }
}
