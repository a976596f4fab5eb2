import CFFI
import Glibc

/// The same C functions called from a loop in the host: what an extension's call is compared with.
enum BareCalls {
  private typealias Function = @convention(c) (UInt64) -> UInt64

  /// Nanoseconds for a call of `ffs` through a pointer.
  static func pointer(count: Int) throws(CommandError) -> Double {
    let function = unsafeBitCast(try address(of: "ffs", in: "libc.so.6"), to: Function.self)
    let clock = ContinuousClock()
    var value: UInt64 = 0
    let begin = clock.now
    for index in 0..<count {
      value &+= function(UInt64(truncatingIfNeeded: 0x10_0000 | index & 1) &<< 1) & 0xff
    }
    let seconds = begin.duration(to: clock.now).inSeconds
    guard value == UInt64(count / 2 * (22 + 2)) else {
      throw CommandError(.mismatch, "ffs through a pointer: sum \(value)")
    }
    return seconds * 1e9 / Double(count)
  }

  /// Nanoseconds for a call of `fmaxf` through libffi, its interface prepared.
  static func libffi(count: Int) throws(CommandError) -> Double {
    let function = try address(of: "fmaxf", in: "libm.so.6")
    let interface = UnsafeMutablePointer<ffi_cif>.allocate(capacity: 1)
    let types = UnsafeMutablePointer<UnsafeMutablePointer<ffi_type>?>.allocate(capacity: 2)
    let values = UnsafeMutablePointer<Float>.allocate(capacity: 2)
    let pointers = UnsafeMutablePointer<UnsafeMutableRawPointer?>.allocate(capacity: 2)
    let result = UnsafeMutablePointer<UInt64>.allocate(capacity: 1)
    defer {
      interface.deallocate()
      types.deallocate()
      values.deallocate()
      pointers.deallocate()
      result.deallocate()
    }
    types.initialize(repeating: weft_ffi_float(), count: 2)
    values.initialize(repeating: 1, count: 2)
    pointers.initialize(to: UnsafeMutableRawPointer(values))
    (pointers + 1).initialize(to: UnsafeMutableRawPointer(values + 1))
    result.initialize(to: 0)
    guard weft_ffi_prepare(interface, 2, weft_ffi_float(), types) == 0 else {
      throw CommandError(.machine, "libffi refuses fmaxf")
    }
    let clock = ContinuousClock()
    let begin = clock.now
    var sum: Float = 0
    for index in 0..<count {
      values[1] = Float(index & 3)
      weft_ffi_call(interface, function, result, pointers)
      sum += Float(bitPattern: UInt32(truncatingIfNeeded: result.pointee)) - 1
      if sum > 1000 { sum = 0 }
    }
    let seconds = begin.duration(to: clock.now).inSeconds
    guard sum >= 0,
      Float(bitPattern: UInt32(truncatingIfNeeded: result.pointee)) == max(1, Float((count - 1) & 3))
    else { throw CommandError(.mismatch, "fmaxf through libffi: wrong result") }
    return seconds * 1e9 / Double(count)
  }

  private static func address(
    of symbol: String, in library: String
  ) throws(CommandError) -> UnsafeMutableRawPointer {
    guard let handle = dlopen(library, RTLD_NOW), let address = dlsym(handle, symbol) else {
      throw CommandError(.machine, "\(library) has no \(symbol)")
    }
    return address
  }
}
