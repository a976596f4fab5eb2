import CWeftABI

/// The table of an extension, as the host reads it: what `WEFT_EXTENSION` is in C.
///
/// ```swift
/// import CWeftABI
/// import WeftExtensionKit
///
/// public let doubling = ExtensionTable(
///   "doubling", version: "1.0.0", license: "Apache-2.0",
///   instructions: [
///     .step("doubling.twice", .r(.custom1, funct3: 7, funct7: 0), [.readsRS1, .writesRD], ticks: 2) {
///       Step.perform($0, $1) { step in step.rd = step.rs1 &* 2 }
///     }
///   ])
/// ```
///
/// A host that has it linked in brings it in by `NativeExtension(linked: "doubling", doubling.pointer)`. A shared
/// object exports it, once, from a file that the linked-in form does without:
///
/// ```swift
/// @c(weft_extension_entry)
/// public func entry(_ host: UnsafePointer<weft_host>?) -> UnsafePointer<weft_extension>? { doubling.pointer }
/// ```
public final class ExtensionTable: @unchecked Sendable {  // memory that is never written again
  /// The table, valid as long as this object.
  public let pointer: UnsafePointer<weft_extension>

  private var memory = TableMemory()

  /// - Parameters:
  ///   - name: lower-case letters, digits, hyphens.
  ///   - license: an SPDX expression.
  ///   - lifeCycle: what sets up and saves the state of each machine.
  public init(
    _ name: String, version: String, license: String, instructions: [ExtensionInstruction] = [],
    phantoms: [ExtensionPhantom] = [], calls: [ExtensionCall] = [], spaces: [ExtensionSpace] = [],
    lifeCycle: LifeCycle = LifeCycle()
  ) {
    var memory = TableMemory()
    var table = weft_extension()
    table.struct_size = UInt32(MemoryLayout<weft_extension>.size)
    table.abi_version = UInt32(WEFT_ABI_VERSION)
    table.name = memory.text(name)
    table.version = memory.text(version)
    table.license = memory.text(license)
    table.instructions = memory.array(instructions) { entry, memory in entry.entry(&memory) }
    table.instruction_count = UInt32(truncatingIfNeeded: instructions.count)
    table.instruction_size = UInt32(MemoryLayout<weft_extension_instruction>.stride)
    table.phantoms = memory.array(phantoms) { phantom, memory in
      weft_extension_phantom(
        name: memory.text(phantom.name), number: phantom.number, reserved: 0, perform: phantom.perform)
    }
    table.phantom_count = UInt32(truncatingIfNeeded: phantoms.count)
    table.calls = memory.array(calls) { call, memory in
      weft_extension_call(
        name: memory.text(call.name), number: call.number, reserved: 0, perform: call.perform)
    }
    table.call_count = UInt32(truncatingIfNeeded: calls.count)
    table.spaces = memory.array(spaces) { space, memory in
      weft_extension_space(
        name: memory.text(space.name), cell_kind: space.cells.kind, block_size: space.blockSize,
        cell_count: space.cellCount)
    }
    table.space_count = UInt32(truncatingIfNeeded: spaces.count)
    table.`init` = lifeCycle.initialize
    table.teardown = lifeCycle.teardown
    table.save = lifeCycle.save
    table.restore = lifeCycle.restore
    pointer = memory.value(table)
    self.memory = memory
  }

  deinit {
    for allocation in memory.allocations { allocation.deallocate() }
  }
}

/// Memory of one table: C strings and arrays that live as long as it does.
struct TableMemory {
  private(set) var allocations: [UnsafeMutableRawPointer] = []
  /// What entries refer to.
  private var objects: [AnyObject] = []

  mutating func text(_ text: String) -> UnsafePointer<CChar> {
    array(text.utf8.map { CChar(bitPattern: $0) } + [0]) { character, _ in character }
  }

  mutating func value<Value>(_ value: Value) -> UnsafePointer<Value> {
    array([value]) { value, _ in value }
  }

  /// A value that refers to an object.
  mutating func value<Value>(keeping object: AnyObject, _ value: Value) -> UnsafePointer<Value> {
    objects.append(object)
    return self.value(value)
  }

  mutating func array<Item, Entry>(
    _ items: [Item], _ entry: (Item, inout TableMemory) -> Entry
  ) -> UnsafePointer<Entry> {
    let entries = UnsafeMutablePointer<Entry>.allocate(capacity: max(1, items.count))
    allocations.append(UnsafeMutableRawPointer(entries))
    for (index, item) in items.enumerated() { (entries + index).initialize(to: entry(item, &self)) }
    return UnsafePointer(entries)
  }
}
