/// Where a format's fields lie once `--map`, `--user` and the extra fields are taken into account.
struct FieldPlan: Sendable {
  let text: FieldPath
  let messageKeys: MessageKeys
  let id: [FieldPath]
  let user: [FieldPath]
  let time: [FieldPath]
  private(set) var extra: [FieldPath]
  /// Whether an extra field that is no scalar counts as missing.
  private(set) var skipsUnusable: Bool
  /// Whether the time's field was named by hand: then a value that is no time is a fault.
  let timeIsMapped: Bool
  private(set) var requiresUser: Bool
  /// Whether each file is one person's.
  let usersAreFiles: Bool
  /// The inputs by their index, where files are users.
  private(set) var files: [[UInt8]] = []

  /// What `--map` may override.
  package static let keys = ["text", "user", "time", "id", "role", "messages"]

  /// - Throws: ``IngestFailure/badMapping(_:)`` for an unknown key or a path with an empty part.
  init(format: any LogFormat, settings: ReadSettings) throws(IngestFailure) {
    try Self.check(settings)
    func paths(_ key: String, _ standard: [String]) -> [FieldPath] {
      (settings.mapping[key].map { [$0] } ?? standard).compactMap(FieldPath.init)
    }
    var keys = MessageKeys()
    if settings.mapsMessages {
      text = paths("messages", [format.textField])[0]
      if let role = settings.mapping["role"] { keys.role = Array(role.utf8) }
      if let content = settings.mapping["text"] { keys.content = Array(content.utf8) }
    } else {
      text = paths("text", [format.textField])[0]
    }
    messageKeys = keys
    id = paths("id", format.idFields)
    user = settings.userField.flatMap(FieldPath.init).map { [$0] } ?? paths("user", format.userFields)
    usersAreFiles = format.usersAreFiles && settings.userField == nil && settings.mapping["user"] == nil
    time = paths("time", format.timeFields)
    extra = settings.fields.compactMap(FieldPath.init)
    skipsUnusable = settings.skipsUnusableFields
    timeIsMapped = settings.mapping["time"] != nil
    requiresUser = settings.requiresUser
  }

  /// The same plan for a look at what there is, or for pieces, of which one names the user for all.
  var withoutRequiredUser: FieldPlan {
    var plan = self
    plan.requiresUser = false
    return plan
  }

  /// The same plan for these inputs.
  func reading(_ inputs: [String]) -> FieldPlan {
    var plan = self
    if usersAreFiles { plan.files = inputs.map { Array($0.utf8) } }
    return plan
  }

  /// The same plan with other extra fields, of which those that are no scalar count as missing.
  ///
  /// - Throws: ``IngestFailure/badSetting(_:)`` for a path with an empty part.
  func keeping(fields: [String]) throws(IngestFailure) -> FieldPlan {
    for field in fields { try Self.check(field: field) }
    var plan = self
    plan.extra = fields.compactMap(FieldPath.init)
    plan.skipsUnusable = true
    return plan
  }

  private static func check(field: String) throws(IngestFailure) {
    guard FieldPath(field) != nil else {
      throw .badSetting("'\(field)' is no field: parts between dots must not be empty")
    }
  }

  private static func check(_ settings: ReadSettings) throws(IngestFailure) {
    for (key, path) in settings.mapping.sorted(by: { $0.key < $1.key }) {
      guard keys.contains(key) else {
        throw .badMapping("'\(key)' is none of \(keys.joined(separator: ", "))")
      }
      guard FieldPath(path) != nil else { throw .badMapping("\(key) names no field") }
    }
    if settings.mapsMessages, let format = settings.format, format != MessagesFormat().name {
      throw .badMapping(
        "messages and role say how format '\(MessagesFormat().name)' is written, not '\(format)'")
    }
    if let user = settings.userField {
      guard FieldPath(user) != nil else { throw .badSetting("--user names no field") }
      if let mapped = settings.mapping["user"], mapped != user {
        throw .badMapping("user=\(mapped) and --user \(user) differ")
      }
    }
    for field in settings.fields { try check(field: field) }
  }
}
