// A table of any length: rows of one height, of which only those in sight are in the document.

const OVER = 8; // rows drawn beyond the edges, so that a turn of the wheel shows no gap

const table = { items: [], columns: [], height: 0, draw: null, chosen: -1, from: -1, to: -1 };

/** Show items. `columns` have a name, a label and, to sort by, a `value` of an item. */
function showTable({ items, columns, height, cells, choose, key }) {
  Object.assign(table, { items, columns, height, cells, choose, key, from: -1, to: -1 });
  const element = find("table");
  element.setAttribute("aria-rowcount", items.length + 1);
  element.tHead.replaceChildren(make("tr", { "aria-rowindex": 1 }, columns.map(heading)));
  element.style.setProperty("--row", `${height}px`);
  find("nothing").hidden = items.length > 0;
  drawTable();
}

function heading({ name, label, value }) {
  const sorted = state.sort.column === name;
  const attributes = { scope: "col", class: `c-${name}` };
  if (!value) return make("th", attributes, label);
  if (sorted) attributes["aria-sort"] = state.sort.down ? "descending" : "ascending";
  const arrow = make("span", { class: "arrow", "aria-hidden": "true" }, sorted ? (state.sort.down ? "↓" : "↑") : "");
  return make("th", attributes, make("button", { type: "button", onclick: () => sortBy(name) }, label, arrow));
}

/** Sort by a column: up, then down, then as in the articles again. */
function sortBy(name) {
  const { sort } = state;
  if (sort.column !== name) state.sort = { column: name, down: false };
  else state.sort = sort.down ? { column: null, down: false } : { column: name, down: true };
  showList();
}

const ORDER = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

function sorted(items, columns) {
  const column = columns.find(({ name }) => name === state.sort.column);
  if (!column?.value) return items;
  const sign = state.sort.down ? -1 : 1;
  const keyed = items.map((item) => [column.value(item), item]);
  keyed.sort(([one], [other]) =>
    sign * (typeof one === "number" ? one - other : ORDER.compare(one, other)));
  return keyed.map(([, item]) => item);
}

function drawTable() {
  const scroller = find("scroller");
  const { items, height } = table;
  const from = Math.max(0, Math.floor(scroller.scrollTop / height) - OVER);
  const to = Math.min(items.length, Math.ceil((scroller.scrollTop + scroller.clientHeight) / height) + OVER);
  if (from === table.from && to === table.to) return;
  Object.assign(table, { from, to });
  const [above, shown, below] = find("table").tBodies;
  spacer(above, from * height);
  spacer(below, (items.length - to) * height);
  const focused = shown.contains(document.activeElement);
  shown.replaceChildren(...items.slice(from, to).map((item, index) => tableRow(item, from + index)));
  if (focused) scroller.focus({ preventScroll: true });
}

function spacer(body, height) {
  body.replaceChildren();
  if (height) {
    const cell = make("td", { colspan: table.columns.length });
    cell.style.height = `${height}px`;
    body.append(make("tr", {}, cell));
  }
}

function tableRow(item, index) {
  const cells = table.cells(item).map((content, column) =>
    make("td", { class: `c-${table.columns[column].name}` }, make("div", { class: "cell" }, content)),
  );
  return make(
    "tr",
    {
      "aria-rowindex": index + 2,
      "data-index": index,
      "aria-selected": String(index === table.chosen),
      class: index === table.chosen ? "chosen" : null,
      onclick: (event) => {
        if (!event.target.closest("a")) chooseIndex(index);
      },
    },
    cells,
  );
}

function chooseIndex(index) {
  if (index < 0 || index >= table.items.length) return;
  table.choose(table.items[index]);
}

/** Mark an item as the chosen one and bring it into sight. */
function markChosen(item) {
  table.chosen = item ? table.items.indexOf(item) : -1;
  if (table.chosen >= 0) bringIntoSight(table.chosen);
  redraw();
}

function bringIntoSight(index) {
  const scroller = find("scroller");
  const head = find("table").tHead.offsetHeight;
  const top = index * table.height;
  if (top < scroller.scrollTop) scroller.scrollTop = top;
  else if (top + table.height + head > scroller.scrollTop + scroller.clientHeight)
    scroller.scrollTop = top + table.height + head - scroller.clientHeight;
}

function redraw() {
  table.from = -1;
  drawTable();
}
