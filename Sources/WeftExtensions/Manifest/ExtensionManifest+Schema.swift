extension ExtensionManifest {
  /// The JSON Schema (draft 2020-12) of the format: what editors need to help with a manifest.
  ///
  /// The decoder knows more than a schema can say: names that have to be declared, encodings that clash, lengths that
  /// name arguments.
  public static var schema: String { String(decoding: PackageResources.extension_schema_json, as: UTF8.self) }
}
