internal import ThrongCore

/// Why a log cannot be read.
///
/// Messages name inputs as they were given, settings and counts; never anything that a record says.
package enum IngestFailure: ThrongFailure {
  // How it was asked for: exit 2.
  case noInput
  case standardInputTwice
  case sameInput(first: String, second: String)
  case unknownFormat(name: String, known: [String])
  case badMapping(String)
  case badSetting(String)
  case deepPattern(String)

  // What was found: exit 3.
  case missing(input: String)
  case directory(input: String)
  case noFiles(directory: String)
  case noMatch(pattern: String)
  case noPermission(input: String)
  case empty(input: String)
  case unreadable(input: String, reason: String)
  case unsupportedCompression(input: String, name: String)
  case unrecognised(input: String, records: Int, faults: FaultCounts, known: [String])
  case ambiguous(formats: [String])
  case mixedFormats(input: String, format: String, own: String?)
  case alreadyRead(input: String)
  /// Somebody wrote to it while it was read.
  case changed(input: String)
  case nothingKept(ReadReport)
  case tooManyFaults(ReadReport, maximumShare: Double)
  case noSpace(reason: String)

  package var exitStatus: Int32 {
    switch self {
    case .noInput, .standardInputTwice, .sameInput, .unknownFormat, .badMapping, .badSetting, .deepPattern:
      ExitCode.usage.rawValue
    default:
      ExitCode.inputUnusable.rawValue
    }
  }

  package var message: String {
    switch self {
    case .noInput:
      return "no input given; name one or more files, or - for standard input"
    case .standardInputTwice:
      return "standard input (-) is named more than once; name it once"
    case .sameInput(let first, let second):
      return "\(Self.shown(first)) and \(Self.shown(second)) are the same file, whose conversations would be "
        + "counted twice; name it once"
    case .unknownFormat(let name, let known):
      return "there is no format '\(name)'; known formats: \(known.joined(separator: ", "))"
    case .badMapping(let reason):
      return
        "--map: \(reason); write it as text=FIELD,user=FIELD,time=FIELD,id=FIELD,messages=FIELD,role=FIELD with dots "
        + "for nested fields and [] for lists"
    case .badSetting(let reason):
      return reason
    case .missing(let input):
      return "\(input): no such file; check the name"
    case .directory(let input):
      return "\(input) is a directory and cannot be read as a file"
    case .noFiles(let directory):
      return
        "\(directory) holds no log: looked for files that end in \(InputList.suffixes.joined(separator: ", ")), "
        + "with .gz or .zst behind it or not; name other files one by one"
    case .noMatch(let pattern):
      return "no file matches \(pattern)"
    case .deepPattern(let pattern):
      return "\(pattern): ** is not understood; name the directory, which is read with all that is below it"
    case .noPermission(let input):
      return "\(input): no permission to read it"
    case .empty(let input):
      return "\(Self.shown(input)) is empty; give a log with at least one conversation"
    case .unreadable(let input, let reason):
      return "\(Self.shown(input)) cannot be read: \(reason)"
    case .unsupportedCompression(let input, let name):
      return
        "\(Self.shown(input)) is compressed with \(name); only gzip and zstd are read: decompress it and pipe it in as -"
    case .unrecognised(let input, let records, let faults, let known):
      let found = faults.total > 0 ? " (\(faults.summary))" : ""
      let hint =
        faults[.invalidJSON] == records
        ? "a record has to stand on one line, which 'jq -c .' sees to"
        : "--map text=FIELD says where the text is"
      return "\(Self.shown(input)): none of the first \(records) records fits a known format\(found); "
        + "known formats: \(known.joined(separator: ", ")); \(hint)"
    case .ambiguous(let formats):
      return "the input fits several formats equally well (\(formats.joined(separator: ", "))); "
        + "choose with --format"
    case .mixedFormats(let input, let format, let own):
      let found = own.map { "fits format '\($0)' and not" } ?? "does not fit format"
      return "\(Self.shown(input)) \(found) '\(format)' as the other inputs do; "
        + "run inputs of different formats apart"
    case .alreadyRead(let input):
      return "\(Self.shown(input)) is a stream and was read already; it cannot be read twice"
    case .changed(let input):
      return
        "\(Self.shown(input)) was changed during the run, so that what was read never stood there as a whole; wait "
        + "until nobody writes to it, or give a copy"
    case .nothingKept(let report):
      return "no record could be used: \(Self.account(report))"
    case .tooManyFaults(let report, let share):
      return "too many bad records: \(Self.account(report)); "
        + "at most \(Self.percent(share)) may be bad (--max-bad)"
    case .noSpace(let reason):
      return "records could not be put together: the folder for temporary files (TMPDIR) fails: \(reason)"
    }
  }

  private static func shown(_ input: String) -> String { input == "-" ? "standard input" : input }

  private static func account(_ report: ReadReport) -> String {
    let passedOver = report.passedOver > 0 ? ["\(report.passedOver) without words of people"] : []
    let parts = (report.quarantined > 0 ? [report.counts.summary] : []) + passedOver
    return "of \(report.records) read, \(parts.joined(separator: ", "))"
  }

  /// A share as a percentage with at most two decimals.
  private static func percent(_ share: Double) -> String {
    let hundredths = Int((share * 10_000).rounded())
    let (whole, rest) = hundredths.quotientAndRemainder(dividingBy: 100)
    if rest == 0 { return "\(whole) %" }
    return rest % 10 == 0 ? "\(whole).\(rest / 10) %" : "\(whole).\(rest < 10 ? "0" : "")\(rest) %"
  }
}
