import CWeftABI

/// The host's functions behind `weft_air_builder`: each finds its recorder, and passes on.
enum ChipBuilder {
  typealias Pointer = UnsafeMutablePointer<weft_air_builder>

  /// Without a host, which is the recorder.
  static var table: weft_air_builder {
    var table = weft_air_builder()
    table.struct_size = UInt32(MemoryLayout<weft_air_builder>.size)
    table.abi_version = UInt32(WEFT_ABI_VERSION)
    table.columns = { ChipRecorder.of($0)?.columns($1, $2) ?? WEFT_NO_NODE }
    table.next = { ChipRecorder.of($0)?.next($1) ?? WEFT_NO_NODE }
    table.selector = { ChipRecorder.of($0)?.selector($1) ?? WEFT_NO_NODE }
    table.constant = { ChipRecorder.of($0)?.constant($1) ?? WEFT_NO_NODE }
    table.add = { ChipRecorder.of($0)?.combine($1, $2) { .add($0, $1) } ?? WEFT_NO_NODE }
    table.subtract = { ChipRecorder.of($0)?.combine($1, $2) { .subtract($0, $1) } ?? WEFT_NO_NODE }
    table.multiply = { ChipRecorder.of($0)?.combine($1, $2) { .multiply($0, $1) } ?? WEFT_NO_NODE }
    table.assert_zero = { ChipRecorder.of($0)?.assertZero($1, $2) }
    table.lookup = { ChipRecorder.of($0)?.lookup($1, $2, $3, $4, $5) }
    table.register_read = { ChipRecorder.of($0)?.registerRead($1) ?? WEFT_NO_NODE }
    table.register_write = { ChipRecorder.of($0)?.registerWrite($1) }
    table.immediate = { ChipRecorder.of($0)?.immediate(isNegative: false) ?? WEFT_NO_NODE }
    table.immediate_is_negative = { ChipRecorder.of($0)?.immediate(isNegative: true) ?? WEFT_NO_NODE }
    table.pointer = { ChipRecorder.of($0)?.pointer($1, $2, $3) ?? WEFT_NO_NODE }
    table.memory_read = {
      ChipRecorder.of($0)?.access(isWrite: false, $1, $2, $3, $4, $5) ?? WEFT_NO_NODE
    }
    table.memory_write = {
      ChipRecorder.of($0)?.access(isWrite: true, $1, $2, $3, $4, $5) ?? WEFT_NO_NODE
    }
    table.memory_set = { ChipRecorder.of($0)?.set($1, $2) }
    table.next_phase = { ChipRecorder.of($0)?.nextPhase() }
    return table
  }
}
