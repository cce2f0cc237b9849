// What is not shown, by which rules, and what therefore cannot be said.

function drawWithheld() {
  const accounts = release.accounts;
  const people = byUser ? "different users" : "conversations, each taken for a person of its own,";
  const who = byUser ? "people" : "conversations";
  const least = byUser ? rules.minimum_users : Math.max(rules.minimum_users, rules.minimum_conversations);
  const facetText = facets.length ? [
    `A value of a facet is shown in a topic only with at least ${rules.minimum_facet_users} ${people} and ${rules.minimum_facet_conversations} conversations, `
      + "and where it cannot be worked out from what stands beside it.",
  ] : [];
  const sensitive = facets.filter((facet) => facet.sensitive).map(facetTitle);
  const rule = isNoised ? noisedRules(people) : [
    `A topic is shown only if at least ${rules.minimum_users} ${people} and at least ${rules.minimum_conversations} conversations stand behind it; `
      + "and so is only what is left of a topic beside those inside it."
      + (rules.threshold_gap > 0 ? ` A secret draw asks for up to ${rules.threshold_gap} more, so that nobody can test for one person;`
        + ` and the counts of all conversations are lowered by one of up to ${rules.total_gap_percent} %.` : ""),
    ...(byUser ? [`One user counts with at most ${plural(rules.maximum_per_user, "conversation")}. No topic is shown that one or two users mostly make up.`] : []),
    `A word is shown in a topic only if at least ${rules.minimum_term_users} ${who} used it there, and never if it was seen as part of a name or address.`,
    ...facetText,
  ];
  if (sensitive.length) rule.push(`${sensitive.join(", ")}: shown only where values are mixed, and about as they are in all conversations.`);
  const withheld = children.map((list, i) => [i, list.length ? tree.rolled_up[i] : 0]).filter(([, n]) => n > 0)
    .sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const lines = [
    [accounts.read, "read"], [accounts.quarantined, "could not be used"], [accounts.screened_out, "screened out"],
    [accounts.beyond_bound, "beyond what one user may count with"], [accounts.counted, "counted"],
    [accounts.in_leaves, "in the smallest topics shown"], [accounts.rolled_up, "in a larger topic only, or in none"],
  ].filter(([n], at) => n > 0 || at === 0);
  $("withheld").replaceChildren(...[
    make("h2", {}, `No topic here stands for fewer than ${least} ${who}`),
    make("p", { className: "lead" }, `What ${byUser ? "fewer people" : "fewer conversations"} share is withheld and counted in the topic above it. `
      + "This page does not say how much was withheld or why, because that could give somebody away."),
    make("div", { className: "columns" },
      section("The rules", make("ul", {}, rule.map((text) => make("li", {}, text)))),
      section("What this cannot say", make("ul", {}, [
        "That a topic is missing says nothing about it. What few people talk about may matter most, and it is not here.",
        "Common topics look more common than they are, because rare ones are counted in none.",
        isNoised ? "Counts carry noise: two that are close may be in the other order." : "Counts are rounded down, so parts need not add up, and small differences may be rounding.",
        "Labels are words that occur often in a topic. They do not say what people think of it.",
        byUser ? "A person with several accounts counts several times." : "The log named no users: one person with many conversations counts as many.",
        isNoised ? `The guarantee is not about ${rules.differential.excludes}.`
          : "Thresholds are not differential privacy: who controls nearly all accounts of a topic can learn about the others.",
        "A topic is not an identity: that people talk about an illness or a debt can be shown, and somebody may be known to be among them.",
      ].map((text) => make("li", {}, text)))),
      make("div", {}, section(`Conversations, ${isNoised ? "about" : "at least"}`, make("table", {}, make("tbody", {}, lines.map(([n, text]) =>
        make("tr", {}, make("td", {}, count(n)), make("th", { scope: "row" }, text)))))),
      withheld.length ? section("Where the rest is counted", make("table", {}, make("tbody", {}, withheld.slice(0, 12).map(([i, n]) =>
        make("tr", {}, make("td", {}, count(n)), make("th", { scope: "row" }, make("button", { type: "button", on: { click: () => reveal(i, "table") } }, labelled(tree.label[i]))))))),
        make("p", { className: "note" }, "Withheld, or lost to rounding; nobody can tell which."
          + (withheld.length > 12 ? ` ${plural(withheld.length - 12, "more topic")} in the tables of the bundle.` : ""))) : null)),
    coverage(),
    make("p", { className: "note" }, `Release ${release.release_id}, policy ${rules.policy}, Throng ${release.version}`
      + (release.created_at ? `, as of ${release.created_at.slice(0, 10)}` : "") + ". report.md beside this file has every rule in full."),
  ].filter(Boolean));
}

function noisedRules(people) {
  const d = rules.differential;
  return [
    `Differential privacy with \u03B5 = ${d.epsilon} and \u03B4 = ${d.delta} for ${d.covers}.`,
    `One ${byUser ? "user" : "conversation"} counts in at most ${plural(d.cells_per_user, "topic")}. Noise decides what is shown near the threshold, and no topic is shown with fewer than `
      + `${rules.minimum_users} ${people}.`,
    `A word is shown in a topic only if at least ${rules.minimum_term_users} ${byUser ? "people" : "conversations"} used it there; words carry no noise.`,
    "The ranges beside the counts hold the true ones 95 times in 100.",
  ];
}

/** How those who are in the smallest topics differ from those who are not. */
function coverage() {
  const parts = facets.map((facet, f) => ({ facet, f })).filter(({ facet, f }) => !facet.parts.length && f !== months).map(({ facet, f }) => ({
    facet, rows: release.coverage.value.map((value, at) => ({ value, in: release.coverage.share_released[at], out: release.coverage.share_rolled_up[at] }))
      .filter(({ value, out, in: within }) => facetOf[value] === f && out + within > 0)
      .sort((a, b) => (facet.ordered ? a.value - b.value : Math.abs(b.out - b.in) - Math.abs(a.out - a.in) || a.value - b.value)).slice(0, 6),
  })).filter(({ rows }) => rows.length > 1 && rows.some(({ out }) => out > 0));
  if (!parts.length) return null;
  return section("Who is missing from the smallest topics", make("p", { className: "note" },
    "Of the conversations with a value that is shown: how they divide inside the smallest topics (bar) and elsewhere (mark). Far apart means that the view is biased."),
  make("div", { className: "columns" }, parts.map(({ facet, rows }) => make("div", { className: "mini" }, make("h4", {}, facetTitle(facet)),
    make("ul", { className: "bars" }, rows.map(({ value, in: within, out }) => make("li", {}, make("span", { className: "name" }, labelled(values[value])),
      bar(within, null, null, null, out), make("span", { className: "figure", title: `elsewhere ${percent(out)}` }, percent(within)))))))));
}
