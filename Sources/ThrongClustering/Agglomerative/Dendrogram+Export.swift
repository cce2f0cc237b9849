extension Dendrogram {
  /// The linkage matrix of scipy as a NumPy file of format 1.0: `leaves` − 1 rows of left, right, height and size in
  /// little-endian doubles. O(leaves).
  package func linkageMatrix() -> [UInt8] {
    var header = "{'descr': '<f8', 'fortran_order': False, 'shape': (\(merges.count), 4), }"
    // The numbers start at a multiple of 64 bytes, after magic, version, length and a line feed.
    header += String(repeating: " ", count: 63 - (10 + header.utf8.count) % 64) + "\n"
    var file: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0]
    file += [UInt8(header.utf8.count & 0xFF), UInt8(header.utf8.count >> 8)] + Array(header.utf8)
    file.reserveCapacity(file.count + merges.count * 32)
    for merge in merges {
      for value in [Double(merge.left), Double(merge.right), merge.height, merge.size] {
        for shift in 0..<8 { file.append(UInt8(truncatingIfNeeded: value.bitPattern >> (8 * shift))) }
      }
    }
    return file
  }

  /// The tree in the Newick format: leaves by number, and on each branch how far its parent lies above it. A leaf
  /// lies at height 0. O(leaves).
  package func newick() -> [UInt8] {
    var text: [UInt8] = []
    // Trees may be deep: a stack of our own.
    enum Step {
      case open(node: Int, parentHeight: Double?)
      case write(String)
    }
    var steps = [Step.open(node: leaves + merges.count - 1, parentHeight: nil), .write(";\n")]
    steps.reverse()
    while let step = steps.popLast() {
      guard case .open(let node, let parentHeight) = step else {
        if case .write(let string) = step { text += string.utf8 }
        continue
      }
      let merge = node < leaves ? nil : merges[node - leaves]
      let length = parentHeight.map { ":\($0 - (merge?.height ?? 0))" } ?? ""
      guard let merge else {
        text += "\(node)\(length)".utf8
        continue
      }
      text += "(".utf8
      steps.append(.write(")" + length))
      steps.append(.open(node: merge.right, parentHeight: merge.height))
      steps.append(.write(","))
      steps.append(.open(node: merge.left, parentHeight: merge.height))
    }
    return text
  }
}
