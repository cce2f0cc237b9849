internal import ThrongCore

/// Why a classifier cannot be trained or used. Carries positions and counts, never a label or a word.
package enum ClassifierFailure: ThrongFailure, Equatable {
  case tooFewClasses(Int)
  case tooManyClasses(limit: Int)
  /// A label stands for text rather than for a class.
  case longLabel(record: Int, limit: Int)
  /// The class, by its place among the sorted labels, has too few conversations, users or groups to be held out.
  case rareClass(position: Int, conversations: Int)
  case tooFewGroups(Int)
  case nothingLearned
  /// The file is no model, or a damaged one.
  case badModel(reason: String)

  package var message: String {
    switch self {
    case .tooFewClasses(let count):
      "the labels name \(count == 1 ? "1 class" : "\(count) classes"), and a classifier needs two; see --label"
    case .tooManyClasses(let limit):
      "the labels name more than \(limit) classes; name a field of few values with --label"
    case .longLabel(let record, let limit):
      "the label of conversation \(record) has more than \(limit) bytes; name a field of short values with --label"
    case .rareClass(let position, let conversations):
      "class \(position) of the sorted labels has \(conversations) conversations, all of them in one part that would be "
        + "held out at once; leave it out with --ignore-label, or give fewer --folds"
    case .tooFewGroups(let count):
      "the field of --group has \(count == 1 ? "1 value" : "\(count) values") that can be held out; it needs two"
    case .nothingLearned:
      "no word is used by enough users to be learned from; lower --min-column-users"
    case .badModel(let reason):
      "this is no model of throng train, or a damaged one: \(reason)"
    }
  }

  package var exitStatus: Int32 { ExitCode.inputUnusable.rawValue }
}
