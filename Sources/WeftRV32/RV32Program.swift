import WeftMachine

/// An RV32 program, checked and ready to be decoded.
public struct RV32Program: Program {
  /// What surrounds the program, beyond its environment's defaults.
  public struct Options: Sendable, Hashable {
    public var environment: GuestEnvironment
    /// What a misaligned load or store does.
    public var misalignedAccess: MisalignedAccess
    /// How the program says that it has ended.
    public var endConvention: EndConvention

    /// User programs trap on misaligned accesses and end by `exit`; machine programs get misaligned accesses
    /// emulated and end by `tohost` or by an `ecall` with 93 in a7.
    public init(
      environment: GuestEnvironment = .user, misalignedAccess: MisalignedAccess? = nil,
      endConvention: EndConvention = .environmentCall
    ) {
      self.environment = environment
      self.misalignedAccess = misalignedAccess ?? (environment == .user ? .trap : .emulate)
      self.endConvention = endConvention
    }
  }

  /// A misaligned access is a clean trap unless emulation is asked for: RV32IM leaves it to the environment, chips
  /// prove aligned words only, and compilers for bare-metal RV32IM do not emit it.
  public enum MisalignedAccess: String, Sendable, Hashable, CaseIterable {
    case trap
    case emulate
  }

  public enum EndConvention: String, Sendable, Hashable, CaseIterable {
    /// `ecall` with 93 in a7; in the machine environment a store to `tohost` ends the run as well.
    case environmentCall = "ecall"
    /// Only a store to `tohost`: for suites whose tests make calls of their own.
    case toHost = "tohost"
  }

  public let name: String
  public let file: ELFFile
  public let options: Options

  public init(_ file: ELFFile, name: String = "program", options: Options = Options()) {
    self.file = file
    self.name = name
    self.options = options
  }

  /// Reads and checks an ELF file.
  ///
  /// - Parameter memoryLimit: bytes of guest memory the program must fit into; the machine's `Limits.memory`.
  public init(
    contentsOf path: String, options: Options = Options(), memoryLimit: UInt64 = Limits().memory
  ) throws(ELFError) {
    let file = try ELFFile(contentsOf: path, environment: options.environment, memoryLimit: memoryLimit)
    self.init(file, name: path, options: options)
  }

  public init(
    elf bytes: [UInt8], name: String = "program", options: Options = Options(),
    memoryLimit: UInt64 = Limits().memory
  ) throws(ELFError) {
    let file = try ELFFile(bytes, environment: options.environment, memoryLimit: memoryLimit)
    self.init(file, name: name, options: options)
  }

  public var symbols: SymbolTable { file.symbols }

  /// Whether some word of the program's code fulfils a condition. A word of data among the code counts as well.
  public func contains(where isIncluded: (UInt32) -> Bool) -> Bool {
    file.segments.contains { segment in
      guard segment.permissions.contains(.execute) else { return false }
      return segment.fileBytes.withUnsafeBytes { bytes in
        var offset = Int(truncatingIfNeeded: (0 &- segment.address) & 3)
        while offset &+ 4 <= bytes.count {
          if isIncluded(bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)) { return true }
          offset &+= 4
        }
        return false
      }
    }
  }

  public var instructionSetExtensions: [any VMExtension] {
    let common: [any VMExtension] = [RV32IExtension(), RV32MExtension(), GuestInstructionsExtension()]
    switch options.environment {
    case .user:
      return common + [CountersExtension(), LinuxCallsExtension(), WeftCallsExtension()]
    case .machine:
      return common + [MachineModeExtension()]
    }
  }

  public func makeProcessor(
    table: InstructionTable, configuration: Machine.Configuration
  ) throws(MachineError) -> any Processor {
    // The file was checked against the memory limit of its loading, which may have been another one.
    let size = configuration.limits.memory
    for segment in file.segments where segment.end > UInt64(options.environment.memoryBase) &+ size {
      throw .program(
        "segment [\(hexadecimal(segment.address)), +\(segment.memorySize)) outside memory of \(size) bytes")
    }
    return try RV32Processor(self, table: table, configuration: configuration)
  }
}
