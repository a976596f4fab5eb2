// What each case of `misbehaving.c` leads to.
extension Misbehaviour {
  static let all: [Misbehaviour] =
    accesses + spaces + statuses + rules + requests + handlers + phantoms + calls

  private static func misuse(_ rule: String) -> String { "extension 'misbehaving' broke a rule: \(rule)" }
  private static func outside(_ address: String) -> String { "store to \(address), outside writable memory" }
  private static func bare(_ status: Int) -> String {
    "extension 'misbehaving' returned status \(status) without a message (code \(status))"
  }
  private static let clock = "the clock of the recorded run reached 2^29 - 1"
  private static let outputLimit = "output limit of 4096 bytes reached"
  private static let done = "breakpoint"

  private static let accesses: [Misbehaviour] = [
    Misbehaviour("load-outside", "load from 0xfffffffe, outside memory"),
    Misbehaviour("load-of-4294967295", "load from 0x00200000, outside memory"),
    Misbehaviour("load-of-minus-8", "load from 0x00200000, outside memory"),
    Misbehaviour("load-to-null", misuse("load to a null pointer")),
    Misbehaviour("load-of-nothing", done),
    Misbehaviour("store-outside", outside("0xfffffffd")),
    Misbehaviour("store-of-4294967295", outside("0x00200000")),
    Misbehaviour("store-of-minus-8", outside("0x00200000")),
    Misbehaviour("store-from-null", misuse("store from a null pointer")),
    Misbehaviour("store-into-text", outside("0x00001000")),
    Misbehaviour("copy-of-4294967295", outside("0x00200000")),
    Misbehaviour("copy-from-outside", "load from 0xffff0000, outside memory"),
    Misbehaviour("copy-to-outside", outside("0xffff0000")),
    Misbehaviour("fill-of-4294967295", outside("0x00200000")),
    Misbehaviour("fill-of-minus-1-at-0", outside("0x00000000")),
    Misbehaviour("store-then-fail", "changed its mind (code 9)", leavesTraces: true),
    Misbehaviour("failed-load-hidden", "load from 0xfffffffe, outside memory"),
    Misbehaviour("failed-store-hidden", outside("0xfffffffc")),
    Misbehaviour("two-reasons", "load from 0xfffffffe, outside memory"),
  ]

  private static let spaces: [Misbehaviour] = [
    Misbehaviour("space-2", misuse("there is no own address space 2; it declares 2")),
    Misbehaviour("space-4294967295", misuse("there is no own address space 4294967295; it declares 2")),
    Misbehaviour(
      "space-load-outside",
      "address out of bounds: 4 cells at address space 9, pointer 0x3fe; the space has 1024 cells"),
    Misbehaviour(
      "space-load-of-4294967295",
      "address out of bounds: 4294967295 cells at address space 9, pointer 0x10; the space has 1024 cells"),
    Misbehaviour(
      "space-store-outside",
      "address out of bounds: 4 cells at address space 9, pointer 0xffffffff; the space has 1024 cells"),
    Misbehaviour("space-load-to-null", misuse("load to a null pointer")),
    Misbehaviour("space-store-from-null", misuse("store from a null pointer")),
    Misbehaviour(
      "element-not-canonical",
      "non-canonical cell: value 2013265921 does not fit 1 cell at address space 10, pointer 0x2"),
    Misbehaviour("element-misaligned", misuse("4 bytes at 2 are no whole elements; each has four")),
    Misbehaviour("half-an-element", misuse("2 bytes at 4 are no whole elements; each has four")),
  ]

  private static let statuses: [Misbehaviour] = [
    Misbehaviour("failure-hidden", "hidden (code 12)"),
    Misbehaviour("status-5", bare(5)),
    Misbehaviour("status-minus-2147483648", bare(-2_147_483_648)),
    Misbehaviour("message-null", "no message (code 4)"),
    Misbehaviour("message-empty", "no message (code 4)"),
    Misbehaviour("message-of-100-kib", String(repeating: "m", count: 255) + " (code 5)"),
    Misbehaviour("message-no-utf-8", "bytes \u{fffd}\u{fffd}\u{fffd} here (code 6)"),
    Misbehaviour("message-of-lines", "first second  [31m (code 7)"),
    Misbehaviour("message-with-code-0", "no code (code 0)"),
  ]

  private static let rules: [Misbehaviour] = [
    Misbehaviour("advance-backward", misuse("it advances by 4294967295 ticks, more than there is time")),
    Misbehaviour("advance-too-far", misuse("it advances by 536870912 ticks, more than there is time")),
    // Each step is possible, all together are more than a run with a clock has.
    Misbehaviour("advance-in-steps", done, clocked: clock),
    Misbehaviour("ticks-wrong", misuse("'bad' took 6 ticks and declares 4"), inPlace: done),
    Misbehaviour("writes-x0", misuse("'bad' wrote x0, which it does not declare")),
    // The fast engine does not compare registers after each step.
    Misbehaviour("writes-x9", misuse("'bad' wrote x9, which it does not declare"), inPlace: done),
    Misbehaviour("register-32", misuse("there is no register 32")),
    Misbehaviour("register-4294967295", misuse("there is no register 4294967295")),
    Misbehaviour("register-to-null", misuse("load to a null pointer")),
    Misbehaviour("sets-x0", done),
    Misbehaviour(
      "another-thread", misuse("another thread used its call"), leavesTraces: true),
  ]

  private static let requests: [Misbehaviour] = [
    Misbehaviour("jump-misaligned", "jump to misaligned address 0x00001002"),
    Misbehaviour("jump-outside", "no executable code at 0x00300000"),
    Misbehaviour("jump-then-fail", "stays here (code 8)"),
    Misbehaviour("exit-then-fail", "stays here (code 8)"),
    Misbehaviour("exit", "halted with 4294967280"),
    Misbehaviour("output-past-the-limit", outputLimit),
    Misbehaviour("output-of-4294967295", outputLimit),
    // In place, what was written before the limit was reached is out.
    Misbehaviour("output-for-ever", outputLimit, leavesTraces: true),
    Misbehaviour("output-from-null", misuse("output from a null pointer")),
    Misbehaviour("hints-outside-phantoms", misuse("only phantom instructions set hints")),
  ]

  private static let handlers: [Misbehaviour] = [
    Misbehaviour(
      "handler-leaves-for-no-reason", .handler,
      misuse("'bad.handler' neither retired nor had a reason to leave")),
    Misbehaviour(
      "handler-returns", .handler, misuse("'bad.handler' neither retired nor had a reason to leave"),
      inPlace: misuse("a full handler returned; it ends with WEFT_RETIRE or WEFT_LEAVE")),
    Misbehaviour("handler-loads-outside", .handler, "load from 0xfffffffe, outside memory"),
    Misbehaviour("handler-stores-into-text", .handler, outside("0x00001000")),
  ]

  private static let phantoms: [Misbehaviour] = [
    Misbehaviour("phantom-stores", .phantom, misuse("a phantom instruction changes no memory")),
    Misbehaviour("phantom-stores-hidden", .phantom, misuse("a phantom instruction changes no memory")),
    Misbehaviour("phantom-copies", .phantom, misuse("a phantom instruction changes no memory")),
    Misbehaviour("phantom-sets-a-register", .phantom, misuse("a phantom instruction changes no register")),
    // It writes to a copy that nobody looks at.
    Misbehaviour("phantom-writes-x9", .phantom, done),
    Misbehaviour("phantom-stores-into-a-space", .phantom, misuse("a phantom instruction changes no memory")),
    Misbehaviour("phantom-jumps", .phantom, misuse("a phantom instruction does not jump")),
    Misbehaviour("phantom-exits", .phantom, misuse("a phantom instruction does not end the run")),
    Misbehaviour("phantom-advances", .phantom, misuse("a phantom instruction takes no time")),
    Misbehaviour(
      "phantom-hints-of-4294967295", .phantom, misuse("4294967295 bytes of hints; the limit is 67108864")),
    Misbehaviour("phantom-hints-from-null", .phantom, misuse("hints from a null pointer")),
    Misbehaviour("phantom-loads-outside", .phantom, "load from 0xfffffffe, outside memory"),
    Misbehaviour("phantom-status-5", .phantom, bare(5)),
    Misbehaviour("phantom-uses-everything", .phantom, done),
  ]

  private static let calls: [Misbehaviour] = [
    Misbehaviour("call-loads-outside", .call, "load from 0xfffffffe, outside memory"),
    Misbehaviour("call-stores-then-fails", .call, "call failed (code 13)"),
    Misbehaviour("call-failure-hidden", .call, "load from 0xfffffffe, outside memory"),
    Misbehaviour("call-sets-hints", .call, misuse("only phantom instructions set hints")),
    Misbehaviour(
      "call-advances-too-far", .call, misuse("it advances by 1073741824 ticks, more than there is time")),
  ]
}
