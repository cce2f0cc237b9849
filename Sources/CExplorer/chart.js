// The treemap and the map: where things are, how they are painted, and how one moves about in them.

const chart = {
  width: 0, height: 0, shapes: [], hover: -1, moved: false,
  // What the map shows: a place p of 0...1 is painted at p * scale + shift.
  view: { scale: 1, x: 0, y: 0 },
};
const canMove = () => state.view === "map";
const faded = (i) => (search.hits && !search.hits[i] ? 0.18 : 1);
const caption = (i) => `${visible(tree.label[i])}, ${percent(share(i))}`;

function drawChart() {
  const box = $("canvas");
  chart.width = box.clientWidth;
  chart.height = box.clientHeight;
  if (!chart.width || !chart.height) return;
  if (state.view === "map") layMap();
  chart.shapes = state.view === "map" ? mapShapes() : treemapShapes();
  paint($("base"), chart.shapes);
  drawLens();
  drawCrumbs();
  // In a treemap of topics every colour stands under its own name.
  $("legend").replaceChildren(...(state.view === "treemap" && coloring.by === "topic" ? [] : legend()));
  $("zoom").hidden = !canMove();
  box.setAttribute("aria-roledescription", state.view === "map" ? "map of topics" : "treemap of topics");
  box.setAttribute("aria-label", `${caption(state.selected)}, selected. The table has the same topics.`);
  $("chart-help").textContent = state.view === "map"
    ? (hasPlaces() ? "Topics that share words lie close together; the size of a disc is the number of conversations."
      : "Discs lie inside the topic that they belong to; their size is the number of conversations.")
      + " Scroll or pinch to zoom, drag to move, arrow keys to walk."
    : "Area is the number of conversations; what stays empty is in none of the topics beside it. Click a chosen topic, or press "
      + "Enter, to look inside; Escape goes back.";
}

function paint(canvas, shapes, ratio = Math.min(3, window.devicePixelRatio || 1)) {
  canvas.width = Math.round(chart.width * ratio);
  canvas.height = Math.round(chart.height * ratio);
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  paintCanvas(context, shapes);
}

/** The outlines of what is chosen and of what the pointer is on. */
function drawLens() {
  const canvas = $("lens");
  const ratio = Math.min(3, window.devicePixelRatio || 1);
  canvas.width = Math.round(chart.width * ratio);
  canvas.height = Math.round(chart.height * ratio);
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  for (const [i, line, color] of [[state.selected, 2.5, palette.ink], [chart.hover, 1.5, palette.ink]]) {
    const s = i < 0 ? null : chart.shapes.find((s) => s.node === i && !s.text && !s.rest);
    if (!s) continue;
    context.strokeStyle = color;
    context.lineWidth = line;
    context.beginPath();
    if (s.rect) context.roundRect(s.rect[0] + line / 2, s.rect[1] + line / 2, Math.max(1, s.rect[2] - line), Math.max(1, s.rect[3] - line), s.round || 0);
    else context.arc(s.disc[0], s.disc[1], s.disc[2] + line / 2 + 1, 0, 2 * Math.PI);
    context.stroke();
  }
}

function drawCrumbs() {
  const crumbs = $("crumbs");
  crumbs.hidden = state.view !== "treemap";
  if (crumbs.hidden) return;
  const path = pathTo(state.zoom);
  crumbs.replaceChildren(make("ol", {}, path.map((i, at) => make("li", {},
    at === path.length - 1 ? make("span", { "aria-current": "true" }, labelled(tree.label[i]))
      : make("button", { type: "button", on: { click: () => zoomTo(i) } }, labelled(tree.label[i]))))));
}

// MARK: Treemap

function treemapShapes() {
  const shapes = [];
  // What is not shown is an empty frame, so that nobody takes it for a low number.
  const empty = { fill: palette.paper, stroke: palette.plain };
  const nest = (above, x, y, width, height, level) => {
    const gap = level === 0 ? 1.5 : 0.75;
    const parts = ordered(above).slice().sort((a, b) => measure.conversations[b] - measure.conversations[a] || a - b);
    // What is in none of the parts lies below them: a strip of its own, or of the colour of what they are in.
    const left = rest(above);
    const strip = height * left / measure.conversations[above];
    if (level === 0 && strip > 2 * gap + 1) {
      shapes.push({
        rect: [x + gap, y + height - strip + gap, width - 2 * gap, strip - 2 * gap], ...empty, node: above, rest: true, round: 3,
      });
      if (width > 150 && strip > 18) {
        const text = { size: 11.5, weight: 400 };
        const words = above === 0 ? "In no topic that is shown" : "In none of these topics";
        shapes.push({
          ...text, at: [x + 8, y + height - strip / 2 + 4], fill: palette.muted,
          text: clip(`${words}: ${percent(left / measure.total)}`, width - 14, fontOf(text)),
        });
      }
    }
    squarify(parts.map((i) => measure.conversations[i]), x, y, width, height - strip).forEach((place, at) => {
      const i = parts[at];
      const [px, py, pw, ph] = [place.x + gap, place.y + gap, place.width - 2 * gap, place.height - 2 * gap];
      if (pw < 1 || ph < 1) return;
      const fill = fillOf(i);
      const alpha = faded(i);
      const hasInside = level < 2 && pw > 70 && ph > 56 && hasParts(i);
      const ground = hasInside && coloring.by === "topic" ? blend(fill, palette.paper, 0.35) : fill;
      shapes.push({ rect: [px, py, pw, ph], ...(fill === palette.none ? empty : { fill: ground }), node: i, alpha, round: 4 });
      const title = { size: pw < 84 ? 11 : level === 0 ? 13 : 12, weight: hasInside ? 650 : level === 0 ? 600 : 500 };
      const ink = inkOn(ground);
      if (hasInside) {
        const font = fontOf(title);
        const part = { size: 11.5, weight: 400 };
        const figure = percent(share(i));
        const room = pw - 16;
        const label = clip(visible(tree.label[i]), room - (room > 130 ? textWidth(figure, fontOf(part)) + 10 : 0), font);
        shapes.push({ ...title, text: label, at: [px + 8, py + 17], fill: ink, alpha });
        if (room > 130) shapes.push({ ...part, text: figure, at: [px + 8 + textWidth(label, font) + 8, py + 17], fill: ink, alpha: alpha * 0.75 });
        nest(i, px + 3, py + 24, pw - 6, ph - 27, level + 1);
        return;
      }
      if (pw < 40 || ph < 20) return;
      const lines = wrap(visible(tree.label[i]), pw - 14, fontOf(title), Math.max(1, Math.min(4, Math.floor((ph - 8) / 16))))
        .filter((line, row, all) => line.length > 3 || all.length === 1 || !line.endsWith("…"));
      lines.forEach((line, row) => shapes.push({ ...title, text: line, at: [px + 7, py + 16 + row * 16], fill: ink, alpha }));
      const below = py + 16 + lines.length * 16;
      if (pw > 46 && below + 2 < py + ph) {
        const note = coloring.by === "topic" ? percent(share(i))
          : coloring.by === "change" ? (change(i)?.isClear ? points(change(i).points) + " points" : "")
            : shareOf(coloring.by, i) === null ? "" : percent(shareOf(coloring.by, i));
        shapes.push({ size: 11.5, text: clip(note, pw - 14, fontOf({ size: 11.5 })), at: [px + 7, below], fill: ink, alpha: alpha * 0.8 });
      }
    });
  };
  while (state.zoom > 0 && !hasParts(state.zoom)) state.zoom = tree.parent[state.zoom];
  if (!hasParts(0)) shapes.push({ rect: [0, 0, chart.width, chart.height], fill: palette.plain, node: 0, round: 4 });
  else nest(state.zoom, 0, 0, chart.width, chart.height, 0);
  return shapes;
}

function zoomTo(i) {
  if (!hasParts(i)) return;
  state.zoom = i;
  if (!isWithin(state.selected, i)) state.selected = i;
  draw();
  say(`Inside ${visible(tree.label[i])}: ${plural(children[i].filter(isCounted).length, "topic")}`);
}

// MARK: Map

const hasPlaces = () => Boolean(tree.x);
let discs = null;

/** The place and the radius of each topic in 0...1, once for each filter. */
function layMap() {
  if (discs) return;
  discs = new Array(size);
  if (hasPlaces()) {
    // Topics that are not divided further, at the places of the release; the areas of all together are a part of the map.
    const shown = [];
    for (let i = 1; i < size; i++) if (isLeaf(i) && isCounted(i)) shown.push(i);
    const total = shown.reduce((sum, i) => sum + measure.conversations[i], 0) || 1;
    const scale = Math.sqrt(0.13 / Math.PI / total);
    let [left, right, top, bottom] = [1, 0, 1, 0];
    for (const i of shown) {
      left = Math.min(left, tree.x[i]); right = Math.max(right, tree.x[i]);
      top = Math.min(top, tree.y[i]); bottom = Math.max(bottom, tree.y[i]);
    }
    // The places fill the map whatever part of the plane they take.
    const [wide, high] = [Math.max(1e-6, right - left), Math.max(1e-6, bottom - top)];
    for (const i of shown) discs[i] = {
      x: shown.length > 1 ? 0.08 + 0.84 * (tree.x[i] - left) / wide : 0.5,
      y: shown.length > 1 ? 0.08 + 0.84 * (tree.y[i] - top) / high : 0.5,
      r: Math.max(0.002, scale * Math.sqrt(measure.conversations[i])),
    };
    return;
  }
  // Discs inside discs, from the leaves up; then places from the root down.
  const nested = new Array(size);
  for (let i = size - 1; i >= 0; i--) {
    const inside = children[i].filter(isCounted);
    if (!isCounted(i)) continue;
    nested[i] = { i, r: Math.sqrt(measure.conversations[i]), x: 0, y: 0 };
    if (inside.length) {
      const parts = inside.map((j) => nested[j]).sort((a, b) => b.r - a.r || a.i - b.i);
      nested[i].r = packDiscs(parts) * 1.04;
    }
  }
  const unit = 0.49 / nested[0].r;
  for (let i = 0; i < size; i++) {
    if (!nested[i]) continue;
    const above = i === 0 ? { x: 0.5, y: 0.5 } : discs[tree.parent[i]];
    discs[i] = { x: above.x + nested[i].x * unit, y: above.y + nested[i].y * unit, r: nested[i].r * unit };
  }
}

/** Places of 0...1 in pixels: stretched to the canvas where they are the release's, round where they are nested. */
function onScreen(disc) {
  const [w, h] = [chart.width, chart.height];
  const side = Math.min(w, h);
  const [sx, sy] = hasPlaces() ? [w, h] : [side, side];
  const { scale, x, y } = chart.view;
  return [
    (disc.x * sx + (w - sx) / 2) * scale + x, (disc.y * sy + (h - sy) / 2) * scale + y,
    // Discs grow more slowly than their distances, so that those that overlap come apart.
    disc.r * (hasPlaces() ? Math.sqrt(w * h) * scale ** 0.7 : side * scale),
  ];
}

function mapShapes() {
  const shapes = [];
  const seen = [];
  for (let i = hasPlaces() ? 1 : 0; i < size; i++) {
    if (!discs[i]) continue;
    const [x, y, r] = onScreen(discs[i]);
    if (x + r < 0 || y + r < 0 || x - r > chart.width || y - r > chart.height || r < 0.4) continue;
    seen.push({ i, x, y, r });
  }
  // Large ones first, so that none hides a smaller one; nested ones come parents first already.
  if (hasPlaces()) seen.sort((a, b) => b.r - a.r || a.i - b.i);
  for (const { i, x, y, r } of seen) {
    const fill = i === 0 || !isLeaf(i) ? (i === 0 ? palette.none : blend(fillOf(i), palette.paper, 0.6)) : fillOf(i);
    const isEmpty = fill === palette.none && i > 0;
    shapes.push({ disc: [x, y, r], fill: isEmpty ? palette.paper : fill, stroke: r > 3 ? blend(fill, palette.ink, 0.28) : null, line: 0.8, node: i, alpha: faded(i) * (hasPlaces() ? 0.9 : 1) });
  }
  labelDiscs(shapes, seen);
  return shapes;
}

/** Labels where there is room, the largest topics first; those that a search found come before all others. */
function labelDiscs(shapes, seen) {
  const taken = [];
  const isFree = (box) => !taken.some((t) => box[0] < t[2] && t[0] < box[2] && box[1] < t[3] && t[1] < box[3]);
  const large = seen.slice(0, 500).filter(({ r }) => r > 5);
  const hides = (box, i) => large.some((d) => d.i !== i
    && (Math.max(box[0], Math.min(d.x, box[2])) - d.x) ** 2 + (Math.max(box[1], Math.min(d.y, box[3])) - d.y) ** 2 < (d.r - 2) ** 2);
  const candidates = seen.filter(({ i }) => i > 0 && (hasPlaces() || isLeaf(i) || chart.view.scale < 3) && (!search.hits || search.hits[i]))
    .sort((a, b) => (a.i === state.selected ? -1 : b.i === state.selected ? 1 : b.r - a.r || a.i - b.i)).slice(0, 400);
  let labels = 0;
  for (const { i, x, y, r } of candidates) {
    if (labels >= Math.max(30, (chart.width * chart.height) / 9000)) break;
    const text = { size: (r > 34 ? 13 : 11.5) * (chart.width > 1500 ? 1.2 : 1), weight: r > 34 ? 600 : 500 };
    const font = fontOf(text);
    const isInside = !hasPlaces();
    const room = isInside ? r * 1.75 : Math.max(120, r * 2.6);
    if (isInside && r < 16) continue;
    const lines = wrap(visible(tree.label[i]), room, font, 2);
    if (!lines.length) continue;
    const wide = Math.max(...lines.map((line) => textWidth(line, font)));
    const leading = text.size * 1.2;
    const tall = lines.length * leading;
    // In the disc where it is wide enough, else beside it.
    const places = isInside || wide < r * 1.7 ? [[x, y - tall / 2]]
      : [[x, y + r + 2], [x, y - r - tall - 2], [x + r + wide / 2 + 4, y - tall / 2], [x - r - wide / 2 - 4, y - tall / 2],
        ...[[1, 1], [-1, 1], [1, -1], [-1, -1]].map(([sx, sy]) => [x + sx * (0.75 * r + wide / 2), y + sy * (0.75 * r + tall / 2) - tall / 2])];
    const isOn = places.length === 1;
    const boxes = places.map(([cx, top]) => ({ cx, top, box: [cx - wide / 2 - 2, top - 1, cx + wide / 2 + 2, top + tall + 1] }))
      .filter(({ box }) => box[0] >= 2 && box[2] <= chart.width - 2 && box[1] >= 2 && box[3] <= chart.height - 2 && isFree(box));
    // A label over somebody else's disc is better than none for what is large or was asked for.
    const place = boxes.find(({ box }) => isOn || !hides(box, i)) || (r > 18 || i === state.selected ? boxes[0] : null);
    if (!place) continue;
    taken.push(place.box);
    lines.forEach((line, row) => shapes.push({
      ...text, text: line, at: [place.cx, place.top + text.size * 0.95 + row * leading], anchor: "middle",
      fill: isOn ? inkOn(fillOf(i)) : palette.ink, halo: isOn ? null : palette.halo,
    }));
    labels++;
  }
}

/** Zooms the map by a factor around a point of the canvas, as far as it makes sense. */
function zoomMap(factor, x = chart.width / 2, y = chart.height / 2) {
  const view = chart.view;
  const scale = Math.max(1, Math.min(60, view.scale * factor));
  const f = scale / view.scale;
  chart.view = keepInside({ scale, x: x - (x - view.x) * f, y: y - (y - view.y) * f });
  redrawMap();
}
function keepInside({ scale, x, y }) {
  const [w, h] = [chart.width * (scale - 1), chart.height * (scale - 1)];
  return { scale, x: Math.min(0, Math.max(-w, x)), y: Math.min(0, Math.max(-h, y)) };
}
let isMapDue = false;
function redrawMap() {
  if (isMapDue) return;
  isMapDue = true;
  requestAnimationFrame(() => {
    isMapDue = false;
    if (state.view !== "map") return;
    chart.shapes = mapShapes();
    paint($("base"), chart.shapes);
    drawLens();
  });
}

// MARK: Pointer and keys

/** The topic at a point, or -1. */
function nodeAt(x, y) {
  for (let at = chart.shapes.length - 1; at >= 0; at--) {
    const s = chart.shapes[at];
    if (s.node === undefined || s.text) continue;
    if (s.rect ? x >= s.rect[0] && y >= s.rect[1] && x < s.rect[0] + s.rect[2] && y < s.rect[1] + s.rect[3]
      : (x - s.disc[0]) ** 2 + (y - s.disc[1]) ** 2 <= Math.max(4, s.disc[2]) ** 2) return s.rest ? -1 : s.node;
  }
  return -1;
}

function hover(i, x, y) {
  const tip = $("tip");
  if (i !== chart.hover) {
    chart.hover = i;
    drawLens();
    if (i >= 0) {
      tip.replaceChildren(make("strong", {}, labelled(tree.label[i])), make("span", {}, [
        percent(share(i)), byUser ? `${count(measure.users[i])} users` : null, `${count(measure.conversations[i])} conversations`,
        typeof coloring.by === "number" ? `${valueName(coloring.by)} ${shareOf(coloring.by, i) === null ? "not shown" : percent(shareOf(coloring.by, i))}` : null,
        coloring.by === "change" && change(i)?.isClear ? `${points(change(i).points)} points` : null,
      ].filter(Boolean).join(" · ")));
    }
  }
  tip.hidden = i < 0;
  if (i < 0) return;
  // Beside the pointer, and never outside of the picture.
  const [w, h] = [tip.offsetWidth, tip.offsetHeight];
  tip.style.transform = `translate(${Math.max(4, Math.min(chart.width - w - 4, x + 14))}px, ${y + 18 + h > chart.height ? y - h - 10 : y + 18}px)`;
}

function pick(i) {
  if (i < 0) return;
  if (state.view === "treemap" && i === state.selected && hasParts(i)) return zoomTo(i);
  select(i);
  showDetail(true);
}

const pointers = new Map();
function watchChart() {
  const box = $("canvas");
  const spot = (event) => {
    const at = box.getBoundingClientRect();
    return [event.clientX - at.left, event.clientY - at.top];
  };
  box.addEventListener("pointerdown", (event) => {
    if (event.target.closest("button")) return;
    pointers.set(event.pointerId, spot(event));
    chart.moved = false;
    if (canMove()) box.setPointerCapture(event.pointerId);
  });
  box.addEventListener("pointermove", (event) => {
    const [x, y] = spot(event);
    const from = pointers.get(event.pointerId);
    if (from && canMove()) {
      if (Math.hypot(x - from[0], y - from[1]) > 3) chart.moved = true;
      if (!chart.moved) return;
      const others = [...pointers].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
      if (others.length) {
        const [ox, oy] = others[0];
        zoomMap(Math.hypot(x - ox, y - oy) / Math.max(1, Math.hypot(from[0] - ox, from[1] - oy)), ox, oy);
      } else {
        chart.view = keepInside({ ...chart.view, x: chart.view.x + x - from[0], y: chart.view.y + y - from[1] });
        redrawMap();
      }
      pointers.set(event.pointerId, [x, y]);
      return hover(-1);
    }
    hover(nodeAt(x, y), x, y);
  });
  const lift = (event) => {
    const had = pointers.delete(event.pointerId);
    if (event.type === "pointerup" && had && !chart.moved) pick(nodeAt(...spot(event)));
  };
  box.addEventListener("pointerup", lift);
  box.addEventListener("pointercancel", lift);
  box.addEventListener("pointerleave", () => hover(-1));
  box.addEventListener("wheel", (event) => {
    if (!canMove()) return;
    event.preventDefault();
    zoomMap(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0022)), ...spot(event));
  }, { passive: false });
  box.addEventListener("keydown", chartKey);
  $("zoom-in").addEventListener("click", () => zoomMap(1.6));
  $("zoom-out").addEventListener("click", () => zoomMap(1 / 1.6));
  $("zoom-all").addEventListener("click", () => { chart.view = { scale: 1, x: 0, y: 0 }; redrawMap(); });
}

function chartKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  if (ways[event.key]) walkChart(...ways[event.key]);
  else if (event.key === "Enter") {
    if (state.view === "treemap") zoomTo(state.selected);
    showDetail(true);
  } else if (event.key === "Escape" || event.key === "Backspace") {
    if (state.view !== "treemap" || state.zoom === 0) return;
    const from = state.zoom;
    zoomTo(tree.parent[from]);
    select(from);
  } else if (canMove() && (event.key === "+" || event.key === "=")) zoomMap(1.6);
  else if (canMove() && event.key === "-") zoomMap(1 / 1.6);
  else if (canMove() && event.key === "0") $("zoom-all").click();
  else return;
  event.preventDefault();
}

/** Selects the nearest topic in a direction. */
function walkChart(dx, dy) {
  const middles = chart.shapes.filter((s) => s.node > 0 && !s.text && !s.rest && (s.rect || isLeaf(s.node)))
    .map((s) => ({ i: s.node, x: s.rect ? s.rect[0] + s.rect[2] / 2 : s.disc[0], y: s.rect ? s.rect[1] + s.rect[3] / 2 : s.disc[1] }));
  const here = middles.find(({ i }) => i === state.selected);
  if (!here) { if (middles.length) select(middles[0].i); return; }
  let [best, least] = [null, Infinity];
  for (const other of middles) {
    const [ahead, aside] = [(other.x - here.x) * dx + (other.y - here.y) * dy, Math.abs((other.x - here.x) * dy) + Math.abs((other.y - here.y) * dx)];
    if (ahead <= 0.5 || isWithin(other.i, here.i) || isWithin(here.i, other.i)) continue;
    const far = ahead + 2.5 * aside;
    if (far < least) [best, least] = [other, far];
  }
  if (best) select(best.i);
}
