import CWeftABI

enum StorageLoad: HostOperation {
  @inline(never)
  static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    guard let value = StorageAccess.load(c, c.top[0]) else { return Host.starve(c, D.self) }
    c.top[0] = value
    return .proceed
  }
}

enum StorageStore: HostOperation {
  @inline(never)
  static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    switch StorageAccess.store(c, c.top[0], c.top[-1], isObserved: D.isObserved) {
    case nil: break
    case .outOfGas: return Host.starve(c, D.self)
    case let reason?: return Frames.halt(c, reason, D.self)
    }
    c.pop(2)
    return .enter
  }
}

/// What SLOAD and SSTORE do, and instructions of extensions by the same rules.
enum StorageAccess {
  /// The value of a slot of the frame's account, paid beyond SLOAD's static price; `nil` where the frame cannot.
  @inline(__always)
  static func load(_ c: EVMContext, _ key: UInt256) -> UInt256? {
    let engine = c.engine
    let tables = engine.pointee.tables
    let slot = tables.pointee.slot(Int(c.frame.pointee.account), key)
    if tables.pointee.isCold(slot: slot) {
      guard c.charge(engine.pointee.schedule.coldSlotExtra) else { return nil }
      _ = tables.pointee.warmSlot(slot)
    }
    return tables.pointee.slots[slot].pointee.current
  }

  /// Writes a slot by the legacy rule or net metering (EIP-1283, 2200, 2929, 3529).
  ///
  /// - Returns: why the frame may not; nothing has changed then.
  @inline(__always)
  static func store(_ c: EVMContext, _ key: UInt256, _ value: UInt256, isObserved: Bool) -> EVMHalt? {
    let engine = c.engine
    let tables = engine.pointee.tables
    if c.frame.pointee.is_static != 0 { return .staticViolation }
    if c.gas <= engine.pointee.schedule.storeSentry { return .outOfGas }
    let slot = tables.pointee.slot(Int(c.frame.pointee.account), key)
    let record = tables.pointee.slots[slot]
    let current = record.pointee.current
    let isCold = tables.pointee.isCold(slot: slot)
    let (written, refund) = price(
      &engine.pointee, original: tables.pointee.original(slot), current: current, new: value)
    let access = isCold ? engine.pointee.schedule.coldStoreExtra : 0
    guard c.charge(written &+ access) else { return .outOfGas }

    if isCold { _ = tables.pointee.warmSlot(slot) }
    if isObserved, let inspector = engine.pointee.inspector {
      inspector.store(slot: key, from: current, to: value, FrameView(c))
    }
    engine.pointee.refund &+= refund
    if current != value { tables.pointee.store(value, in: slot) }
    return nil
  }

  /// Price and refund of a write.
  @inline(__always)
  private static func price(
    _ engine: inout EngineState, original: UInt256, current: UInt256, new: UInt256
  ) -> (Int64, Int64) {
    let clear = engine.schedule.storeClearRefund
    if !engine.schedule.storeIsNet {
      if current.isZero, !new.isZero { return (engine.schedule.storeSet, 0) }
      return (engine.schedule.storeReset, !current.isZero && new.isZero ? clear : 0)
    }
    let dirty = engine.schedule.storeDirty
    if current == new { return (dirty, 0) }
    if original == current {
      if original.isZero { return (engine.schedule.storeSet, 0) }
      return (engine.schedule.storeReset, new.isZero ? clear : 0)
    }
    var refund: Int64 = 0
    if !original.isZero {
      if current.isZero { refund &-= clear }
      if new.isZero { refund &+= clear }
    }
    if original == new {
      refund &+= (original.isZero ? engine.schedule.storeSet : engine.schedule.storeReset) &- dirty
    }
    return (dirty, refund)
  }
}

enum TransientLoad: HostOperation {
  @inline(never)
  static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    c.top[0] = c.engine.pointee.tables.pointee.transient(Int(c.frame.pointee.account), c.top[0])
    return .proceed
  }
}

enum TransientStore: HostOperation {
  @inline(never)
  static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    if c.frame.pointee.is_static != 0 { return Frames.halt(c, .staticViolation, D.self) }
    c.engine.pointee.tables.pointee.setTransient(
      Int(c.frame.pointee.account), c.top[0], to: c.top[-1])
    c.pop(2)
    return .proceed
  }
}

/// LOG0 to LOG4; the handler says how many topics.
enum Logging {
  @inline(__always)
  static func run<D: Dispatch>(_ c: EVMContext, topics: Int, _: D.Type) -> HostOutcome {
    let engine = c.engine
    let tables = engine.pointee.tables
    if c.frame.pointee.is_static != 0 { return Frames.halt(c, .staticViolation, D.self) }
    guard let area = Host.area(c.top[0], c.top[-1]),
      c.charge(8 &* Int64(area.count) &+ Host.expansion(c, to: area.end))
    else { return Host.starve(c, D.self) }
    guard Host.grow(c, to: area.end) else { return Frames.halt(c, .memoryLimit, D.self) }
    let data = Host.bytes(c, area)
    let offset = tables.pointee.logBytes.append(data)
    func topic(_ index: Int) -> UInt256 { index < topics ? c.top[-2 &- index] : .zero }
    let record = LogRecord(
      address: UInt256(c.frame.pointee.address), topic0: topic(0), topic1: topic(1), topic2: topic(2),
      topic3: topic(3), topicCount: topics, dataOffset: offset, dataCount: area.count)
    tables.pointee.logs.append(record)
    if D.isObserved, let inspector = engine.pointee.inspector {
      inspector.log(Log(record, data: data), FrameView(c))
    }
    c.pop(2 &+ topics)
    return .proceed
  }
}

enum Log0: HostOperation {
  @inline(never) static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    Logging.run(c, topics: 0, D.self)
  }
}
enum Log1: HostOperation {
  @inline(never) static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    Logging.run(c, topics: 1, D.self)
  }
}
enum Log2: HostOperation {
  @inline(never) static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    Logging.run(c, topics: 2, D.self)
  }
}
enum Log3: HostOperation {
  @inline(never) static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    Logging.run(c, topics: 3, D.self)
  }
}
enum Log4: HostOperation {
  @inline(never) static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    Logging.run(c, topics: 4, D.self)
  }
}
