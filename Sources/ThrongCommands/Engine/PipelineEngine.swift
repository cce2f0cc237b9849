internal import Foundation
internal import Glibc
internal import Throng
internal import ThrongCore
internal import ThrongText

/// Carries the commands out with the pipeline. One file for each command.
package struct PipelineEngine: Engine {
  package init() {}
}

/// Why a command cannot go on, beyond what the modules say of themselves.
enum EngineFailure: ThrongFailure {
  /// None of so many first records of the input names a user in these fields of the format (R1).
  case noUsers(fields: [String], format: String, records: Int)
  /// Every conversation was left out: none has a message of a side that counts, or a label.
  case nothingLeft(screenedOut: Int)
  /// No record has a field that was to be a facet. `known` are names of fields that the first records have.
  case noSuchField(String, known: [String])
  /// A field that was to be a facet holds lists or objects only.
  case noScalarField(String, known: [String])
  case workspace(path: String, SystemError)
  case encoding
  /// `ulimit -v` leaves no room for it.
  case tooFewAddresses(limit: Int, need: Int)
  /// The system gave no more.
  case memoryRanOut
  /// `--memory` is less than a run needs by estimate, however small its blocks and samples.
  case tooLittleMemory(limit: Int, need: Int)
  case unreadableModel(path: String)
  /// A file is no comparison whose newer bundle is the older one of this.
  case noComparison(path: String)
  /// A folder holds no release, or one without rules.
  case noRules(bundle: String)

  var message: String {
    switch self {
    case .noUsers(let fields, let format, let records):
      "none of the first \(Quantity.count(records, "record")) names a user"
        + (fields.isEmpty
          ? ""
          : " in the field\(fields.count == 1 ? "" : "s") '\(fields.joined(separator: "', '"))', where format '\(format)' has it")
        + ", and without users nothing can be promised about k of them; name the field with --user FIELD, "
        + "or state --unit conversation to count each conversation as a person of its own"
    case .nothingLeft(let count):
      "every conversation was left out (\(Quantity.count(count))): none has a message of the sides that count "
        + "(--roles), or a label where one is needed"
    case .noSuchField(let name, let known):
      "no record has the field '\(name)' (--facet)\(Self.hint(name, known))"
    case .noScalarField(let name, let known):
      "the field '\(name)' holds lists or objects, and a facet is one string, number or boolean; name a field "
        + "inside it\(Self.hint(name, known))"
    case .workspace(let path, let error):
      "cannot use the work folder \(path): \(error.text); give another with --work"
    case .tooFewAddresses(let limit, let need):
      "this needs about \(Quantity.bytes(Double(need))) of memory and its addresses, and 'ulimit -v' leaves it "
        + "\(Quantity.bytes(Double(limit))); give it more, or fewer --threads; a run goes on with --resume from what an "
        + "earlier one has kept"
    case .memoryRanOut: "memory ran out, by a limit of the system or for want of it"
    case .tooLittleMemory(let limit, let need):
      "the run needs about \(Quantity.bytes(Double(need))) of memory at least, and --memory gives it "
        + "\(Quantity.bytes(Double(limit))); give it more, or a part of the log"
    case .encoding: "the summary could not be written as JSON"
    case .unreadableModel(let path): "cannot read the model \(path)"
    case .noComparison(let path):
      "\(path) is not what 'throng compare --json' printed of a comparison with the older bundle; leave --ids out"
    case .noRules(let bundle):
      "\(bundle) holds no release.json that states its rules; name the folder of a bundle"
    }
  }

  /// The bytes of a classifier's model.
  static func model(at path: String) throws(EngineFailure) -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else { throw .unreadableModel(path: path) }
    return [UInt8](data)
  }

  /// What fields there are, and which of them somebody may have meant.
  static func hint(_ name: String, _ known: [String]) -> String {
    if known.isEmpty { return "; the first records have no field that could be a facet" }
    let inside = known.filter { $0.hasPrefix(name + ".") || $0.hasSuffix("." + name) }
    let meant = inside.first ?? Suggestion.closest(to: name, among: known)
    let listed = known.prefix(12).joined(separator: ", ") + (known.count > 12 ? ", …" : "")
    return (meant.map { "; did you mean '\($0)'?" } ?? ";") + " The first records have \(listed)"
  }

  var exitStatus: Int32 {
    switch self {
    case .noUsers, .nothingLeft, .noRules, .unreadableModel, .noComparison, .noSuchField, .noScalarField:
      ExitCode.inputUnusable.rawValue
    case .workspace(_, let error) where [ENOTDIR, ENOENT].contains(error.code): ExitCode.usage.rawValue
    case .tooLittleMemory: ExitCode.usage.rawValue
    case .memoryRanOut, .tooFewAddresses: ExitCode.partial.rawValue
    case .workspace, .encoding: ExitCode.internalFailure.rawValue
    }
  }
}

extension FeatureOptions {
  /// What the features say about clustering; the tree's part is added by the caller.
  func clusteringSettings(seed: UInt64, restarts: Int, kMeans: KMeansOptions) -> ClusteringSettings {
    var settings = ClusteringSettings()
    settings.text.columnBits = columnBits
    settings.text.bigrams = bigrams
    settings.minimumColumnUsers = minimumColumnUsers
    settings.dimensions = dimensions
    settings.seed = seed
    settings.restarts = restarts
    settings.start = kMeans.start
    settings.algorithm = kMeans.algorithm
    return settings
  }
}
