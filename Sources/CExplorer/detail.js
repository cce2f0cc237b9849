// What is known of the selected topic.

const shownValues = 8;
let opened = new Set();

function drawDetail() {
  const i = state.selected;
  const path = pathTo(i).slice(0, -1);
  const figures = make("dl", { className: "figures" });
  const figure = (title, value, note) => figures.append(make("div", {}, make("dt", {}, title), make("dd", {}, value, note ? make("small", {}, note) : null)));
  const span = (which) => {
    const r = range(which, i);
    return r ? `${count(r[0])} to ${count(r[1])}` : null;
  };
  if (isCounted(i)) {
    if (byUser) figure("Users", count(measure.users[i]), span("users"));
    figure("Conversations", count(measure.conversations[i]), span("conversations"));
    if (i > 0) figure("Share", percent(share(i)),
      measure.value < 0 ? `${percent(tree.share_low[i])} to ${percent(tree.share_high[i])}` : null);
  }
  if (tree.stability && tree.stability[i] !== null) {
    figure("Stability", tree.stability[i].toFixed(1), "how well half of the users give it again");
  }
  const aside = $("detail");
  aside.replaceChildren(...[
    make("button", { type: "button", className: "close", "aria-label": "Close", on: { click: () => showDetail(false) } }, "×"),
    path.length ? make("nav", { className: "path", "aria-label": "Above it" }, path.map((at) =>
      make("button", { type: "button", on: { click: () => reveal(at) } }, labelled(tree.label[at])))) : null,
    make("h2", {}, labelled(tree.label[i], search.marks)),
    measure.value >= 0 ? make("p", { className: "note" }, isCounted(i)
      ? `Only conversations with ${valueName(measure.value)}.` : `${valueName(measure.value)} is not shown here.`) : null,
    figures,
    tree.notes[i] ? make("p", { className: "note caution" }, upperFirst(tree.notes[i]) + ".") : null,
    chips(i), trend(i), inside(i), ...facetBars(i),
  ].filter(Boolean));
  aside.scrollTop = 0;
}
const upperFirst = (text) => text.charAt(0).toUpperCase() + text.slice(1);

const section = (title, ...content) => make("section", {}, make("h3", {}, title), ...content);

function chips(i) {
  const list = terms(i);
  if (!list.length) return null;
  return section("Words", make("ul", { className: "chips" }, list.map((term) => make("li", {}, labelled(term, search.marks)))));
}

/** Conversations by month. A month that is not shown has no column, only a dot: nobody can tell none from few. */
function trend(i) {
  if (!hasChange) return null;
  const shown = periods.map(({ period, value }) => ({ period, at: cellsOf(value)[i] }));
  const most = Math.max(...shown.map(({ at }) => (at < 0 ? 0 : cells.conversations[at])));
  if (most === 0) return null;
  const [width, height] = [300, 64];
  const step = width / shown.length;
  const described = shown.map(({ period, at }) => `${period} ${at < 0 ? "not shown" : count(cells.conversations[at])}`).join(", ");
  const picture = makeSVG("svg", { viewBox: `0 0 ${width} ${height + 4}`, role: "img", "aria-label": described, class: "spark" });
  shown.forEach(({ period, at }, place) => {
    const x = place * step;
    const tip = makeSVG("title", {}, `${period}: ${at < 0 ? "not shown" : count(cells.conversations[at])}`);
    if (at < 0) picture.append(makeSVG("circle", { cx: x + step / 2, cy: height - 2, r: 1.6, class: "gap" }, tip));
    else {
      const tall = Math.max(2, (height - 4) * cells.conversations[at] / most);
      picture.append(makeSVG("rect", { x: x + step * 0.12, y: height - tall, width: step * 0.76, height: tall, rx: 1.5 }, tip));
    }
  });
  picture.append(makeSVG("line", { x1: 0, x2: width, y1: height + 0.5, y2: height + 0.5, class: "axis" }));
  const c = change(i);
  return section("Over time", picture,
    make("p", { className: "axis-labels" }, make("span", {}, shown[0].period), make("span", {}, `most: ${count(most)}`), make("span", {}, shown.at(-1).period)),
    c ? make("p", { className: "note" }, c.isClear
      ? `${percent(c.to)} of all conversations in ${span(later)}, ${percent(c.from)} in ${span(earlier)}, in the months that are shown.`
      : `No clear change of its share between ${span(earlier)} and ${span(later)}.`) : null);
}

function inside(i) {
  const list = children[i].filter(isCounted);
  if (!list.length) return null;
  const most = Math.max(...list.map(share)) || 1;
  const shown = list.slice(0, opened.has("inside") ? 200 : shownValues);
  const left = rest(i);
  return section(i === 0 ? "Largest topics" : "Topics inside",
    make("ul", { className: "bars" }, shown.map((j) => make("li", {}, make("button", { type: "button", on: { click: () => reveal(j) } },
      labelled(tree.label[j])), bar(share(j) / most, null, null, coloring.by === "topic" ? fillOf(j) : null), make("span", { className: "figure" }, percent(share(j)))))),
    list.length > shown.length ? more("inside", list.length - shown.length) : null,
    left > 0 ? make("p", { className: "note" }, `${plural(left, "conversation")} in none of them.`) : null);
}

function more(key, n) {
  return make("button", { type: "button", className: "more", on: { click: () => { opened.add(key); drawDetail(); } } }, `${count(n)} more`);
}

/** The values of each facet in this topic, with a mark where all conversations are. */
function facetBars(i) {
  const sections = [];
  facets.forEach((facet, f) => {
    if (f === months) return;
    let list = [];
    for (let at = cellStart[i]; at < cellStart[i + 1]; at++) if (facetOf[cells.value[at]] === f) list.push(at);
    if (!list.length) return;
    if (!facet.ordered) list.sort((a, b) => cells.conversations[b] - cells.conversations[a] || a - b);
    const key = "facet" + f;
    const hidden = list.length - shownValues;
    if (hidden > 1 && !opened.has(key)) list = list.slice(0, shownValues);
    sections.push(section(facetTitle(facet), make("ul", { className: "bars" }, list.map((at) => {
      const value = cells.value[at];
      const part = shareOf(value, i);
      return make("li", {},
        make("button", {
          type: "button", title: "Colour all topics by this", "aria-pressed": String(coloring.by === value),
          on: { click: () => { state.color = state.color === value ? "topic" : value; draw(); } },
        }, labelled(values[value])),
        bar(part, null, null, null, i > 0 ? shareOf(value, 0) : null), make("span", { className: "figure" }, percent(part)));
    })), hidden > 1 && !opened.has(key) ? more(key, hidden) : null));
  });
  if (sections.length && i > 0) sections.push(make("p", { className: "note" }, "The marks are all conversations. A value without a bar may be rare, withheld, or not there."));
  return sections;
}
