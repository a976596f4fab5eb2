import WeftCircuit
import WeftField
import WeftJSON

extension SegmentManifest {
  /// Reads a segment's manifest and holds it against the AIRs: heights, widths, names of files, numbers of public values.
  init(_ root: Field, index: Int, airs known: [ExportedAIR]) throws(ExportError) {
    try root.requireKind(ExportFormat.segmentKind)
    let stated = try root.member("index").integer(0...ExportFormat.segmentLimit)
    guard stated == index else {
      throw try root.member("index").error("is \(stated) in the directory of segment \(index)")
    }
    var entries: [AIREntry] = []
    var cells = 0
    for element in try root.member("airs").elements(limit: known.count) {
      let entry = try AIREntry(element, known)
      if let last = entries.last, entry.place <= last.place {
        throw try element.member("air").error("is \(entry.place) behind \(last.place)")
      }
      cells += entry.files.reduce(0) { $0 + $1.height * $1.width }
      guard cells <= ExportFormat.cellLimit else {
        throw element.error("\(cells) cells so far, the limit of a segment is \(ExportFormat.cellLimit)")
      }
      entries.append(entry)
    }
    self.index = index
    airs = entries
    run = JSONTree(try root.member("run").value)
  }
}

extension SegmentManifest.AIREntry {
  fileprivate init(_ field: Field, _ known: [ExportedAIR]) throws(ExportError) {
    let place = try field.member("air").integer(0...max(known.count - 1, 0))
    guard place < known.count else { throw try field.member("air").error("there are no AIRs") }
    let air = known[place].description
    let name = try field.member("name").string()
    guard name == air.name else {
      throw try field.member("name").error("is \(name), AIR \(place) is \(air.name)")
    }
    let heightField = try field.member("height")
    let height = try heightField.integer(1...ExportFormat.rowLimit)
    guard height & (height - 1) == 0 else { throw heightField.error("\(height) is no power of two") }

    func file(
      _ field: Field?, _ part: ExportFormat.Part, width: Int, of owner: Field
    ) throws(ExportError) -> ArrayFile? {
      guard let field else {
        if width == 0 { return nil }
        throw owner.error("AIR \(name) has \(width) columns here and no file")
      }
      let expected = ExportFormat.arrayFile(place, name, part)
      let found = try field.member("name").string()
      guard found == expected else { throw try field.member("name").error("is \(found), not \(expected)") }
      let stated = try field.member("width").integer(0...Int(Int32.max))
      guard stated == width, width > 0 else {
        throw try field.member("width").error("is \(stated), AIR \(name) has \(width) columns here")
      }
      return ArrayFile(
        name: expected, height: height, width: width, sha256: try field.member("sha256").sha256())
    }

    let cachedField = try field.member("cached")
    var cached: [SegmentManifest.CachedPart] = []
    for (number, element) in try cachedField.elements(limit: 64).enumerated()
    where number < air.cachedColumns.count {
      let part = try file(
        element.member("file"), .cached(number), width: air.cachedColumns[number].count, of: element)
      let commitment = try element.member("commitment").elements(limit: Digest.count).map {
        (number) throws(ExportError) in UInt32(try number.integer(0...Int(BabyBear.order - 1)))
      }
      guard let part, commitment.count == Digest.count else {
        throw element.error("has no commitment of \(Digest.count) elements")
      }
      cached.append(SegmentManifest.CachedPart(file: part, commitment: commitment))
    }
    guard cachedField.value.count == air.cachedColumns.count else {
      throw cachedField.error("has \(cachedField.value.count) parts, AIR \(name) \(air.cachedColumns.count)")
    }

    let valuesField = try field.member("publicValues")
    var values: [BabyBear] = []
    for element in try valuesField.elements(limit: air.publicValueNames.count) {
      values.append(BabyBear(UInt32(try element.integer(0...Int(BabyBear.order - 1)))))
    }
    guard values.count == air.publicValueNames.count else {
      throw valuesField.error("has \(values.count) values, AIR \(name) \(air.publicValueNames.count)")
    }
    self.place = place
    self.name = name
    self.height = height
    rowCount = try field.member("rows").integer(0...height)
    publicValues = values
    main = try file(field.optionalMember("main"), .main, width: air.mainColumns.count, of: field)
    preprocessed = try file(
      field.optionalMember("preprocessed"), .preprocessed, width: air.preprocessedColumns.count, of: field)
    self.cached = cached
  }
}
