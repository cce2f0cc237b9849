// Pictures as lists of shapes, which a canvas and an SVG file are painted from alike, and two ways to lay out a tree.

/** Cuts a rectangle into rectangles of given areas, as square as can be, largest first (Bruls, Huizing, van Wijk 2000). */
function squarify(sizes, x, y, width, height) {
  const total = sizes.reduce((sum, s) => sum + s, 0);
  const scale = total > 0 ? (width * height) / total : 0;
  const places = [];
  for (let from = 0; from < sizes.length;) {
    const side = Math.max(1e-9, Math.min(width, height));
    let [to, sum, worst] = [from, 0, Infinity];
    while (to < sizes.length) {
      const more = sum + sizes[to] * scale;
      const thick = more / side;
      const ratio = Math.max(thick / ((sizes[to] * scale) / thick), (sizes[from] * scale) / thick / thick);
      if (to > from && ratio > worst) break;
      worst = ratio;
      sum = more;
      to++;
    }
    const thick = sum / side;
    let along = 0;
    for (; from < to; from++) {
      const length = (sizes[from] * scale) / thick;
      places.push(width >= height
        ? { x, y: y + along, width: thick, height: length } : { x: x + along, y, width: length, height: thick });
      along += length;
    }
    if (width >= height) { x += thick; width -= thick; } else { y += thick; height -= thick; }
  }
  return places;
}

/** Places discs side by side around the first, each in the innermost gap of the front (Wang et al. 2006), and
 * gives their common radius. Discs are `{ r }`, largest first; they get `x` and `y` around a middle of 0, 0. */
function packDiscs(discs) {
  if (!discs.length) return 0;
  const touches = (a, b, c) => {
    // The place of c beside both a and b, to the left of the way from a to b.
    const [ra, rb, d] = [a.r + c.r, b.r + c.r, Math.hypot(b.x - a.x, b.y - a.y) || 1e-9];
    const u = (ra * ra - rb * rb + d * d) / (2 * d);
    const v = Math.sqrt(Math.max(0, ra * ra - u * u));
    const [ex, ey] = [(b.x - a.x) / d, (b.y - a.y) / d];
    c.x = a.x + u * ex - v * ey;
    c.y = a.y + u * ey + v * ex;
  };
  const overlap = (a, b) => (a.x - b.x) ** 2 + (a.y - b.y) ** 2 < (a.r + b.r) ** 2 * (1 - 1e-6);
  const [first, second] = discs;
  first.x = second ? -second.r : 0;
  first.y = 0;
  if (second) {
    second.x = first.r;
    second.y = 0;
    first.next = first.previous = second;
    second.next = second.previous = first;
    let a = second;
    for (let at = 2; at < discs.length; at++) {
      const disc = discs[at];
      for (;;) {
        const b = a.next;
        touches(b, a, disc);
        // Whoever stands in the way is where the front is cut short.
        let [right, left, rightWay, leftWay] = [b.next, a.previous, b.r, a.r];
        let blocked = null;
        do {
          if (rightWay <= leftWay) {
            if (overlap(right, disc)) { blocked = [a, right]; break; }
            rightWay += right.r;
            right = right.next;
          } else {
            if (overlap(left, disc)) { blocked = [left, b]; break; }
            leftWay += left.r;
            left = left.previous;
          }
        } while (right !== left.next);
        if (blocked) {
          [a] = blocked;
          a.next = blocked[1];
          blocked[1].previous = a;
          continue;
        }
        disc.previous = a;
        disc.next = b;
        a.next = b.previous = disc;
        break;
      }
      // Go on from the part of the front that is nearest to the middle.
      let best = disc;
      for (let c = disc.next; c !== disc; c = c.next) if (nearness(c) < nearness(best)) best = c;
      a = best;
    }
  }
  let [weight, mx, my] = [0, 0, 0];
  for (const d of discs) { weight += d.r * d.r; mx += d.x * d.r * d.r; my += d.y * d.r * d.r; }
  let radius = 0;
  for (const d of discs) {
    d.x -= mx / weight;
    d.y -= my / weight;
    radius = Math.max(radius, Math.hypot(d.x, d.y) + d.r);
    d.next = d.previous = null;
  }
  return radius;
}
function nearness(disc) {
  const [a, b] = [disc, disc.next];
  const sum = a.r + b.r;
  return ((a.x * b.r + b.x * a.r) / sum) ** 2 + ((a.y * b.r + b.y * a.r) / sum) ** 2;
}

const fontFamily = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif';
const fontOf = (text) => `${text.weight || 400} ${text.size}px ${fontFamily}`;
const gauge = document.createElement("canvas").getContext("2d");
const widths = new Map();
function textWidth(text, font) {
  const key = font + text;
  let width = widths.get(key);
  if (width === undefined) {
    gauge.font = font;
    width = gauge.measureText(text).width;
    if (widths.size > 20000) widths.clear();
    widths.set(key, width);
  }
  return width;
}
/** As much of a text as fits, with an ellipsis. */
function clip(text, width, font) {
  if (textWidth(text, font) <= width) return text;
  const characters = [...text];
  let [low, high] = [0, characters.length];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (textWidth(characters.slice(0, middle).join("") + "…", font) <= width) low = middle; else high = middle - 1;
  }
  return low > 0 ? characters.slice(0, low).join("").trimEnd() + "…" : "";
}
/** A text broken into at most so many lines. */
function wrap(text, width, font, most) {
  const lines = [];
  let line = "";
  // A dot between words stays with the word before it.
  const words = text.split(/ (?!·)/);
  for (let at = 0; at < words.length; at++) {
    const longer = line ? line + " " + words[at] : words[at];
    if (!line || textWidth(longer, font) <= width) { line = longer; continue; }
    if (lines.length === most - 1) { line = words.slice(at).reduce((all, word) => all + " " + word, line); break; }
    lines.push(line);
    line = words[at];
  }
  if (line) lines.push(line);
  return lines.map((l) => clip(l, width, font)).filter(Boolean);
}

/** Paints shapes: `{ rect, fill }`, `{ disc, fill, stroke }` and `{ text, at }`; those of a topic have its `node`. */
function paintCanvas(context, shapes) {
  for (const s of shapes) {
    context.globalAlpha = s.alpha ?? 1;
    if (s.rect) {
      const [x, y, width, height] = s.rect;
      context.fillStyle = s.fill;
      context.beginPath();
      context.roundRect(x, y, width, height, Math.min(s.round || 0, width / 2, height / 2));
      context.fill();
      if (s.stroke) { context.strokeStyle = s.stroke; context.lineWidth = 1; context.stroke(); }
    } else if (s.disc) {
      const [x, y, r] = s.disc;
      context.beginPath();
      context.arc(x, y, r, 0, 2 * Math.PI);
      if (s.fill) { context.fillStyle = s.fill; context.fill(); }
      if (s.stroke) { context.strokeStyle = s.stroke; context.lineWidth = s.line || 1; context.stroke(); }
    } else {
      context.font = fontOf(s);
      context.textAlign = s.anchor === "middle" ? "center" : "left";
      context.textBaseline = "alphabetic";
      if (s.halo) {
        context.lineJoin = "round";
        context.lineWidth = 3;
        context.strokeStyle = s.halo;
        context.strokeText(s.text, s.at[0], s.at[1]);
      }
      context.fillStyle = s.fill;
      context.fillText(s.text, s.at[0], s.at[1]);
    }
  }
  context.globalAlpha = 1;
}

const escaped = (text) =>
  text.replace(/[&<>"']/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" })[c]);

/** The same shapes as a file. */
function paintSVG(shapes, width, height, title) {
  const n = (x) => +x.toFixed(2);
  const parts = shapes.map((s) => {
    const alpha = s.alpha !== undefined && s.alpha < 1 ? ` opacity="${s.alpha}"` : "";
    const tip = s.node >= 0 ? `<title>${escaped(visible(tree.label[s.node]))}</title>` : "";
    if (s.rect) {
      const [x, y, w, h] = s.rect.map(n);
      return `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="${s.round || 0}" fill="${s.fill}"${s.stroke ? ` stroke="${s.stroke}"` : ""}${alpha}>${tip}</rect>`;
    }
    if (s.disc) {
      const [x, y, r] = s.disc.map(n);
      return `<circle cx="${x}" cy="${y}" r="${r}" fill="${s.fill || "none"}" stroke="${s.stroke || "none"}" `
        + `stroke-width="${s.line || 1}"${alpha}>${tip}</circle>`;
    }
    const halo = s.halo ? ` stroke="${s.halo}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"` : "";
    return `<text x="${n(s.at[0])}" y="${n(s.at[1])}" font-size="${s.size}" font-weight="${s.weight || 400}" `
      + `text-anchor="${s.anchor || "start"}" fill="${s.fill}"${halo}${alpha}>${escaped(s.text)}</text>`;
  });
  return `<svg xmlns="${svgSpace}" viewBox="0 0 ${n(width)} ${n(height)}" width="${n(width)}" height="${n(height)}" `
    + `font-family="${escaped(fontFamily)}"><title>${escaped(title)}</title>`
    + `<rect width="100%" height="100%" fill="${palette.paper}"/>${parts.join("\n")}</svg>\n`;
}
