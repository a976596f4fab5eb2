/// Texts of a new extension's files. `@NAME@` and its kin are filled in.
enum ProjectTemplates {
  static let c = """
    #include "weft_extension.h"

    /* @NAME@.average rd, rs1, rs2: the mean of two unsigned numbers, rounded down. A full handler: it touches
     * registers only, and joins the threaded engine. */
    WEFT_HANDLER(average) {
      uint32_t a = WEFT_RS1, b = WEFT_RS2;
      WEFT_RD = (a & b) + ((a ^ b) >> 1);
      WEFT_RETIRE;
    }

    /* @NAME@.sum rd, rs1, rs2: adds up rs2 words from address rs1. A step function: it reads guest memory. */
    static weft_status sum(weft_call *call, const weft_operands *operands) {
      uint32_t address = call->x[operands->rs1], count = call->x[operands->rs2], total = 0;
      if (count > 1024) return weft_fail(call, 1, "@NAME@.sum: more than 1024 words");
      for (uint32_t index = 0; index < count; index++) {
        uint32_t word;
        WEFT_TRY(weft_load32(call, address + 4 * index, &word));
        total += word;
      }
      call->x[operands->rd] = total;
      return WEFT_OK;
    }

    #define REGISTERS (WEFT_READS_RS1 | WEFT_READS_RS2 | WEFT_WRITES_RD)

    static const weft_extension_instruction instructions[] = {
        WEFT_INSTRUCTION_HANDLER("@NAME@.average", WEFT_FORM_R, WEFT_ENCODE_R(WEFT_CUSTOM_1, 7, 0), REGISTERS, 3,
                                 average),
        WEFT_INSTRUCTION_STEP("@NAME@.sum", WEFT_FORM_R, WEFT_ENCODE_R(WEFT_CUSTOM_1, 7, 1), REGISTERS, 0, sum),
    };

    static const weft_extension extension = WEFT_EXTENSION("@NAME@", "0.1.0", "Apache-2.0", instructions);
    WEFT_EXTENSION_ENTRY(extension)

    """

  static let makefile = """
    CFLAGS ?= -O2 -Wall -Wextra

    lib@NAME@.so: @NAME@.c include/weft_extension.h include/weft_handler.h
    \t$(CC) $(CFLAGS) -std=c99 -fPIC -fvisibility=hidden -shared -Iinclude -o $@ $<

    clean:
    \trm -f lib@NAME@.so

    .PHONY: clean

    """

  static let manifest = """
    {
      "abi": 1,
      "name": "@NAME@",
      "version": "0.1.0",
      "license": "Apache-2.0",
      "description": "crc32 of zlib as an instruction: rd = crc32(0, bytes from rs1, rs2 of them).",
      "instructions": [
        {
          "name": "crc32",
          "library": { "system": "libz.so.1" },
          "symbol": "crc32",
          "encoding": { "major": "custom-1", "funct3": 7, "funct7": 2 },
          "arguments": [
            { "constant": 0, "as": "u64" },
            { "guest": "in", "base": "rs1", "length": "rs2", "max": 1048576 },
            { "value": "rs2", "as": "u32" }
          ],
          "returns": { "register": "rd", "as": "u32" }
        }
      ]
    }

    """

  static let package = """
    // swift-tools-version: 6.3
    import PackageDescription

    let package = Package(
      name: "@NAME@",
      products: [.library(name: "@MODULE@", type: .dynamic, targets: ["@MODULE@"])],
      targets: [
        .target(name: "CWeftABI"),
        .target(name: "WeftExtensionKit", dependencies: ["CWeftABI"]),
        .target(name: "@MODULE@", dependencies: ["WeftExtensionKit", "CWeftABI"]),
      ])

    """

  static let swift = """
    import CWeftABI
    import WeftExtensionKit

    /// `@NAME@.average rd, rs1, rs2`: the mean of two unsigned numbers, rounded down.
    /// `@NAME@.sum rd, rs1, rs2`: adds up rs2 words from address rs1.
    let table = ExtensionTable(
      "@NAME@", version: "0.1.0", license: "Apache-2.0",
      instructions: [
        .step(
          "@NAME@.average", .r(.custom1, funct3: 7, funct7: 0), [.readsRS1, .readsRS2, .writesRD], ticks: 3
        ) {
          Step.perform($0, $1) { step in
            step.rd = (step.rs1 & step.rs2) &+ (step.rs1 ^ step.rs2) >> 1
          }
        },
        .step("@NAME@.sum", .r(.custom1, funct3: 7, funct7: 1), [.readsRS1, .readsRS2, .writesRD]) {
          Step.perform($0, $1) { step throws(StepFailure) in
            let (address, count) = (step.rs1, step.rs2)
            guard count <= 1024 else { throw step.failure(1, "@NAME@.sum: more than 1024 words") }
            var total: UInt32 = 0
            var index: UInt32 = 0
            while index < count {
              total &+= try step.load(UInt32.self, at: address &+ 4 &* index)
              index += 1
            }
            step.rd = total
          }
        },
      ])

    /// What the loader asks a shared object for.
    @c(weft_extension_entry)
    public func entry(_ host: UnsafePointer<weft_host>?) -> UnsafePointer<weft_extension>? { table.pointer }

    """

  static let readme = """
    # @NAME@

    An extension of Weft. Build and check it, from the folder that this one lies in:

    @COMMANDS@

    Then name it with `weft run PROGRAM --extension PATH`.

    """
}
