import Testing
import ThrongCore
import Throng
import ThrongClustering
import ThrongCommands
import ThrongFacets
import ThrongIngest
import ThrongPrivacy

@Suite struct ParsingTests {
  @Test func everyFlagOfRunArrives() throws {
    let line = """
      a.jsonl - --out o --format messages --map text=body,user=author,time=sent --max-bad 2.5% --policy public \
      --min-users 30 --min-conversations 60 --min-term-users 12 --max-per-user 4 --threshold-gap 6 --roles human,assistant \
      --columns 20 --no-bigrams --min-column-users 3 --dimensions 64 --clusters 500 --levels 10,100 \
      --levels-by sizes --linkage average --restarts 3 --start chain --algorithm nested --seed 9 --secret-file s --work w --resume --keep-work --memory 8G --threads 2 --force --json -n
      """
    var expected = RunOptions()
    expected.inputs = ["a.jsonl", "-"]
    expected.output = "o"
    expected.input.format = "messages"
    expected.input.mapping = ["text": "body", "user": "author", "time": "sent"]
    expected.input.maximumBadShare = 0.025
    expected.gate.policy = .public
    expected.gate.minimumUsers = 30
    expected.gate.minimumConversations = 60
    expected.gate.minimumTermUsers = 12
    expected.gate.maximumPerUser = 4
    expected.gate.thresholdGap = 6
    expected.features.roles = [.human, .assistant]
    expected.features.columnBits = 20
    expected.features.bigrams = false
    expected.features.minimumColumnUsers = 3
    expected.features.dimensions = 64
    expected.tree.clusters = 500
    expected.tree.levels = [10, 100]
    expected.tree.levelRule = .sizes
    expected.tree.linkage = .average
    expected.tree.restarts = 3
    expected.tree.kMeans.start = .markovChain(length: 200)
    expected.tree.kMeans.algorithm = .nestedMiniBatch(rowsPerCluster: 16)
    expected.seed = 9
    expected.secretFile = "s"
    expected.work = "w"
    expected.resumes = true
    expected.keepsWork = true
    expected.memory = 8 << 30
    expected.process.threads = 2
    expected.force = true
    expected.json = true
    expected.dryRun = true
    #expect(try RunCommand.syntax.options(line) == expected)
  }

  @Test func wordsStandForNil() throws {
    let options = try RunCommand.syntax.options(
      "a -o o --format auto --dimensions off --clusters auto --levels auto --min-column-users auto --threads all"
    )
    var expected = RunOptions()
    expected.inputs = ["a"]
    expected.output = "o"
    expected.features.dimensions = nil
    #expect(options == expected)
  }

  @Test func theOtherCommandsTakeTheirFlags() throws {
    let inspect = try #require(
      try InspectCommand.syntax.options("a --unit conversation --json --min-users 5"))
    #expect(inspect.gate.unit == .conversation)
    #expect(inspect.json)
    #expect(inspect.gate.minimumUsers == 5)

    let evaluate = try #require(
      try EvaluateCommand.syntax.options("a --label l --ignore-label oos --ignore-label x --user u"))
    #expect(evaluate.label == "l")
    #expect(evaluate.ignoredLabels == ["oos", "x"])
    #expect(evaluate.input.userField == "u")
    #expect(evaluate.clusters == .labels)
    #expect(try EvaluateCommand.syntax.options("a --label l --clusters 7")?.clusters == .exactly(7))
    #expect(try EvaluateCommand.syntax.options("a --label l --clusters auto")?.clusters == .auto)
    #expect(try EvaluateCommand.syntax.options("a --label l --clusters planned")?.clusters == .planned)

    let synthesize = try #require(
      try SynthesizeCommand.syntax.options(
        "--conversations 10 --seed 18446744073709551615 -o f --truth t --force"))
    #expect(synthesize.conversations == 10)
    #expect(synthesize.seed == .max)
    #expect(synthesize.output == "f")
    #expect(synthesize.truth == "t")
    #expect(synthesize.force)
    #expect(try SynthesizeCommand.syntax.options("--output -")?.output == "-")
  }

  @Test(arguments: [
    "a -o o -nq", "a --out=o -n -q", "a -oo -qn", "a -o=o --quiet --dry-run", "-n -q -o o a", "-nqo o -- a",
    "a -o o -n -n -q", "a --out o -o o -n -q",
  ])
  func spellingsMeanTheSame(line: String) throws {
    var messages = MessageOptions()
    let words = line.split(separator: " ").map(String.init)
    guard case .run(let options) = try RunCommand.syntax.parse(words, messages: &messages) else {
      Issue.record("\(line) is taken for help")
      return
    }
    #expect(options.inputs == ["a"])
    #expect(options.output == "o")
    #expect(options.dryRun && messages.quiet)
  }

  @Test func twoDashesEndTheFlags() throws {
    let options = try #require(try RunCommand.syntax.options("-n -- --out --help - -x"))
    #expect(options.inputs == ["--out", "--help", "-", "-x"])
    #expect(options.output == nil)
  }

  @Test func attachedValuesMayBeAnything() throws {
    #expect(try RunCommand.syntax.options("a -n --user=--strange")?.input.userField == "--strange")
    #expect(try RunCommand.syntax.options("a -n --user=a=b")?.input.userField == "a=b")
  }

  @Test(arguments: ["--help", "-h", "a --nonsense --help", "a --columns 99 -h"])
  func helpWinsOverMistakes(line: String) throws {
    #expect(try RunCommand.syntax.options(line) == nil)
  }

  @Test(arguments: [("1%", 0.01), ("1", 0.01), ("0", 0), ("100%", 1), ("0.5%", 0.005), (".5", 0.005)])
  func percentages(text: String, share: Double) throws {
    #expect(try RunCommand.syntax.options("a -n --max-bad \(text)")?.input.maximumBadShare == share)
  }
}

@Suite struct OptionTests {
  @Test func thresholdsAreThePolicysUnlessGiven() throws {
    let plain = try #require(try RunCommand.syntax.options("a -n --policy public"))
    #expect(plain.gate.thresholds == .public)
    let changed = try #require(
      try RunCommand.syntax.options(
        "a -n --policy public --min-users 30 --max-per-user 3 --min-term-users 11"))
    var expected = Policy.public
    expected.minimumUsers = 30
    expected.maximumPerUser = 3
    expected.minimumTermUsers = 11
    #expect(changed.gate.thresholds == expected)
    let noised = try #require(
      try RunCommand.syntax.options(
        "a -n --policy differential --epsilon 0.25 --delta 1e-7 --cells-per-user 2 --min-users 30"))
    expected = Policy.differential
    (expected.minimumUsers, expected.minimumConversations) = (30, 30)
    expected.differential!.epsilonMillionths = 250_000
    expected.differential!.delta = 1e-7
    expected.differential!.cellsPerUser = 2
    #expect(noised.gate.thresholds == expected)
    _ = try noised.gate.thresholds.validated()
    for (text, millionths) in [
      ("1", 1_000_000), ("0.001", 1_000), ("100", 100_000_000), ("2.000001", 2_000_001),
    ] {
      let options = try RunCommand.syntax.options("a -n --policy differential --epsilon \(text)")
      #expect(options?.gate.epsilonMillionths == millionths)
    }
    let conversations = try #require(try InspectCommand.syntax.options("a --unit conversation"))
    #expect(conversations.gate.thresholds.unit == .conversation)
    #expect(conversations.gate.thresholds.minimumUsers == Policy.internal.minimumUsers)
  }

  @Test func facetsArePutTogether() throws {
    let options = try #require(
      try RunCommand.syntax.options(
        "a -n --facet plan --sensitive diagnosis --facet level --order level=low,mid,high --cross level,plan "
          + "--l-diversity 3 --t-closeness 0.1 --min-facet-users 12 --min-facet-conversations 20"))
    let plan = try options.facets.plan()
    #expect(
      plan.requests == [
        FacetRequest("plan"), FacetRequest("level", order: ["low", "mid", "high"]),
        FacetRequest("diagnosis", isSensitive: true), FacetRequest(".turns"), FacetRequest(".length"),
        FacetRequest(".language"),
      ])
    #expect(plan.crosses.count == 1 && plan.crosses[0] == (0, 1))
    var expected = Policy.internal
    (expected.minimumFacetUsers, expected.minimumFacetConversations) = (12, 20)
    (expected.lDiversity, expected.tCloseness) = (3, 0.1)
    #expect(options.gate.thresholds == expected)
    let bare = try #require(try RunCommand.syntax.options("a -n --only-named-facets --sensitive .month"))
    #expect(try bare.facets.plan().requests == [FacetRequest(".month", isSensitive: true)])
    let twice = try #require(
      try RunCommand.syntax.options("a -n --facet x --sensitive x --only-named-facets"))
    #expect(try twice.facets.plan().requests == [FacetRequest("x", isSensitive: true)])
  }

  @Test func facetsWithSettings() throws {
    var arguments =
      "a -n --only-named-facets --facet .hour --facet .sentiment --sensitive late --utc-offset -08:30 --session-gap 5"
      .split(separator: " ").map(String.init)
    arguments += ["--rule", "late=\"late fee\" OR delay*"]
    var messages = MessageOptions()
    guard case .run(let options) = try RunCommand.syntax.parse(arguments, messages: &messages) else {
      return #expect(Bool(false))
    }
    #expect(options.facets.utcOffset == -510 && options.facets.sessionGap == 5)
    let plan = try options.facets.plan()
    #expect(
      plan.requests == [
        FacetRequest(".hour"), FacetRequest(".sentiment", isSensitive: true),
        FacetRequest("late", isSensitive: true),
      ])
    #expect((0...2).map(plan.kind) == [.ordinal, .number, .flag])
  }

  /// Each says what is wrong and, where a slip is likely, what may be meant.
  @Test(arguments: [
    ("--facet plan --facet plan", "named twice"), ("--sensitive plan --sensitive plan", "named twice"),
    ("--facet .turn", "did you mean .turns?"),
    ("--facet plan --cross plan,plant", "--cross speaks of 'plant'"),
    ("--facet plan --cross paln,.turns", "did you mean plan?"),
    ("--facet plan --cross plan,plan", "two different facets"),
    ("--facet plan --order level=a,b", "--order speaks of 'level'"),
    ("--facet l --order l=a,b --order l=b,a", "two orders"),
    ("--facet l --order l=a,a", "stands there twice"),
    ("--facet l --order l=a,me@example.org", "can be no value"),
    ("--order .turns=1,2", "an order to '.turns'"),
    ("--l-diversity 3", "name one with --sensitive"), ("--only-named-facets --min-facet-users 9", "--facet"),
    ("--cross plan", "two facets joined by a comma"), ("--facet l --order l=a", "ascending order"),
    ("--rule late", "a name and a rule"),
    ("--rule late=(a", "column 1 of the rule: this bracket is not closed"),
    ("--rule .turns=a", "'.turns' is no facet"), ("--rule plan=a --facet plan", "named twice"),
    ("--rule late=a --cross late,plan", "--cross speaks of 'plan'"),
    ("--taxonomy /nowhere/t.json5", "cannot be opened"),
    ("--facet .hour --utc-offset 5", "from -14:00 to +14:00"),
    ("--facet .hour --utc-offset +14:30", "from -14:00 to +14:00"),
    ("--facet .session --session-gap 0", "a whole number from 1"), ("--facet a,b", "is no facet"),
    ("--sensitive d --t-closeness 1.5", "from 0 to 1"),
  ]) func slipsAreExplained(flags: String, expected: String) {
    let bench = Bench()
    #expect(bench.run("run a -n \(flags)") == 2)
    #expect(bench.messages.text.contains(expected), "\(bench.messages.text)")
  }

  @Test func theReaderIsToldEverything() throws {
    let options = try #require(
      try EvaluateCommand.syntax.options("a --label l --format text --map text=t --user u --max-bad 3"))
    let settings = options.input.readSettings(requiresUser: false, fields: ["l"])
    #expect(settings.format == "text")
    #expect(settings.mapping == ["text": "t"])
    #expect(settings.userField == "u")
    #expect(settings.maximumBadShare == 0.03)
    #expect(settings.fields == ["l"])
    #expect(!settings.requiresUser)
  }
}

@Suite struct ParsingFailureTests {
  static let cases: [(line: String, reason: UsageFailure.Reason)] = [
    ("-n", .missingArgument("INPUT", usage: "run INPUT… --out DIR [FLAGS]")),
    ("a", .missingFlag("--out", placeholder: "DIR")),
    ("a -o", .missingValue(flag: "-o", placeholder: "DIR")),
    ("a --out", .missingValue(flag: "--out", placeholder: "DIR")),
    ("a --user --json -n", .missingValue(flag: "--user", placeholder: "FIELD")),
    ("a --user -n", .missingValue(flag: "--user", placeholder: "FIELD")),
    ("a --min-user 4", .unknownFlag("--min-user", suggestion: "--min-users")),
    ("a --mni-users=4", .unknownFlag("--mni-users", suggestion: "--min-users")),
    ("a --zebra", .unknownFlag("--zebra", suggestion: nil)),
    ("a -x", .unknownFlag("-x", suggestion: nil)),
    ("a -nx", .unknownFlag("-x", suggestion: nil)),
    ("a -threads 2", .unknownFlag("-threads", suggestion: "--threads")),
    ("a --json=yes", .unexpectedValue(flag: "--json")),
    ("a -n=yes", .unexpectedValue(flag: "-n")),
    ("a --seed 1 --seed 2", .givenTwice(flag: "--seed", first: "1", second: "2")),
    ("a -o x --out y", .givenTwice(flag: "--out", first: "x", second: "y")),
    ("a b a -n", .repeatedArgument("INPUT", "a")),
    ("- b - -n", .repeatedArgument("INPUT", "-")),
    (
      "a -n --levels 10,100 --clusters 50",
      .conflict("--levels asks for 100 clusters and --clusters for a base of 50")
    ),
    ("a -n --levels-by gaps", .conflict("--levels-by gaps needs --levels")),
    (
      "a -n --levels-by gaps --levels 2,3",
      .conflict("--levels-by gaps takes one number, of levels, and --levels gives 2")
    ),
  ]

  @Test(arguments: cases) func eachMistakeHasItsReason(line: String, reason: UsageFailure.Reason) {
    #expect(RunCommand.syntax.failure(line.split(separator: " ").map(String.init)) == reason)
  }

  @Test(arguments: [
    "--columns 9", "--columns 25", "--columns x", "--columns 1e3", "--min-users 0", "--min-users 1",
    "--min-users -3", "--min-conversations 1", "--min-term-users 1", "--max-per-user 0", "--clusters 0",
    "--clusters many", "--clusters 99999999999999999999", "--levels 100,10", "--levels 10,10", "--levels 10,",
    "--levels 0", "--levels ten", "--linkage median", "--levels-by height", "--roles human,human",
    "--roles human,", "--roles bot",
    "--policy open", "--unit message", "--dimensions 1", "--dimensions on", "--restarts 0", "--threads 0",
    "--threshold-gap -1", "--threshold-gap 1001", "--epsilon 0", "--epsilon 101", "--epsilon 1e0",
    "--epsilon 0.0000001", "--epsilon .5", "--epsilon 1.", "--epsilon nan", "--delta 0", "--delta 0.1",
    "--delta nan", "--delta 0x1p-9", "--cells-per-user 0", "--cells-per-user 1001",
    "--start ward3", "--start=", "--algorithm fast",
    "--format xml", "--seed -1", "--seed 1.5", "--seed 18446744073709551616", "--max-bad 101", "--max-bad -1",
    "--max-bad nan",
    "--max-bad 0x1", "--max-bad %", "--map text", "--map text=", "--map body=text", "--map text=a,text=b",
    "--map text=a,", "--user=", "--out=", "--format=", "--secret-file=", "--work=",
  ])
  func badValuesAreNamed(line: String) throws {
    let words = line.split(separator: " ").map(String.init)
    let reason = try #require(RunCommand.syntax.failure(["a", "-n"] + words))
    guard case .badValue(let flag, let value, let expected, _) = reason else {
      Issue.record("\(line): \(reason)")
      return
    }
    #expect(line.hasPrefix(flag))
    #expect(line.hasSuffix(value))
    #expect(!expected.isEmpty)
  }

  @Test(arguments: [
    "--user u --map user=v", "--unit conversation --user u", "--unit conversation --map user=u",
    "--unit conversation --max-per-user 5", "--out w --work w", "--epsilon 1", "--policy public --delta 1e-6",
    "--cells-per-user 3", "--policy differential --min-conversations 60",
    "--policy differential --threshold-gap 8", "--policy differential --min-facet-conversations 9",
    "--policy differential --sensitive a", "--policy differential --facet .sentiment",
    "--policy differential --facet a --facet b --cross a,b",
  ])
  func flagsThatContradictEachOther(line: String) {
    let reason = RunCommand.syntax.failure("a -n \(line)".split(separator: " ").map(String.init))
    guard case .conflict(let text) = reason else {
      Issue.record("\(line): \(String(describing: reason))")
      return
    }
    #expect(text.contains("--"))
  }

  @Test func emptyArgumentsAreRefused() {
    #expect(RunCommand.syntax.failure(["", "-n"]) == .emptyArgument("INPUT"))
  }

  @Test func theOtherCommandsRefuseToo() {
    #expect(EvaluateCommand.syntax.failure(["a"]) == .missingFlag("--label", placeholder: "FIELD"))
    #expect(
      EvaluateCommand.syntax.failure(["a", "--lable", "l"]) == .unknownFlag("--lable", suggestion: "--label"))
    #expect(SynthesizeCommand.syntax.failure(["x"]) == .unexpectedArgument("x"))
    #expect(HelpCommand.syntax.failure(["run", "inspect"]) == .unexpectedArgument("inspect"))
    for line in [["--truth", "-"], ["--truth", "f", "-o", "f"]] {
      guard case .conflict = SynthesizeCommand.syntax.failure(line) else {
        Issue.record("\(line) was taken")
        continue
      }
    }
  }

  @Test func messagesSayWhereAndWhat() {
    let failure = UsageFailure(command: "run", .badValue(flag: "--columns", value: "9", expected: "a number"))
    #expect(failure.message == "run: --columns wants a number, not '9'")
    #expect(failure.hint == "See 'throng help run'.")
    #expect(failure.exitStatus == 2)
    let long = UsageFailure(command: nil, .unexpectedArgument(String(repeating: "x", count: 500)))
    #expect(long.message.count < 120)
  }
}

@Suite struct SuggestionTests {
  /// Worked out by hand.
  @Test(arguments: [
    ("", "", 0), ("abc", "abc", 0), ("abc", "", 3), ("", "ab", 2), ("abc", "abd", 1), ("abc", "acb", 1),
    ("kitten", "sitting", 3), ("ca", "abc", 3), ("linkage", "lineage", 1),
  ])
  func distances(first: String, second: String, expected: Int) {
    #expect(Suggestion.distance(first, second) == expected)
    #expect(Suggestion.distance(second, first) == expected)
  }

  @Test func theNearestWins() {
    let names = ["min-users", "min-term-users", "max-per-user", "out", "force"]
    #expect(Suggestion.closest(to: "min-uses", among: names) == "min-users")
    #expect(Suggestion.closest(to: "min-term", among: names) == "min-term-users")
    #expect(Suggestion.closest(to: "otu", among: names) == "out")
    #expect(Suggestion.closest(to: "output-folder", among: names) == nil)
    #expect(Suggestion.closest(to: "zz", among: names) == nil)
  }
}
