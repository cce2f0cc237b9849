internal import Foundation
internal import ThrongAudit
internal import ThrongCore
internal import ThrongIngest
internal import ThrongPrivacy

extension PipelineEngine {
  /// The attacks that need reruns: on the log of `reader`, under the rules that the bundle states.
  ///
  /// - Parameter trials: of each attack.
  func simulate(
    bundle: String, log reader: consuming ConversationReader, trials: Int, workers: Workers, console: Console
  ) throws -> [Finding] {
    let policy = try BundleRules.policy(of: bundle)
    let seed: UInt64 = 1
    let records = try SimulatedRecord.all(of: reader, workers: workers, progress: console)
    return try Simulation(minimumUsers: policy.minimumUsers, trials: trials, seed: seed).findings(
      PipelineOracle(policy: policy, cancellation: workers.cancellation), records: records, workers: workers,
      progress: console)
  }
}

/// The thresholds as a bundle states them.
private struct BundleRules: Decodable {
  struct Rules: Decodable {
    let unit: String
    let minimumUsers: Int
    let minimumConversations: Int
    let minimumTermUsers: Int
    let maximumPerUser: Int
    let roundedTo: Int
    let thresholdGap: Int?

    enum CodingKeys: String, CodingKey {
      case unit
      case minimumUsers = "minimum_users"
      case minimumConversations = "minimum_conversations"
      case minimumTermUsers = "minimum_term_users"
      case maximumPerUser = "maximum_per_user"
      case roundedTo = "rounded_to"
      case thresholdGap = "threshold_gap"
    }
  }

  let rules: Rules

  static func policy(of bundle: String) throws -> Policy {
    guard let json = FileManager.default.contents(atPath: "\(bundle)/release.json"),
      let rules = try? JSONDecoder().decode(Self.self, from: json).rules
    else { throw EngineFailure.noRules(bundle: bundle) }
    var policy = Policy()
    policy.unit = Policy.Unit(rawValue: rules.unit) ?? .user
    policy.minimumUsers = rules.minimumUsers
    policy.minimumConversations = rules.minimumConversations
    policy.minimumTermUsers = rules.minimumTermUsers
    policy.maximumPerUser = rules.maximumPerUser
    policy.roundTo = rules.roundedTo
    policy.thresholdGap = rules.thresholdGap ?? 0
    return try policy.validated()
  }
}
