// Colours. What colour means is chosen by the reader: the largest topics, a change, or a value of a facet.
// Hues keep apart for all kinds of colour vision, and never say alone what a label or a number does not say too.

const hueCount = 8;
const palettes = {
  light: {
    ink: "#1c2430", muted: "#5a6472", line: "#ffffff", paper: "#ffffff", plain: "#dde2e9", none: "#f0f1f3", halo: "#ffffff",
    hues: ["#8db8e2", "#f0a583", "#7cc8b0", "#ecd98b", "#f2b3c1", "#b9a5d6", "#c3cf72", "#9adbe8"],
    sequence: ["#e9f1f8", "#c2daee", "#8fbcdf", "#5797c9", "#2b6ca8", "#123f6d"],
    fall: ["#f3e4cf", "#dcb27a", "#a5691f"], rise: ["#d8ece8", "#80beb2", "#1f7a70"], steady: "#e6e9ed",
  },
  dark: {
    ink: "#e8ebf0", muted: "#9aa5b4", line: "#12161c", paper: "#181d25", plain: "#3a4452", none: "#222831", halo: "#12161c",
    hues: ["#3f6c9c", "#a4613f", "#32806a", "#8a7631", "#99586a", "#6a5792", "#6a7530", "#357f8e"],
    sequence: ["#1d2833", "#24425e", "#2f628e", "#4685bb", "#74aedd", "#b9dcf6"],
    fall: ["#3d3122", "#80592a", "#d19344"], rise: ["#203a38", "#2d746b", "#58bfb0"], steady: "#48525f",
  },
};
let palette = palettes.light;

const channels = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
const hexOf = (rgb) => "#" + rgb.map((c) => Math.round(c).toString(16).padStart(2, "0")).join("");
const blend = (a, b, t) => {
  const to = channels(b);
  return hexOf(channels(a).map((c, i) => c + (to[i] - c) * t));
};
function along(stops, t) {
  const at = Math.max(0, Math.min(1, t)) * (stops.length - 1);
  const from = Math.min(stops.length - 2, Math.floor(at));
  return blend(stops[from], stops[from + 1], at - from);
}
const luminances = new Map();
function luminance(hex) {
  if (!luminances.has(hex)) {
    const [r, g, b] = channels(hex).map((c) => ((c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    luminances.set(hex, 0.2126 * r + 0.7152 * g + 0.0722 * b);
  }
  return luminances.get(hex);
}
/** Black or white, whichever is read better. */
const inkOn = (fill) => (luminance(fill) > 0.209 ? "#18202b" : "#ffffff");

/** What colour stands for: `topic`, `change`, or the number of a value. */
const coloring = { by: "topic", most: 1 };
function colorBy(what) {
  coloring.by = what;
  if (typeof what === "number") {
    // The scale ends at the largest share that is shown below the root, so that small differences are seen.
    let most = 0;
    for (let i = 1; i < size; i++) most = Math.max(most, shareOf(what, i) || 0);
    coloring.most = Math.min(1, Math.ceil(most * 10) / 10);
  } else if (what === "change") {
    let most = 0;
    for (let i = 1; i < size; i++) most = Math.max(most, Math.abs(change(i)?.points || 0));
    coloring.most = Math.max(0.005, Math.ceil(most * 200) / 200);
  }
}

/** The hue of the large topic that a cluster belongs to; the others share a plain tone. */
const hueOf = (i) => (branch[i] >= 0 && branch[i] < hueCount ? palette.hues[branch[i]] : palette.plain);
/** The fill of a cluster. */
function fillOf(i) {
  if (coloring.by === "topic") return hueOf(i);
  if (coloring.by === "change") {
    const c = change(i);
    if (!c) return palette.none;
    if (!c.isClear) return palette.steady;
    return along(c.points > 0 ? palette.rise : palette.fall, Math.abs(c.points) / coloring.most);
  }
  const part = shareOf(coloring.by, i);
  return part === null ? palette.none : along(palette.sequence, part / coloring.most);
}

/** What the colours mean, as elements. */
function legend() {
  const swatch = (fill, text) => {
    const dot = make("i", { className: "swatch" });
    dot.style.background = fill;
    return make("span", { className: "key" }, dot, text);
  };
  if (coloring.by === "topic") {
    const large = children[0].slice(0, hueCount).filter(isCounted);
    return [
      ...large.map((i) => swatch(hueOf(i), labelled(tree.label[i]))),
      ...(children[0].length > hueCount ? [swatch(palette.plain, "all smaller topics")] : []),
    ];
  }
  const frame = (text) => {
    const key = swatch(palette.paper, text);
    key.firstChild.style.boxShadow = `inset 0 0 0 1px ${palette.muted}`;
    return key;
  };
  const ramp = (stops, from, to) => {
    const bar = make("i", { className: "ramp" });
    bar.style.background = `linear-gradient(to right, ${stops.join(", ")})`;
    return make("span", { className: "key" }, from, bar, to);
  };
  if (coloring.by === "change") {
    return [
      make("span", { className: "key" }, `Share of all conversations, ${span(later)} against ${span(earlier)}:`),
      ramp([...palette.fall].reverse().concat(palette.rise), points(-coloring.most), `${points(coloring.most)} points`),
      swatch(palette.steady, "no clear change"), frame("not shown"),
    ];
  }
  if (coloring.most === 0) return [make("span", { className: "key" }, `${valueName(coloring.by)} is shown of all conversations only.`)];
  return [
    make("span", { className: "key" }, `${valueName(coloring.by)} among the conversations of a topic:`),
    ramp(palette.sequence, "0", percent(coloring.most)),
    make("span", { className: "key" }, `${percent(shareOf(coloring.by, 0) || 0)} in all conversations`), frame("not shown"),
  ];
}
