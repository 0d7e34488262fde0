// The county map's numbers as a table to sort, beside the map and made from the same numbers, so
// that nothing more is sent. Plain DOM; see county_map.js for what a row holds.

const AT_ONCE = 60; // rows drawn at first, and added each time somebody asks for more
const WORST_FIRST = [2, 1, 3, 0];

const STYLE = `
.county-table { font: 15px/1.35 var(--map-font, system-ui, sans-serif); color: var(--map-ink, #1b1f24);
  font-variant-numeric: tabular-nums; }
.county-table table { border-collapse: collapse; width: 100%; }
.county-table caption { text-align: left; font-weight: 650; padding: 0 0 6px; }
.county-table thead th { position: sticky; top: 0; background: var(--map-ground, #fff); z-index: 1;
  border-bottom: 2px solid var(--table-rule); padding: 0; }
.county-table :is(td, tbody th) { border-bottom: 1px solid var(--table-line); padding: 5px 4px;
  text-align: left; font-weight: 400; vertical-align: top; }
.county-table :is(td, th).number { text-align: right; }
.county-table :is(td, th):last-child { padding-left: 14px; }
.county-table td.number:nth-child(2) { white-space: nowrap; }
.county-table button { font: inherit; color: inherit; background: none; border: 0; padding: 6px 4px;
  cursor: pointer; text-align: inherit; width: 100%; }
.county-table thead button { font-weight: 650; white-space: nowrap; text-align: left; }
.county-table thead .number button { text-align: right; }
.county-table tbody button { padding: 0; min-height: 26px; text-decoration: underline; text-underline-offset: 3px;
  text-decoration-color: var(--table-line); }
.county-table .why { font-weight: 400; margin: 2px 0 0; }
.county-table thead .still { padding: 6px 4px; font-weight: 650; vertical-align: middle; }
.county-table .more { border: 1px solid var(--table-rule); border-radius: 6px; margin: 10px 0; }
.county-table button:focus-visible { outline: 3px solid var(--map-accent, #0b5cad); outline-offset: -2px; }
.county-table tr[aria-current="true"] > * { font-weight: 650; background: var(--table-soft); }
.county-table tbody tr:hover > * { background: var(--table-soft); }
`;

const COLUMNS = [
  { title: "County", key: (row) => `${row.state} ${row.name}`, first: 1 },
  { title: "Value", key: (row) => row.value, first: -1, number: true },
  { title: "Interval", key: (row) => row.low, first: -1, number: true },
  { title: "How sure", key: (row) => (row.missing >= 0 ? 10 + row.missing : WORST_FIRST.indexOf(row.grade)), first: 1 },
];

/** Draw the table; update(shown) takes the rows in view, as county_map.js hands them on.
 *
 * handlers: choose(id), point(id or null) while the mouse is over a row.
 */
export function drawCountyTable(element, handlers) {
  const table = { handlers, sorted: 1, direction: -1, count: AT_ONCE };
  table.style = document.createElement("style");
  table.style.textContent = STYLE;
  table.root = document.createElement("div");
  table.root.className = "county-table";
  element.append(table.style, table.root);
  table.root.addEventListener("click", (event) => click(table, event));
  table.root.addEventListener("pointerover", (event) => handlers.point?.(event.target.closest("tr[data-id]")?.dataset.id ?? null));
  table.root.addEventListener("pointerleave", () => handlers.point?.(null));
  return {
    update: (shown) => { Object.assign(table, shown); draw(table); },
    destroy: () => { table.style.remove(); table.root.remove(); },
  };
}

function cell(tag, text, attributes = {}) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(text);
  return made;
}

function button(text, attributes) {
  return cell("button", text, { type: "button", ...attributes });
}

/** Where numbers must not be ranked, rows stand by name, and a column of values cannot sort them. */
function maySort(numbers, column) {
  return numbers.mayRank || !COLUMNS[column].number;
}

function sortedRows({ rows, sorted, direction }) {
  const { key } = COLUMNS[sorted];
  return [...rows].sort((a, b) => {
    const [one, other] = [key(a), key(b)];
    if (one === null || other === null) return (one === null) - (other === null) || a.index - b.index;
    return direction * (one > other ? 1 : one < other ? -1 : 0) || a.index - b.index;
  });
}

function draw(table) {
  const { root, numbers, colours } = table;
  if (!maySort(numbers, table.sorted)) Object.assign(table, { sorted: 0, direction: 1 });
  const rows = sortedRows(table);
  for (const [name, value] of [["rule", colours.mark], ["line", colours.soft], ["soft", colours.soft]]) {
    root.style.setProperty(`--table-${name}`, value);
  }
  const kept = root.scrollTop, body = document.createElement("tbody");
  body.append(...rows.slice(0, table.count).map((row) => drawRow(table, row)));
  const made = document.createElement("table"), head = document.createElement("thead");
  head.append(headRow(table));
  const caption = cell("caption", `${numbers.title}: ${rows.length.toLocaleString("en-US")} counties`);
  if (!numbers.mayRank) caption.append(cell("p", numbers.whyNoSort, { class: "why" }));
  made.append(caption, head, body);
  const left = rows.length - table.count;
  root.replaceChildren(made, ...(left > 0 ? [button(`Show ${Math.min(left, 5 * AT_ONCE)} more of ${left.toLocaleString("en-US")}`, { class: "more", "data-more": "" })] : []));
  root.scrollTop = kept;
}

function headRow({ sorted, direction, numbers }) {
  const row = document.createElement("tr");
  row.append(...COLUMNS.map(({ title, number }, i) => {
    if (!maySort(numbers, i)) return cell("th", title, { scope: "col", class: "number still" });
    const arrow = i !== sorted ? "" : direction > 0 ? " \u2191" : " \u2193";
    const order = i !== sorted ? "none" : direction > 0 ? "ascending" : "descending";
    return cell("th", button(title + arrow, { "data-column": i }), { scope: "col", "aria-sort": order, class: number ? "number" : "" });
  }));
  return row;
}

function drawRow({ numbers, words, chosen, rows }, row) {
  const oneState = rows[0].state === rows.at(-1).state;
  const made = document.createElement("tr"), known = row.missing < 0;
  made.dataset.id = row.id;
  made.setAttribute("aria-current", String(row.id === chosen));
  made.append(
    cell("th", button(oneState ? row.name : `${row.name}, ${row.state}`, { "data-choose": row.id }), { scope: "row" }),
    cell("td", known ? words.value(row) : "\u2013", { class: "number" }),
    cell("td", known && row.low !== null ? words.bounds(row) : "\u2013", { class: "number" }),
    cell("td", known ? numbers.grades[row.grade] : numbers.missing[row.missing].label));
  return made;
}

function click(table, event) {
  const pressed = event.target.closest("button");
  const { column, choose, more } = pressed?.dataset ?? {};
  if (choose) table.handlers.choose?.(choose);
  if (column !== undefined) {
    const now = Number(column);
    table.direction = now === table.sorted ? -table.direction : COLUMNS[now].first;
    table.sorted = now;
    table.count = AT_ONCE;
    draw(table);
    table.root.querySelector(`[data-column="${column}"]`).focus();
  }
  if (more !== undefined) {
    const first = table.count;
    table.count += 5 * AT_ONCE;
    draw(table);
    table.root.querySelectorAll("[data-choose]")[first]?.focus();
  }
}
