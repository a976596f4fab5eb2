import CWeftABI
import WeftMemory

enum Stop: HostOperation {
  @inline(never)
  static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    Frames.succeed(c, output: 0..<0, D.self)
  }
}

/// RETURN and REVERT: the range that the operands name, paid and in memory.
private enum Output {
  @inline(__always)
  static func range<D: Dispatch>(
    _ c: EVMContext, _: D.Type, _ end: (Range<Int>) -> HostOutcome
  ) -> HostOutcome {
    guard let area = Host.area(c.top[0], c.top[-1]), c.charge(Host.expansion(c, to: area.end)) else {
      return Host.starve(c, D.self)
    }
    guard Host.grow(c, to: area.end) else { return Frames.halt(c, .memoryLimit, D.self) }
    return end(Range(uncheckedBounds: (area.offset, area.end)))
  }
}

enum Return: HostOperation {
  @inline(never)
  static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    Output.range(c, D.self) { Frames.succeed(c, output: $0, D.self) }
  }
}

enum Revert: HostOperation {
  @inline(never)
  static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    Output.range(c, D.self) { Frames.revert(c, output: $0, D.self) }
  }
}

/// A halt whose reason stands in the context.
enum Halt: HostOperation {
  @inline(never)
  static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    Frames.halt(c, EVMHalt(rawValue: c.pointee.halt) ?? .extensionFailed, D.self)
  }
}

enum Invalid: HostOperation {
  @inline(never)
  static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    Frames.halt(c, .invalidInstruction, D.self)
  }
}

enum Undefined: HostOperation {
  @inline(never)
  static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    Frames.halt(c, .undefinedInstruction, D.self)
  }
}

/// The first jump to a destination: decodes from there, if code may jump to it.
enum Land: HostOperation {
  @inline(never)
  static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    let analysis = c.frame.analysis
    let counter = c.pointee.line
    guard CodeAnalysis.isDestination(analysis, counter) else { return Frames.halt(c, .invalidJump, D.self) }
    return decode(c, Int(truncatingIfNeeded: counter))
  }

  @inline(__always)
  static func decode(_ c: EVMContext, _ counter: Int) -> HostOutcome {
    let analysis = c.frame.analysis
    var decoder = c.engine.pointee.decoder(analysis)
    let landing = analysis.pointee.landings[decoder.decodeLanding(at: counter)]
    c.pointee.base.next = landing.slot
    c.pointee.line = landing.line.rawValue
    return .switched
  }
}

/// The first arrival at a destination that decoded code names: decodes from there.
enum PendingLanding: HostOperation {
  @inline(never)
  static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    Land.decode(c, Int(truncatingIfNeeded: c.pointee.base.next.unsafelyUnwrapped.payload))
  }
}

/// EXP with an exponent that the fast path does not take.
enum Exponentiation: HostOperation {
  @inline(never)
  static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    let exponent = c.top[-1]
    let bytes = (256 &- exponent.leadingZeroBitCount &+ 7) / 8
    guard c.charge(c.pointee.exponent_byte &* Int64(bytes)) else { return Host.starve(c, D.self) }
    c.top[-1] = c.top[0].wrappingPower(exponent)
    c.pop(1)
    return .proceed
  }
}

/// An instruction that Swift code of an extension carries out.
enum ExtensionService: HostOperation {
  @inline(never)
  static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    let engine = c.engine
    // The reference engine's instruction carries its place.
    let counter = D.isObserved ? c.pointee.base.next.unsafelyUnwrapped.payload : decodedCounter(c)
    let opcode = c.frame.analysis.pointee.code[Int(truncatingIfNeeded: counter)]
    guard let service = engine.pointee.table.service(opcode) else {
      return Frames.halt(c, .undefinedInstruction, D.self)
    }
    let entry = engine.pointee.table[opcode]
    let (inputs, outputs) = (Int(entry.inputs), Int(entry.outputs))
    var frame = EVMFrame(c, inputs: inputs, outputs: outputs, counter: counter)
    do throws(EVMHalt) {
      try service(&frame)
    } catch {
      engine.pointee.haltDetail = frame.detail
      return Frames.halt(c, error, D.self)
    }
    c.top = c.top - inputs + outputs
    frame.storeOutputs(below: c.top)
    engine.pointee.publishMemory()
    if frame.isFinished { return Frames.succeed(c, output: 0..<0, D.self) }
    return .enter
  }

  private static func decodedCounter(_ c: EVMContext) -> UInt64 {
    let analysis = c.frame.analysis.pointee
    let index = c.pointee.base.next.unsafelyUnwrapped - UnsafePointer(analysis.slots)
    return UInt64(analysis.counters[index])
  }
}
