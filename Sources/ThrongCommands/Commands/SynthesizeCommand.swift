package import ThrongCore

/// What `throng synthesize` was asked for.
package struct SynthesizeOptions: CommandOptions, Equatable {
  package var conversations = 3000
  package var seed: UInt64 = 1
  /// The file of the conversations; `-` is standard output.
  package var output = "-"
  /// The file of the ground truth; nil writes none.
  package var truth: String?
  /// Whether files that are there are replaced.
  package var force = false
  /// Share of affective conversations to plant, 0...1; nil plants none.
  package var affectiveShare: Double?
  /// Whether the answer of a rehearsal is JSON; the corpus is JSON Lines anyway.
  package var json = false
  package var dryRun = false
  package var process = ProcessOptions()

  package init() {}
}

/// `throng synthesize`.
package enum SynthesizeCommand: Command {
  package static let syntax = CommandSyntax<SynthesizeOptions>(
    name: "synthesize",
    summary: "Write a corpus of any size with planted topics",
    usage: "[FLAGS]",
    discussion: """
      Writes invented conversations as JSON Lines, with topics, users and personal data planted in them, and on \
      demand the truth about what was planted. The same seed gives the same bytes.
      """,
    groups: [
      FlagGroup(
        "Corpus",
        [
          .value(
            "conversations", "N", to: \.conversations, .whole(1...1_000_000_000), "How many conversations."),
          .value("seed", "N", to: \.seed, .seed, "Seed of every random choice."),
          .value(
            "affective", "PERCENT", to: \.affectiveShare, ValueParser.percent.orNil("none"),
            "Plant so many conversations of an affective-use study among the others, such as 2.9, with known shares of types, "
              + "changes of mood and rates of declining answers, which the truth states; none plants none."),
        ]),
      FlagGroup(
        "Output",
        [
          .value(
            "output", short: "o", "FILE|-", to: \.output, output,
            "File of the conversations."),
          .value(
            "truth", "FILE", to: \.truth, ValueParser.file().unlessGiven(nil),
            "File for what was planted."),
          .toggle("force", sets: \.force, to: true, "Replace files that are there."),
          .toggle("json", sets: \.json, to: true, "Print what --dry-run says, and errors, as JSON."),
          .dryRun(\.dryRun),
        ]),
      FlagGroup("Run", ProcessOptions.flags.within(\.process)),
    ],
    examples: [
      Example("throng synthesize --output log.jsonl --truth truth.json", "The like of the shipped corpus:"),
      Example(
        "throng synthesize --conversations 20000 --affective 20 --output log.jsonl --truth truth.json",
        "One to hold the affective study against:"),
      Example(
        "throng synthesize --conversations 4500000 --output big.jsonl -n", "See what a large one would take:"),
      Example("throng synthesize --conversations 50000 --seed 7 | zstd > big.jsonl.zst", "A larger one:"),
    ],
    check: { options, _ in
      if options.truth == "-" {
        return .conflict("--truth needs a file; standard output is for the conversations")
      }
      return options.truth == options.output
        ? .conflict("--output and --truth name the same file; each needs its own") : nil
    })

  private static let output = ValueParser<String>(expected: "a file, or - for standard output", hint: .file) {
    text in
    text.isEmpty ? nil : text
  } describe: {
    $0 == "-" ? "standard output" : $0
  }

  package static func run(
    _ options: SynthesizeOptions, in context: CommandContext, engine: any Engine
  ) throws -> ExitCode {
    try engine.synthesize(options, in: context)
  }
}
