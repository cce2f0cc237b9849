import Testing
import ThrongClustering
import ThrongCommands
import ThrongIngest
import ThrongPrivacy

@Suite struct ParsingTests {
  @Test func everyFlagOfRunArrives() throws {
    let line = """
      a.jsonl - --out o --format messages --map text=body,user=author,time=sent --max-bad 2.5% --policy public \
      --min-users 30 --min-conversations 60 --min-term-users 12 --max-per-user 4 --roles human,assistant \
      --columns 20 --no-bigrams --min-column-users 3 --dimensions 64 --clusters 500 --levels 10,100 \
      --linkage average --restarts 3 --start chain --algorithm nested --seed 9 --secret-file s --work w --threads 2 --force --json -n -q
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
    expected.features.roles = [.human, .assistant]
    expected.features.columnBits = 20
    expected.features.bigrams = false
    expected.features.minimumColumnUsers = 3
    expected.features.dimensions = 64
    expected.tree.clusters = 500
    expected.tree.levels = [10, 100]
    expected.tree.linkage = .average
    expected.tree.restarts = 3
    expected.tree.kMeans.start = .markovChain(length: 200)
    expected.tree.kMeans.algorithm = .nestedMiniBatch(rowsPerCluster: 16)
    expected.seed = 9
    expected.secretFile = "s"
    expected.work = "w"
    expected.process.threads = 2
    expected.force = true
    expected.json = true
    expected.dryRun = true
    expected.process.quiet = true
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
    let options = try #require(try RunCommand.syntax.options(line))
    #expect(options.inputs == ["a"])
    #expect(options.output == "o")
    #expect(options.dryRun && options.quiet)
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
    let conversations = try #require(try InspectCommand.syntax.options("a --unit conversation"))
    #expect(conversations.gate.thresholds.unit == .conversation)
    #expect(conversations.gate.thresholds.minimumUsers == Policy.internal.minimumUsers)
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
    ("-n", .missingArgument("INPUT")),
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
  ]

  @Test(arguments: cases) func eachMistakeHasItsReason(line: String, reason: UsageFailure.Reason) {
    #expect(RunCommand.syntax.failure(line.split(separator: " ").map(String.init)) == reason)
  }

  @Test(arguments: [
    "--columns 9", "--columns 25", "--columns x", "--columns 1e3", "--min-users 0", "--min-users 1",
    "--min-users -3", "--min-conversations 1", "--min-term-users 1", "--max-per-user 0", "--clusters 0",
    "--clusters many", "--clusters 99999999999999999999", "--levels 100,10", "--levels 10,10", "--levels 10,",
    "--levels 0", "--levels ten", "--linkage median", "--roles human,human", "--roles human,", "--roles bot",
    "--policy open", "--unit message", "--dimensions 1", "--dimensions on", "--restarts 0", "--threads 0",
    "--start ward3", "--start=", "--algorithm fast",
    "--format xml", "--seed -1", "--seed 1.5", "--seed 18446744073709551616", "--max-bad 101", "--max-bad -1",
    "--max-bad nan",
    "--max-bad 0x1", "--max-bad %", "--map text", "--map text=", "--map body=text", "--map text=a,text=b",
    "--map text=a,", "--user=", "--out=", "--format=", "--secret-file=", "--work=",
  ])
  func badValuesAreNamed(line: String) throws {
    let words = line.split(separator: " ").map(String.init)
    let reason = try #require(RunCommand.syntax.failure(["a", "-n"] + words))
    guard case .badValue(let flag, let value, let expected) = reason else {
      Issue.record("\(line): \(reason)")
      return
    }
    #expect(line.hasPrefix(flag))
    #expect(line.hasSuffix(value))
    #expect(!expected.isEmpty)
  }

  @Test(arguments: [
    "--user u --map user=v", "--unit conversation --user u", "--unit conversation --map user=u",
    "--unit conversation --max-per-user 5", "--out w --work w",
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
