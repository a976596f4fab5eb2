import Testing
import WeftMachine

@testable import WeftEVM

@Suite("Traces and gas profiles")
struct TracingTests {
  private static let child = Address(word: UInt256(0xbb))

  private func call(gas: UInt64) -> [UInt8] {
    Assembler.build {
      $0.push(0, 0, 0, 0, 0)
      $0.push(Self.child.word)
      $0.push(gas)
      $0.op(.call)
    }
  }

  @Test("Each instruction is a line with what was there before it, and one at the end tells the result")
  func lines() throws {
    var text = ""
    let tracer = EIP3155Tracer { text += $0 }
    let run = CodeRun(gas: 1000, inspector: tracer)
    let result = try run.run([0x60, 0xff, 0x5f, 0x52, 0x60, 1, 0x60, 31, 0xf3]).result
    tracer.finish(output: result.output, gasUsed: 1000 - result.gasLeft, isSuccess: result.isSuccess)
    #expect(
      text.split(separator: "\n") == [
        #"{"pc":0,"op":96,"gas":"0x3e8","gasCost":"0x3","memSize":0,"stack":[],"depth":1,"returnData":"0x","refund":"0x0","opName":"PUSH1"}"#,
        #"{"pc":2,"op":95,"gas":"0x3e5","gasCost":"0x2","memSize":0,"stack":["0xff"],"depth":1,"returnData":"0x","refund":"0x0","opName":"PUSH0"}"#,
        #"{"pc":3,"op":82,"gas":"0x3e3","gasCost":"0x6","memSize":0,"stack":["0xff","0x0"],"depth":1,"returnData":"0x","refund":"0x0","opName":"MSTORE"}"#,
        #"{"pc":4,"op":96,"gas":"0x3dd","gasCost":"0x3","memSize":32,"stack":[],"depth":1,"returnData":"0x","refund":"0x0","opName":"PUSH1"}"#,
        #"{"pc":6,"op":96,"gas":"0x3da","gasCost":"0x3","memSize":32,"stack":["0x1"],"depth":1,"returnData":"0x","refund":"0x0","opName":"PUSH1"}"#,
        #"{"pc":8,"op":243,"gas":"0x3d7","gasCost":"0x0","memSize":32,"stack":["0x1","0x1f"],"depth":1,"returnData":"0x","refund":"0x0","opName":"RETURN"}"#,
        #"{"output":"0xff","gasUsed":"0x11","pass":true}"#,
      ])
  }

  @Test("Words have no zeros in front, negative refunds a sign, halts their reason")
  func texts() throws {
    for (word, text) in [
      (UInt256.zero, "0x0"), (UInt256(16), "0x10"), (UInt256(limbs: 0, 1, 0, 0), "0x10000000000000000"),
      (.max, "0x" + String(repeating: "f", count: 64)),
      (UInt256(limbs: 0, 0, 0, 1 << 60), "0x1" + String(repeating: "0", count: 63)),
    ] {
      var line = TraceText()
      line.append(hexadecimal: word)
      #expect(line.text == text)
    }
    var line = TraceText()
    line.append(hexadecimal: Int64(-4800))
    line.append(hexadecimal: Int64.min)
    #expect(line.text == "-0x12c0-0x8000000000000000")
    var trace = ""
    _ = try CodeRun(inspector: EIP3155Tracer { trace += $0 }).run([0x50])
    #expect(trace.contains(#""opName":"POP","error":"stack underflow"}"#))
  }

  @Test("A trace changes nothing: gas, output and state are those of an untraced run")
  func sameResults() throws {
    var run = CodeRun()
    run.accounts[Self.child] = .init(code: [0x60, 1, 0x60, 0, 0x55, 0x60, 32, 0x60, 0, 0xfd])
    let code =
      call(gas: 60_000)
      + Assembler.build {
        $0.op(.returndatasize); $0.returnTop()
      }
    let plain = try run.run(code)
    run.inspector = EIP3155Tracer { _ in }
    let traced = try run.run(code)
    #expect(plain.result == traced.result && plain.state.changes() == traced.state.changes())
  }

  @Test(
    "Profiles by opcode and by place add up to the gas used, also where frames fail",
    arguments: [[0x5b, 0x5b], [0xfe], [0x60, 0, 0x60, 0, 0xfd], [0x50]] as [[UInt8]])
  func sums(_ childCode: [UInt8]) throws {
    let profiler = GasProfiler()
    var run = CodeRun(inspector: profiler)
    run.accounts[Self.child] = .init(code: childCode)
    let code = call(gas: 5000) + [0x50] + call(gas: 5000)
    let used = Int64(try run.used(code))
    #expect(profiler.opcodes.values.reduce(0) { $0 + $1.gas } == used)
    #expect(profiler.places.values.reduce(0) { $0 + $1.gas } == used)
    #expect(profiler.stacks.values.reduce(0, +) == used)
    let first = GasProfiler.Place(contract: Self.child, programCounter: 0, opcode: Opcode(childCode[0]))
    #expect(profiler.places[first]?.executions == 2)
    #expect(profiler.opcodes["CALL"]?.executions == 2)
    // A cold account, then a warm one.
    #expect(profiler.opcodes["CALL"]?.gas == 2700)
  }
}
