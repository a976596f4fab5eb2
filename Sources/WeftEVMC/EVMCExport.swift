import CEVMC
import Glibc
import WeftMachine

/// Makes a machine: the entry that hosts look for in the object. `destroy` frees it.
///
/// Source: EVM-C ABI, version 12.
@c public func evmc_create_weft() -> UnsafeMutablePointer<evmc_vm>? {
  let instance = UnsafeMutablePointer<EVMCInstance>.allocate(capacity: 1)
  instance.initialize(
    to: EVMCInstance(
      vm: evmc_vm(
        abi_version: Int32(EVMC_ABI_VERSION), name: EVMCNames.name, version: EVMCNames.version,
        destroy: { vm in
          guard let instance = EVMCInstance.of(vm) else { return }
          instance.deinitialize(count: 1)
          instance.deallocate()
        },
        execute: { vm, host, context, revision, message, code, size in
          guard let instance = EVMCInstance.of(vm), let host, let message else {
            return EVMCMachine.failure(EVMC_REJECTED)
          }
          return instance.pointee.machine.execute(
            EVMCHost(interface: host, context: context), revision, message.pointee,
            UnsafeBufferPointer(start: code, count: size))
        },
        get_capabilities: { _ in evmc_capabilities_flagset(EVMC_CAPABILITY_EVM1.rawValue) },
        set_option: { vm, name, value in
          guard let instance = EVMCInstance.of(vm), let name else { return EVMC_SET_OPTION_INVALID_NAME }
          guard let value else { return EVMC_SET_OPTION_INVALID_VALUE }
          return instance.pointee.machine.setOption(String(cString: name), String(cString: value))
        }),
      machine: EVMCMachine()))
  return UnsafeMutableRawPointer(instance).assumingMemoryBound(to: evmc_vm.self)
}

/// What the host's pointer points to: the structure of the ABI, and the machine behind it.
private struct EVMCInstance {
  var vm: evmc_vm
  let machine: EVMCMachine

  static func of(_ vm: UnsafeMutablePointer<evmc_vm>?) -> UnsafeMutablePointer<EVMCInstance>? {
    vm.map { UnsafeMutableRawPointer($0).assumingMemoryBound(to: EVMCInstance.self) }
  }
}

/// C strings that live as long as the process.
private enum EVMCNames {
  nonisolated(unsafe) static let name: UnsafePointer<CChar>? = text("weft")
  nonisolated(unsafe) static let version: UnsafePointer<CChar>? = text(WeftVersion.current)

  private static func text(_ string: String) -> UnsafePointer<CChar>? { UnsafePointer(strdup(string)) }
}
