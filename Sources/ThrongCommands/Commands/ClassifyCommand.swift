package import ThrongCore

/// What `throng classify` was asked for.
package struct ClassifyOptions: CommandOptions, Equatable {
  /// Paths; `-` is standard input. At least one.
  package var inputs: [String] = []
  /// The file of the model.
  package var model = ""
  /// The least chance of the likeliest class that is an answer.
  package var abstain = 0.5
  /// The private file of the answers.
  package var predictions: String?
  /// Conversations listed for people to look at, at most.
  package var review = 0
  /// The private folder of the list.
  package var work: String?
  package var force = false
  /// Whether what --dry-run says is JSON.
  package var json = false
  package var dryRun = false
  package var input = InputOptions()
  package var process = ProcessOptions()

  package init() {}
}

/// `throng classify`.
package enum ClassifyCommand: Command {
  package static let syntax = CommandSyntax<ClassifyOptions>(
    name: "classify",
    summary: "Apply a classifier to a log, privately",
    usage: "INPUT… --model FILE [--predictions FILE] [--review N --work DIR] [FLAGS]",
    discussion: """
      Writes the answer for each conversation by its position, or lists the conversations that the model is least sure \
      of for people to look at. Both are about single conversations: they are readable by their owner only, hold no text, \
      and nothing of them is printed. What may be published goes through 'throng run --classifier FILE'.
      """,
    positional: Positional(
      "INPUT", count: 1 ... .max, to: \.inputs,
      "Log to read: JSON Lines or a JSON array, plain, gzip or zstd; - is standard input."),
    groups: [
      FlagGroup(
        "Output",
        [
          .value("model", "FILE", to: \.model, .file(), "Model of throng train. Needed."),
          .value(
            "predictions", "FILE", to: \.predictions, ValueParser.file().unlessGiven(nil),
            "Write a CSV of input, position, class and chance there."),
          .toggle("force", sets: \.force, to: true, "Replace predictions that are there."),
          .toggle("json", sets: \.json, to: true, "Print what --dry-run says, and errors, as JSON."),
          .dryRun(\.dryRun),
          .value(
            "review", "N", to: \.review, .whole(0...1_000_000),
            "List the N conversations whose answer is nearest to the threshold in the folder of --work."),
          .value(
            "work", "DIR", to: \.work, ValueParser.folder().unlessGiven(nil),
            "Private folder of the list, and of the log of who wrote it when."),
          .value(
            "abstain", "CHANCE", to: \.abstain, .decimal(0...1, as: "a number from 0 to 1"),
            "Give no answer where the likeliest class has a smaller chance."),
        ]),
      FlagGroup("Input", InputOptions.flags.within(\.input)),
      FlagGroup("Run", ProcessOptions.flags.within(\.process)),
    ],
    examples: [
      Example(
        "throng classify log.jsonl --model kind.model --predictions kinds.csv",
        "An answer for each conversation:",
        notRun: "it needs a model"),
      Example(
        "throng classify log.jsonl --model kind.model --abstain 0.7 --review 100 --work work",
        "A list for people to look at:",
        notRun: "it needs a model"),
    ],
    check: { options, given in
      if !given.contains("model") { return .missingFlag("--model", placeholder: "FILE") }
      if options.predictions == nil, options.review == 0 {
        return .conflict("nothing to write: give --predictions FILE or --review N")
      }
      if (options.review > 0) != (options.work != nil) { return .conflict("--review and --work go together") }
      return options.input.conflict()
    })

  package static func run(
    _ options: ClassifyOptions, in context: CommandContext, engine: any Engine
  ) throws -> ExitCode {
    try engine.classify(options, in: context)
  }
}
