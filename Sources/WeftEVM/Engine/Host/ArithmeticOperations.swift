import CWeftABI

// Divisions and their kin with operands of more than one limb, or a divisor of 0, which gives 0.

/// Two words in, one out, in a call.
private enum Wide {
  @inline(__always)
  static func binary(_ c: EVMContext, _ operation: (UInt256, UInt256) -> UInt256) -> HostOutcome {
    c.top[-1] = operation(c.top[0], c.top[-1])
    c.pop(1)
    return .proceed
  }
}

enum WideDivide: HostOperation {
  @inline(__always) static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    Wide.binary(c) { $0 / $1 }
  }
}

enum WideModulo: HostOperation {
  @inline(__always) static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    Wide.binary(c) { $0 % $1 }
  }
}

enum WideSignedDivide: HostOperation {
  @inline(__always) static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    Wide.binary(c) { $0.signedQuotient(dividingBy: $1) }
  }
}

enum SignedModulo: HostOperation {
  @inline(__always) static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    Wide.binary(c) { $0.signedRemainder(dividingBy: $1) }
  }
}

enum AddModulo: HostOperation {
  @inline(__always) static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    let modulus = c.top[-2]
    c.top[-2] = c.engine.pointee.modulus.add(c.top[0], c.top[-1], modulus: modulus)
    c.pop(2)
    return .proceed
  }
}

enum MultiplyModulo: HostOperation {
  @inline(__always) static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    let modulus = c.top[-2]
    c.top[-2] = c.engine.pointee.modulus.multiply(c.top[0], c.top[-1], modulus: modulus)
    c.pop(2)
    return .proceed
  }
}
