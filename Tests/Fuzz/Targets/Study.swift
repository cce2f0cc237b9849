import Throng
import ThrongCommands
import ThrongCore

/// A study file, its settings as flags, and its facets.
func readStudy(_ input: [UInt8]) {
  do {
    let study = try Study(bytes: input, folder: "/nowhere")
    _ = try StudyOptions().merged(with: study)
    _ = try StudyPlan(study, standard: [".turns"])
  } catch let error as any ThrongFailure {
    precondition(!error.message.isEmpty)
  } catch {
    preconditionFailure("an error that is nobody's")
  }
}

enum StudyWords {
  static let all = [
    "{", "}", "[", "]", ":", ",", "\"", "'", "//", "/*", "*/", "\\u{", "\\ud83d\\ude00", "\\\n", "0x", "+",
    "-", ".5", "1e300",
    "-1e15", "true", "null", "NaN", "name", "facets", "rule", "where", "facet", "all", "any", "not",
    "at_least", "in",
    "screen", "keep", "drop", "segments", "cluster", "statistics", "share", "mean", "difference", "between",
    "trend",
    "by", "week", "of", "range", "review", "privacy", "outputs", "clusters", "input", "taxonomy",
    "classifier", "threshold",
    "field", "values", "computed", ".turns", ".sentiment", ".language", "sensitive", "count", "resamples",
    "k", "seed",
    "policy", "epsilon", "paths", "format", "map", "redaction", "never_show",
  ]
}
