extension Bus {
  /// State of the machine between two instructions: an executor receives the one before and sends the one after.
  public static let execution = Bus(0, name: "execution", kind: .permutation, fields: ["pc", "timestamp"])
  /// Contents of memory blocks with the time of their last access: `[space, pointer, cells…, timestamp]`.
  public static let memory = Bus(1, name: "memory", kind: .permutation, fields: ["space", "pointer"])
  /// The instructions of the program: program counter, opcode, operands.
  public static let program = Bus(
    2, name: "program", kind: .lookup, fields: ["pc", "opcode", "a", "b", "c", "d", "e", "f", "g"])
  /// Nodes of the memory's Merkle tree, passed from parent to child.
  public static let merkle = Bus(
    4, name: "merkle", kind: .permutation, fields: ["direction", "height", "spaceLabel", "addressLabel"])
  /// Two-to-one hashes: sixteen elements in, eight out.
  public static let compression = Bus(5, name: "compression", kind: .lookup, fields: [])
  /// Blocks of the start image: `[space, block label, cells…]`.
  public static let image = Bus(6, name: "image", kind: .permutation, fields: ["space", "label"])
  /// The end of a program by an environment call: where, the bytes of the exit code, when.
  public static let exit = Bus(
    8, name: "exit", kind: .permutation, fields: ["pc", "code0", "code1", "code2", "code3", "timestamp"])
  /// State of the machine while the host carries out an instruction: where the program will go on, the time, and
  /// whether registers may be accessed.
  public static let host = Bus(
    9, name: "host", kind: .permutation, fields: ["nextPC", "timestamp", "mayUseRegisters"])

  /// Buses below are the system's own; extensions get numbers from here on.
  public static let firstExtensionNumber = 16
}
