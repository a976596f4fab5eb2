@_exported import WeftExtensions
@_exported import WeftMachine
@_exported import WeftMemory
@_exported import WeftRV32
