package import ThrongCore
package import ThrongIngest

/// What `throng train` was asked for.
package struct TrainOptions: CommandOptions, Equatable {
  /// How much each class counts.
  package enum ClassWeight: String, Sendable, CaseIterable {
    /// Every conversation the same.
    case none
    /// Every class the same together.
    case balanced
  }

  /// Paths; `-` is standard input. At least one.
  package var inputs: [String] = []
  /// The field that holds the label.
  package var label = ""
  package var ignoredLabels: [String] = []
  /// The file of the model.
  package var model: String?
  package var force = false
  package var json = false
  package var dryRun = false
  /// nil chooses by cross-validation.
  package var c: Double? = 10
  package var classWeight = ClassWeight.none
  package var folds = 5
  /// The field whose values are held out together; nil holds users out together.
  package var group: String?
  package var roles: Set<Role> = [.human]
  package var columnBits = 18
  package var bigrams = true
  /// Whether words of grammar count too.
  package var keepsFunctionWords = true
  package var minimumColumnUsers = 2
  package var input = InputOptions()
  package var seed: UInt64 = 1
  package var secretFile: String?
  package var process = ProcessOptions()

  package init() {}
}

/// `throng train`.
package enum TrainCommand: Command {
  package static let syntax = CommandSyntax<TrainOptions>(
    name: "train",
    summary: "Train a classifier on a labelled log",
    usage: "INPUT… --label FIELD [--model FILE] [FLAGS]",
    discussion: """
      Trains a logistic regression on hashed words and says how good it is: each part of the log is predicted by a \
      model that has not seen it, nor any of its users. The model is private: it holds no word, but whoever has it can \
      test whether a word was used. What is printed is about the labelled log and has passed no gate.
      """,
    positional: Positional(
      "INPUT", count: 1 ... .max, to: \.inputs,
      "Log to read: JSON Lines or a JSON array, plain, gzip or zstd; - is standard input."),
    groups: [
      FlagGroup(
        "Output",
        [
          .value(
            "model", "FILE", to: \.model, ValueParser.file().unlessGiven(nil),
            "Write the model there, for its owner only. Without it the model is tried, not kept."),
          .toggle("force", sets: \.force, to: true, "Replace a model that is there."),
          .toggle("json", sets: \.json, to: true, "Print the scores as JSON."),
          .dryRun(\.dryRun),
        ]),
      FlagGroup(
        "Labels",
        [
          .value("label", "FIELD", to: \.label, .text("the name of a field"), "Field of the label. Needed."),
          .list(
            "ignore-label", "VALUE", to: \.ignoredLabels, .text("a label"),
            "Leave out records with this label."),
          .value(
            "class-weight", "WEIGHT", to: \.classWeight, .anyCase,
            "Whether every conversation counts the same (none), or every class (balanced)."),
        ]),
      FlagGroup(
        "Validation",
        [
          .value("folds", "N", to: \.folds, .whole(2...20), "Parts that are held out in turn."),
          .value(
            "group", "FIELD", to: \.group, ValueParser.text("the name of a field").unlessGiven("the user"),
            "Hold out all conversations of one value together, such as an origin; a class that lies in one value alone is "
              + "divided by users."),
          .value(
            "c", "C|auto", to: \.c,
            ValueParser.decimal(0.0001...1_000_000, as: "a number from 0.0001 to 1000000").orNil("auto"),
            "Inverse strength of the penalty; auto takes that of the least held-out log loss."),
        ]),
      FlagGroup("Input", InputOptions.flags.within(\.input)),
      FlagGroup(
        "Features",
        [
          .value(
            "roles", "LIST", to: \.roles, .choices(FeatureOptions.roleNames),
            "Whose messages count: \(oneOf(FeatureOptions.roleNames.map(\.name))), or several joined by commas."
          ),
          .value(
            "columns", "BITS", to: \.columnBits, .whole(10...24),
            "Features are hashed into 2 to the power of BITS columns, 10 to 24."),
          .toggle("no-bigrams", sets: \.bigrams, to: false, "Use single words only, no pairs of neighbours."),
          .toggle(
            "no-function-words", sets: \.keepsFunctionWords, to: false,
            "Leave out words of grammar, as clustering does."),
          .value(
            "min-column-users", "N", to: \.minimumColumnUsers, .whole(1 ... .max),
            "Learn from no word that fewer than N users use."),
        ]),
      FlagGroup(
        "Run",
        [
          .value("seed", "N", to: \.seed, .seed, "Seed of every random choice."),
          .value(
            "secret-file", "FILE", to: \.secretFile,
            ValueParser.file().unlessGiven("throng/secret under XDG_STATE_HOME or ~/.local/state"),
            "Key that the model's own key is derived from."),
        ] + ProcessOptions.flags.within(\.process)),
    ],
    examples: [
      Example(
        "throng train labelled.jsonl --label kind --model kind.model", "Train, validate and keep a model:",
        notRun: "it needs labels"),
      Example(
        "throng train mix.jsonl --label truth --group origin --c auto", "Try it on unseen origins:",
        notRun: "it needs labels"),
    ],
    check: { options, given in
      given.contains("label") ? options.input.conflict() : .missingFlag("--label", placeholder: "FIELD")
    })

  package static func run(
    _ options: TrainOptions, in context: CommandContext, engine: any Engine
  ) throws -> ExitCode {
    try engine.train(options, in: context)
  }
}
