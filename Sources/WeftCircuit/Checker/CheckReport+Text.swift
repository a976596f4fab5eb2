extension CheckReport: CustomStringConvertible {
  /// The findings for people, one paragraph each.
  public var description: String {
    if isAccepted { return "accepted: \(airCount) AIRs, \(rowCount) rows, \(cellCount) cells" }
    var lines = ["rejected: \(violationCount) findings in \(airCount) AIRs, \(rowCount) rows"]
    lines += otherFindings
    for summary in constraintSummary {
      lines.append(
        "\(summary.air): constraint \"\(summary.label)\" (\(summary.location)) fails in \(summary.rows) rows")
    }
    for violation in constraintViolations {
      lines.append(
        "\(violation.air), row \(violation.row): \"\(violation.label)\" (\(violation.location)) is "
          + "\(violation.value)")
      lines.append("  \(violation.formula)")
      lines.append("  " + Self.list(violation.cells))
    }
    for violation in countViolations {
      lines.append(
        "\(violation.air), row \(violation.row): \(violation.interaction) (\(violation.location)) has the count "
          + "\(violation.count)")
    }
    for (bus, messages) in unbalancedMessages { lines.append("bus \(bus): \(messages) unbalanced messages") }
    for violation in busViolations {
      lines.append(
        "bus \(violation.bus): [\(Self.list(violation.fields))] is left over \(violation.total) times"
          + (violation.isNotInTable ? "; it is in no table" : ""))
      for contributor in violation.contributors { lines.append("  \(contributor)") }
      for miss in violation.nearMisses {
        lines.append(
          "  near miss: \(miss.field) = \(miss.value), left over \(miss.total) times"
            + (miss.contributor.map { ", \($0)" } ?? ""))
      }
    }
    return lines.joined(separator: "\n")
  }

  private static func list(_ values: [NamedValue]) -> String {
    values.map { "\($0.name) = \($0.value)" }.joined(separator: ", ")
  }

  /// The findings as one JSON object.
  public var json: String {
    func text(_ value: String) -> String {
      var result = "\""
      for scalar in value.unicodeScalars {
        switch scalar {
        case "\"": result += "\\\""
        case "\\": result += "\\\\"
        case "\n": result += "\\n"
        case _ where scalar.value < 0x20:
          let digits = String(scalar.value, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        default: result.unicodeScalars.append(scalar)
        }
      }
      return result + "\""
    }
    func object(_ members: [(String, String)]) -> String {
      "{" + members.map { text($0) + ":" + $1 }.joined(separator: ",") + "}"
    }
    func list(_ elements: [String]) -> String { "[" + elements.joined(separator: ",") + "]" }
    func values(_ values: [NamedValue]) -> String { object(values.map { ($0.name, "\($0.value)") }) }
    func contributor(_ contributor: BusViolation.Contributor) -> String {
      object([
        ("air", text(contributor.air)), ("row", "\(contributor.row)"),
        ("interaction", text(contributor.interaction)), ("location", text("\(contributor.location)")),
        ("count", "\(contributor.count)"),
      ])
    }
    var violations: [String] = otherFindings.map { object([("kind", text("other")), ("message", text($0))]) }
    violations += constraintViolations.map {
      object([
        ("kind", text("constraint")), ("air", text($0.air)), ("row", "\($0.row)"),
        ("constraint", text($0.label)), ("location", text("\($0.location)")), ("formula", text($0.formula)),
        ("value", "\($0.value)"), ("cells", values($0.cells)),
      ])
    }
    violations += countViolations.map {
      object([
        ("kind", text("count")), ("air", text($0.air)), ("row", "\($0.row)"),
        ("interaction", text($0.interaction)), ("location", text("\($0.location)")), ("count", "\($0.count)"),
      ])
    }
    violations += busViolations.map { violation in
      object([
        ("kind", text("bus")), ("bus", text(violation.bus)), ("message", values(violation.fields)),
        ("total", "\(violation.total)"), ("notInTable", "\(violation.isNotInTable)"),
        ("contributors", list(violation.contributors.map(contributor))),
        (
          "nearMisses",
          list(
            violation.nearMisses.map { miss in
              var members = [
                ("field", text(miss.field)), ("value", "\(miss.value)"), ("total", "\(miss.total)"),
              ]
              if let other = miss.contributor { members.append(("contributor", contributor(other))) }
              return object(members)
            })
        ),
      ])
    }
    return object([
      ("accepted", "\(isAccepted)"), ("airs", "\(airCount)"), ("rows", "\(rowCount)"),
      ("cells", "\(cellCount)"), ("findings", "\(violationCount)"), ("violations", list(violations)),
    ])
  }
}

extension BusViolation.Contributor: CustomStringConvertible {
  public var description: String { "\(air), row \(row), \(interaction) (\(location)), count \(count)" }
}
