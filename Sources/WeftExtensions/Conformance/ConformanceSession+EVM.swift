import WeftEVM
import WeftMachine

// What an extension owes the EVM's users: the same result on both engines and every time, with any gas; no change of the
// state in static calls; no broken rule; forks that can be run.
extension ConformanceSession {
  /// One instruction or contract for the EVM.
  private struct Subject {
    var name: String
    var opcode: UInt8
    var executor: any EVMInstructionExecutor
  }

  /// All that one call leaves behind.
  fileprivate struct Ending: Equatable {
    var result: EVMResult
    var changes: StateChanges
  }

  /// Tries out what an extension brings to the EVM.
  mutating func checkEVM(_ extension: any VMExtension) {
    for fork in `extension`.forks { checkFork(fork, `extension`) }
    let evm: EVM
    do throws(MachineError) {
      guard let made = try makeEVM(`extension`) else { return }
      evm = made
    } catch {
      note("registration", "\(error)")
      return
    }
    let entries = evm.instructions.entries.filter { $0.owner == `extension`.name }
    for entry in entries {
      guard case .evm(let opcode) = entry.executor.encoding,
        let executor = entry.executor as? any EVMInstructionExecutor
      else { continue }
      check(Subject(name: executor.mnemonic, opcode: opcode, executor: executor), evm)
    }
    let contracts = evm.instructions.precompiles.values.filter { $0.owner == `extension`.name }
    for entry in contracts.sorted(by: { $0.precompile.address < $1.precompile.address }) {
      check(entry.precompile, evm)
    }
  }

  /// An EVM with everything that the extension brings switched on; `nil` where that is nothing.
  private func makeEVM(_ extension: any VMExtension) throws(MachineError) -> EVM? {
    let all = kit.companions + [`extension`]
    // Looks at what there is under the standard rules first.
    let table = try EVM(rules: EVMRules(.standard), extensions: all).instructions
    var changes: [ForkDefinition.Change] = []
    for entry in table.entries where entry.owner == `extension`.name {
      if case .evm(let opcode) = entry.executor.encoding {
        changes.append(.instruction(opcode: opcode, isOn: true))
      }
    }
    for entry in table.precompiles.values where entry.owner == `extension`.name {
      changes.append(.precompile(address: entry.precompile.address, isOn: true))
    }
    if changes.isEmpty { return nil }
    let definition = ForkDefinition(name: "conformance", base: Fork.standard, changes: changes)
    let rules: EVMRules
    do throws(RegistrationError) {
      rules = try EVMRules(definition, owner: `extension`.name)
    } catch { throw .registration(error) }
    return try EVM(rules: rules, extensions: all)
  }

  private mutating func checkFork(_ fork: ForkDefinition, _ extension: any VMExtension) {
    count("forks")
    do {
      let all = kit.companions + [`extension`]
      guard let rules = try EVMRules(named: fork.name, extensions: all) else { return }
      _ = try EVM(rules: rules, extensions: all)
    } catch { note("forks", "\(error)") }
  }

  // MARK: Instructions

  private mutating func check(_ subject: Subject, _ evm: EVM) {
    for _ in 0..<kit.casesPerInstruction {
      let item = EVMConformanceCase(
        opcode: subject.opcode, inputs: subject.executor.stackInputs, outputs: subject.executor.stackOutputs,
        using: &random)
      do throws(EVMError) {
        if let problem = try self.problem(item, evm) {
          note(problem.check, "\(subject.name) (\(item.text)): \(problem.text)")
          return
        }
      } catch {
        note("EVM agreement", "\(subject.name) (\(item.text)): \(error)")
        return
      }
    }
  }

  private mutating func problem(
    _ item: EVMConformanceCase, _ evm: EVM
  ) throws(EVMError) -> (check: String, text: String)? {
    count("EVM agreement")
    let first = try end(item, item.message(), evm, .reference)
    if let detail = first.result.detail, detail.contains("broke a rule") { return ("EVM rules", detail) }
    if let difference = first.difference(from: try end(item, item.message(), evm, .threaded)) {
      return ("EVM agreement", "\(difference) on the threaded engine")
    }
    count("EVM determinism")
    if let difference = first.difference(from: try end(item, item.message(), evm, .reference)) {
      return ("EVM determinism", "\(difference) the time before")
    }
    count("EVM gas")
    let used = EVMConformanceCase.gas &- first.result.gasLeft
    for gas in [used, used &- min(used, 1), random.next() % (used &+ 1)] {
      let message = item.message(gas: gas)
      let less = try end(item, message, evm, .reference)
      if let difference = less.difference(from: try end(item, message, evm, .threaded)) {
        return ("EVM gas", "with \(gas) gas \(difference) on the threaded engine")
      }
    }
    count("EVM static calls")
    let message = item.message(isStatic: true)
    let still = try end(item, message, evm, .reference)
    if !still.changes.accounts.values.allSatisfy(\.storage.isEmpty) {
      return ("EVM static calls", "it changes storage in a static call")
    }
    if let difference = still.difference(from: try end(item, message, evm, .threaded)) {
      return ("EVM static calls", "\(difference) on the threaded engine")
    }
    return nil
  }

  private func end(
    _ item: EVMConformanceCase, _ message: EVMMessage, _ evm: EVM, _ engine: Engine
  ) throws(EVMError) -> Ending {
    let state = JournaledState(item.state)
    evm.engine = engine
    let result = try evm.call(message, in: BlockEnvironment(), on: state)
    return Ending(result: result, changes: state.changes())
  }

  // MARK: Contracts

  private mutating func check(_ contract: any Precompile, _ evm: EVM) {
    for index in 0..<kit.casesPerInstruction {
      count("precompiles")
      let size = index < 3 ? index : Int(random.next() % 400)
      let input = (0..<size).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      do throws(EVMError) {
        if let problem = try self.problem(contract, input, evm) {
          note("precompiles", "\(contract.name) (\(input.count) bytes): \(problem)")
          return
        }
      } catch {
        note("precompiles", "\(contract.name) (\(input.count) bytes): \(error)")
        return
      }
    }
  }

  private func problem(
    _ contract: any Precompile, _ input: [UInt8], _ evm: EVM
  ) throws(EVMError) -> String? {
    let price = input.withUnsafeBytes { contract.gas(input: $0, fork: evm.fork.rawValue) }
    let again = input.withUnsafeBytes { contract.gas(input: $0, fork: evm.fork.rawValue) }
    if price != again { return "it costs \(price) gas, but \(again) the time after" }
    guard price < UInt64(Int64.max) else { return nil }
    let target = Address(word: UInt256(contract.address))
    var first: EVMResult?
    for engine in Engine.allCases + Engine.allCases {
      evm.engine = engine
      let message = EVMMessage(target: target, input: input, gas: price)
      let result = try evm.call(message, in: BlockEnvironment(), on: JournaledState(InMemoryState()))
      if let first, first != result { return "it gives something else the next time" }
      first = result
    }
    return nil
  }
}

extension ConformanceSession.Ending {
  /// What differs from another one, in one line; `nil` when nothing does.
  fileprivate func difference(from other: Self) -> String? {
    if result.status != other.result.status { return "\(result.status), but \(other.result.status)" }
    if result.gasLeft != other.result.gasLeft {
      return "\(result.gasLeft) gas is left, but \(other.result.gasLeft)"
    }
    if result.refund != other.result.refund { return "the refund differs" }
    if result.output != other.result.output { return "stack or memory differ" }
    if result != other.result { return "logs or messages differ" }
    return changes == other.changes ? nil : "the state differs"
  }
}
