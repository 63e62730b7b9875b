// The article in the reader: its text in blocks, cut where spans begin and end. With gold, each
// block stands twice, gold on the left and what was found on the right.

const BLOCK = 4000; // characters; longer lines are cut, so that what is out of sight costs nothing

const reader = { article: null, parts: new Map(), shape: "" };

/** [start, end] of the blocks of a text: its lines, long ones cut at a space. */
function blocks(text) {
  const found = [];
  for (let start = 0; start < text.length; ) {
    let end = text.indexOf("\n", start) + 1 || text.length;
    if (end - start > BLOCK) {
      const space = text.lastIndexOf(" ", start + BLOCK) + 1;
      end = space > start ? space : start + BLOCK;
    }
    found.push([start, end]);
    start = end;
  }
  return found;
}

/** The spans to show of one side: each with its row and field, in the order of the text. */
function marks(rows, errorOf) {
  const found = [];
  rows.forEach((row, index) => {
    if (!shownKind(row.layer)) return;
    for (const [field, start, end] of row.spans) {
      const error = LEADING.includes(field) && (errorOf.get(`${index} ${start}`) || errorOf.get(index));
      found.push({ start, end, field, row, index, error: error || null });
    }
  });
  return found.sort((one, other) => one.start - other.start || other.end - one.end);
}

/** The errors of one side by row, and by row and place where they are of one mention. */
function errorsBySide(article, name) {
  const errors = new Map();
  for (const error of ERRORS_IN[article] || []) {
    const side = error[name];
    if (!side || side.row === null || !shownClass(error.class)) continue;
    const ofMention = /mentions|resolution/.test(error.layer);
    const row = (name === "gold" ? ARTICLES[article].gold : ARTICLES[article].rows)[side.row];
    const span = row.spans.find(([, start, end]) => start < side.span[1] && side.span[0] < end);
    const key = ofMention && span ? `${side.row} ${span[1]}` : side.row;
    if (!errors.has(key)) errors.set(key, error);
  }
  return errors;
}

function showArticle() {
  const article = ARTICLES[state.article];
  if (!article) return;
  const both = Boolean(article.gold) && state.view !== "rows";
  const { kinds, classes } = state.filter;
  const shape = JSON.stringify([state.article, both, kinds && [...kinds], classes && [...classes]]);
  if (shape !== reader.shape) {
    if (reader.article !== state.article) find("text-scroller").scrollTop = 0;
    Object.assign(reader, { shape, article: state.article, parts: new Map() });
    drawText(article, both);
  }
  drawHead(article, both);
  showCard();
  light();
}

function drawText(article, both) {
  const found = marks(article.rows, GOLD ? errorsBySide(state.article, "found") : new Map());
  const gold = both ? marks(article.gold, errorsBySide(state.article, "gold")) : null;
  const element = find("words");
  element.className = both ? "both" : "one";
  const foundIn = inBlocks(found);
  const goldIn = gold && inBlocks(gold);
  element.replaceChildren(
    ...blocks(article.text).flatMap(([start, end]) => [
      ...(both ? [block(article.text, start, end, goldIn(start, end), "gold")] : []),
      block(article.text, start, end, foundIn(start, end), "found"),
    ]),
  );
}

/** A function that gives the marks of each block in turn; `found` are in the order of the text. */
function inBlocks(found) {
  let next = 0;
  let open = [];
  return (start, end) => {
    open = open.filter((mark) => mark.end > start);
    while (next < found.length && found[next].start < end) open.push(found[next++]);
    return open.filter((mark) => mark.end > start);
  };
}

function block(text, start, end, inside, name) {
  const element = make("div", { class: `block ${name}`, "data-start": start, dir: "auto" });
  const cuts = new Set([start, end]);
  for (const mark of inside) {
    if (mark.start > start) cuts.add(mark.start);
    if (mark.end < end) cuts.add(mark.end);
  }
  const edges = [...cuts].sort((one, other) => one - other);
  let next = 0;
  let open = [];
  for (let i = 0; i + 1 < edges.length; i++) {
    const [from, to] = [edges[i], edges[i + 1]];
    open = open.filter((mark) => mark.end > from);
    while (next < inside.length && inside[next].start <= from) open.push(inside[next++]);
    const over = open.filter((mark) => mark.end > from);
    element.append(over.length ? part(text.slice(from, to), from, to, over, name) : text.slice(from, to));
  }
  return element;
}

/** A piece of text with the marks that cover it; the shortest of them answers a click. */
function part(content, from, to, over, name) {
  const top = over.reduce((best, mark) => (mark.end - mark.start <= best.end - best.start ? mark : best));
  const classes = [...new Set(over.map(lookOf))];
  const element = make("span", { class: `mark ${classes.join(" ")}` }, content);
  const wrong = over.find((mark) => mark.error && mark.end === to);
  if (over.some((mark) => mark.error && mark.field !== "content")) {
    element.classList.add("wrong", `e-${CLASS_LETTER.get(over.find((mark) => mark.error && mark.field !== "content").error.class)}`);
  }
  if (wrong) element.dataset.badge = CLASS_LETTER.get(wrong.error.class);
  if (wrong) element.classList.add("badged", `b-${CLASS_LETTER.get(wrong.error.class)}`);
  if (over.some((mark) => mark.row.optional)) element.classList.add("optional");
  element.addEventListener("click", () => {
    if (String(getSelection()) === "") chooseMark(top, name);
  });
  for (const mark of over) {
    const key = `${name} ${mark.index}`;
    if (!reader.parts.has(key)) reader.parts.set(key, []);
    reader.parts.get(key).push({ element, mark, first: mark.start === from });
  }
  return element;
}

/** How a mark looks. What names another row is left to the marks of that row's kind. */
function lookOf({ field, row }) {
  if (field === "content") return "said";
  if (field === "source") return "source";
  return DATA.schema[row.layer].naming.includes(field) ? "part" : `k${row.layer}`;
}

function chooseMark(mark, name) {
  if (mark.error && state.view !== "rows") return chooseError(mark.error);
  if (name === "found") return chooseRow(mark.row);
}

/** Light up the chosen row, and what stands for it on the other side. */
function light() {
  for (const element of find("words").querySelectorAll(".lit")) {
    element.classList.remove("lit", "first");
    delete element.dataset.field;
  }
  const lit = [];
  if (state.error?.article === state.article) {
    for (const name of ["gold", "found"]) {
      const side = state.error[name];
      if (side) lit.push(...litParts(`${name} ${side.row}`, side.span));
    }
  } else if (state.row?.article === state.article) lit.push(...litParts(`found ${state.row.index}`));
  lit.sort((one, other) => one.mark.start - other.mark.start);
  bringLitIntoSight(lit[0]?.element);
}

function litParts(key, span) {
  const parts = (reader.parts.get(key) || []).filter(
    ({ mark }) => !span || mark.field !== "mentions" || (mark.start < span[1] && span[0] < mark.end),
  );
  for (const { element, mark, first } of parts) {
    element.classList.add("lit");
    if (first && mark.field !== "mentions" && mark.field !== "span") {
      element.classList.add("first");
      element.dataset.field = mark.field.replace("_", " ");
    }
  }
  return parts;
}

function bringLitIntoSight(element) {
  if (!element) return;
  const scroller = find("text-scroller").getBoundingClientRect();
  const place = element.getBoundingClientRect();
  if (place.top < scroller.top + 30 || place.bottom > scroller.bottom - 30)
    element.scrollIntoView({ block: "center", inline: "nearest" });
}

function drawHead(article, both) {
  const errors = ERRORS_IN[state.article].length;
  const facts = [
    article.published && article.published.slice(0, 10),
    plural(article.rows.length, "row"),
    article.gold && plural(errors, "error"),
    article.missing && "not in the dataset",
  ];
  find("head").replaceChildren(
    make(
      "div",
      { class: "titles" },
      make("h2", {}, words(title(article))),
      make(
        "p",
        { class: "facts" },
        words(article.source || article.id),
        facts.filter(Boolean).map((fact) => ` · ${fact}`),
        outside(article.url) ? [" · ", outside(article.url)] : [],
        " · ",
        make("a", { href: `#${new URLSearchParams({ view: "articles", article: article.id })}`, title: "Address of this article" }, "link"),
      ),
    ),
    make(
      "div",
      { class: "steps" },
      make("button", { type: "button", title: "Previous article (p)", "aria-label": "Previous article", onclick: () => stepArticle(-1) }, "‹"),
      make("button", { type: "button", title: "Next article (n)", "aria-label": "Next article", onclick: () => stepArticle(1) }, "›"),
    ),
    both ? make("div", { class: "sides", "aria-hidden": "true" }, make("span", {}, "Gold"), make("span", {}, "Found")) : "",
  );
}

/** Code points of the article's text that are selected in the reader, or null. */
function selectedSpan() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const start = offsetAt(range.startContainer, range.startOffset);
  const end = offsetAt(range.endContainer, range.endOffset);
  if (start === null || end === null || start >= end) return null;
  const { text } = ARTICLES[state.article];
  const points = (offset) => [...text.slice(0, offset)].length;
  return { start: points(start), end: points(end), text: text.slice(start, end) };
}

function offsetAt(node, offset) {
  const element = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest(".block");
  if (!element || !find("words").contains(element)) return null;
  const before = document.createRange();
  before.setStart(element, 0);
  before.setEnd(node, offset);
  return Number(element.dataset.start) + before.toString().length;
}
