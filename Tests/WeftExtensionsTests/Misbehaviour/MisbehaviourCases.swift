extension Misbehaviour {
  static let all: [Misbehaviour] = steps + handlers + phantoms + calls

  static let steps: [Misbehaviour] = [
    "load-outside", "load-of-4294967295", "load-of-minus-8", "load-to-null", "load-of-nothing", "store-outside",
    "store-of-4294967295", "store-of-minus-8", "store-from-null", "store-into-text", "copy-of-4294967295",
    "copy-from-outside", "copy-to-outside", "fill-of-4294967295", "fill-of-minus-1-at-0", "store-then-fail",
    "failed-load-hidden", "failed-store-hidden", "failure-hidden", "two-reasons", "status-5",
    "status-minus-2147483648", "message-null", "message-empty", "message-of-100-kib", "message-no-utf-8",
    "message-of-lines", "message-with-code-0", "advance-backward", "advance-too-far", "advance-in-steps",
    "ticks-wrong", "writes-x0", "writes-x9", "register-32", "register-4294967295", "register-to-null", "sets-x0",
    "jump-misaligned", "jump-outside", "jump-then-fail", "exit-then-fail", "exit", "output-past-the-limit",
    "output-of-4294967295", "output-for-ever", "output-from-null", "hints-outside-phantoms", "space-2",
    "space-4294967295", "space-load-outside", "space-load-of-4294967295", "space-store-outside",
    "space-load-to-null", "space-store-from-null", "element-not-canonical", "element-misaligned",
    "half-an-element", "call-of-a-former-machine", "call-of-a-former-machine-hidden", "another-thread",
  ].map { Misbehaviour($0, .step, "?") }
  static let handlers: [Misbehaviour] = [
    "handler-leaves-for-no-reason", "handler-returns", "handler-loads-outside", "handler-stores-into-text",
  ].map { Misbehaviour($0, .handler, "?") }
  static let phantoms: [Misbehaviour] = [
    "phantom-stores", "phantom-stores-hidden", "phantom-copies", "phantom-sets-a-register", "phantom-writes-x9",
    "phantom-stores-into-a-space", "phantom-jumps", "phantom-exits", "phantom-advances",
    "phantom-hints-of-4294967295", "phantom-hints-from-null", "phantom-loads-outside", "phantom-status-5",
    "phantom-uses-everything",
  ].map { Misbehaviour($0, .phantom, "?") }
  static let calls: [Misbehaviour] = [
    "call-loads-outside", "call-stores-then-fails", "call-failure-hidden", "call-sets-hints",
    "call-advances-too-far",
  ].map { Misbehaviour($0, .call, "?") }
}
