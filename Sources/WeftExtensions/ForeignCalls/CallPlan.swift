/// A register operand as a small number: 0 to 31 is that register, above are the fields of the word.
struct OperandCode: Hashable {
  let rawValue: UInt8

  init(_ source: OperandSource) {
    switch source {
    case .rd: rawValue = 32
    case .rs1: rawValue = 33
    case .rs2: rawValue = 34
    case .fixed(let number): rawValue = number & 31
    }
  }

  /// The register of a word, 0 to 31.
  @inline(__always)
  func register(_ operands: CallOperands) -> Int {
    switch rawValue {
    case 32: operands.rd
    case 33: operands.rs1
    case 34: operands.rs2
    default: Int(rawValue)
    }
  }
}

/// What an instruction word tells a call. The register numbers are 0 to 31.
struct CallOperands {
  var rd: Int
  var rs1: Int
  var rs2: Int
  var immediate: Int32
}

/// How one argument of a call is made.
struct ArgumentPlan {
  enum Action: UInt8 { case register, pair, immediate, constant, range, structure, context, null }
  enum LengthSource: UInt8 { case constant, register, argument }

  var action: Action
  var kind = ScalarKind.u64
  /// The register of a scalar, or with the address of a range or struct.
  var operand = OperandCode(.fixed(0))
  /// A constant's bits; the constant length of a range, in elements; the size of a struct.
  var constant: UInt64 = 0

  // Of ranges only.
  var isRead = false
  var isWritten = false
  var lengthSource = LengthSource.constant
  var lengthOperand = OperandCode(.fixed(0))
  var lengthArgument: UInt8 = 0
  var unit: UInt64 = 1
  var maximum: UInt64 = 0
  var alignmentMask: UInt32 = 0

  init(action: Action) { self.action = action }

  init(_ argument: ExtensionManifest.Argument) {
    switch argument {
    case .value(let source, let kind):
      self.init(action: kind.isPair ? .pair : .register)
      (operand, self.kind) = (OperandCode(source), kind)
    case .immediate(let kind):
      self.init(action: .immediate)
      self.kind = kind
    case .constant(let bits, let kind):
      self.init(action: .constant)
      (constant, self.kind) = (kind.extended(bits), kind)
    case .range(let range):
      self.init(range)
    case .structure(let type, let base):
      self.init(action: .structure)
      operand = OperandCode(base)
      constant = UInt64(type.byteCount)
    case .context:
      self.init(action: .context)
    case .null:
      self.init(action: .null)
    }
  }

  private init(_ range: GuestRange) {
    self.init(action: .range)
    operand = OperandCode(range.base)
    (isRead, isWritten) = (range.direction.isRead, range.direction.isWritten)
    (unit, maximum, alignmentMask) = (UInt64(range.unit), range.maximum, range.alignment &- 1)
    switch range.length {
    case .constant(let count): (lengthSource, constant) = (.constant, UInt64(count))
    case .register(let source): (lengthSource, lengthOperand) = (.register, OperandCode(source))
    case .argument(let number):
      (lengthSource, lengthArgument) = (.argument, UInt8(truncatingIfNeeded: number))
    }
  }
}

/// What becomes of a call's result.
struct ResultPlan {
  enum Action: UInt8 { case none, scalar, structure }

  var action = Action.none
  var kind = ScalarKind.u64
  /// Where a scalar goes, or the register with the address for a struct.
  var operand: OperandCode?
  var status: ExtensionManifest.StatusRule?
  var structSize: UInt64 = 0

  init(_ result: ExtensionManifest.Result) {
    switch result {
    case .none: break
    case .scalar(let kind, let register, let status):
      (action, self.kind, self.status) = (.scalar, kind, status)
      operand = register.map { OperandCode($0) }
    case .structure(let type, let base):
      (action, operand) = (.structure, OperandCode(base))
      structSize = UInt64(type.byteCount)
    }
  }

  /// Registers that are written.
  var registerCount: Int { action == .scalar && operand != nil ? (kind.isPair ? 2 : 1) : 0 }

  /// Whether a call can turn out to have failed when it has returned.
  var canFail: Bool { status != nil || (kind == .size && operand != nil && action == .scalar) }
}
