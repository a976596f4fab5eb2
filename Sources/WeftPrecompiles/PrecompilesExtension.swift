import WeftMachine

/// The precompiled contracts of Ethereum's main net, Frontier to Osaka, as one extension.
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
    try registry.register(BN254AddPrecompile())
    try registry.register(BN254MultiplyPrecompile())
    try registry.register(BN254PairingPrecompile())
    try registry.register(PointEvaluationPrecompile())
    try registry.register(BLS12AddPrecompile(.curve))
    try registry.register(BLS12AddPrecompile(.twist))
    try registry.register(BLS12MultiScalarPrecompile(.curve))
    try registry.register(BLS12MultiScalarPrecompile(.twist))
    try registry.register(BLS12PairingPrecompile())
    try registry.register(BLS12MapPrecompile(.curve))
    try registry.register(BLS12MapPrecompile(.twist))
  }
}
