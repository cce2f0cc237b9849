// What the reader is looking at, kept in the address, and everything that changes it.

const state = {
  view: "table", selected: 0, zoom: 0, query: "", only: -1, color: "topic", sort: { key: null, descends: false },
  list: false, theme: "", isPrinted: false, open: new Set(), shut: new Set(),
};
const viewNames = ["table", "treemap", "map", "withheld"];
const darkScheme = matchMedia("(prefers-color-scheme: dark)");

/** Values are named in the address, not numbered, so that it holds for the next release too. */
const nameOfValue = (v) => `${facets[facetOf[v]].name}=${values[v]}`;
const valueNamed = (text) => values.findIndex((_, v) => nameOfValue(v) === text);

function readAddress() {
  let given;
  try { given = new URLSearchParams(location.hash.slice(1)); } catch { return; }
  const node = (key) => {
    const match = /^c(\d{1,7})$/.exec(given.get(key) || "");
    return match && Number(match[1]) < size ? Number(match[1]) : 0;
  };
  state.view = viewNames.includes(given.get("view")) ? given.get("view") : "table";
  state.selected = node("id");
  state.zoom = node("zoom");
  state.query = given.get("q") || "";
  state.only = valueNamed(given.get("only"));
  const color = given.get("color");
  state.color = color === "change" && hasChange ? "change" : valueNamed(color) >= 0 ? valueNamed(color) : "topic";
  const [key, way] = (given.get("sort") || "").split(".");
  state.sort = ["label", "share", "users", "conversations", "value", "change"].includes(key) ? { key, descends: way === "down" } : { key: null, descends: false };
  state.list = given.get("list") === "1";
  state.theme = ["light", "dark"].includes(given.get("theme")) ? given.get("theme") : "";
  for (const i of pathTo(state.selected).slice(0, -1)) state.open.add(i);
}
function address() {
  const given = new URLSearchParams();
  if (state.view !== "table") given.set("view", state.view);
  if (state.selected) given.set("id", idOf(state.selected));
  if (state.zoom) given.set("zoom", idOf(state.zoom));
  if (state.query) given.set("q", state.query);
  if (state.only >= 0) given.set("only", nameOfValue(state.only));
  if (state.color !== "topic") given.set("color", typeof state.color === "number" ? nameOfValue(state.color) : state.color);
  if (state.sort.key) given.set("sort", state.sort.key + (state.sort.descends ? ".down" : ".up"));
  if (state.list) given.set("list", "1");
  if (state.theme) given.set("theme", state.theme);
  return given.toString();
}
let addressTimer = 0;
/** Writes the address a moment later: browsers refuse who does so at every key. */
function noteAddress() {
  clearTimeout(addressTimer);
  addressTimer = setTimeout(() => {
    const text = address();
    if (location.hash.slice(1) !== text) history.replaceState(null, "", text ? "#" + text : location.pathname + location.search);
  }, 120);
}

function say(text) { $("status").textContent = text; }

/** Draws everything as the state has it. */
function draw() {
  const isDark = !state.isPrinted && (state.theme ? state.theme === "dark" : darkScheme.matches);
  document.documentElement.dataset.theme = isDark ? "dark" : "light";
  palette = isDark ? palettes.dark : palettes.light;
  $("theme").textContent = isDark ? "Light" : "Dark";
  $("theme").setAttribute("aria-label", isDark ? "Light colours" : "Dark colours");
  if (measure.value !== state.only) { measureBy(state.only); discs = null; }
  if (!isCounted(state.zoom)) state.zoom = 0;
  find(state.query);
  colorBy(state.color);
  table.sorted.clear();
  for (const view of viewNames) {
    const tab = $("tab-" + view);
    tab.setAttribute("aria-selected", String(state.view === view));
    tab.tabIndex = state.view === view ? 0 : -1;
  }
  $("main").setAttribute("aria-labelledby", "tab-" + state.view);
  const isChart = state.view === "map" || state.view === "treemap";
  $("grid").hidden = state.view !== "table";
  $("chart").hidden = !isChart;
  $("withheld").hidden = state.view !== "withheld";
  $("stage").dataset.view = state.view;
  $("list-label").hidden = state.view !== "table" || topics === children[0].length;
  $("save-svg").disabled = !isChart;
  $("search").value === state.query || ($("search").value = state.query);
  $("only").value = String(state.only);
  $("color").value = String(state.color);
  $("list").checked = state.list;
  if (state.view === "table") drawTable();
  else if (isChart) drawChart();
  else drawWithheld();
  drawDetail();
  sayWhatIsShown();
  noteAddress();
}

function sayWhatIsShown() {
  const n = asked().filter((i) => i > 0).length;
  const parts = [];
  if (search.hits) parts.push(n ? `${plural(n, "topic matches", "topics match")} \u201C${visible(state.query)}\u201D` : `No topic matches \u201C${visible(state.query)}\u201D`);
  if (measure.value >= 0) parts.push(`counting only ${valueName(measure.value)}: ${plural(measure.conversations[0], "conversation")}`
    + (search.hits ? "" : ` in ${plural(n, "topic")}; it is not shown in the other ${count(topics - n)}`));
  const text = parts.join(", ");
  say(text ? upperFirst(text) + "." : "");
}

/** Makes a topic the chosen one. What else has to change is changed, and no more. */
function select(i) {
  if (state.selected !== i) {
    const before = table.elements.get(state.selected);
    if (before) before.setAttribute("aria-selected", "false");
    state.selected = i;
    opened = new Set();
    table.elements.get(i)?.setAttribute("aria-selected", "true");
    drawDetail();
    noteAddress();
  }
  if (state.view === "map" || state.view === "treemap") {
    drawLens();
    const box = $("canvas");
    box.setAttribute("aria-label", `${caption(i)}, selected`);
    say(caption(i));
  }
}

/** Shows a topic wherever it is. */
function reveal(i, view = state.view) {
  state.view = view;
  for (const above of pathTo(i).slice(0, -1)) { state.open.add(above); state.shut.delete(above); }
  if (!isWithin(i, state.zoom) || i === state.zoom) state.zoom = Math.max(0, tree.parent[i]);
  if (search.hits && !search.hits[i]) state.query = "";
  state.selected = i;
  draw();
  if (view === "table" && table.place[i] >= 0) goTo(table.place[i], false);
}

/** On a narrow screen the detail lies over the page, and only when it is asked for. */
function showDetail(shown) {
  const wasShown = document.body.classList.contains("detailed");
  document.body.classList.toggle("detailed", shown);
  if (!shown && wasShown) (state.view === "table" ? table.elements.get(state.selected) : $("canvas"))?.focus();
}

function setUp() {
  const root = tree;
  const bound = isNoised ? "about" : "at least";
  $("facts").textContent = [
    plural(topics, "topic"),
    `${bound} ${plural(root.conversations[0], "conversation")}${byUser ? ` of ${plural(root.users[0], "user")}` : ""}`,
    `no topic of fewer than ${byUser ? plural(rules.minimum_users, "user") : plural(Math.max(rules.minimum_users, rules.minimum_conversations), "conversation")}`,
    ...(release.created_at ? [release.created_at.slice(0, 10)] : []),
  ].join(" · ");
  $("footnote").textContent = (isNoised ? "Counts carry noise; ranges are 95 %. " : `Counts are lower bounds, rounded down to a multiple of ${rules.rounded_to}. `)
    + "Shares are of all counted conversations. ";
  $("footnote").append(make("span", {}, `Release ${release.release_id}.`));
  const choose = (select, first) => {
    select.append(...first);
    facets.forEach((facet, f) => {
      const shown = facet.values.map((_, at) => firstValue[f] + at).filter((v) => cellsOf(v)[0] >= 0);
      if (!shown.length) return;
      const group = make("optgroup", { label: visible(facetTitle(facet)) });
      group.append(...shown.map((v) => make("option", { value: String(v) }, select.id === "only" ? `${visible(values[v])}` : visible(values[v]))));
      select.append(group);
    });
  };
  choose($("only"), [make("option", { value: "-1" }, "all conversations")]);
  choose($("color"), [make("option", { value: "topic" }, "largest topics"), hasChange ? make("option", { value: "change" }, "change") : ""]);
  $("list-label").title = "Only topics that are not divided further, without the tree";
  $("only-label").title = "Count only the conversations with one value of a facet";
  $("only-label").hidden = facets.length === 0;
  $("color-label").hidden = facets.length === 0;
  // A small tree is shown as a whole.
  if (size <= 60) for (let i = 0; i < size; i++) state.open.add(i); else state.open.add(0);

  const views = $("tab-table").parentElement;
  const turnTo = (view) => { state.view = view; draw(); };
  for (const view of viewNames) $("tab-" + view).addEventListener("click", () => turnTo(view));
  views.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    turnTo(viewNames[(viewNames.indexOf(state.view) + step + viewNames.length) % viewNames.length]);
    $("tab-" + state.view).focus();
    event.preventDefault();
  });
  $("search").addEventListener("input", () => {
    state.query = $("search").value;
    state.shut.clear();
    draw();
    if (state.view === "table") $("rows").scrollTop = 0;
  });
  $("search").addEventListener("keydown", (event) => {
    if (event.key === "Escape") { state.query = ""; state.shut.clear(); draw(); }
    if (event.key === "ArrowDown" && state.view === "table") { goTo(table.at); event.preventDefault(); }
    if (event.key === "Enter" && state.view === "table" && table.rows.length) goTo(Math.max(0, table.rows.findIndex(isAsked)));
  });
  $("only").addEventListener("change", () => { state.only = Number($("only").value); draw(); });
  $("color").addEventListener("change", () => {
    const value = $("color").value;
    state.color = value === "topic" || value === "change" ? value : Number(value);
    draw();
  });
  $("list").addEventListener("change", () => { state.list = $("list").checked; draw(); $("rows").scrollTop = 0; });
  $("theme").addEventListener("click", () => {
    state.theme = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
    draw();
  });
  darkScheme.addEventListener("change", draw);
  $("save-csv").addEventListener("click", () => save(csvText(), "text/csv;charset=utf-8", "csv"));
  $("save-json").addEventListener("click", () => save(jsonText(), "application/json", "json"));
  $("save-svg").addEventListener("click", () => save(svgText(), "image/svg+xml", "svg"));
  $("print").addEventListener("click", () => { $("download").open = false; window.print(); });
  document.addEventListener("click", (event) => { if (!event.target.closest("#download")) $("download").open = false; });

  const rows = $("rows");
  rows.addEventListener("scroll", () => fillTable(), { passive: true });
  rows.addEventListener("keydown", tableKey);
  rows.addEventListener("click", (event) => {
    const row = event.target.closest(".row");
    if (!row) return;
    const i = Number(row.dataset.node);
    const isTwisty = event.target.classList.contains("twisty");
    goTo(table.place[i]);
    if (isTwisty) toggle(i); else showDetail(true);
  });
  rows.addEventListener("dblclick", (event) => {
    const row = event.target.closest(".row");
    if (row && !event.target.classList.contains("twisty")) toggle(Number(row.dataset.node));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !/INPUT|SELECT/.test(event.target.tagName) && !event.ctrlKey && !event.metaKey) {
      $("search").focus();
      $("search").select();
      event.preventDefault();
    }
    if (event.key === "Escape") { $("download").open = false; showDetail(false); }
  });
  document.querySelector(".skip").addEventListener("click", (event) => { event.preventDefault(); $("main").focus(); });
  watchChart();
  addEventListener("hashchange", () => { readAddress(); draw(); });
  // The picture follows the room that it has.
  new ResizeObserver(() => {
    if (!$("grid").hidden) tableColumns().length === table.columns.length ? fillTable() : drawTable();
    else if (!$("chart").hidden && ($("canvas").clientWidth !== chart.width || $("canvas").clientHeight !== chart.height)) drawChart();
  }).observe($("main"));
  // Paper shows every row, and everything in light colours.
  addEventListener("beforeprint", () => { state.isPrinted = true; draw(); });
  addEventListener("afterprint", () => { state.isPrinted = false; draw(); });
}

setUp();
readAddress();
draw();
(window.requestIdleCallback || setTimeout)(prepareSearch);
if (state.view === "table" && table.place[state.selected] > 0) goTo(table.place[state.selected], false);
