package import ThrongClassifier
package import ThrongCore
package import ThrongIngest
package import ThrongText

extension ClassifierModel {
  /// The sides that are read.
  package var roles: Set<Role> { Set(Role.allCases.filter { settings.roles.contains("\($0)") }) }
}

/// A log as a classifier sees it: hashed words of each conversation, who held it and where it stands, no text.
///
/// Private, like all left of the gate.
package struct ClassifiedLog: Sendable {
  /// What is read beside the words.
  package struct Fields: Sendable {
    /// The field of the label; nil: none is needed.
    package var label: String?
    /// Labels whose conversations are left out.
    package var ignoredLabels: Set<String> = []
    /// The field whose values are held out together.
    package var group: String?

    package init() {}

    /// In the order in which the reader must keep them.
    package var names: [String] { [label, group].compactMap { $0 } }
  }

  package var features = Features()
  /// Dense user index of each conversation; where the log has no users, each is one's own.
  package var users: [UInt32] = []
  package var userCount = 0
  /// Index of each conversation's label in ``classes``; empty where none was asked for.
  package var labels: [Int32] = []
  /// Labels, ascending.
  package var classes: [String] = []
  /// Dense index of each conversation's group; empty where none was asked for. Conversations without one are a group.
  package var groups: [UInt32] = []
  /// Index of the input, and line or element from 1, of each conversation.
  package var positions: [(source: UInt16, line: UInt32)] = []
  /// Conversations that no side that counts said a word in, or that have no label.
  package var leftOut = 0
  /// Records that could not be used.
  package var quarantined = 0

  package var count: Int { users.count }

  private struct Partial: Sendable {
    var features: FeatureBlock
    var users: [UInt64?] = []
    var labels: [String] = []
    var groups: [String] = []
    var positions: [(source: UInt16, line: UInt32)] = []
    var leftOut = 0
  }

  /// Reads everything `reader` holds. It must keep ``Fields/names`` and no other fields.
  ///
  /// - Throws: `IngestFailure`, ``ClassifierFailure`` for labels that are no classes, `Interrupted`.
  package init(
    _ reader: ConversationReader, roles: Set<Role>, text: TextSettings, secret: Secret, fields: Fields,
    workers: Workers, progress: any ProgressReporter
  ) throws {
    let hasher = secret.hasher(for: "user")
    var indexOfUser: [UInt64: UInt32] = [:]
    var indexOfLabel: [String: Int32] = [:]
    var indexOfGroup: [String: UInt32] = [:]
    let report = try reader.read(workers: workers, progress: progress) { block in
      try Self.analyse(block, roles: roles, text: text, secret: secret, hasher: hasher, fields: fields)
    } merge: { partial in
      for user in partial.users {
        // Whoever has no name is a person of their own.
        if let user, let known = indexOfUser[user] {
          users.append(known)
        } else {
          if let user { indexOfUser[user] = UInt32(userCount) }
          users.append(UInt32(userCount))
          userCount += 1
        }
      }
      for label in partial.labels {
        let index = indexOfLabel[label, default: Int32(indexOfLabel.count)]
        if label.utf8.count > ClassifierModel.maximumLabelBytes {
          throw ClassifierFailure.longLabel(
            record: labels.count + 1, limit: ClassifierModel.maximumLabelBytes)
        }
        indexOfLabel[label] = index
        labels.append(index)
        if indexOfLabel.count > ClassifierModel.maximumClasses {
          throw ClassifierFailure.tooManyClasses(limit: ClassifierModel.maximumClasses)
        }
      }
      for group in partial.groups {
        let index = indexOfGroup[group, default: UInt32(indexOfGroup.count)]
        indexOfGroup[group] = index
        groups.append(index)
      }
      positions += partial.positions
      leftOut += partial.leftOut
      try features.append(partial.features)
    }
    quarantined = report.quarantined
    // Numbered by their names: the order of the input says nothing.
    classes = indexOfLabel.keys.sorted()
    var place = [Int32](repeating: 0, count: classes.count)
    for (index, name) in classes.enumerated() { place[Int(indexOfLabel[name]!)] = Int32(index) }
    labels = labels.map { place[Int($0)] }
  }

  private static func analyse(
    _ block: borrowing ConversationBlock, roles: Set<Role>, text: TextSettings, secret: Secret,
    hasher: SipHash,
    fields: Fields
  ) throws -> Partial {
    let analyzer = try TextAnalyzer(settings: text, secret: secret)
    var partial = Partial(features: analyzer.finish())
    let bytes = block.bytes.span
    for record in block.records {
      func value(_ at: Int) -> String {
        record.fields[at].map { String(decoding: block.bytes[$0], as: UTF8.self) } ?? ""
      }
      let label = fields.label == nil ? "" : value(0)
      guard fields.label == nil || !label.isEmpty && !fields.ignoredLabels.contains(label),
        block.messages[record.messages].contains(where: { roles.contains($0.role) && !$0.text.isEmpty })
      else {
        partial.leftOut += 1
        continue
      }
      analyzer.begin()
      for message in block.messages[record.messages] where roles.contains(message.role) {
        try analyzer.append(bytes.extracting(message.text))
      }
      try analyzer.endDocument()
      partial.users.append(record.user.map { hasher.hash24(bytes.extracting($0)) })
      if fields.label != nil { partial.labels.append(label) }
      if fields.group != nil { partial.groups.append(value(fields.names.count - 1)) }
      partial.positions.append((UInt16(clamping: record.source), UInt32(clamping: record.line)))
    }
    partial.features = analyzer.finish()
    return partial
  }
}
