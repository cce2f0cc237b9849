/// Where a format's fields lie once `--map`, `--user` and the extra fields are taken into account.
struct FieldPlan: Sendable {
  let text: FieldPath
  let id: [FieldPath]
  let user: [FieldPath]
  let time: [FieldPath]
  private(set) var extra: [FieldPath]
  /// Whether an extra field that is no scalar counts as missing.
  private(set) var skipsUnusable: Bool
  /// Whether the time's field was named by hand: then a value that is no time is a fault.
  let timeIsMapped: Bool
  private(set) var requiresUser: Bool

  /// What `--map` may override.
  private static let keys = ["text", "user", "time", "id"]

  /// - Throws: ``IngestFailure/badMapping(_:)`` for an unknown key or a path with an empty part.
  init(format: any LogFormat, settings: ReadSettings) throws(IngestFailure) {
    try Self.check(settings)
    func paths(_ key: String, _ standard: [String]) -> [FieldPath] {
      (settings.mapping[key].map { [$0] } ?? standard).compactMap(FieldPath.init)
    }
    text = paths("text", [format.textField])[0]
    id = paths("id", format.idFields)
    user = settings.userField.flatMap(FieldPath.init).map { [$0] } ?? paths("user", format.userFields)
    time = paths("time", format.timeFields)
    extra = settings.fields.compactMap(FieldPath.init)
    skipsUnusable = settings.skipsUnusableFields
    timeIsMapped = settings.mapping["time"] != nil
    requiresUser = settings.requiresUser
  }

  /// The same plan for a look at what there is.
  var withoutRequiredUser: FieldPlan {
    var plan = self
    plan.requiresUser = false
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
      guard keys.contains(key) else { throw .badMapping("'\(key)' is none of text, user, time, id") }
      guard FieldPath(path) != nil else { throw .badMapping("\(key) names no field") }
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
