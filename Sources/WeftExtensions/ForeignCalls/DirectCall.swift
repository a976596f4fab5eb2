/// Calls of functions whose arguments are integers and pointers, at most six: they travel in integer registers, so a
/// typed pointer of that arity will do. Narrow integers arrive sign- or zero-extended; a narrow result is narrowed by
/// the caller of these.
enum DirectCall {
  static let argumentLimit = 6

  private typealias Word = UInt64
  private typealias Function0 = @convention(c) () -> Word
  private typealias Function1 = @convention(c) (Word) -> Word
  private typealias Function2 = @convention(c) (Word, Word) -> Word
  private typealias Function3 = @convention(c) (Word, Word, Word) -> Word
  private typealias Function4 = @convention(c) (Word, Word, Word, Word) -> Word
  private typealias Function5 = @convention(c) (Word, Word, Word, Word, Word) -> Word
  private typealias Function6 = @convention(c) (Word, Word, Word, Word, Word, Word) -> Word

  /// - Parameter a: `count` arguments, at most six.
  @inline(__always)
  static func call(
    _ function: UnsafeMutableRawPointer, _ a: UnsafePointer<UInt64>, count: Int
  ) -> UInt64 {
    switch count {
    case 0: unsafeBitCast(function, to: Function0.self)()
    case 1: unsafeBitCast(function, to: Function1.self)(a[0])
    case 2: unsafeBitCast(function, to: Function2.self)(a[0], a[1])
    case 3: unsafeBitCast(function, to: Function3.self)(a[0], a[1], a[2])
    case 4: unsafeBitCast(function, to: Function4.self)(a[0], a[1], a[2], a[3])
    case 5: unsafeBitCast(function, to: Function5.self)(a[0], a[1], a[2], a[3], a[4])
    default: unsafeBitCast(function, to: Function6.self)(a[0], a[1], a[2], a[3], a[4], a[5])
    }
  }
}

extension ExtensionManifest.Instruction {
  /// Whether `DirectCall` can make the call.
  var isDirect: Bool {
    guard arguments.count <= DirectCall.argumentLimit else { return false }
    let areIntegers = arguments.allSatisfy { argument in
      switch argument {
      case .value(_, let kind), .immediate(let kind), .constant(_, let kind): !kind.isFloat
      case .range, .context, .null: true
      case .structure: false
      }
    }
    switch result {
    case .none: return areIntegers
    case .scalar(let kind, _, _): return areIntegers && !kind.isFloat
    case .structure: return false
    }
  }
}
