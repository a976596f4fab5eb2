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
    Wide.binary(c) { $1.isZero ? .zero : $0.quotientAndRemainder(dividingBy: $1).quotient }
  }
}

enum WideModulo: HostOperation {
  @inline(__always) static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    Wide.binary(c) { $1.isZero ? .zero : $0.quotientAndRemainder(dividingBy: $1).remainder }
  }
}

enum SignedDivide: HostOperation {
  @inline(__always) static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    Wide.binary(c) { dividend, divisor in
      if divisor.isZero { return .zero }
      let quotient = magnitude(dividend).quotientAndRemainder(dividingBy: magnitude(divisor)).quotient
      return isNegative(dividend) == isNegative(divisor) ? quotient : Arithmetic.sub(.zero, quotient)
    }
  }

  @inline(__always) static func isNegative(_ value: UInt256) -> Bool { value.limb3 &>> 63 != 0 }

  @inline(__always) static func magnitude(_ value: UInt256) -> UInt256 {
    isNegative(value) ? Arithmetic.sub(.zero, value) : value
  }
}

/// The remainder has the sign of the dividend.
enum SignedModulo: HostOperation {
  @inline(__always) static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    Wide.binary(c) { dividend, divisor in
      if divisor.isZero { return .zero }
      let remainder = SignedDivide.magnitude(dividend)
        .quotientAndRemainder(dividingBy: SignedDivide.magnitude(divisor)).remainder
      return SignedDivide.isNegative(dividend) ? Arithmetic.sub(.zero, remainder) : remainder
    }
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
