// The tree table. Only the rows in sight exist; the one that has the focus exists wherever it is.

const table = { rows: [], place: new Int32Array(size).fill(-1), at: 0, elements: new Map(), height: 36, sorted: new Map(), families: new Map(), scale: 1, columns: [] };

// `families` holds the children that are rows, `scale` the share whose bar is full.

/** The columns that this release has and the page has room for, with their widths and what they sort by. */
function tableColumns() {
  const width = $("main").clientWidth || 800;
  const wide = width > 1150;
  const columns = [{ key: "label", title: "Topic", width: "minmax(0, 1fr)", ascends: true, of: (i) => tree.label[i] }];
  const add = (key, title, width, of) => columns.push({ key, title, width: width + "px", of });
  const hasValue = typeof coloring.by === "number";
  // What says least of what was asked for makes room first.
  if (width >= 560 || !hasValue) {
    add("share", measure.value < 0 ? "Share" : `Share of ${visible(values[measure.value])}`, wide ? 300 : width < 560 ? 112 : width < 760 ? 140 : 190, share);
  }
  if (byUser && width >= (hasValue ? 820 : 600)) add("users", "Users", (isNoised ? 140 : 74) + (wide ? 30 : 0), (i) => measure.users[i]);
  if (width >= (hasValue ? 640 : 480)) {
    add("conversations", "Conversations", (isNoised ? 180 : 112) + (wide ? 30 : 0), (i) => measure.conversations[i]);
  }
  if (hasValue) add("value", valueName(coloring.by), wide ? 240 : width < 560 ? 112 : 170, (i) => shareOf(coloring.by, i) ?? -1);
  if (hasChange && width >= (hasValue ? 960 : 680)) add("change", "Change", wide ? 120 : 84, (i) => change(i)?.points ?? -9);
  return columns;
}

/** The children of a cluster in the order of the table. */
function ordered(i) {
  if (!table.sorted.has(i)) table.sorted.set(i, sortTopics(children[i]));
  return table.sorted.get(i);
}
function sortTopics(list) {
  const column = tableColumns().find(({ key }) => key === state.sort.key);
  const counted = list.filter(isCounted);
  if (!column) return measure.value < 0 ? counted : counted.sort((a, b) => measure.conversations[b] - measure.conversations[a] || a - b);
  const keys = new Map(counted.map((i) => [i, column.of(i)]));
  const compare = column.key === "label" ? new Intl.Collator("en", { numeric: true }).compare : (a, b) => a - b;
  const turn = state.sort.descends ? -1 : 1;
  return counted.sort((a, b) => turn * compare(keys.get(a), keys.get(b)) || a - b);
}

/** Which rows there are, in order: the open part of the tree, or the topics that are not divided further. */
function arrangeRows() {
  const rows = [];
  if (state.list) {
    const leaves = [];
    for (let i = 0; i < size; i++) if (isLeaf(i) && isAsked(i)) leaves.push(i);
    rows.push(...sortTopics(leaves));
  } else {
    // With a search, what leads to a hit is shown too, and is open unless the reader closes it.
    const leads = search.hits ? new Uint8Array(size) : null;
    if (leads) for (let i = size - 1; i >= 0; i--) {
      if (isAsked(i)) leads[i] |= 1;
      if (leads[i] && i > 0) leads[tree.parent[i]] |= 2;
    }
    table.families.clear();
    const walk = (i) => {
      rows.push(i);
      if (!isOpen(i, leads)) return;
      const family = leads ? ordered(i).filter((child) => leads[child]) : ordered(i);
      table.families.set(i, family);
      for (const child of family) walk(child);
    };
    if (!leads || leads[0]) walk(0);
  }
  table.rows = rows;
  table.place.fill(-1);
  rows.forEach((i, at) => (table.place[i] = at));
}
function isOpen(i, leads) {
  if (!hasParts(i)) return false;
  return leads && leads[i] & 2 ? !state.shut.has(i) : state.open.has(i);
}
const shownOpen = (i) => {
  const next = table.rows[table.place[i] + 1];
  return !state.list && next !== undefined && next !== i && tree.parent[next] === i;
};

function drawTable() {
  layTable();
  fillTable();
}

/** Makes the columns and room for the rows, but no row. */
function layTable() {
  for (const element of table.elements.values()) element.remove();
  table.elements.clear();
  arrangeRows();
  table.scale = barScale();
  const columns = tableColumns();
  const grid = $("grid");
  grid.style.setProperty("--columns", columns.map(({ width }) => width).join(" "));
  table.columns = columns;
  grid.setAttribute("aria-colcount", columns.length);
  grid.setAttribute("aria-rowcount", table.rows.length + 1);
  $("columns").replaceChildren(...columns.map((column, at) => {
    const isSorted = state.sort.key === column.key;
    return make("div", {
      className: "cell " + column.key, role: "columnheader", "aria-colindex": at + 1,
      "aria-sort": isSorted ? (state.sort.descends ? "descending" : "ascending") : "none",
    }, make("button", {
      type: "button", title: column.key === "change" ? `Share of all conversations: ${span(later)} against ${span(earlier)}` : "",
      on: { click: () => sortBy(column) },
    }, make("span", {}, column.title), make("i", { className: "arrow", "aria-hidden": "true" })));
  }));
  table.at = Math.max(0, Math.min(table.rows.length - 1, table.place[state.selected] >= 0 ? table.place[state.selected] : table.at));
  const rows = $("rows");
  let empty = rows.querySelector(".empty");
  empty?.remove();
  if (!table.rows.length) {
    rows.append(make("p", { className: "empty" }, "No topic that is shown has these words. Rare topics may have been withheld."));
  }
  table.height = Math.round(parseFloat(getComputedStyle(grid).getPropertyValue("--row")) || 36);
  let filler = rows.querySelector(".filler");
  if (!filler) rows.append((filler = make("div", { className: "filler", role: "presentation" })));
  filler.style.height = table.rows.length * table.height + "px";
}

/** Makes the rows that are in sight, or all on paper, and drops the others. */
function fillTable() {
  const rows = $("rows");
  const all = state.isPrinted;
  const first = all ? 0 : Math.max(0, Math.floor(rows.scrollTop / table.height) - 6);
  const last = all ? table.rows.length : Math.min(table.rows.length, Math.ceil((rows.scrollTop + rows.clientHeight) / table.height) + 6);
  const focused = document.activeElement?.closest?.("#rows .row");
  for (const [i, element] of table.elements) {
    const at = table.place[i];
    if ((at < first || at >= last) && at !== table.at && element !== focused) {
      element.remove();
      table.elements.delete(i);
    }
  }
  const wanted = [];
  for (let at = first; at < last; at++) wanted.push(at);
  if (table.rows.length && (table.at < first || table.at >= last)) wanted.push(table.at);
  for (const at of wanted) {
    const i = table.rows[at];
    if (table.elements.has(i)) continue;
    const element = makeRow(i, at);
    table.elements.set(i, element);
    rows.append(element);
  }
}

function makeRow(i, at) {
  const above = tree.parent[i];
  const siblings = state.list ? table.rows : above < 0 ? [0] : table.families.get(above);
  const context = search.hits && !isAsked(i);
  const level = state.list ? 0 : depth[i];
  const row = make("div", {
    className: "row" + (context ? " context" : "") + (at % 2 ? " odd" : ""), role: "row", id: "row-" + i, tabIndex: at === table.at ? 0 : -1,
    "aria-level": level + 1, "aria-rowindex": at + 2, "aria-posinset": (state.list ? at : siblings.indexOf(i)) + 1,
    "aria-setsize": siblings.length, "aria-selected": String(i === state.selected),
    "aria-expanded": !hasParts(i) || state.list ? null : String(shownOpen(i)), "data-node": i,
  });
  row.style.order = at;
  row.style.transform = `translateY(${at * table.height}px)`;
  const twisty = make("span", { className: !hasParts(i) || state.list ? "twisty none" : "twisty", "aria-hidden": "true" });
  const dot = make("i", { className: "swatch", "aria-hidden": "true" });
  dot.style.background = i === 0 ? "transparent" : fillOf(i);
  const label = labelled(tree.label[i], search.marks);
  label.title = visible(tree.label[i]);
  const topic = make("div", { className: "cell label", role: "gridcell", "aria-colindex": 1 }, twisty, dot, label);
  topic.style.paddingInlineStart = `calc(${level} * var(--indent))`;
  row.append(topic);
  table.columns.slice(1).forEach((column, place) => row.append(make("div", {
    className: "cell " + column.key, role: "gridcell", "aria-colindex": place + 2,
  }, ...cellContent(column.key, i))));
  return row;
}

/** A bar of a share, with the range that it lies in. */
function bar(part, low, high, fill, mark) {
  const track = make("span", { className: "bar", "aria-hidden": "true" });
  const length = make("i", { className: "length" });
  length.style.width = 100 * Math.min(1, part) + "%";
  if (fill) length.style.background = fill;
  track.append(length);
  if (low !== null && high > low) {
    const whisker = make("i", { className: "whisker" });
    whisker.style.left = 100 * low + "%";
    whisker.style.width = 100 * (Math.min(1, high) - low) + "%";
    track.append(whisker);
  }
  if (mark !== null && mark !== undefined) {
    const tick = make("i", { className: "mark" });
    tick.style.left = 100 * Math.min(1, mark) + "%";
    track.append(tick);
  }
  return track;
}

/** The largest share below the root is as long as a bar gets. */
function barScale() {
  let most = 0;
  for (const i of children[0]) most = Math.max(most, share(i), measure.value < 0 ? tree.share_high[i] : 0);
  return most || 1;
}

function cellContent(key, i) {
  const noise = (which) => {
    const r = range(which, i);
    return r ? make("small", { className: "range" }, `${count(r[0])}–${count(r[1])}`) : null;
  };
  switch (key) {
    case "share": {
      const scale = table.scale;
      const hasRange = i > 0 && measure.value < 0;
      return [
        i === 0 ? make("span", { className: "bar" })
          : bar(share(i) / scale, hasRange ? tree.share_low[i] / scale : null, hasRange ? tree.share_high[i] / scale : null),
        make("span", {
          className: "figure",
          title: hasRange ? `95 % interval: ${percent(tree.share_low[i])} to ${percent(tree.share_high[i])}` : "",
        }, percent(share(i))),
      ];
    }
    case "users": return [noise("users"), count(measure.users[i])];
    case "conversations": return [noise("conversations"), count(measure.conversations[i])];
    case "value": {
      const part = shareOf(coloring.by, i);
      return part === null ? [make("span", { className: "faint" }, "not shown")]
        : [bar(part, null, null, fillOf(i), shareOf(coloring.by, 0)), make("span", { className: "figure" }, percent(part))];
    }
    case "change": {
      const c = change(i);
      if (!c) return [make("span", { className: "faint", title: i ? "Not shown in enough months" : "" }, "–")];
      const way = !c.isClear ? "steady" : c.points > 0 ? "rise" : "fall";
      return [make("span", { className: way, title: `${percent(c.from)} to ${percent(c.to)} of all conversations` },
        c.isClear ? `${c.points > 0 ? "▲" : "▼"} ${points(c.points)}` : "≈")];
    }
  }
  return [];
}

function sortBy(column) {
  const isSame = state.sort.key === column.key;
  // Once up, once down, then as released.
  const startsDown = !column.ascends;
  if (!isSame) state.sort = { key: column.key, descends: startsDown };
  else if (state.sort.descends === startsDown) state.sort = { key: column.key, descends: !startsDown };
  else state.sort = { key: null, descends: false };
  draw();
}

/** Moves the focus to a row, and the selection with it. */
function goTo(at, takesFocus = true) {
  if (!table.rows.length) return;
  at = Math.max(0, Math.min(table.rows.length - 1, at));
  const before = table.elements.get(table.rows[table.at]);
  if (before) before.tabIndex = -1;
  table.at = at;
  const rows = $("rows");
  const top = at * table.height;
  if (top < rows.scrollTop) rows.scrollTop = top;
  else if (top + table.height > rows.scrollTop + rows.clientHeight) rows.scrollTop = top + table.height - rows.clientHeight;
  fillTable();
  const element = table.elements.get(table.rows[at]);
  element.tabIndex = 0;
  if (takesFocus) element.focus({ preventScroll: true });
  select(table.rows[at]);
}

/** Opens or closes a cluster and keeps the focus where it is. */
function toggle(i, opens = !shownOpen(i)) {
  if (!hasParts(i) || state.list) return;
  if (search.hits) opens ? state.shut.delete(i) : state.shut.add(i);
  if (!search.hits || opens) opens ? state.open.add(i) : state.open.delete(i);
  const hadFocus = document.activeElement?.closest?.("#rows") !== null;
  layTable();
  if (table.place[i] >= 0) goTo(table.place[i], hadFocus); else fillTable();
}

let typed = "";
let typedUntil = 0;
function typeAhead(key, now) {
  typed = now < typedUntil ? typed + fold(key) : fold(key);
  typedUntil = now + 700;
  const from = table.at + (typed.length > 1 ? 0 : 1);
  for (let step = 0; step < table.rows.length; step++) {
    const at = (from + step) % table.rows.length;
    if (fold(visible(tree.label[table.rows[at]])).startsWith(typed)) return goTo(at);
  }
}

function tableKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || !event.target.closest("#rows .row")) return;
  const i = table.rows[table.at];
  const page = Math.max(1, Math.floor($("rows").clientHeight / table.height) - 1);
  switch (event.key) {
    case "ArrowDown": goTo(table.at + 1); break;
    case "ArrowUp": goTo(table.at - 1); break;
    case "Home": goTo(0); break;
    case "End": goTo(table.rows.length - 1); break;
    case "PageDown": goTo(table.at + page); break;
    case "PageUp": goTo(table.at - page); break;
    case "ArrowRight":
      if (shownOpen(i)) goTo(table.at + 1); else toggle(i, true);
      break;
    case "ArrowLeft":
      if (shownOpen(i)) toggle(i, false);
      else if (!state.list && tree.parent[i] >= 0) goTo(table.place[tree.parent[i]]);
      break;
    case " ": toggle(i); break;
    case "*":
      for (const child of tree.parent[i] < 0 ? [i] : children[tree.parent[i]]) state.open.add(child);
      layTable();
      goTo(table.place[i]);
      break;
    case "Enter": select(i); showDetail(true); break;
    default:
      if (event.key.length === 1 && event.key !== "/") typeAhead(event.key, event.timeStamp); else return;
  }
  event.preventDefault();
}
