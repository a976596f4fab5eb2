import CFFI
import Glibc

/// A C signature as libffi wants it, prepared once. Calls on any number of threads may share it.
final class CallSignature: @unchecked Sendable {
  // Written by the initialiser only.
  let interface: UnsafeMutablePointer<ffi_cif>
  private let argumentTypes: UnsafeMutablePointer<UnsafeMutablePointer<ffi_type>?>
  private var structs: [ForeignStruct] = []

  /// - Throws: what libffi has against it.
  init(_ arguments: [ExtensionManifest.Argument], _ result: ExtensionManifest.Result) throws(Fault) {
    interface = .allocate(capacity: 1)
    interface.initialize(to: ffi_cif())
    argumentTypes = .allocate(capacity: max(1, arguments.count))
    argumentTypes.initialize(repeating: nil, count: max(1, arguments.count))
    for (index, argument) in arguments.enumerated() {
      argumentTypes[index] =
        switch argument {
        case .value(_, let kind), .immediate(let kind), .constant(_, let kind): Self.type(kind)
        case .range, .context, .null: weft_ffi_pointer()
        case .structure(let type, _): structType(type)
        }
    }
    let resultType =
      switch result {
      case .none: weft_ffi_void()
      case .scalar(let kind, _, _): Self.type(kind)
      case .structure(let type, _): structType(type)
      }
    let status = weft_ffi_prepare(
      interface, UInt32(truncatingIfNeeded: arguments.count), resultType, argumentTypes)
    guard status == 0 else { throw Fault(description: "libffi refuses the signature (status \(status))") }
    // Both follow the rules of C; if they ever differ, bytes would go astray.
    for type in structs where type.type.pointee.size != type.layout.byteCount {
      throw Fault(
        description:
          "libffi lays a struct out in \(type.type.pointee.size) bytes, the manifest in \(type.layout.byteCount)"
      )
    }
  }

  /// Why there is no call with this signature.
  struct Fault: Error, CustomStringConvertible {
    var description: String
  }

  deinit {
    argumentTypes.deallocate()
    interface.deallocate()
  }

  private func structType(_ layout: StructType) -> UnsafeMutablePointer<ffi_type> {
    let type = ForeignStruct(layout)
    structs.append(type)
    return type.type
  }

  static func type(_ kind: ScalarKind) -> UnsafeMutablePointer<ffi_type>? {
    switch kind {
    case .bool, .u8: weft_ffi_uint8()
    case .i8: weft_ffi_sint8()
    case .u16: weft_ffi_uint16()
    case .i16: weft_ffi_sint16()
    case .u32: weft_ffi_uint32()
    case .i32: weft_ffi_sint32()
    case .u64, .size: weft_ffi_uint64()
    case .i64: weft_ffi_sint64()
    case .f32: weft_ffi_float()
    case .f64: weft_ffi_double()
    }
  }
}

/// A struct as libffi wants it: a list of element types, arrays unrolled, inner structs as types of their own.
private final class ForeignStruct {
  let layout: StructType
  let type: UnsafeMutablePointer<ffi_type>
  private let elements: UnsafeMutablePointer<UnsafeMutablePointer<ffi_type>?>
  private var inner: [ForeignStruct] = []

  init(_ layout: StructType) {
    self.layout = layout
    let count = layout.fields.reduce(0) { $0 &+ $1.count }
    elements = .allocate(capacity: count &+ 1)
    elements.initialize(repeating: nil, count: count &+ 1)
    type = .allocate(capacity: 1)
    type.initialize(
      to: ffi_type(size: 0, alignment: 0, type: UInt16(FFI_TYPE_STRUCT), elements: elements))
    var index = 0
    for field in layout.fields {
      let element: UnsafeMutablePointer<ffi_type>?
      switch field.type {
      case .scalar(let kind): element = CallSignature.type(kind)
      case .structure(let layout):
        let nested = ForeignStruct(layout)
        inner.append(nested)
        element = nested.type
      }
      for _ in 0..<max(0, field.count) {
        elements[index] = element
        index &+= 1
      }
    }
  }

  deinit {
    elements.deallocate()
    type.deallocate()
  }
}
