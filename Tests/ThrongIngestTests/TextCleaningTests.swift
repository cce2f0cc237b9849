import Testing
import ThrongIngest
import ThrongTestSupport

/// HTML and Slack's markup, through the formats that have them.
@Suite struct TextCleaningTests {
  private func intercom(_ html: String) throws -> String {
    let escaped = html.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing(
      "\n", with: "\\n")
    let log =
      "{\"type\":\"conversation\",\"source\":{\"body\":\"\(escaped)\",\"author\":{\"type\":\"user\"}},\"conversation_parts\":{\"conversation_parts\":[]}}"
    return String(try readLog(log.utf8).records[0].messages[0].dropFirst("human: ".count))
  }

  @Test(arguments: [
    ("a <b>bold</b> word", "a bold word"), ("one<br/>two<BR>three", "one\ntwo\nthree"),
    ("<p>one</p>\n  <p class=\"x > y\">two</p>", "\none\ntwo\n"), ("1 < 2 && 3 > 2", "1 < 2 && 3 > 2"),
    ("&lt;b&gt; &#233;&#xE9; &euro; &unknown; &", "<b> éé € &unknown; &"),
    ("a<script>if (1 < 2) { secret() }</script>b<style>p{}</style >c", "abc"),
    ("x<!-- secret <p> -->y", "xy"), ("漢<i>字</i>&#x1F600;", "漢字😀"), ("tail <b", "tail "),
    ("<ul><li>a </li><li>b</li></ul>", "\na\nb\n"), ("&#0;&#xD800;x", "&#0;&#xD800;x"),
    ("<header>top</header>", "top"), ("<script></scripts></script >a", "a"), ("<style></style", ""),
  ])
  func htmlBecomesText(html: String, text: String) throws {
    #expect(try intercom("|" + html) == "|" + text)
  }

  /// Half a megabyte of what opens and never closes: in no time where each byte is looked at once, in half an hour where each
  /// tag is read to the end.
  @Test(
    .timeLimit(.minutes(Sanitizers.patience)), arguments: ["<a", "</a", "<!--", "</script", "&#", "<p '"])
  func unclosedTagsAreLinear(_ part: String) throws {
    let html = "<script>" + String(repeating: part, count: 500_000 / part.utf8.count)
    #expect(try intercom("|" + html) == "|")
  }

  @Test(arguments: [
    ("hi <@U12|ada> and <!here>", "hi  and "), ("see <https://x.org>", "see https://x.org"),
    ("<#C1|general> <mailto:a@b.c|a@b.c>", "general a@b.c"), ("1 &lt; 2 <no end", "1 < 2 <no end"),
    ("<#C1>", "|"),
  ])
  func slackMarkupGoes(text: String, expected: String) throws {
    let log = "{\"type\":\"message\",\"user\":\"u\",\"ts\":\"1.0\",\"text\":\"|\(text)\"}"
    #expect(try readLog(log.utf8).records[0].messages == ["human: |\(expected == "|" ? "" : expected)"])
  }
}
