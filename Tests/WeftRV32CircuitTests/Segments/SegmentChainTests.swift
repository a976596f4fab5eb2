import Testing
import WeftCircuit
import WeftField
import WeftMachine
import WeftMemory
import WeftMemoryCircuit
import WeftRV32

@testable import WeftRV32Circuit

/// Attacks on the links of segments: each is rejected, and the message says where.
@Suite("Chains of segments")
struct SegmentChainTests {
  private let whole: SegmentSample.Whole
  private let claims: [SegmentClaim]

  init() throws {
    whole = try SegmentSample.small.get()
    claims = whole.claims
  }

  /// What a chain of claims says.
  private func verdict(_ claims: [SegmentClaim], exitCode: UInt32? = SegmentSample.exitCode) throws -> String
  {
    var chain = try whole.tracer.chain()
    do throws(SegmentChainError) {
      for claim in claims { try chain.append(claim) }
      try chain.finish(exitCode: exitCode)
      return "accepted"
    } catch { return "\(error)" }
  }

  private func changed(_ index: Int, _ body: (inout SegmentClaim) -> Void) -> [SegmentClaim] {
    var result = claims
    body(&result[index])
    return result
  }

  @Test("The honest chain; parts of it")
  func honest() throws {
    #expect(claims.count == whole.made.count && claims.count >= 4)
    #expect(try verdict(claims) == "accepted")
    let stop = claims[claims.count - 2].finalPC
    #expect(
      try verdict(claims.dropLast())
        == "the program does not end in segment \(claims.count - 2), the last one, which stops at \(hexadecimal(stop))"
    )
    // What was stopped may stop anywhere.
    #expect(try verdict(claims.dropLast(), exitCode: nil) == "accepted")
    #expect(try verdict([]) == "the chain has no segments")
    #expect(
      try verdict(claims, exitCode: 7)
        == "the program ends with exit code \(SegmentSample.exitCode), the run says 7")
    #expect(
      try verdict(claims + [claims[0]])
        == "segment \(claims.count) follows segment \(claims.count - 1), in which the program ended")
    #expect(
      try verdict(changed(1) { $0.exitCode = SegmentSample.exitCode })
        == "segment 2 follows segment 1, in which the program ended")
  }

  @Test("Another root, another program counter, at either end of any segment")
  func tampered() throws {
    var other = claims[0].initialRoot
    other[3] += .one
    for index in claims.indices {
      let root = try verdict(changed(index) { $0.initialRoot = other })
      let before = index == 0 ? "the program begins" : "segment \(index - 1) ended"
      #expect(
        root
          == "segment \(index) begins with the memory root \(other), \(before) with \(claims[index].initialRoot)"
      )
      let counter = try verdict(changed(index) { $0.initialPC += 4 })
      #expect(
        counter
          == "segment \(index) begins at \(hexadecimal(claims[index].initialPC + 4)), \(before) at "
          + hexadecimal(claims[index].initialPC))
      guard index + 1 < claims.count else { continue }
      #expect(
        try verdict(changed(index) { $0.finalRoot = other }).hasPrefix("segment \(index + 1) begins with"))
      #expect(try verdict(changed(index) { $0.finalPC += 4 }).hasPrefix("segment \(index + 1) begins at"))
    }
  }

  @Test("Segments left out, exchanged, repeated")
  func order() throws {
    #expect(try verdict(Array(claims.dropFirst())).hasPrefix("segment 0 begins at"))
    for index in 0..<(claims.count - 1) {
      var swapped = claims
      swapped.swapAt(index, index + 1)
      #expect(try verdict(swapped) != "accepted")
      var missing = claims
      missing.remove(at: index)
      #expect(try verdict(missing) != "accepted")
      var repeated = claims
      repeated.insert(claims[index], at: index)
      #expect(try verdict(repeated).hasPrefix("segment \(index + 1) begins"))
    }
  }

  @Test("The public values of a segment are bound by its traces")
  func publicValues() throws {
    // The last segment, in which the exit code is public too.
    let made = try #require(whole.made.last)
    #expect(try whole.tracer.check(made.traces).isAccepted)
    for air in ["Connector", "MemoryMerkle"] {
      let place = try #require(made.traces.airs.firstIndex { $0.air.name == air })
      for index in made.traces.airs[place].publicValues.indices {
        var traces = made.traces
        traces.airs[place].publicValues[index] += .one
        let isExitCode = air == "Connector" && index > 2
        if !isExitCode {
          #expect(
            try !Checker(threads: 1).checkConstraints(traces).isAccepted, "\(air), public value \(index)")
        }
        // Every one of them is part of the claim.
        let claim = SegmentClaim(traces, addressBase: made.addressBase)
        #expect(claim != claims.last, "\(air), public value \(index)")
      }
      var missing = made.traces
      missing.airs.remove(at: place)
      #expect(SegmentClaim(missing, addressBase: made.addressBase) == nil)
    }
    // An exit code is bound by a bus.
    var other = made.traces
    let connector = try #require(other.airs.firstIndex { $0.air.name == "Connector" })
    other.airs[connector].publicValues[3] += .one
    let forged = try whole.tracer.check(other, checker: Checker(threads: 1))
    #expect(forged.description.contains("bus exit"))
    let required = ["Connector", "MemoryMerkle", "PersistentBoundary(4)", "Poseidon2", "Program"]
    var missing = made.traces
    missing.airs.removeAll { required.contains($0.air.name) }
    let report = try whole.tracer.check(missing, checker: Checker(threads: 1))
    for air in required { #expect(report.description.contains("AIR \(air) is required and missing")) }
  }

  @Test("Segments of another program are told by their program table")
  func otherProgram() throws {
    let other = try SegmentSample.Whole(
      SegmentSample.program(rounds: 41), limits: SegmentSample.limits(instructions: 80))
    let report = try whole.tracer.check(other.made[0].traces, checker: Checker(threads: 1))
    #expect(report.description.contains("AIR Program has other committed columns than were committed to"))
    #expect(try verdict(other.claims).hasPrefix("segment 0 begins with the memory root"))
  }

  @Test("A changed image: with its old root it is refused, with its own it does not chain")
  func changedImage() throws {
    let cut = whole.cuts[2]
    var segment = cut.segment
    let root = segment.start.image.statedRoot
    try segment.start.image.setBytes([9], at: MemoryAddress(.memory, 0x20_0000))
    segment.start.image.statedRoot = root
    do {
      _ = try whole.tracer.traces(of: segment, threads: 1)
      Issue.record("accepted")
    } catch {
      #expect("\(error)".hasPrefix("the image states the root \(cut.tree.root.digest), its contents have "))
    }
    segment.start.image.statedRoot = nil
    let made = try whole.tracer.traces(of: segment, threads: 1)
    var forged = claims
    forged[2] = try #require(SegmentClaim(made.traces, addressBase: made.addressBase))
    #expect(try verdict(forged).hasPrefix("segment 2 begins with the memory root"))
    // A tree of other contents contradicts the boundary.
    let mixed = try whole.tracer.traces(of: segment, tree: whole.cuts[1].tree, threads: 1)
    #expect(try !whole.tracer.check(mixed.traces, checker: Checker(threads: 1)).isAccepted)
  }

  @Test("A segment whose program goes another way than it says is refused")
  func otherCount() throws {
    var segment = whole.cuts[whole.cuts.count - 1].segment
    segment.instructionCount += 5
    let count = segment.instructionCount
    do {
      _ = try whole.tracer.traces(of: segment, threads: 1)
      Issue.record("accepted")
    } catch {
      #expect(
        "\(error)"
          == "segment \(segment.index): \(count - 5) of \(count) instructions retired, then: halted with code 4660"
      )
    }
    segment.start.instances = [[1]]
    do {
      _ = try whole.tracer.traces(of: segment, threads: 1)
      Issue.record("accepted")
    } catch {
      #expect("\(error)" == "the segment begins with the state of 1 extensions, the machine has 0")
    }
  }

  @Test("Public values are proven from the last root")
  func userPublicValues() throws {
    var chain = try whole.tracer.chain()
    for claim in claims { try chain.append(claim) }
    let proof = try #require(whole.made.last?.memory?.publicValues)
    try chain.check(proof, values: whole.outcome.publicValues)
    var values = whole.outcome.publicValues
    values[5] ^= 1
    #expect(
      throws: SegmentChainError.publicValue(
        index: 5, expected: UInt32(values[5]), found: UInt32(values[5] ^ 1))
    ) { try chain.check(proof, values: values) }
    #expect(throws: SegmentChainError.publicValue(index: 128, expected: 1, found: 0)) {
      try chain.check(proof, values: whole.outcome.publicValues + [1])
    }
    var forged = proof
    forged.values[0] += .one
    #expect(throws: SegmentChainError.publicValuesProof(root: chain.root)) {
      try chain.check(forged, values: whole.outcome.publicValues)
    }
    // Those of an earlier segment are others.
    let early = try #require(whole.made.first?.memory?.publicValues)
    #expect(throws: SegmentChainError.publicValuesProof(root: chain.root)) {
      try chain.check(early, values: whole.outcome.publicValues)
    }
  }
}
