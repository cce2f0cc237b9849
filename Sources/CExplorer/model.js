// The release as columns, and what follows from them: the tree, a filter, a search, a change over time.

const release = JSON.parse($("release").textContent);
const rules = release.rules;
const isNoised = rules.differential !== null;
const byUser = rules.unit === "user";
const tree = release.clusters;
const size = tree.parent.length;
const topics = size - 1;
const facets = release.facets;

// Clusters come parents first, each with its descendants right behind it.
const depth = new Int32Array(size);
const end = new Int32Array(size);
const branch = new Int32Array(size);
const children = Array.from({ length: size }, () => []);
for (let i = 0; i < size; i++) {
  const above = tree.parent[i];
  if (above >= 0) {
    depth[i] = depth[above] + 1;
    children[above].push(i);
    branch[i] = above === 0 ? children[0].length - 1 : branch[above];
  } else branch[i] = -1;
}
for (let i = size - 1; i >= 0; i--) end[i] = children[i].length ? end[children[i].at(-1)] : i + 1;
const isLeaf = (i) => children[i].length === 0;
const isWithin = (i, above) => i >= above && i < end[above];
const idOf = (i) => "c" + i;
function pathTo(i) {
  const path = [];
  for (; i >= 0; i = tree.parent[i]) path.unshift(i);
  return path;
}

// Values of all facets in one row: `values[v]` is of facet `facetOf[v]`.
const values = facets.flatMap((facet) => facet.values);
const facetOf = facets.flatMap((facet, at) => facet.values.map(() => at));
const firstValue = [];
facets.reduce((at, facet) => (firstValue.push(at), at + facet.values.length), 0);
const valueName = (v) => `${visible(facetTitle(facets[facetOf[v]]))}: ${visible(values[v])}`;
const computedFacets = { ".turns": "Turns", ".length": "Length", ".language": "Language", ".month": "Month" };
const facetTitle = (facet) =>
  facet.parts.length ? facet.parts.map((part) => computedFacets[part] || part).join(" × ")
    : computedFacets[facet.name] || facet.name;

// Cells by cluster: those of cluster i are cellStart[i] ..< cellStart[i + 1].
const cells = release.cells;
const cellStart = new Int32Array(size + 1);
{
  let cluster = 0;
  cells.cluster.forEach((step, at) => {
    for (; step > 0; step--) cellStart[++cluster] = at;
  });
  while (cluster < size) cellStart[++cluster] = cells.value.length;
}
const cellColumns = new Map();
/** For each cluster the index of its cell of a value, or -1. */
function cellsOf(value) {
  if (!cellColumns.has(value)) {
    const column = new Int32Array(size).fill(-1);
    for (let i = 0; i < size; i++) {
      for (let at = cellStart[i]; at < cellStart[i + 1]; at++) if (cells.value[at] === value) column[i] = at;
    }
    cellColumns.set(value, column);
  }
  return cellColumns.get(value);
}
/** The share of a value among the conversations of a cluster; nothing where it is not shown. */
function shareOf(value, i) {
  const at = cellsOf(value)[i];
  return at < 0 ? null : Math.min(1, cells.conversations[at] / tree.conversations[i]);
}

/** What is counted: all conversations, or those of one value. Every view reads its numbers here. */
const measure = { users: tree.users, conversations: tree.conversations, total: tree.conversations[0], value: -1 };
function measureBy(value) {
  measure.value = value;
  if (value < 0) {
    measure.users = tree.users;
    measure.conversations = tree.conversations;
  } else {
    const column = cellsOf(value);
    measure.users = Array.from(column, (at) => (at < 0 ? 0 : cells.users[at]));
    measure.conversations = Array.from(column, (at) => (at < 0 ? 0 : cells.conversations[at]));
  }
  measure.total = Math.max(1, measure.conversations[0]);
}
const isCounted = (i) => measure.conversations[i] > 0;
/** Whether there is something to open: a filter may leave nothing inside. */
const hasParts = (i) => children[i].some(isCounted);
const share = (i) => (measure.value < 0 ? tree.share[i] : Math.min(1, measure.conversations[i] / measure.total));
/** The range that holds a noised count, or nothing. */
function range(which, i) {
  const source = measure.value < 0 ? tree : cells;
  const low = source[which + "_low"];
  const at = measure.value < 0 ? i : cellsOf(measure.value)[i];
  return low && at >= 0 ? [low[at], source[which + "_high"][at]] : null;
}
/** Conversations of a cluster that are in none of the clusters below it. */
const rest = (i) =>
  isLeaf(i) ? 0
    : Math.max(0, measure.conversations[i] - children[i].reduce((sum, j) => sum + measure.conversations[j], 0));

// Change over the months.
const months = facets.findIndex((facet) => facet.name === ".month");
const periods = months < 0 ? [] : facets[months].values.map((period, at) => ({ period, value: firstValue[months] + at }))
  .filter(({ value }) => cellsOf(value)[0] >= 0).sort((a, b) => (a.period < b.period ? -1 : 1));
const hasChange = periods.length > 1;
const half = Math.floor(periods.length / 2);
const earlier = periods.slice(0, half);
const later = periods.slice(periods.length - half);
const span = (part) => part.length === 1 ? part[0].period : `${part[0].period} to ${part.at(-1).period}`;
/** The share of a cluster in some periods, from those in which it is shown, and what rounding leaves open. */
function shareIn(part, i) {
  let [low, high, all, allHigh] = [0, 0, 0, 0];
  for (const { value } of part) {
    const at = cellsOf(value)[i];
    if (at < 0) continue;
    const whole = cellsOf(value)[0];
    const [from, to] = ends(at);
    const [allFrom, allTo] = ends(whole);
    low += from; high += to; all += allFrom; allHigh += allTo;
  }
  return all > 0 ? { low: low / allHigh, high: high / all, middle: (low + high) / (all + allHigh) } : null;
}
function ends(at) {
  if (cells.conversations_low) return [cells.conversations_low[at], cells.conversations_high[at]];
  return [cells.conversations[at], cells.conversations[at] + rules.facets_rounded_to - 1];
}
const changes = new Map();
/** By how much a cluster's share of the conversations grew: later months against earlier. Nothing where it is not shown in
 * both; `isClear` where rounding or noise cannot have made the direction. */
function change(i) {
  if (!hasChange || i === 0) return null;
  if (!changes.has(i)) {
    const [a, b] = [shareIn(earlier, i), shareIn(later, i)];
    changes.set(i, a && b
      ? { points: b.middle - a.middle, isClear: b.low > a.high || b.high < a.low, from: a.middle, to: b.middle } : null);
  }
  return changes.get(i);
}

// Search: every word of the query must be in the label or the terms.
const terms = (i) => tree.terms[i].map((at) => release.words[at]);
let haystacks = null;
/** What a search looks through; made when there is time for it. */
function prepareSearch() {
  if (haystacks) return;
  const words = release.words.map((word) => fold(visible(word)));
  haystacks = tree.label.map((label, i) => fold(visible(label)) + "\n" + tree.terms[i].map((at) => words[at]).join("\n"));
}
const search = { marks: [], hits: null };
function find(query) {
  search.marks = fold(query).split(/\s+/u).filter(Boolean);
  search.hits = null;
  if (search.marks.length) {
    prepareSearch();
    search.hits = new Uint8Array(size);
    for (let i = 0; i < size; i++) if (search.marks.every((mark) => haystacks[i].includes(mark))) search.hits[i] = 1;
  }
}
/** Whether a cluster is what search and filter ask for. */
const isAsked = (i) => isCounted(i) && (!search.hits || search.hits[i] === 1);
const asked = () => Array.from({ length: size }, (_, i) => i).filter(isAsked);
const isFiltered = () => search.hits !== null || measure.value >= 0;
