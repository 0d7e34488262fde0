// The county map: element and numbers in, canvas out. One plain module with no dependency, used by
// the dashboard's component and by decks that stand alone. See ui/county_map.py for the numbers.

const COUNTY_LINE = 0.5, STATE_LINE = 1.1; // CSS pixels
const GRADES = 4; // a packed value holds steps * GRADES + grade
const SHAKY = 2; // the grade that is hatched
const SMALL = 14; // a focused county smaller than this gets a circle round it, CSS pixels
const DIRECTIONS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

// The characters numbers are packed in: printable, and safe inside JSON and HTML.
const ALPHABET = Array.from({ length: 92 }, (_, i) => String.fromCharCode(35 + i))
  .filter((character) => !"&'<>\\".includes(character));
const BASE = ALPHABET.length;
const DIGIT = new Map(ALPHABET.map((character, i) => [character, i]));
// First character from, numbers from, characters that follow.
const SHORT = [[0, 0, 0], [50, 50, 1], [80, 50 + 30 * BASE, 2], [86, 50 + 30 * BASE + 6 * BASE ** 2, 4]];

const STYLE = `
.county-map { --ink: var(--map-ink, #1b1f24); --ground: var(--map-ground, #fff);
  --soft: var(--map-soft, #f2f3f5); --rule: var(--map-rule, #c9ced6);
  --accent: var(--map-accent, #0b5cad);
  color: var(--ink); font: 17px/1.4 var(--map-font, system-ui, sans-serif);
  font-variant-numeric: tabular-nums; container-type: inline-size; }
.county-map * { box-sizing: border-box; }
.county-map .tools { display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: end;
  align-content: start; grid-area: tools; }
.county-map label { display: block; font-size: 15px; margin-bottom: 2px; }
.county-map .find { position: relative; flex: 0 1 320px; }
.county-map input, .county-map button { font: inherit; color: inherit; background: var(--ground);
  border: 1px solid var(--edge); border-radius: 6px; padding: 6px 10px; min-height: 40px; }
.county-map input { width: 100%; }
.county-map button { cursor: pointer; }
.county-map .tools button { max-width: calc(100% - 165px); overflow: hidden; text-overflow: ellipsis;
  white-space: nowrap; }
.county-map button[disabled] { cursor: default; opacity: 0.5; }
.county-map :is(input, button, .stage):focus-visible { outline: 3px solid var(--accent);
  outline-offset: 2px; }
.county-map ul { list-style: none; margin: 0; padding: 0; }
.county-map .found { position: absolute; z-index: 3; left: 0; right: 0; top: 100%;
  background: var(--ground); border: 1px solid var(--edge); border-radius: 6px; overflow: hidden; }
.county-map .found li { padding: 6px 10px; cursor: pointer; }
.county-map .found li[aria-selected="true"] { background: var(--ink); color: var(--ground); }
.county-map .below p { margin: 0; }
.county-map .body { display: grid; gap: 12px 28px; grid-template: "tools" "map" "legend" "table" / minmax(0, 1fr); }
.county-map .drawn { grid-area: map; }
.county-map .legend { grid-area: legend; }
.county-map .beside { grid-area: table; max-height: 440px; overflow: auto; }
.county-map .stage { position: relative; aspect-ratio: 975 / 610; border-radius: 6px;
  width: min(100%, calc(var(--map-tallest, min(66vh, max(300px, 100vh - 310px))) * 975 / 610)); touch-action: manipulation; }
.county-map canvas.layer { position: absolute; inset: 0; width: 100%; height: 100%; }
.county-map .card { background: var(--ground); color: var(--ink); border: 1px solid var(--edge);
  border-radius: 8px; padding: 10px 14px; font-size: 16px; line-height: 1.35; }
.county-map .stage .card { position: absolute; z-index: 2; width: max-content; max-width: 330px;
  pointer-events: none; box-shadow: 0 2px 10px rgb(0 0 0 / 0.25); }
.county-map .card p { margin: 0; }
.county-map .card .name { font-weight: 650; font-size: 18px; }
.county-map .card .value { font-size: 24px; font-weight: 650; }
.county-map .quiet { color: var(--quiet); font-size: 15px; }
.county-map .below { display: none; margin-top: 6px; }
.county-map .legend .title { font-weight: 650; margin: 0 0 6px; }
.county-map .legend li { display: flex; align-items: center; gap: 10px; min-height: 30px; }
.county-map .legend canvas { flex: none; width: 34px; height: 22px; border-radius: 2px; }
.county-map .legend .count { margin-left: auto; color: var(--quiet); font-size: 15px; }
.county-map .legend .apart { margin-top: 8px; }
.county-map .square { border-collapse: collapse; width: 100%; max-width: 420px; table-layout: fixed; font-size: 15px; }
.county-map .square caption { text-align: left; margin-bottom: 6px; }
.county-map .square :is(th, td) { font-weight: 400; text-align: center; padding: 4px; }
.county-map .square tbody td { height: 52px; border: 1px solid var(--ground); }
.county-map .square th .quiet { display: block; font-size: 14px; }
.county-map p.help { margin: 6px 0 0; }
.county-map .said { position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap; margin: 0; }
.county-map [hidden] { display: none; }
@container (min-width: 980px) {
  .county-map .body { grid-template: "map tools" auto "map legend" 1fr "table table" auto / minmax(0, auto) minmax(390px, 1fr); }
  .county-map .find { flex-basis: 100%; }
  .county-map .stage { width: min(100cqw - 430px, calc(var(--map-tallest, min(66vh, max(300px, 100vh - 310px))) * 975 / 610)); }
}
@container (min-width: 1300px) {
  .county-map .body { grid-template: "map tools" auto "map legend" auto "map table" 1fr / minmax(0, auto) minmax(390px, 1fr); }
  .county-map .beside { height: 0; min-height: max(100%, 260px); max-height: none; }
}
@container (max-width: 560px) {
  .county-map .body { grid-template: "map" "legend" "tools" "table" / minmax(0, 1fr); }
  .county-map .below { display: block; }
  .county-map .find { flex-basis: 100%; }
  .county-map p.help { display: none; }
}
@media (pointer: coarse) { .county-map p.help { display: none; } }
.county-map.small .body { grid-template: "map" "legend" / minmax(0, 1fr); }
.county-map.small .stage { width: 100%; }
.county-map.small :is(.tools, p.help) { display: none; }
.county-map.small .legend ul { display: flex; flex-wrap: wrap; gap: 0 18px; margin: 0; }
.county-map.small .legend li { gap: 6px; font-size: 15px; }
.county-map.small .legend .title { font-size: 15px; margin: 0; }
`;

/** Draw a map of counties inside an element, and keep it up to date.
 *
 * handlers: choose(id), zoom(state or null), pin(ids), drawn({rows, numbers, chosen, colours, words}) with
 * the counties in view, and beside, an element to put under the legend; each may be left out.
 * Gives back update(numbers), destroy(), point(id or null) to mark a county from outside, and
 * rows(), a promise of the numbers unpacked, one row a county.
 */
export function drawCountyMap(element, numbers, handlers = {}) {
  const map = { handlers, pins: [], zoom: null, focused: -1, hovered: -1, shapes: null };
  build(map, element);
  listen(map);
  update(map, numbers);
  return {
    update: (newer) => update(map, newer),
    destroy: () => destroy(map),
    point: (id) => point(map, map.shapes?.index.get(id) ?? -1),
    rows: () => map.ready.then(() => map.rows),
  };
}

// ---------------------------------------------------------------- what arrives

const fetched = new Map(); // address of a shapes file -> promise of its shapes, for all maps

function shapesOf(source) {
  if (typeof source !== "string") return Promise.resolve(source).then(unfold);
  const address = new URL(source, document.baseURI).href;
  if (!fetched.has(address)) {
    const shapes = fetch(address).then((answer) => {
      if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
      return answer.json();
    }).then(unfold);
    shapes.catch(() => fetched.delete(address));
    fetched.set(address, shapes);
  }
  return fetched.get(address);
}

/** Turn a shapes file into paths and the boxes around them. */
function unfold(file) {
  const paths = [], boxes = [];
  for (const rings of file.rings) {
    const path = new Path2D(), box = [Infinity, Infinity, -Infinity, -Infinity];
    for (const ring of rings) trace(path, ring, box).closePath();
    paths.push(path);
    boxes.push(box);
  }
  const insetLines = new Path2D();
  for (const line of file.inset_lines) line.forEach(([x, y], i) => (i ? insetLines.lineTo(x, y) : insetLines.moveTo(x, y)));
  const states = new Map(file.states);
  return {
    width: file.width, height: file.height, ids: file.ids, labels: file.labels, paths, boxes,
    insetLines, states, stateLines: linesByPart(file, boxes), insetStates: file.inset_states,
    index: new Map(file.ids.map((id, i) => [id, i])),
    names: file.names,
    plain: file.names.map((name, i) => plain(`${name}, ${states.get(file.ids[i].slice(0, 2))}`)),
  };
}

/** State borders of the lower 48 ("") and of each inset state, which a zoom leaves out. */
function linesByPart(file, boxes) {
  const parts = { "": new Path2D() };
  const frames = file.inset_states.map((state) => [state, joined(boxes.filter((box, i) => file.ids[i].startsWith(state)))]);
  for (const [state] of frames) parts[state] = new Path2D();
  for (const line of file.state_lines) {
    const inset = frames.find(([, box]) => line[0] >= box[0] && line[0] <= box[2] && line[1] >= box[1] && line[1] <= box[3]);
    trace(parts[inset ? inset[0] : ""], line);
  }
  return parts;
}

/** The smallest box around boxes. */
function joined(boxes) {
  return boxes.reduce((all, box) => [Math.min(all[0], box[0]), Math.min(all[1], box[1]), Math.max(all[2], box[2]), Math.max(all[3], box[3])]);
}

function trace(path, steps, box) {
  let x = 0, y = 0;
  for (let i = 0; i < steps.length; i += 2) {
    x += steps[i];
    y += steps[i + 1];
    if (i) path.lineTo(x, y);
    else path.moveTo(x, y);
    if (box) {
      box[0] = Math.min(box[0], x); box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x); box[3] = Math.max(box[3], y);
    }
  }
  return path;
}

/** Lower case without accents and points, so that "Dona Ana" and "St Louis" are found. */
function plain(text) {
  return text.normalize("NFD").replace(/[\u0300-\u036f.']/g, "").toLowerCase();
}

/** Whole numbers of a fixed width, counted from an offset. */
function unpack({ text, width, offset }) {
  const found = [];
  for (let at = 0; at < text.length; at += width) found.push(offset + wholeAt(text, at, width));
  return found;
}

function wholeAt(text, at, width) {
  let number = 0;
  for (let i = 0; i < width; i++) number = number * BASE + DIGIT.get(text[at + i]);
  return number;
}

/** Whole numbers of which small ones are short; see equity/map_numbers.py. */
function unpackShort(text) {
  const found = [];
  for (let at = 0; at < text.length;) {
    const first = DIGIT.get(text[at]), [from, start, width] = SHORT.findLast(([lowest]) => first >= lowest);
    const folded = start + (first - from) * BASE ** width + wholeAt(text, at + 1, width) - 1;
    found.push(folded < 0 ? null : folded % 2 ? -(folded + 1) / 2 : folded / 2);
    at += 1 + width;
  }
  return found;
}

/** One row a county: its value, grade, class and interval, or why it has no value. */
function unpackRows(numbers, shapes) {
  const { format, breaks } = numbers, graded = unpack(numbers.values);
  if (graded.length !== shapes.ids.length) throw new Error(`${graded.length} numbers for ${shapes.ids.length} counties`);
  const first = numbers.values.offset; // from here stand the reasons for having no value
  const below = numbers.below && unpackShort(numbers.below), skew = numbers.skew && unpackShort(numbers.skew);
  const step = 10 ** format.decimals, margin = 10 ** format.marginDecimals;
  const facts = (numbers.facts ?? []).map((fact) => ({ fact, steps: unpack(fact.numbers) }));
  let at = -1;
  return graded.map((code, index) => {
    const id = shapes.ids[index];
    const row = { index, id, name: shapes.names[index], state: shapes.states.get(id.slice(0, 2)),
      value: null, missing: -1, class: -1, grade: -1, low: null, high: null, error: 0,
      facts: facts.map(({ fact, steps }) => factText(fact, steps[index])) };
    if (code < first + GRADES) return { ...row, missing: code - first };
    at += 1;
    const whole = Math.floor(code / GRADES), value = whole / step, under = below?.[at] ?? null;
    Object.assign(row, { value, grade: code - whole * GRADES, class: breaks.filter((bound) => bound < whole).length });
    if (under === null) return row;
    const over = under + skew[at];
    return { ...row, low: value - under / margin, high: value + over / margin, error: (under + over) / margin / 2 / format.z };
  });
}

// ---------------------------------------------------------------- words

/** A county's place from the highest, and how many others it cannot be told apart from. */
function rank(rows, row) {
  let higher = 0, tied = 0, ranked = 0;
  for (const other of rows) {
    if (other.value === null) continue;
    ranked += 1;
    if (other === row) continue;
    const gap = Math.abs(other.value - row.value);
    if (other.value > row.value && gap > 1e-9) higher += 1;
    if (gap <= 1e-9 || gap <= 1.96 * Math.hypot(other.error, row.error)) tied += 1;
  }
  return { place: higher + 1, tied, ranked };
}

function valueText(format, value) {
  const number = value.toLocaleString("en-US", {
    minimumFractionDigits: format.decimals, maximumFractionDigits: format.decimals,
  });
  return `${format.before}${number.replace("-", "\u2212")}${format.after}`;
}

/** One of the numbers a category is made of, in words. */
function factText(fact, step) {
  return `${fact.title}: ${step === fact.numbers.offset ? fact.none : valueText(fact.format, step / 10 ** fact.format.decimals)}`;
}

/** A county's value, or its category, or the kind of missing number; a category in full or as in the legend. */
function valueOf({ numbers }, row, categories) {
  if (row.missing >= 0) return numbers.missing[row.missing].label;
  return numbers.categories ? categories[row.class] : valueText(numbers.format, row.value);
}

function intervalText(numbers, row) {
  if (row.low === null) return "";
  return `${numbers.format.level}% interval ${boundsText(numbers.format, row)}`;
}

function boundsText(format, { low, high }) {
  return `${valueText({ ...format, after: "" }, low)} to ${valueText({ ...format, before: "" }, high)}`;
}

/** A county's rank with its ties, or why it has none; the same words as equity/county_map.py. */
export function rankText(numbers, rows, row) {
  if (!numbers.mayRank) return numbers.whyNoRank;
  const { place, tied, ranked } = rank(rows, row);
  const others = tied === 1 ? "1 other" : `${tied.toLocaleString("en-US")} others`;
  const ties = tied ? `, tied with ${others}` : "";
  return `Rank ${place.toLocaleString("en-US")} of ${ranked.toLocaleString("en-US")} from the highest${ties}`;
}

/** What is known of a county: its value, then unit, interval, grade and rank, or why there is none. */
function linesOf(map, row) {
  const { numbers } = map;
  const value = valueOf(map, row, numbers.categories);
  if (row.missing >= 0) return { value, more: [numbers.missing[row.missing].why, ...row.facts] };
  if (numbers.categories) return { value, more: [...row.facts, row.grade ? numbers.grades[row.grade] : ""].filter(Boolean) };
  const { before, after } = numbers.format;
  return {
    value,
    more: [before || after ? "" : numbers.legendTitle, intervalText(numbers, row), numbers.grades[row.grade], rankText(numbers, map.rows, row)].filter(Boolean),
  };
}

function fullName(row) {
  return `${row.name}, ${row.state}`;
}

// ---------------------------------------------------------------- the page's elements

function node(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function build(map, element) {
  const one = `county-map-${Math.random().toString(36).slice(2, 8)}`;
  map.input = node("input", { id: `${one}-find`, type: "text", role: "combobox", autocomplete: "off",
    "aria-expanded": "false", "aria-controls": `${one}-found`, "aria-autocomplete": "list",
    placeholder: "Type a name" });
  map.found = node("ul", { id: `${one}-found`, role: "listbox", class: "found", "aria-label": "Counties found", hidden: "" });
  map.out = node("button", { type: "button" }, "Whole country");
  map.pin = node("button", { type: "button", "aria-pressed": "false" }, "Pin label");
  map.base = node("canvas", { class: "layer", "aria-hidden": "true" });
  map.marks = node("canvas", { class: "layer", "aria-hidden": "true" });
  map.card = node("div", { class: "card", "aria-hidden": "true", hidden: "" });
  map.stage = node("div", { class: "stage", tabindex: "0", role: "application",
    "aria-roledescription": "map", "aria-describedby": `${one}-help` }, map.base, map.marks, map.card);
  map.below = node("div", { class: "below" });
  map.legend = node("div", { class: "legend" });
  map.said = node("p", { class: "said", role: "status", "aria-live": "polite" });
  map.root = node("div", { class: "county-map" }, node("style", {}, STYLE),
    node("div", { class: "body" },
      node("div", { class: "tools" },
        node("div", { class: "find" }, node("label", { for: `${one}-find` }, "Find a county on the map"), map.input, map.found),
        map.out, map.pin),
      node("div", { class: "drawn" }, map.stage, node("p", { class: "help quiet", id: `${one}-help` },
        "Click a county to choose it, double-click to zoom to its state. With the keyboard: arrows move, Enter chooses, P pins a label, Z zooms, Escape shows the whole country."),
        map.below),
      map.legend, node("div", { class: "beside" }, ...(map.handlers.beside ? [map.handlers.beside] : []))),
    map.said);
  element.append(map.root);
}

function destroy(map) {
  map.watcher.disconnect();
  map.gone = true;
  map.root.remove();
}

// ---------------------------------------------------------------- new numbers

function update(map, numbers) {
  if (numbers.shapes !== map.numbers?.shapes) map.shapes = null;
  map.numbers = numbers;
  map.pins = numbers.pins ?? map.pins;
  map.zoom = numbers.zoom === undefined ? map.zoom : numbers.zoom;
  map.root.classList.toggle("small", Boolean(numbers.small)); // one of several: its map and legend alone
  map.stage.setAttribute("aria-label", numbers.alt ?? `Map of counties. ${numbers.title}`);
  map.ready = shapesOf(numbers.shapes).then((shapes) => {
    if (map.gone || map.numbers !== numbers) return;
    map.shapes = shapes;
    map.rows = unpackRows(numbers, shapes);
    map.chosen = shapes.index.get(numbers.chosen) ?? -1;
    if (map.focused < 0) map.focused = map.chosen;
    map.layers = null;
    drawAll(map);
    tellDrawn(map);
    map.root.dataset.drawn = numbers.title;
  }, (error) => {
    if (!map.gone) map.legend.replaceChildren(node("p", {}, `The county shapes did not load (${error.message}). Reload the page.`));
  });
}

function tellDrawn(map) {
  map.handlers.drawn?.({ rows: map.rows.filter((row) => inView(map, row.index)), numbers: map.numbers,
    chosen: map.shapes.ids[map.chosen], colours: map.colours, words: {
      value: (row) => valueText(map.numbers.format, row.value),
      bounds: (row) => boundsText(map.numbers.format, row),
    } });
}

function drawAll(map) {
  readColours(map);
  drawLegend(map);
  fit(map);
  drawBase(map);
  drawMarks(map);
  drawTools(map);
  if (!map.below.hasChildNodes()) showCard(map, -1);
}

/** The ground decides whether light or dark colours are used, whoever set the theme. */
function readColours(map) {
  const style = getComputedStyle(map.root);
  const colour = (name) => style.getPropertyValue(name).trim();
  const ground = colour("--ground"), ink = colour("--ink");
  map.dark = luminance(ground) < 0.2;
  const grey = map.dark ? ["#8d96a3", "#aab2bd", "#3a414b"] : ["#6f7782", "#59616c", "#e3e6ea"];
  map.colours = { ground, ink, accent: colour("--accent"), line: grey[0], mark: grey[1], soft: grey[2],
    classes: map.numbers.palette[map.dark ? "dark" : "light"] };
  map.root.style.setProperty("--edge", grey[0]);
  map.root.style.setProperty("--quiet", grey[1]);
}

function luminance(colour) {
  const probe = document.createElement("canvas").getContext("2d");
  probe.fillStyle = colour;
  probe.fillRect(0, 0, 1, 1);
  const [r, g, b] = [...probe.getImageData(0, 0, 1, 1).data].map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

// ---------------------------------------------------------------- drawing

/** Size the canvases to the screen's own pixels, and find the scale that shows what is asked. */
function fit(map) {
  const { width, height } = map.stage.getBoundingClientRect();
  const ratio = window.devicePixelRatio || 1;
  for (const canvas of [map.base, map.marks]) {
    const [across, down] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (canvas.width !== across || canvas.height !== down) Object.assign(canvas, { width: across, height: down });
  }
  const [x0, y0, x1, y1] = shownBox(map);
  const scale = Math.min(width / (x1 - x0), height / (y1 - y0));
  map.view = { ratio, scale, width, height,
    x: width / 2 - ((x0 + x1) / 2) * scale, y: height / 2 - ((y0 + y1) / 2) * scale };
}

function shownBox(map) {
  const { shapes, zoom } = map;
  if (!zoom) return [0, 0, shapes.width, shapes.height];
  const box = joined(shapes.boxes.filter((part, i) => inView(map, i)));
  const edge = 0.04 * Math.max(box[2] - box[0], box[3] - box[1]);
  return [box[0] - edge, box[1] - edge, box[2] + edge, box[3] + edge];
}

function inView(map, index) {
  return !map.zoom || map.shapes.ids[index].startsWith(map.zoom);
}

/** The part of the picture a county is drawn in: "" or the code of an inset state. */
function partOf(map, id) {
  const state = id.slice(0, 2);
  return map.shapes.insetStates.includes(state) ? state : "";
}

function toMap(context, { ratio, scale, x, y }) {
  context.setTransform(ratio * scale, 0, 0, ratio * scale, ratio * x, ratio * y);
}

/** One path a colour or pattern, so that counties of a class have no seams between them. */
function layersOf(map) {
  const layers = { classes: [], shaky: [], missing: [], others: new Path2D(), all: new Path2D() };
  for (const row of map.rows) {
    const path = map.shapes.paths[row.index];
    if (!inView(map, row.index)) {
      if (partOf(map, row.id) === partOf(map, map.zoom)) layers.others.addPath(path);
      continue;
    }
    layers.all.addPath(path);
    const [list, at] = row.missing >= 0 ? [layers.missing, row.missing] : [layers.classes, row.class];
    (list[at] ??= new Path2D()).addPath(path);
    if (row.grade === SHAKY) (layers.shaky[row.class] ??= new Path2D()).addPath(path);
  }
  return layers;
}

function drawBase(map) {
  const context = map.base.getContext("2d"), { colours, view } = map;
  map.layers ??= layersOf(map);
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, map.base.width, map.base.height);
  toMap(context, view);
  context.lineJoin = "round";
  if (map.zoom) { context.fillStyle = colours.soft; context.fill(map.layers.others, "evenodd"); }
  map.layers.classes.forEach((path, k) => fillWith(context, path, colours.classes[k]));
  map.layers.shaky.forEach((path, k) => fillWith(context, path, hatch(map, colours.classes[k])));
  map.layers.missing.forEach((path, k) => {
    fillWith(context, path, colours.ground);
    fillWith(context, path, missingPattern(map, map.numbers.missing[k].pattern));
  });
  const thin = COUNTY_LINE * Math.min(1, view.width / 975); // on a phone thinner, or lines hide counties
  strokeWith(context, map.layers.all, colours.ground, (map.zoom ? 1 : thin) / view.scale);
  if (map.zoom) strokeWith(context, map.layers.others, colours.ground, thin / view.scale);
  const borders = map.zoom ? [map.shapes.stateLines[partOf(map, map.zoom)]] : Object.values(map.shapes.stateLines);
  for (const path of borders) strokeWith(context, path, colours.mark, (STATE_LINE * Math.max(0.5, Math.min(1, view.width / 975))) / view.scale);
  if (!map.zoom) strokeWith(context, map.shapes.insetLines, colours.line, COUNTY_LINE / view.scale);
}

function fillWith(context, path, style) {
  if (style instanceof CanvasPattern) {
    const { a, e, f } = context.getTransform();
    style.setTransform(new DOMMatrix([1 / a, 0, 0, 1 / a, -e / a, -f / a]));
  }
  context.fillStyle = style;
  context.fill(path, "evenodd");
}

function strokeWith(context, path, style, width) {
  context.strokeStyle = style;
  context.lineWidth = width;
  context.stroke(path);
}

/** A small tile repeated in the screen's own pixels, whatever the zoom. */
function tile(map, size, paint) {
  const { ratio } = map.view ?? { ratio: window.devicePixelRatio || 1 };
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = Math.round(size * ratio);
  const context = canvas.getContext("2d");
  context.scale(canvas.width / size, canvas.height / size);
  paint(context);
  return context.createPattern(canvas, "repeat");
}

function line(context, ...points) {
  context.beginPath();
  for (let i = 0; i < points.length; i += 4) {
    context.moveTo(points[i], points[i + 1]);
    context.lineTo(points[i + 2], points[i + 3]);
  }
  context.stroke();
}

/** Lines over a class colour, dark on light and light on dark: the value is too shaky. */
function hatch(map, colour) {
  return tile(map, 6, (context) => {
    context.strokeStyle = luminance(colour) > 0.22 ? "rgb(0 0 0 / 0.75)" : "rgb(255 255 255 / 0.85)";
    context.lineWidth = 1.2;
    line(context, -1.5, 4.5, 4.5, -1.5, 1.5, 7.5, 7.5, 1.5);
  });
}

const MISSING = {
  dots: [6, (context) => {
    context.beginPath();
    for (const [x, y] of [[1.5, 1.5], [4.5, 4.5]]) { context.moveTo(x, y); context.arc(x, y, 1.05, 0, 7); }
    context.fill();
  }],
  crosses: [8, (context) => line(context, 1.5, 1.5, 6.5, 6.5, 6.5, 1.5, 1.5, 6.5)],
  bars: [5, (context) => line(context, 0, 2.5, 5, 2.5)],
  backslashes: [7, (context) => line(context, -1, -1, 8, 8, -1, 6, 1, 8, 6, -1, 8, 1)],
};

/** Grey marks on the bare ground, which no class uses. */
function missingPattern(map, name) {
  const [size, paint] = MISSING[name];
  return tile(map, size, (context) => {
    context.fillStyle = context.strokeStyle = map.colours.mark;
    context.lineWidth = 0.9;
    paint(context);
  });
}

// ---------------------------------------------------------------- the legend

function drawLegend(map) {
  const { numbers, rows } = map, inside = rows.filter((row) => inView(map, row.index));
  const entries = numbers.labels.map((label, k) => ({ label, paint: [map.colours.classes[k]],
    count: inside.filter((row) => row.class === k).length }));
  const shaky = inside.filter((row) => row.grade === SHAKY).length;
  const notes = numbers.missing.map(({ label, pattern }, k) => ({ label, paint: [map.colours.ground, missingPattern(map, pattern)],
    count: inside.filter((row) => row.missing === k).length })).filter(({ count }) => count);
  if (shaky) {
    const middle = map.colours.classes[Math.floor(map.colours.classes.length / 2)];
    notes.unshift({ label: numbers.grades[SHAKY], paint: [middle, hatch(map, middle)], count: shaky });
  }
  map.legend.replaceChildren(
    node("p", { class: "title" }, numbers.legendTitle),
    numbers.square ? legendSquare(map, entries) : node("ul", { "aria-label": "Classes, with the count of counties" }, ...entries.map((entry) => legendEntry(map, entry))),
    node("ul", { class: "apart", "aria-label": "Other marks" }, ...notes.map((entry) => legendEntry(map, entry))),
    node("p", { class: "quiet help" }, numbers.legendNote));
}

/** Two measures' classes as a square: one across, the other down with its highest row on top. */
function legendSquare(map, entries) {
  const { across, down } = map.numbers.square, width = across.labels.length;
  const heads = (labels, scope) => labels.map(([name, bounds]) => node("th", { scope }, name, node("span", { class: "quiet" }, bounds)));
  const rows = heads(down.labels, "row").map((head, k) => node("tr", {}, head,
    ...entries.slice(k * width, (k + 1) * width).map(({ paint: [colour], count }) => node("td",
      { style: `background: ${colour}; color: ${luminance(colour) > 0.18 ? "#000" : "#fff"}` }, count.toLocaleString("en-US")))));
  return node("table", { class: "square" }, node("caption", {}, `Across: ${across.title}. Down: ${down.title}. Count of counties in each.`),
    node("thead", {}, node("tr", {}, node("td", {}), ...heads(across.labels, "col"))), node("tbody", {}, ...rows.reverse()));
}

function legendEntry(map, { label, paint, count }) {
  const ratio = window.devicePixelRatio || 1;
  const swatch = node("canvas", { width: Math.round(34 * ratio), height: Math.round(22 * ratio), "aria-hidden": "true" });
  const context = swatch.getContext("2d");
  for (const style of paint) { context.fillStyle = style; context.fillRect(0, 0, swatch.width, swatch.height); }
  context.strokeStyle = map.colours.line;
  context.lineWidth = ratio;
  context.strokeRect(ratio / 2, ratio / 2, swatch.width - ratio, swatch.height - ratio);
  return node("li", {}, swatch, node("span", {}, label), node("span", { class: "count" }, count.toLocaleString("en-US")));
}

// ---------------------------------------------------------------- marks: outlines, labels, card

function drawMarks(map) {
  const context = map.marks.getContext("2d"), { colours } = map;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, map.marks.width, map.marks.height);
  for (const index of new Set([map.chosen, ...pinned(map)])) outline(map, context, index, colours.ink, 2.5);
  outline(map, context, map.hovered, colours.ink, 2);
  if (map.root.getRootNode().activeElement === map.stage) outline(map, context, map.focused, colours.accent, 3.5);
  drawLabels(map, context);
  if (map.numbers.warning) drawWarning(map, context);
}

/** A warning across the picture, so that a copy of it carries the warning too. */
function drawWarning({ view, colours, numbers, root }, context) {
  const size = view.width < 560 ? 15 : 24, lines = [""];
  context.font = `700 ${size}px ${getComputedStyle(root).fontFamily}`;
  for (const word of numbers.warning.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (context.measureText(longer).width > view.width * 0.8) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  context.textAlign = "center";
  context.lineWidth = 6;
  lines.forEach((text, i) => {
    const y = view.height / 2 + (i - (lines.length - 1) / 2) * size * 1.3;
    context.strokeStyle = colours.ground;
    context.strokeText(text, view.width / 2, y);
    context.fillStyle = colours.ink;
    context.fillText(text, view.width / 2, y);
  });
  context.textAlign = "start";
}

function pinned(map) {
  return map.pins.map((id) => map.shapes.index.get(id)).filter((index) => index !== undefined);
}

function outline(map, context, index, colour, width) {
  if (index < 0 || !inView(map, index)) return;
  const { view, shapes } = map, [x0, y0, x1, y1] = shapes.boxes[index];
  toMap(context, view);
  context.lineJoin = "round";
  strokeWith(context, shapes.paths[index], map.colours.ground, (width + 2.5) / view.scale);
  strokeWith(context, shapes.paths[index], colour, width / view.scale);
  if (Math.max(x1 - x0, y1 - y0) * view.scale >= SMALL) return;
  const circle = new Path2D();
  circle.arc((x0 + x1) / 2, (y0 + y1) / 2, SMALL / view.scale, 0, 7);
  strokeWith(context, circle, map.colours.ground, (width + 2) / view.scale);
  strokeWith(context, circle, colour, width / view.scale);
}

/** Name and value beside each pinned county, moved where labels would cover each other. */
function drawLabels(map, context) {
  const { view, shapes, colours } = map, taken = [];
  context.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
  context.font = `600 ${view.width < 560 ? 13 : 16}px ${getComputedStyle(map.root).fontFamily}`;
  context.textBaseline = "middle";
  context.lineJoin = "round";
  for (const index of new Set([map.chosen, ...pinned(map)])) {
    if (index < 0 || !inView(map, index)) continue;
    const row = map.rows[index], at = onStage(map, shapes.labels[index]);
    const text = `${row.name} ${valueOf(map, row, map.numbers.labels)}`;
    const box = freeSpot(map, at, context.measureText(text).width, taken);
    taken.push(box);
    context.lineWidth = 5;
    context.strokeStyle = colours.ground;
    context.strokeText(text, box[0], (box[1] + box[3]) / 2);
    context.fillStyle = colours.ink;
    context.fillText(text, box[0], (box[1] + box[3]) / 2);
  }
}

function freeSpot(map, [x, y], width, taken) {
  const height = 22, away = 16, inside = Math.max(0, Math.min(x - width / 2, map.view.width - width));
  const rows = [1, -1, 2, -2, 3, -3].map((row) => [inside, y + row * height]);
  const spots = [[x + away, y], [x - away - width, y], ...rows];
  const boxes = spots.map(([left, middle]) => [left, middle - height / 2, left + width, middle + height / 2]);
  const fits = ([x0, y0, x1, y1]) => x0 >= 0 && y0 >= 0 && x1 <= map.view.width && y1 <= map.view.height
    && taken.every((other) => x1 < other[0] || other[2] < x0 || y1 < other[1] || other[3] < y0);
  return boxes.find(fits) ?? boxes[2];
}

function onStage({ view }, [x, y]) {
  return [x * view.scale + view.x, y * view.scale + view.y];
}

function showCard(map, index, at) {
  map.card.hidden = index < 0;
  map.below.replaceChildren();
  if (index < 0) map.below.append(node("p", { class: "quiet" }, "Tap a county to see its number, again to choose it."));
  if (index < 0) return;
  const row = map.rows[index], { value, more } = linesOf(map, row);
  map.card.replaceChildren(node("p", { class: "name" }, fullName(row)), node("p", { class: "value" }, value),
    ...more.map((text) => node("p", { class: "quiet" }, text)));
  if (map.view.width < 560) {
    map.below.append(map.card);
    map.card.removeAttribute("style");
  } else {
    map.stage.append(map.card);
    if (at) placeCard(map, at);
    else placeCard(map, onStage(map, map.shapes.labels[index]), 90);
  }
}

/** Beside the pointer; farther off for the keyboard, which must see the counties around. */
function placeCard(map, [x, y], away = 20) {
  const { offsetWidth: width, offsetHeight: height } = map.card;
  const left = x + away + width > map.view.width ? x - away - width : x + away;
  const top = Math.min(Math.max(0, y - height / 2), Math.max(0, map.view.height - height));
  map.card.style.left = `${Math.max(0, left)}px`;
  map.card.style.top = `${top}px`;
}

function drawTools(map) {
  const row = map.rows[map.focused];
  map.out.disabled = !map.zoom;
  map.pin.disabled = !row;
  const isPinned = Boolean(row && map.pins.includes(row.id));
  map.pin.setAttribute("aria-pressed", String(isPinned));
  map.pin.textContent = row ? `${isPinned ? "Unpin" : "Pin"} ${row.name}` : "Pin label";
}

// ---------------------------------------------------------------- what people do

function listen(map) {
  const { stage } = map;
  map.watcher = new ResizeObserver(() => map.shapes && map.rows && (fit(map), drawBase(map), drawMarks(map)));
  map.watcher.observe(stage);
  stage.addEventListener("pointermove", (event) => event.pointerType !== "touch" && hover(map, event));
  stage.addEventListener("pointerleave", () => point(map, -1));
  stage.addEventListener("click", (event) => click(map, event));
  stage.addEventListener("dblclick", () => zoomTo(map, map.zoom ? null : map.shapes?.ids[map.focused]?.slice(0, 2) ?? null));
  stage.addEventListener("keydown", (event) => press(map, event));
  stage.addEventListener("focus", () => map.rows && stage.matches(":focus-visible") && focusOn(map, startOf(map)));
  stage.addEventListener("blur", () => map.rows && (showCard(map, -1), drawMarks(map)));
  map.out.addEventListener("click", () => zoomTo(map, null));
  map.pin.addEventListener("click", () => togglePin(map));
  listenToFind(map);
}

function at(map, event) {
  const box = map.stage.getBoundingClientRect();
  return [event.clientX - box.left, event.clientY - box.top];
}

/** The county under a point of the stage, or -1. */
function countyAt(map, [left, top]) {
  if (!map.rows) return -1;
  const { view, shapes } = map, x = (left - view.x) / view.scale, y = (top - view.y) / view.scale;
  const context = map.marks.getContext("2d");
  context.setTransform(1, 0, 0, 1, 0, 0);
  return shapes.boxes.findIndex((box, i) => x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3]
    && inView(map, i) && context.isPointInPath(shapes.paths[i], x, y, "evenodd"));
}

function hover(map, event) {
  const where = at(map, event), index = countyAt(map, where);
  if (index !== map.hovered) point(map, index, where);
  else if (index >= 0 && map.card.parentNode === map.stage) placeCard(map, where);
}

function point(map, index, where) {
  if (!map.rows) return;
  map.hovered = index;
  map.stage.style.cursor = index < 0 ? "default" : "pointer";
  showCard(map, index, where);
  drawMarks(map);
}

/** A mouse chooses at once; a finger first asks, then chooses with a second tap. */
function click(map, event) {
  const where = at(map, event), index = countyAt(map, where);
  if (index < 0) return;
  const asking = event.pointerType === "touch" && index !== map.focused;
  map.focused = index;
  point(map, index, where);
  drawTools(map);
  if (!asking) choose(map, index);
  else {
    map.card.append(node("p", { class: "quiet" }, "Tap again to choose this county."));
    say(map, index);
  }
}

function choose(map, index) {
  map.chosen = map.focused = index;
  drawMarks(map);
  drawTools(map);
  map.handlers.choose?.(map.shapes.ids[index]);
}

function zoomTo(map, state) {
  if (!map.rows || map.zoom === state) return;
  map.zoom = state;
  map.layers = null;
  map.hovered = -1;
  showCard(map, -1);
  drawAll(map);
  tellDrawn(map);
  map.handlers.zoom?.(state);
}

function togglePin(map) {
  const id = map.shapes?.ids[map.focused];
  if (!id) return;
  map.pins = map.pins.includes(id) ? map.pins.filter((other) => other !== id) : [...map.pins, id];
  drawMarks(map);
  drawTools(map);
  map.handlers.pin?.(map.pins);
}

function press(map, event) {
  if (!map.rows || event.ctrlKey || event.metaKey || event.altKey) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const doing = {
    Enter: () => map.focused >= 0 && choose(map, map.focused), " ": () => map.focused >= 0 && choose(map, map.focused),
    p: () => togglePin(map), z: () => zoomTo(map, map.zoom ? null : map.shapes.ids[map.focused]?.slice(0, 2) ?? null),
    Escape: () => zoomTo(map, null),
  }[key] ?? (DIRECTIONS[key] && (() => focusOn(map, nextCounty(map, DIRECTIONS[key]))));
  if (!doing) return;
  event.preventDefault();
  event.stopPropagation();
  doing();
}

/** Where the keyboard starts: where it was, or the county nearest the middle of what is shown. */
function startOf(map) {
  if (map.focused >= 0 && inView(map, map.focused)) return map.focused;
  const [x0, y0, x1, y1] = shownBox(map);
  return nearest(map, map.rows.map((row) => row.index), ([x, y]) => Math.hypot(x - (x0 + x1) / 2, y - (y0 + y1) / 2));
}

/** The county one comes to first in a direction; over open water the nearest that way. */
function nextCounty(map, [right, down]) {
  const from = startOf(map), [x0, y0] = map.shapes.labels[from];
  const ahead = firstOnTheWay(map, from, right, down);
  if (ahead >= 0) return ahead;
  return nearest(map, map.rows.map((row) => row.index).filter((index) => index !== from), ([x, y]) => {
    const along = (x - x0) * right + (y - y0) * down, across = Math.abs((x - x0) * down - (y - y0) * right);
    return along > 0 && across <= along ? along + 2 * across : Infinity;
  });
}

/** Walk from a county's label point in small steps until another county begins. */
function firstOnTheWay(map, from, right, down) {
  const { shapes } = map, context = map.marks.getContext("2d"), step = 4;
  let [x, y] = shapes.labels[from];
  const onLine = shapes.boxes.flatMap(([x0, y0, x1, y1], i) =>
    i !== from && inView(map, i) && (right ? y >= y0 && y <= y1 : x >= x0 && x <= x1) ? [i] : []);
  context.setTransform(1, 0, 0, 1, 0, 0);
  while (x >= 0 && y >= 0 && x <= shapes.width && y <= shapes.height) {
    [x, y] = [x + right * step, y + down * step];
    const here = onLine.find((i) => {
      const [x0, y0, x1, y1] = shapes.boxes[i];
      return x >= x0 && x <= x1 && y >= y0 && y <= y1 && context.isPointInPath(shapes.paths[i], x, y, "evenodd");
    });
    if (here !== undefined) return here;
  }
  return -1;
}

function nearest(map, candidates, distance) {
  let best = -1, shortest = Infinity;
  for (const index of candidates) {
    const far = inView(map, index) ? distance(map.shapes.labels[index]) : Infinity;
    if (far < shortest) [best, shortest] = [index, far];
  }
  return best;
}

function focusOn(map, index) {
  if (index < 0) return;
  map.focused = index;
  map.hovered = -1;
  showCard(map, index);
  drawMarks(map);
  drawTools(map);
  say(map, index);
}

function say(map, index) {
  const row = map.rows[index], { value, more } = linesOf(map, row);
  map.said.textContent = [fullName(row), value, ...more].map((text) => text.replace(/\.$/, "")).join(". ") + ".";
}

// ---------------------------------------------------------------- the find box

function listenToFind(map) {
  map.input.addEventListener("input", () => suggest(map));
  map.input.addEventListener("blur", () => showFound(map, []));
  map.input.addEventListener("keydown", (event) => pressInFind(map, event));
  map.found.addEventListener("pointerdown", (event) => {
    const option = event.target.closest("li");
    if (!option) return;
    event.preventDefault();
    goTo(map, Number(option.dataset.index));
  });
}

/** Up to eight counties: those whose name starts so first, then those that hold the words. */
function suggest(map) {
  const sought = plain(map.input.value.trim());
  if (!map.rows || !sought) return showFound(map, []);
  const matches = map.shapes.plain.flatMap((name, index) => {
    const where = name.indexOf(sought);
    return where < 0 ? [] : [{ index, score: where && name[where - 1] !== " " ? 2 : Math.min(where, 1) }];
  });
  return showFound(map, matches.sort((a, b) => a.score - b.score).slice(0, 8).map(({ index }) => index));
}

function showFound(map, indexes) {
  map.found.replaceChildren(...indexes.map((index, i) => node("li", { role: "option", id: `${map.found.id}-${index}`,
    "data-index": index, "aria-selected": String(i === 0) }, fullName(map.rows[index]))));
  map.found.hidden = !indexes.length;
  map.input.setAttribute("aria-expanded", String(Boolean(indexes.length)));
  if (indexes.length) map.input.setAttribute("aria-activedescendant", map.found.firstChild.id);
  else map.input.removeAttribute("aria-activedescendant");
}

function pressInFind(map, event) {
  const options = [...map.found.children], now = options.findIndex((option) => option.ariaSelected === "true");
  event.stopPropagation();
  if (event.key === "Escape") return showFound(map, []);
  if (event.key === "Enter" && now >= 0) return goTo(map, Number(options[now].dataset.index));
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !options.length) return undefined;
  event.preventDefault();
  const next = options[(now + step + options.length) % options.length];
  options.forEach((option) => option.setAttribute("aria-selected", String(option === next)));
  return map.input.setAttribute("aria-activedescendant", next.id);
}

function goTo(map, index) {
  showFound(map, []);
  map.input.value = "";
  map.focused = index;
  if (!inView(map, index)) zoomTo(map, null);
  map.stage.focus({ focusVisible: true });
  focusOn(map, index);
}
