package import ThrongCore

/// The terms of all documents, by document: hashes and counts, no spelling.
package struct Features: Sendable {
  /// Documents + 1 offsets into `terms` and `counts`.
  package private(set) var offsets: [Int] = [0]
  /// Keyed hashes of each document's distinct terms, ascending within the document.
  package private(set) var terms: [UInt64] = []
  package private(set) var counts: [UInt16] = []

  package init() {}

  init(offsets: [Int], terms: [UInt64], counts: [UInt16]) {
    (self.offsets, self.terms, self.counts) = (offsets, terms, counts)
  }

  package var documents: Int { offsets.count - 1 }

  /// Adds the documents of a block behind those already here.
  package mutating func append(_ block: FeatureBlock) {
    let base = terms.count
    terms.append(contentsOf: block.terms)
    counts.append(contentsOf: block.counts)
    for offset in block.offsets.dropFirst() { offsets.append(base + offset) }
  }

  /// The given documents, in the order given. O(terms of them).
  package func selecting(_ chosen: [Int]) -> Features {
    var part = Features()
    for document in chosen {
      let range = offsets[document]..<offsets[document + 1]
      part.terms += terms[range]
      part.counts += counts[range]
      part.offsets.append(part.terms.count)
    }
    return part
  }

  /// Each document's dictionary indices, ascending: documents + 1 offsets, and indices. O(terms) expected.
  package func rows(
    in dictionary: TermDictionary, workers: Workers
  ) throws -> (offsets: [Int], terms: [UInt32]) {
    let parts = try workers.mapBlocks(count: documents, blockSize: 1024) { _, range in
      var ends: [Int] = []
      var indices: [UInt32] = []
      for d in range {
        for i in offsets[d]..<offsets[d + 1] {
          if let index = dictionary.index(of: terms[i]) { indices.append(UInt32(index)) }
        }
        ends.append(indices.count)
      }
      return (ends: ends, indices: indices)
    }
    var rowOffsets = [0]
    var rows: [UInt32] = []
    rowOffsets.reserveCapacity(documents + 1)
    rows.reserveCapacity(parts.reduce(0) { $0 + $1.indices.count })
    for part in parts {
      let base = rows.count
      for end in part.ends { rowOffsets.append(base + end) }
      rows.append(contentsOf: part.indices)
    }
    return (rowOffsets, rows)
  }

  /// How many distinct users use each of the given dictionary terms. O(terms · log).
  ///
  /// Throws ``TextFailure`` where there is not one user for each document.
  func userCounts(of indices: [Int], in dictionary: TermDictionary, users: [UInt32]) throws -> [Int: Int] {
    guard users.count == documents else {
      throw TextFailure.userCount(documents: documents, users: users.count)
    }
    if indices.isEmpty { return [:] }
    var wanted = [Int32](repeating: -1, count: dictionary.count)
    for (k, index) in indices.enumerated() { wanted[index] = Int32(k) }
    let groups = UserGroups(users)
    var last = [Int](repeating: -1, count: indices.count)
    var counts = [Int](repeating: 0, count: indices.count)
    for user in 0..<groups.count {
      for d in groups[user] {
        for i in offsets[Int(d)]..<offsets[Int(d) + 1] {
          guard let index = dictionary.index(of: terms[i]), wanted[index] >= 0 else { continue }
          let k = Int(wanted[index])
          if last[k] != user {
            last[k] = user
            counts[k] += 1
          }
        }
      }
    }
    return Dictionary(uniqueKeysWithValues: zip(indices, counts))
  }
}

/// Documents by user.
struct UserGroups: Sendable {
  private var starts: [Int] = [0]
  private var documents: [UInt32]

  /// Users with at least one document, in order of their index.
  var count: Int { starts.count - 1 }

  subscript(group: Int) -> ArraySlice<UInt32> { documents[starts[group]..<starts[group + 1]] }

  /// Of the given documents, ascending; nil: all. O(documents + users), for users numbered densely.
  init(_ users: [UInt32], documents chosen: [UInt32]? = nil) {
    var next = [Int](repeating: 0, count: Int(users.max() ?? 0) + 2)
    if let chosen {
      for d in chosen { next[Int(users[Int(d)]) + 1] += 1 }
    } else {
      for user in users { next[Int(user) + 1] += 1 }
    }
    for k in 1..<next.count {
      next[k] += next[k - 1]
      if next[k] > next[k - 1] { starts.append(next[k]) }
    }
    documents = [UInt32](repeating: 0, count: chosen?.count ?? users.count)
    func place(_ d: Int) {
      documents[next[Int(users[d])]] = UInt32(d)
      next[Int(users[d])] += 1
    }
    if let chosen { for d in chosen { place(Int(d)) } } else { for d in users.indices { place(d) } }
  }
}
