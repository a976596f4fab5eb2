import WeftMachine
import WeftMemory

extension EVM {
  /// An EVM on the memory controller of a guest, which must live longer.
  ///
  /// In fast runs stack and memory are spaces of the controller. In others they are the EVM's own, and every access is
  /// an access of the controller, made by `recorder`. The spaces are those of `RecordedLayout.spaces`.
  package convenience init(
    rules: EVMRules, table: InstructionTable, guest: Guest, memoryLimit: UInt64
  ) throws(MachineError) {
    let cacheLimit = EVM.Configuration().codeCacheLimit
    if guest.mode == .fast {
      guard let stack = guest.memory.pointee.region(of: .evmStack)?.base else {
        throw .memory(.outOfMemory(bytes: UInt64(EngineState.stackBytes)))
      }
      let memory: EVMMemory
      do throws(EVMMemoryError) {
        memory = try EVMMemory(in: guest.memory.pointee, limit: Int(clamping: memoryLimit))
      } catch { throw .memory(.outOfMemory(bytes: memoryLimit)) }
      self.init(
        rules: rules, table: table, memory: memory, stack: stack, ownsStack: false, cacheLimit: cacheLimit)
    } else {
      // What pointers reach.
      let limit = min(memoryLimit, 1 << 29)
      let memory = try Self.reserveMemory(Int(clamping: limit))
      self.init(
        rules: rules, table: table, memory: memory, stack: try Self.reserveStack(), ownsStack: true,
        cacheLimit: cacheLimit)
      let recorder = AccessRecorder(state, guest.memory)
      self.recorder = recorder
      inspector = recorder
    }
  }
}

// A message in slices, for hosts that look at a clock of their own.
extension EVM {
  /// Sets a message up to run. The caller gets what the message's value takes beyond what it has.
  package func beginCall(
    _ message: EVMMessage, in block: BlockEnvironment, on state: JournaledState
  ) throws(EVMError) {
    let before = state.tables.pointee.checkpoint
    do throws(EVMError) {
      let caller = state.tables.pointee.account(message.caller.word)
      let balance = state.tables.pointee.accounts[caller].pointee.balance
      if message.transfersValue, balance < message.value {
        state.tables.pointee.touch(caller)
        state.tables.pointee.setBalance(caller, to: message.value)
      }
      try begin(message, in: block, on: state)
    } catch {
      state.tables.pointee.revert(to: before)
      throw error
    }
  }

  /// Goes on for a few milliseconds; gives whether the outermost frame has ended.
  package func advanceCall() throws(EVMError) -> Bool {
    let hasEnded = isFinished ? true : try advance(gas: Self.slice, instructions: .max).hasEnded
    recorder?.flush()
    return hasEnded
  }

  /// The result of a message whose outermost frame has ended; what it has changed is final.
  /// - Parameter creator: the caller of a creation, whose nonce has given the address: it goes on to the next one.
  package func endCall(creator: Address?, on state: JournaledState) -> EVMResult {
    let tables = state.tables
    let result = takeResult(tables)
    if let creator {
      let account = tables.pointee.account(creator.word)
      tables.pointee.touch(account)
      tables.pointee.setNonce(account, to: tables.pointee.accounts[account].pointee.nonce &+ 1)
    }
    endMessage(on: state)
    return result
  }
}

extension MemoryConfiguration {
  /// Adds what the EVM needs in a mode.
  package mutating func addEVM(memoryLimit: UInt64, mode: RunMode) {
    spaces += RecordedLayout.spaces(memoryLimit: memoryLimit, mode: mode)
    spaces.sort { $0.id < $1.id }
    if mode != .fast {
      contextLimit = AddressSpaceID.contextCount
      addressSpaceHeight = 17
    }
  }
}
