// Files of what is shown: the columns of clusters.csv, for the topics that search and filter leave.

const describe = (i) => {
  const bound = isNoised ? "about" : "at least";
  const conversations = `${isNoised ? "About" : "At least"} ${tree.conversations[i]} conversations`;
  const who = (byUser ? `${conversations} of ${bound} ${tree.users[i]} users` : conversations) + (tree.notes[i] ? ", " + tree.notes[i] : "");
  return terms(i).length ? `${who}; terms: ${terms(i).join(", ")}.` : `${who}.`;
};

/** One topic with the names that the tables of the bundle have; with a filter, the counts of its value. */
function record(i) {
  const filtered = measure.value >= 0;
  const ends = (which) => (filtered ? range(which, i) : tree[which + "_low"] && [tree[which + "_low"][i], tree[which + "_high"][i]]) || [null, null];
  const [usersLow, usersHigh] = ends("users");
  const [conversationsLow, conversationsHigh] = ends("conversations");
  const topic = {
    release_id: release.release_id, cluster_id: idOf(i), parent_id: i === 0 ? null : idOf(tree.parent[i]), level: depth[i],
    path: pathTo(i).map(idOf).join("/"), label: tree.label[i], description: describe(i), n_users: measure.users[i],
    n_conversations: measure.conversations[i], n_users_low: usersLow, n_users_high: usersHigh, n_conversations_low: conversationsLow,
    n_conversations_high: conversationsHigh, share: filtered ? Math.round(share(i) * 1e4) / 1e4 : tree.share[i],
    share_low: filtered ? null : tree.share_low[i], share_high: filtered ? null : tree.share_high[i],
    x: tree.x ? tree.x[i] : null, y: tree.y ? tree.y[i] : null, stability: tree.stability ? tree.stability[i] : null, top_terms: terms(i),
  };
  return filtered ? { ...topic, facet: facets[facetOf[measure.value]].name, value: values[measure.value] } : topic;
}

const reals = new Set(["share", "share_low", "share_high", "x", "y", "stability"]);
/** RFC 4180. What a spreadsheet would take for a formula is led by an apostrophe. */
function csvField(key, value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return reals.has(key) && Number.isInteger(value) ? value.toFixed(1) : String(value);
  const text = Array.isArray(value) ? value.join(", ") : value;
  const safe = /^[=+\-@\t\r]/.test(text) ? "'" + text : text;
  return /[",\r\n]/.test(safe) ? '"' + safe.replaceAll('"', '""') + '"' : safe;
}
function csvText() {
  const records = asked().map(record);
  const keys = Object.keys(record(0));
  return [keys, ...records.map((r) => keys.map((key) => csvField(key, r[key])))].map((row) => row.join(",") + "\r\n").join("");
}
function jsonText() {
  return JSON.stringify({
    release_id: release.release_id, search: state.query || null,
    facet: measure.value < 0 ? null : facets[facetOf[measure.value]].name, value: measure.value < 0 ? null : values[measure.value],
    clusters: asked().map(record),
  }, null, 1) + "\n";
}
function svgText() {
  const title = state.view === "map" ? "Map of topics" : `Treemap of ${visible(tree.label[state.zoom])}`;
  return paintSVG(chart.shapes, chart.width, chart.height, title);
}

function save(text, kind, ending) {
  const url = URL.createObjectURL(new Blob([text], { type: kind }));
  const link = make("a", { href: url, download: `topics-${release.release_id || "release"}.${ending}` });
  document.body.append(link);
  link.click();
  link.remove();
  requestAnimationFrame(() => requestAnimationFrame(() => URL.revokeObjectURL(url)));
  $("download").open = false;
}
