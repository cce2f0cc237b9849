import Testing
import ThrongPrivacy
import ThrongRelease

/// What people read: the tree on a terminal and the report.
@Suite struct TextTests {
  @Test func treeIsAligned() throws {
    #expect(
      TreeText.render(try Example.release()) == """
        users  conversations    share  topic
           90            320  100.0 %  All conversations
           90             90   28.1 %    billing
           80             80   25.0 %    login
           70             70   21.9 %    refund

        """)
  }

  @Test func terminalsObeyNothing() throws {
    let text = TreeText.render(try Example.release(words: Example.hostile))
    #expect(text.split(separator: "\n").count == Example.hostile.count + 2)
    for scalar in text.unicodeScalars where scalar != "\n" {
      #expect(scalar.properties.generalCategory != .control && scalar.properties.generalCategory != .format)
    }
    #expect(text.contains("\\u{202E}evil") && text.contains("\\u{1B}[31mred") && text.contains("日本語"))
  }

  @Test func reportTellsWhatAReaderMustKnow() throws {
    let scratch = try Scratch()
    try BundleWriter(directory: "\(scratch.path)/out", force: false).write(Example.release())
    let report = try scratch.text("out/report.md")
    for piece in [
      "- **All conversations** (c0): 90 users, 320 conversations, 100.0 %",
      "  - **billing** (c1): 90 users, 90 conversations, 28.1 % (", "| 320 | counted |",
      "| 240 | in topics that are not divided further |",
      "| 80 | in a topic, but in none of the topics below it |",
      "- All conversations (c0): 80", "at least 25 different users and at least 50 conversations (R1)",
      "Thresholds are not differential privacy", "rare topics are missing", "more than 1.0 % of them",
      "base clusters asked for: 12; levels: 3, 12 (counts)",
    ] { #expect(report.contains(piece), "\(piece)") }
    #expect(!report.contains("Optional(") && !report.contains("\n\n\n"))
    #expect(report.split(separator: "\n").allSatisfy { $0.last != " " })
  }

  @Test func reportSpeaksOfConversationsWhereTheyStandForPersons() throws {
    var policy = Policy.internal
    policy.unit = .conversation
    let scratch = try Scratch()
    let release = try Example.release(policy: policy)
    try BundleWriter(directory: "\(scratch.path)/out", force: false).write(release)
    #expect(TreeText.render(release).hasPrefix("conversations    share  topic\n          320  100.0 %"))
    let report = try scratch.text("out/report.md")
    #expect(!report.contains(" users,") && !report.contains("bound per user, not counted |\n| 0"))
    #expect(report.contains("one person who held many conversations counts as many"))
  }

  /// No label becomes a link, HTML, emphasis, a heading or a table cell: every mark of its own is escaped.
  @Test func markdownObeysNothing() throws {
    let scratch = try Scratch()
    try BundleWriter(directory: "\(scratch.path)/out", force: false).write(
      Example.release(words: Example.hostile))
    let report = try scratch.text("out/report.md")
    #expect(report.contains("\\<script\\>alert\\(1\\)\\<\\/script\\>"))
    #expect(report.contains("\\[click\\]\\(javascript\\:alert\\(1\\)\\)"))
    #expect(!report.replacing("\\<", with: "").contains("<"))
    for raw in ["](javascript", "a|b", "`code`", "*bold*\\"] {
      #expect(!report.contains(raw), "\(raw)")
    }
    for scalar in report.unicodeScalars where scalar != "\n" {
      #expect(scalar.properties.generalCategory != .control && scalar.properties.generalCategory != .format)
    }
  }
}
