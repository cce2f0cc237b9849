"use strict";
// What everything else writes with: elements without a word of markup, numbers, and labels that cannot act.

const $ = (id) => document.getElementById(id);

/** An element. Properties are set as properties, `aria…`, `role` and `data…` as attributes; strings become text. */
function make(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(properties || {})) {
    if (value === null || value === undefined) continue;
    if (/^(aria|data)-|^(role|for|scope)$/.test(key)) element.setAttribute(key, value);
    else if (key === "on") for (const [event, act] of Object.entries(value)) element.addEventListener(event, act);
    else element[key] = value;
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const svgSpace = "http://www.w3.org/2000/svg";
function makeSVG(tag, attributes, ...children) {
  const element = document.createElementNS(svgSpace, tag);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

// Control and format characters, such as those that turn the direction of writing, are spelled out; the joiner
// inside an emoji is left alone.
const unseen = /(?!(?<=\p{Extended_Pictographic}\uFE0F?)\u200D\p{Extended_Pictographic})[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\p{Cs}]/gu;
const visible = (text) =>
  !/[^ -~]/.test(text) ? text : text.replace(unseen, (c) => "\\u{" + c.codePointAt(0).toString(16).toUpperCase() + "}");

/** A label in an element of its own direction, with the words of a search marked. */
function labelled(text, marks) {
  const shown = visible(text);
  const element = make("bdi", { className: "label" });
  if (!marks || !marks.length) { element.textContent = shown; return element; }
  const [folded, at] = foldWithPlaces(shown);
  const hit = new Uint8Array(shown.length);
  for (const mark of marks) {
    for (let i = folded.indexOf(mark); i >= 0; i = folded.indexOf(mark, i + mark.length)) {
      for (let j = at[i]; j < at[i + mark.length]; j++) hit[j] = 1;
    }
  }
  for (let from = 0; from < shown.length;) {
    let to = from + 1;
    while (to < shown.length && hit[to] === hit[from]) to++;
    const piece = shown.slice(from, to);
    element.append(hit[from] ? make("mark", {}, piece) : piece);
    from = to;
  }
  return element;
}

/** Without case and accents, as a search compares. */
const fold = (text) => (/[^ -~·\n]/.test(text) ? text.normalize("NFKD").replace(/\p{M}/gu, "") : text).toLowerCase();

/** The folded text, and for each of its units (and its end) the place in `text` that it comes from. */
function foldWithPlaces(text) {
  let folded = "";
  const at = [];
  let place = 0;
  for (const c of text) {
    const f = fold(c);
    for (let i = 0; i < f.length; i++) at.push(place);
    folded += f;
    place += c.length;
  }
  at.push(place);
  return [folded, at];
}

const grouping = new Intl.NumberFormat("en");
const count = (n) => grouping.format(n);
const percent = (share) => (share >= 0.9995 ? "100" : (Math.round(share * 1000) / 10).toFixed(1)) + "\u202F%";
const points = (x) => (x > 0 ? "+" : x < 0 ? "\u2212" : "") + Math.abs(x * 100).toFixed(1);
const plural = (n, one, many) => `${count(n)} ${n === 1 ? one : many || one + "s"}`;
