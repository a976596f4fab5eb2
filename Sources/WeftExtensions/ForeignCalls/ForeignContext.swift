import CWeftABI
import Glibc

/// The failure that a function reports through its context.
struct ForeignFailure {
  var hasFailed = false
  var code: Int32 = 0
  var message = InlineArray<256, UInt8>(repeating: 0)

  /// The message; bytes that are no UTF-8 are replaced.
  var text: String {
    var bytes: [UInt8] = []
    for index in message.indices where message[index] != 0 { bytes.append(message[index]) }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// `fail` of a `weft_foreign_context`. The first failure of a call counts.
@c(weft_extensions_foreign_fail)
func foreignFail(
  _ context: UnsafeMutablePointer<weft_foreign_context>?, _ code: Int32, _ message: UnsafePointer<CChar>?
) {
  guard let host = context?.pointee.host else { return }
  let failure = host.assumingMemoryBound(to: ForeignFailure.self)
  if failure.pointee.hasFailed { return }
  failure.pointee.hasFailed = true
  failure.pointee.code = code
  guard let message else { return }
  for index in 0..<strnlen(message, 255) {
    failure.pointee.message[index] = UInt8(bitPattern: message[index])
  }
}
