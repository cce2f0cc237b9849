package import ThrongCore

/// What `throng run` was asked for.
package struct RunOptions: CommandOptions, Equatable {
  /// Paths; `-` is standard input. At least one.
  package var inputs: [String] = []
  /// The folder of the bundle; nil only in a dry run.
  package var output: String?
  /// Addresses of the databases that get the release, too.
  package var destinations: [String] = []
  package var input = InputOptions()
  package var features = FeatureOptions()
  package var tree = TreeOptions()
  package var facets = FacetOptions()
  package var gate = GateOptions()
  package var seed: UInt64 = 1
  /// The file of the secret; nil is the default place.
  package var secretFile: String?
  /// The file of the ledger; nil is `throng-ledger.sqlite` beside the bundle, `none` is none.
  package var ledger: String?
  /// The private folder of the run; nil is `<output>.work`.
  package var work: String?
  /// Whether what an earlier run worked out is taken from the private folder.
  package var resumes = false
  /// Whether what was worked out stays there when the bundle is written.
  package var keepsWork = false
  /// Of a command that makes several bundles: stages stay until the last is made, and the command takes them away.
  package var isPartOfMore = false
  /// Bytes of memory at most; nil: what the system gives.
  package var memory: Int?
  /// Whether a bundle that is there is replaced.
  package var force = false
  /// Whether the summary on standard output is JSON.
  package var json = false
  /// Whether to stop once it is said what a run would do.
  package var dryRun = false
  package var process = ProcessOptions()

  package init() {}
}

/// `throng run`.
package enum RunCommand: Command {
  package static let syntax = CommandSyntax<RunOptions>(
    name: "run",
    summary: "Cluster conversation logs and write a gated release",
    usage: "INPUT… --out DIR [FLAGS]",
    discussion: """
      Reads conversation logs, finds the topics people share, and writes a bundle in which every number and \
      every word is shared by enough users. The same input, secret and seed give the same bytes, but for the noise of \
      --policy differential.
      """,
    positional: Positional(
      "INPUT", count: 1 ... .max, to: \.inputs,
      "Log to read: a file, a directory, a quoted pattern, or - for standard input. JSON Lines or JSON arrays, plain, "
        + "gzip or zstd."),
    groups: [
      FlagGroup(
        "Output",
        [
          .value(
            "out", short: "o", "DIR", to: \.output, ValueParser.folder().unlessGiven(nil),
            "Folder to write the bundle to. Needed, except with --dry-run."),
          .list(
            "to", "ADDRESS", to: \.destinations, .text("an address"),
            "PostgreSQL database that gets the release as well: postgres://user@host/database, the password in a file "
              + "named by PGPASSFILE or in PGPASSWORD. Again for more."),
          .toggle("force", sets: \.force, to: true, "Replace a bundle that is there."),
          .toggle("json", sets: \.json, to: true, "Print the summary as JSON."),
          .dryRun(\.dryRun),
        ]),
      FlagGroup("Input", InputOptions.flags.within(\.input)),
      FlagGroup("Facets", FacetOptions.flags.within(\.facets)),
      FlagGroup(
        "Privacy",
        (GateOptions.cellFlags + GateOptions.termFlags + GateOptions.facetFlags + GateOptions.budgetFlags)
          .within(\.gate)),
      FlagGroup("Features", FeatureOptions.flags.within(\.features)),
      FlagGroup("Clusters", TreeOptions.flags.within(\.tree)),
      FlagGroup("Run", processFlags),
    ],
    examples: [
      Example("throng run log.jsonl --out release", "Cluster a log:"),
      Example("zstdcat logs/*.zst | throng run - --out release", "Read standard input:"),
      Example("throng run log.jsonl --out release --policy public", "Publish to everyone:"),
      Example(
        "throng run log.jsonl --out release --to postgres://reports@localhost/reports",
        "Send it to a database, too:", notRun: "it needs a server"),
      Example(
        "throng run log.jsonl --out release --policy differential --epsilon 1 --delta 1e-6",
        "Noise the counts under a budget:"),
      Example(
        "throng run log.jsonl --out release --facet plan --facet .language --cross plan,.language",
        "Say of every topic who brings it up:"),
      Example(
        "throng run visits.jsonl --out release --sensitive diagnosis --facet severity --order severity=mild,severe",
        "Guard what would hurt, and order what has an order:"),
      Example(
        "throng run posts.jsonl --map text=body,user=author -n", "See what fields of other names would give:"),
    ],
    check: { options, given in
      if options.output == nil, !options.dryRun { return .missingFlag("--out", placeholder: "DIR") }
      if let output = options.output, output == options.work {
        return .conflict("--out and --work name the same folder; the bundle needs one of its own")
      }
      if options.gate.policy == .differential,
        options.facets.holdsSensitive || !options.facets.crosses.isEmpty
      {
        return .conflict(
          "--policy differential has no rule for sensitive and crossed facets; leave out --sensitive and --cross"
        )
      }
      return options.input.conflict() ?? options.facets.conflict(given) ?? options.gate.conflict(
        options.input) ?? options.tree.conflict() ?? conflict(options)
        ?? TreeOptions.conflict(base: options.tree.base, features: options.features)
    })

  /// How a run uses the machine, and the private files that it keeps.
  static let processFlags: [Flag<RunOptions>] =
    [
      .value("seed", "N", to: \.seed, .seed, "Seed of every random choice."),
      .value(
        "secret-file", "FILE", to: \.secretFile,
        ValueParser.file().unlessGiven(
          "throng/secret under XDG_STATE_HOME or ~/.local/state, made on first use"),
        "Key of the hashes, at least \(SecretFile.minimumBytes) bytes."),
      .value(
        "ledger", "FILE|none", to: \.ledger,
        ValueParser.file("a file or none").unlessGiven("throng-ledger.sqlite beside the bundle"),
        "Private list of releases, against which this one is compared; none compares with nothing."),
      .value(
        "work", "DIR", to: \.work,
        ValueParser.folder().unlessGiven(
          "DIR.work beside the bundle"),
        "Private folder of the run: what is worked out so far, sealed with the secret and removed at the end, and "
          + "quarantine.json, the positions of records that were set aside."),
      .toggle(
        "resume", sets: \.resumes, to: true,
        "Go on where an earlier run of the same log and settings was killed, or begin where there was none. The bundle is the "
          + "same as if nothing had happened."),
      .toggle(
        "keep-work", sets: \.keepsWork, to: true,
        "Leave what was worked out in the private folder, for --resume with other settings of clusters and thresholds."
      ),
      .value(
        "memory", "SIZE|auto", to: \.memory, ValueParser.memory.orNil("auto"),
        "Memory to use at most, such as 8G; auto is what the system gives. A run that cannot do with so little is "
          + "refused, or stops and can be resumed."),
    ] + ProcessOptions.flags.within(\.process)

  /// Options of different groups that cannot hold together.
  private static func conflict(_ options: RunOptions) -> UsageFailure.Reason? {
    if options.gate.policy == .differential, options.tree.stabilitySamples > 0 {
      return .conflict(
        "--stability says exact things of all conversations, which --policy differential must not")
    }
    if options.gate.epsilonTotalMillionths != nil, options.ledger == "none" {
      return .conflict("--epsilon-total adds up what the ledger knows, and --ledger none keeps none")
    }
    return nil
  }

  package static func run(
    _ options: RunOptions, in context: CommandContext, engine: any Engine
  ) throws -> ExitCode {
    try engine.run(options, in: context)
  }
}
