import COpenSSL

/// The versions of the C libraries that the precompiled contracts use, for reports.
public enum LibraryVersions {
  /// OpenSSL's version as it states it.
  public static var openSSL: String {
    OpenSSL_version(OPENSSL_VERSION).map { String(cString: $0) } ?? "unknown"
  }
}
