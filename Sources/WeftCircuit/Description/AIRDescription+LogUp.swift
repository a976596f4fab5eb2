extension AIRDescription {
  /// The interactions in the chunks that share a column of the LogUp argument, for constraints of a given degree; nil when
  /// an interaction exceeds the degree alone.
  ///
  /// Interactions are sorted, stably, by the degrees of message and count and taken greedily. (reference/prover.md §7)
  public func interactionChunks(maximumDegree: Int = 3) -> [[Int]]? {
    let degree = interactions.map { interaction in
      (message: interaction.message.map { degrees[$0] }.max() ?? 0, count: degrees[interaction.count])
    }
    let order = interactions.indices.sorted { left, right in
      let (a, b) = (degree[left], degree[right])
      return (a.message, a.count, left) < (b.message, b.count, right)
    }
    var chunks: [[Int]] = []
    var (sum, numerator) = (0, 0)
    for index in order {
      let (message, count) = degree[index]
      let grown = max(numerator + message, count + sum)
      if !chunks.isEmpty, max(grown, sum + message + 1) <= maximumDegree {
        chunks[chunks.count - 1].append(index)
        (sum, numerator) = (sum + message, grown)
      } else {
        guard max(count, message + 1) <= maximumDegree else { return nil }
        chunks.append([index])
        (sum, numerator) = (message, count)
      }
    }
    return chunks
  }

  /// Base-field columns that the LogUp argument commits to: four per chunk, and four for the running sum.
  public var permutationColumnCount: Int? {
    if interactions.isEmpty { return 0 }
    return interactionChunks().map { 4 * ($0.count + 1) }
  }
}
