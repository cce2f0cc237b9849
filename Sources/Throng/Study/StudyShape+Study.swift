/// The settings of a study file. The first member of each alternative tells it from the others.
extension StudyShape {
  static let study = StudyShape.object([
    .init("$schema", .text, "Where this schema lies, for editors; not read"),
    .init("name", .text, needed: true, "What the study is called"),
    .init("about", .text, "What it asks, for whoever reads the file"),
    .init("input", .object(input), "The log and how it is read"),
    .init(
      "redaction", .object(redaction),
      "What is taken out beyond addresses, numbers and the like, which always are"),
    .init("facets", .names(.reference("facet")), "Properties of conversations, by name"),
    .init("screen", .list(.reference("step"), atLeast: 0), "What is kept and dropped, step by step"),
    .init("segments", .names(.reference("segment")), "Parts of what is kept, which may overlap"),
    .init("clusters", .object(clusters), "The topics of all that is kept"),
    .init("count", .list(.text, atLeast: 0), "Facets that are counted in every topic"),
    .init("statistics", .list(.reference("statistic"), atLeast: 0), "What is estimated, with 95 % intervals"),
    .init(
      "review", .names(.reference("lane")),
      "What people are to look at: lists positions in the private workspace"),
    .init("privacy", .object(privacy), "The thresholds of the release"),
    .init("outputs", .object(outputs), "Where the results go"),
  ])

  static let named: [String: StudyShape] = [
    "predicate": .oneOf(
      [
        [
          .init("facet", .text, needed: true, "The facet that is looked at"),
          .init("is", .scalar, "Its value is this"),
          .init("in", .list(.scalar, atLeast: 1), "Its value is one of these"),
          .init("at_least", .number(-1e15...1e15), "Its number is this or more"),
          .init("at_most", .number(-1e15...1e15), "Its number is this or less"),
          .init("above", .number(-1e15...1e15), "Its number is more than this"),
          .init("below", .number(-1e15...1e15), "Its number is less than this"),
          .init("known", .flag, "It has a value, or has none"),
        ],
        [.init("all", .list(.reference("predicate"), atLeast: 1), needed: true, "All of these hold")],
        [.init("any", .list(.reference("predicate"), atLeast: 1), needed: true, "One of these holds")],
        [.init("not", .reference("predicate"), needed: true, "This does not hold")],
      ], orText: true),
    "facet": .oneOf(
      [
        [
          .init("field", .text, needed: true, "A field of the log"),
          .init(
            "values", .list(.text, atLeast: 1), needed: true,
            "Its values, in ascending order where they have one; others count as none"),
        ] + common,
        [.init("computed", .text, needed: true, "A facet that Throng computes")] + common,
        [
          .init(
            "rule", .text, needed: true,
            "True where this holds of the words: AND, OR, NOT, NEAR/5, \"phrases\", beginnings*, human:(…), assistant:(…)"
          )
        ] + common,
        [
          .init(
            "taxonomy", .names(.list(.text, atLeast: 1)), needed: true, "Topics, each with its seed words")
        ] + common,
        [
          .init(
            "classifier", .text, needed: true,
            "A model that 'throng train' wrote; beside the study unless the path is absolute"),
          .init("threshold", .number(0...1), "Probability below which it abstains"),
        ] + common,
        [.init("where", .reference("predicate"), needed: true, "True where this holds of other facets")]
          + common,
      ], orText: false),
    "step": .oneOf(
      [
        [.init("keep", .reference("predicate"), needed: true, "Go on with these alone"), stepName],
        [.init("drop", .reference("predicate"), needed: true, "Go on without these"), stepName],
      ], orText: false),
    "segment": .object([
      .init("where", .reference("predicate"), needed: true, "Which conversations belong to it"),
      .init("cluster", .flag, "Whether it gets a tree of topics and a bundle of its own"),
      .init("about", .text, "What it is"),
    ]),
    "statistic": .oneOf(
      [
        [.init("share", .text, needed: true, "Share of each value of a facet")] + base,
        [.init("mean", .text, needed: true, "Mean of a numeric facet"), range] + base,
        [
          .init(
            "difference", .text, needed: true,
            "How much the first segment's mean or share is above the second's"),
          .init("between", .list(.text, atLeast: 2), needed: true, "Two segments, or 'all'"),
          .init("value", .text, "Of a facet with values, the one whose share is compared"), range,
          .init("name", .text, "What the statistic is called; else as its facet"),
          .init("where", .reference("predicate"), "Conversations that count; all without it"),
        ],
        [
          .init("trend", .text, needed: true, "Share of each value of a facet in every period"),
          .init("by", .choice(["week", "month"]), needed: true, "The periods"),
        ] + base,
      ], orText: false),
    "lane": .object([
      .init(
        "where", .reference("predicate"), needed: true,
        "What is to be looked at, a threshold being part of it"),
      .init("about", .text, "Why"),
    ]),
  ]

  private static let stepName = Member("name", .text, needed: true, "What the step is called in the funnel")

  private static let common = [
    Member("sensitive", .flag, "Whether to know it of a person would hurt that person: rule R7"),
    Member("about", .text, "What it means"),
  ]

  private static let range = Member(
    "range", .list(.number(-1e15...1e15), atLeast: 2),
    "The least and the largest value that counts; what is beyond is taken for it. Needed where the facet has no range of its own"
  )

  private static let base = [
    Member(
      "of", .list(.text, atLeast: 1), "Segments; 'all' is everything that is kept. All of them unless given"),
    Member("where", .reference("predicate"), "Conversations that count; all without it"),
    Member("name", .text, "What the statistic is called; else as its facet"),
  ]

  private static let input = [
    Member("paths", .list(.text, atLeast: 1), "Files; beside the study unless a path is absolute"),
    Member("format", .text, "The format; detected unless given"),
    Member(
      "map", .object(["text", "user", "time", "id"].map { .init($0, .text, "The field that holds it") }),
      "Names of fields"),
    Member("user", .text, "The field that says who spoke"),
    Member("max_bad", .number(0...100), "Per cent of unreadable records past which the input is refused"),
    Member(
      "roles", .list(.choice(["human", "assistant", "system", "tool"]), atLeast: 1), "Whose words make topics"
    ),
  ]

  private static let redaction = [
    Member("never_show", .list(.text, atLeast: 1), "Words that no label may have, whoever wrote them")
  ]

  private static let clusters = [
    Member("clusters", .whole(1...largest), "Base clusters; planned unless given"),
    Member("levels", .list(.whole(1...largest), atLeast: 1), "Clusters of each level"),
    Member("linkage", .text, "How clusters are gathered into a tree"),
    Member("columns", .whole(10...24), "Hashed columns, as a power of two"),
    Member("dimensions", .whole(2...4096), "Dimensions of the reduction"),
    Member("seed", .whole(0...largest), "Seed of every random choice"),
  ]

  private static let privacy = [
    Member("unit", .choice(["user", "conversation"]), "What is counted"),
    Member("policy", .choice(["internal", "public"]), "The set of thresholds"),
    Member("min_users", .whole(2...largest), "Least users of a topic"),
    Member("min_conversations", .whole(2...largest), "Least conversations of a topic"),
    Member("max_per_user", .whole(1...largest), "Most conversations of a user that count"),
    Member("threshold_gap", .whole(0...1000), "Largest secret gap above thresholds"),
    Member("min_term_users", .whole(2...largest), "Least users of a word"),
    Member("min_facet_users", .whole(2...largest), "Least users of any figure of a facet or statistic"),
    Member("min_facet_conversations", .whole(2...largest), "Least conversations of the same"),
    Member("l_diversity", .number(1...1000), "How mixed a sensitive facet must be"),
    Member("t_closeness", .number(0...1), "How far a sensitive facet may be from the whole"),
  ]

  private static let outputs = [
    Member("out", .text, "Folder of the bundle; beside the study unless the path is absolute"),
    Member("ledger", .text, "The list of releases, or 'none'"),
    Member("work", .text, "The private folder"),
    Member("resamples", .whole(100...100_000), "Resamples of users behind each interval; 1,000 unless given"),
  ]
}
