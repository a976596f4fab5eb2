import WeftMemory

/// The threaded engine's handler of an operation in a mode.
enum HandlerTable {
  static func handler(_ operation: Operation, _ mode: RunMode) -> Handler {
    switch mode {
    case .fast: fast(operation)
    case .metered: metered(operation)
    case .recorded(.accessLog): logged(operation)
    case .recorded(.instructionRecords): recorded(operation)
    }
  }

  private static func fast(_ operation: Operation) -> Handler {
    switch operation {
    case .add: weft_rv32_fast_add
    case .sub: weft_rv32_fast_sub
    case .sll: weft_rv32_fast_sll
    case .slt: weft_rv32_fast_slt
    case .sltu: weft_rv32_fast_sltu
    case .xor: weft_rv32_fast_xor
    case .srl: weft_rv32_fast_srl
    case .sra: weft_rv32_fast_sra
    case .or: weft_rv32_fast_or
    case .and: weft_rv32_fast_and
    case .mul: weft_rv32_fast_mul
    case .mulh: weft_rv32_fast_mulh
    case .mulhsu: weft_rv32_fast_mulhsu
    case .mulhu: weft_rv32_fast_mulhu
    case .div: weft_rv32_fast_div
    case .divu: weft_rv32_fast_divu
    case .rem: weft_rv32_fast_rem
    case .remu: weft_rv32_fast_remu
    case .addi: weft_rv32_fast_addi
    case .slti: weft_rv32_fast_slti
    case .sltiu: weft_rv32_fast_sltiu
    case .xori: weft_rv32_fast_xori
    case .ori: weft_rv32_fast_ori
    case .andi: weft_rv32_fast_andi
    case .slli: weft_rv32_fast_slli
    case .srli: weft_rv32_fast_srli
    case .srai: weft_rv32_fast_srai
    case .constant: weft_rv32_fast_constant
    case .idle: weft_rv32_fast_idle
    case .lb: weft_rv32_fast_lb
    case .lh: weft_rv32_fast_lh
    case .lw: weft_rv32_fast_lw
    case .lbu: weft_rv32_fast_lbu
    case .lhu: weft_rv32_fast_lhu
    case .sb: weft_rv32_fast_sb
    case .sh: weft_rv32_fast_sh
    case .sw: weft_rv32_fast_sw
    case .beq: weft_rv32_fast_beq
    case .bne: weft_rv32_fast_bne
    case .blt: weft_rv32_fast_blt
    case .bge: weft_rv32_fast_bge
    case .bltu: weft_rv32_fast_bltu
    case .bgeu: weft_rv32_fast_bgeu
    case .jal: weft_rv32_fast_jal
    case .jalr: weft_rv32_fast_jalr
    case .service, .native: weft_rv32_fast_service
    }
  }

  private static func metered(_ operation: Operation) -> Handler {
    switch operation {
    case .lb: weft_rv32_metered_lb
    case .lh: weft_rv32_metered_lh
    case .lw: weft_rv32_metered_lw
    case .lbu: weft_rv32_metered_lbu
    case .lhu: weft_rv32_metered_lhu
    case .sb: weft_rv32_metered_sb
    case .sh: weft_rv32_metered_sh
    case .sw: weft_rv32_metered_sw
    case .beq: weft_rv32_metered_beq
    case .bne: weft_rv32_metered_bne
    case .blt: weft_rv32_metered_blt
    case .bge: weft_rv32_metered_bge
    case .bltu: weft_rv32_metered_bltu
    case .bgeu: weft_rv32_metered_bgeu
    case .jal: weft_rv32_metered_jal
    case .jalr: weft_rv32_metered_jalr
    case .service, .native: weft_rv32_metered_service
    default: fast(operation)
    }
  }

  private static func logged(_ operation: Operation) -> Handler {
    switch operation {
    case .add: weft_rv32_logged_add
    case .sub: weft_rv32_logged_sub
    case .sll: weft_rv32_logged_sll
    case .slt: weft_rv32_logged_slt
    case .sltu: weft_rv32_logged_sltu
    case .xor: weft_rv32_logged_xor
    case .srl: weft_rv32_logged_srl
    case .sra: weft_rv32_logged_sra
    case .or: weft_rv32_logged_or
    case .and: weft_rv32_logged_and
    case .mul: weft_rv32_logged_mul
    case .mulh: weft_rv32_logged_mulh
    case .mulhsu: weft_rv32_logged_mulhsu
    case .mulhu: weft_rv32_logged_mulhu
    case .div: weft_rv32_logged_div
    case .divu: weft_rv32_logged_divu
    case .rem: weft_rv32_logged_rem
    case .remu: weft_rv32_logged_remu
    case .addi: weft_rv32_logged_addi
    case .slti: weft_rv32_logged_slti
    case .sltiu: weft_rv32_logged_sltiu
    case .xori: weft_rv32_logged_xori
    case .ori: weft_rv32_logged_ori
    case .andi: weft_rv32_logged_andi
    case .slli: weft_rv32_logged_slli
    case .srli: weft_rv32_logged_srli
    case .srai: weft_rv32_logged_srai
    case .constant: weft_rv32_logged_constant
    case .idle: weft_rv32_logged_idle
    case .lb: weft_rv32_logged_lb
    case .lh: weft_rv32_logged_lh
    case .lw: weft_rv32_logged_lw
    case .lbu: weft_rv32_logged_lbu
    case .lhu: weft_rv32_logged_lhu
    case .sb: weft_rv32_logged_sb
    case .sh: weft_rv32_logged_sh
    case .sw: weft_rv32_logged_sw
    case .beq: weft_rv32_logged_beq
    case .bne: weft_rv32_logged_bne
    case .blt: weft_rv32_logged_blt
    case .bge: weft_rv32_logged_bge
    case .bltu: weft_rv32_logged_bltu
    case .bgeu: weft_rv32_logged_bgeu
    case .jal: weft_rv32_logged_jal
    case .jalr: weft_rv32_logged_jalr
    case .service, .native: weft_rv32_logged_service
    }
  }

  private static func recorded(_ operation: Operation) -> Handler {
    switch operation {
    case .add: weft_rv32_recorded_add
    case .sub: weft_rv32_recorded_sub
    case .sll: weft_rv32_recorded_sll
    case .slt: weft_rv32_recorded_slt
    case .sltu: weft_rv32_recorded_sltu
    case .xor: weft_rv32_recorded_xor
    case .srl: weft_rv32_recorded_srl
    case .sra: weft_rv32_recorded_sra
    case .or: weft_rv32_recorded_or
    case .and: weft_rv32_recorded_and
    case .mul: weft_rv32_recorded_mul
    case .mulh: weft_rv32_recorded_mulh
    case .mulhsu: weft_rv32_recorded_mulhsu
    case .mulhu: weft_rv32_recorded_mulhu
    case .div: weft_rv32_recorded_div
    case .divu: weft_rv32_recorded_divu
    case .rem: weft_rv32_recorded_rem
    case .remu: weft_rv32_recorded_remu
    case .addi: weft_rv32_recorded_addi
    case .slti: weft_rv32_recorded_slti
    case .sltiu: weft_rv32_recorded_sltiu
    case .xori: weft_rv32_recorded_xori
    case .ori: weft_rv32_recorded_ori
    case .andi: weft_rv32_recorded_andi
    case .slli: weft_rv32_recorded_slli
    case .srli: weft_rv32_recorded_srli
    case .srai: weft_rv32_recorded_srai
    case .constant: weft_rv32_recorded_constant
    case .idle: weft_rv32_recorded_idle
    case .lb: weft_rv32_recorded_lb
    case .lh: weft_rv32_recorded_lh
    case .lw: weft_rv32_recorded_lw
    case .lbu: weft_rv32_recorded_lbu
    case .lhu: weft_rv32_recorded_lhu
    case .sb: weft_rv32_recorded_sb
    case .sh: weft_rv32_recorded_sh
    case .sw: weft_rv32_recorded_sw
    case .beq: weft_rv32_recorded_beq
    case .bne: weft_rv32_recorded_bne
    case .blt: weft_rv32_recorded_blt
    case .bge: weft_rv32_recorded_bge
    case .bltu: weft_rv32_recorded_bltu
    case .bgeu: weft_rv32_recorded_bgeu
    case .jal: weft_rv32_recorded_jal
    case .jalr: weft_rv32_recorded_jalr
    case .service, .native: weft_rv32_recorded_service
    }
  }
}
