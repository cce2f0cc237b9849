import ThrongCore
import ThrongFacets

/// The first line is a rule; the paragraphs behind it are messages of both sides by turns, which the rule and everything that
/// Throng computes itself are asked about.
func readFacets(_ input: [UInt8]) {
  let parts = input.split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false)
  var requests = ComputedFacets.names.map { FacetRequest($0) }
  do {
    let query = try RuleQuery(String(decoding: parts[0], as: UTF8.self))
    requests.append(FacetRequest(RuleFacet(name: "rule", query: query)))
  } catch let error as RuleFailure {
    precondition(error.column >= 1 && !error.message.isEmpty)
  } catch {
    preconditionFailure("an error that is nobody's")
  }
  // Readers give text.
  let text = parts.count > 1 ? String(decoding: parts[1], as: UTF8.self) : ""
  let plan = try! FacetPlan(requests)
  var reader = try! FacetReader(plan, hasher: SipHash(k0: 1, k1: 2))
  let messages = Array(text.utf8).split(separator: 0x0A)
  for (turn, message) in messages.enumerated() {
    try! reader.read(Array(message).span, side: turn % 2 == 0 ? .human : .assistant)
  }
  let facts = ConversationFacts(
    humanMessages: (messages.count + 1) / 2, textBytes: text.utf8.count,
    createdAt: Int64(messages.count) << 40)
  try! reader.add(fields: [], in: [UInt8]().span, facts: facts)
  for at in requests.indices where !plan.isOfCorpus(at) {
    let value = reader.last(at)
    precondition((-1..<1 << 15).contains(value.level), "a level out of range")
    if value.level >= 0 { precondition(!reader.title(value.level, of: at).isEmpty) }
  }
}

/// A taxonomy, asked about a few texts.
func readTaxonomy(_ input: [UInt8]) {
  do {
    let taxonomy = try Taxonomy(json5: input)
    _ = taxonomy.topic(of: ["late fee", "refund", "北京大学", "a"])
  } catch let error as TaxonomyFailure {
    precondition(!error.message.isEmpty)
  } catch {
    preconditionFailure("an error that is nobody's")
  }
}
