/// Finds the longest group of instructions that one handler carries out: a trie over their shapes, built once.
struct GroupTable: @unchecked Sendable {
  static let shared = GroupTable(FusedGroups.all)

  /// Most instructions of a group.
  static var longest: Int { 8 }

  /// For each state and shape the next state; 0, the beginning, where no group goes on.
  private let steps: UnsafePointer<UInt16>
  /// For each state the handler of the group that led to it; 0 where that is none.
  private let handlers: UnsafePointer<UInt>

  private init(_ groups: [FusedGroup]) {
    // A state for each instruction of each group at most, besides the beginning.
    let capacity = 1 &+ groups.reduce(0) { $0 &+ $1.shapes.count }
    let steps = UnsafeMutablePointer<UInt16>.allocate(capacity: capacity &* Shape.count)
    let handlers = UnsafeMutablePointer<UInt>.allocate(capacity: capacity)
    steps.initialize(repeating: 0, count: capacity &* Shape.count)
    handlers.initialize(repeating: 0, count: capacity)
    var count = 1
    for group in groups {
      var state = 0
      for shape in group.shapes {
        let cell = state &* Shape.count &+ Int(shape.rawValue)
        if steps[cell] == 0 {
          steps[cell] = UInt16(truncatingIfNeeded: count)
          count &+= 1
        }
        state = Int(steps[cell])
      }
      handlers[state] = HandlerTable.address(group.handler)
    }
    self.steps = UnsafePointer(steps)
    self.handlers = UnsafePointer(handlers)
  }

  /// The state behind a further instruction; `nil` where no group has it.
  @inline(__always)
  func step(_ state: Int, _ shape: Shape) -> Int? {
    let next = Int(steps[state &* Shape.count &+ Int(shape.rawValue)])
    return next == 0 ? nil : next
  }

  /// The handler of the group that led to a state.
  @inline(__always)
  func handler(_ state: Int) -> UInt? { handlers[state] == 0 ? nil : handlers[state] }
}
