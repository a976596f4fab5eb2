@_exported import WeftEVM
@_exported import WeftExtensions
@_exported import WeftMachine
@_exported import WeftMemory
@_exported import WeftPrecompiles
@_exported import WeftRV32
