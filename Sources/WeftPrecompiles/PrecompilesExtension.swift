import WeftMachine

/// The precompiled contracts of Ethereum's main net, Frontier to Osaka, as one extension.
///
/// The contracts over pairing-friendly curves are known by address and fork, so that they are warm and count as
/// precompiles, but are not carried out: a call of one ends the execution with an error that names it, unless an
/// extension has replaced it.
public struct PrecompilesExtension: VMExtension {
  public let name = "precompiles"
  public let version = "1.0.0"

  public init() {}

  public func register(in registry: inout ExtensionRegistry) throws(RegistrationError) {
    try registry.register(ECRecoverPrecompile())
    try registry.register(SHA256Precompile())
    try registry.register(RIPEMD160Precompile())
    try registry.register(IdentityPrecompile())
    try registry.register(ModExpPrecompile())
    try registry.register(Blake2FPrecompile())
    try registry.register(P256VerifyPrecompile())
    for missing in UnavailablePrecompile.all { try registry.register(missing) }
  }
}
