/// How much a run remembers. Guest-visible results are the same in every mode.
public enum RunMode: Sendable, Hashable {
  /// No records and no clock (it stays at 1): engines work directly on memory windows.
  case fast
  /// The clock and access counts only, to decide where a segment ends.
  case metered
  /// Everything a proof needs, in one of two forms.
  case recorded(RecordForm)
}

/// The two forms of a recorded run. Both give the same `MemoryRecord`s.
public enum RecordForm: Sendable, Hashable {
  /// The general form: every access goes into an `AccessLog`; `OfflineMemory` recovers previous times by replay.
  case accessLog
  /// The online form: each block keeps its last access time next to its data, so that an access knows its
  /// previous time at once. Every access must be exactly one block of its space.
  case instructionRecords
}
