// What code and tables of an extension do to the host that loads them.
extension HostileObject {
  private static func signal(_ number: Int, _ name: String) -> String {
    "loading it ends the process with signal \(number) (\(name))"
  }
  private static func exit(_ code: Int) -> String { "loading it ends the process with exit code \(code)" }
  private static let unreadable = "the entry function gave an address that cannot be read"

  static let constructors: [HostileObject] = [
    code("none", nil),
    code("constructor-crashes", signal(11, "segmentation fault")),
    code("constructor-aborts", signal(6, "aborted")),
    code("constructor-executes-rubbish", signal(4, "illegal instruction")),
    code("constructor-divides-by-zero", signal(8, "floating point exception")),
    code("constructor-kills-itself", signal(9, "killed")),
    code("constructor-overflows-the-stack", signal(11, "segmentation fault")),
    code("constructor-exits-0", exit(0)),
    code("constructor-exits-3", exit(3)),
    code("constructor-exits-at-once", exit(0)),
    code("constructor-exits-quickly", exit(0)),
    code("constructor-loops", "loading it takes longer than 500 ms", milliseconds: 500),
    code("constructor-stops", "loading it takes longer than 500 ms", milliseconds: 500),
    code("constructor-ignores-signals-and-loops", "loading it takes longer than 500 ms", milliseconds: 500),
    code("constructor-closes-everything", exit(0)),
    code("constructor-closes-everything-and-loops", "loading it takes longer than 500 ms", milliseconds: 500),
    code("constructor-writes-everywhere", exit(0)),
    code("constructor-forks-and-leaves", exit(0)),
    HostileObject(name: "constructor-starts-a-thread", problems: []) {
      // Its code has to stay for as long as the thread lives.
      try ObjectWorkshop.object("hostile.c", case: "constructor-starts-a-thread", ["-Wl,-z,nodelete"])
    },
    code("constructor-prints", nil),
    code("destructor-crashes", signal(11, "segmentation fault")),
    code("destructor-exits", exit(0)),
  ]

  static let entries: [HostileObject] = [
    code("entry-crashes", signal(11, "segmentation fault")),
    code("entry-aborts", signal(6, "aborted")),
    code("entry-exits", exit(0)),
    code("entry-loops", "loading it takes longer than 500 ms", milliseconds: 500),
    code("entry-reads-behind-the-host", signal(11, "segmentation fault")),
    code("entry-gives-null", "weft_extension_entry gave NULL"),
    code("entry-gives-rubbish", unreadable),
    code("entry-gives-a-kernel-address", unreadable),
    code("entry-gives-a-misaligned-address", "the entry function gave a misaligned address"),
    code("entry-gives-the-end-of-memory", unreadable),
    code("entry-gives-half-a-table", "weft_extension goes on where nothing can be read"),
    code("entry-changes-its-mind", unreadable),
    code("entry-changes-its-mind-about-names", "name has control characters"),
  ]
}
