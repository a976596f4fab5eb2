/// A register operand: the field of a word, or a number that all words share. Found without a branch.
struct OperandCode: Hashable {
  private let shift: UInt8
  private let mask: UInt8
  private let fixed: UInt8

  init(_ source: OperandSource) {
    switch source {
    case .rd: (shift, mask, fixed) = (7, 31, 0)
    case .rs1: (shift, mask, fixed) = (15, 31, 0)
    case .rs2: (shift, mask, fixed) = (20, 31, 0)
    case .fixed(let number): (shift, mask, fixed) = (0, 0, number & 31)
    }
  }

  /// The register of a word, 0 to 31.
  @inline(__always)
  func register(_ operands: CallOperands) -> Int {
    Int(operands.word &>> UInt32(shift) & UInt32(mask) | UInt32(fixed))
  }
}

/// What an instruction word tells a call.
struct CallOperands {
  var word: UInt32
  /// That of an I-type word.
  @inline(__always) var immediate: Int32 { Int32(bitPattern: word) >> 20 }
}

/// What `ScalarKind.extended` does, as numbers.
struct Widening {
  private let shift: UInt8
  private let isSigned: Bool
  private let isBool: Bool

  init(_ kind: ScalarKind) {
    let bytes = kind == .f32 ? 4 : kind.byteCount
    shift = UInt8(truncatingIfNeeded: 64 &- 8 &* bytes)
    isSigned = kind.isSigned
    isBool = kind == .bool
  }

  @inline(__always)
  func extended(_ bits: UInt64) -> UInt64 {
    let high = bits &<< UInt64(shift)
    let signed = UInt64(bitPattern: Int64(bitPattern: high) &>> Int64(shift))
    let value = isSigned ? signed : high &>> UInt64(shift)
    return isBool ? (value != 0 ? 1 : 0) : value
  }
}

/// How one argument of a call is made.
struct ArgumentPlan {
  enum Action: UInt8 { case register, pair, immediate, constant, range, structure, context, null }
  enum LengthSource: UInt8 { case constant, register, argument }

  var action: Action
  let kind: ScalarKind
  let widening: Widening
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

  init(action: Action, kind: ScalarKind = .u64) {
    self.action = action
    self.kind = kind
    widening = Widening(kind)
  }

  init(_ argument: ExtensionManifest.Argument) {
    switch argument {
    case .value(let source, let kind):
      self.init(action: kind.isPair ? .pair : .register, kind: kind)
      operand = OperandCode(source)
    case .immediate(let kind):
      self.init(action: .immediate, kind: kind)
    case .constant(let bits, let kind):
      self.init(action: .constant, kind: kind)
      constant = kind.extended(bits)
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
  let widening: Widening
  let isPair: Bool
  /// Where a scalar goes, or the register with the address for a struct.
  var operand: OperandCode?
  var status: ExtensionManifest.StatusRule?
  var structSize: UInt64 = 0

  init(_ result: ExtensionManifest.Result) {
    var kind = ScalarKind.u64
    if case .scalar(let scalar, _, _) = result { kind = scalar }
    (widening, isPair) = (Widening(kind), kind.isPair)
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
