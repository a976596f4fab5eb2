/// Makes each kind of memory from one configuration.
public struct MemoryFactory: Hashable, Sendable {
  public let configuration: MemoryConfiguration

  /// - Throws: `invalidConfiguration` where the configuration cannot be used for recorded runs.
  public init(_ configuration: MemoryConfiguration) throws(MemoryError) {
    try configuration.validate(mode: .recorded(.accessLog))
    self.configuration = configuration
  }

  /// Memory that begins with zeros and logs its accesses.
  public func makeOnlineMemory() throws(MemoryError) -> MemoryController {
    try .withVolatileMemory(configuration)
  }

  /// Memory that replays the log of a volatile run over an image.
  public func makeOfflineMemory(
    image: MemoryImage = MemoryImage(), interface: MemoryInterface = .volatile
  ) throws(MemoryError) -> OfflineMemory {
    try OfflineMemory(image: image, configuration: configuration, interface: interface)
  }

  /// Memory that begins with the image of a file and logs its accesses.
  public func makePersistentMemory(
    contentsOf path: String
  ) throws(MemoryFactoryError) -> MemoryController {
    let image: MemoryImage
    do throws(ImageFileError) {
      image = try MemoryImage(contentsOf: path)
    } catch {
      throw .file(error)
    }
    do throws(MemoryError) {
      return try .withPersistentMemory(configuration, image: image)
    } catch {
      throw .memory(error)
    }
  }
}

/// Why a factory could not make a memory from a file.
public enum MemoryFactoryError: Error, Hashable, Sendable, CustomStringConvertible {
  case file(ImageFileError)
  case memory(MemoryError)

  public var description: String {
    switch self {
    case .file(let error): error.description
    case .memory(let error): error.description
    }
  }
}
