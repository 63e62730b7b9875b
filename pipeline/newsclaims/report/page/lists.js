// The three lists: rows, errors, articles.

const badge = (name) => make("span", { class: `badge e-${CLASS_LETTER.get(name)}`, title: name }, CLASS_LETTER.get(name));
const kindMark = (layer) => make("span", { class: `letter k${layer}`, title: LAYERS[layer] }, LETTER[layer]);

/** What a row says, its parts told apart; long ones are cut, since the article shows them whole. */
function says(row) {
  const cut = (part) => (part.length > 200 ? `${part.slice(0, 200)}…` : part);
  return row.says.map((part, index) => words(cut(part), { class: index ? "also" : "main" }));
}

/** A row's sentence as parts of text, its leading span marked; long ones are cut around it. */
function sentenceParts(row) {
  if (!row.sentence) return [];
  const { text } = ARTICLES[row.article];
  const [, start, end] = row.spans.find(([field]) => LEADING.includes(field)) || row.spans[0];
  const from = Math.max(row.sentence[0], start - 60);
  const to = Math.min(row.sentence[1], end + 260);
  const stop = Math.min(end, start + 300);
  return [
    (from > row.sentence[0] ? "…" : "") + text.slice(from, start),
    make("mark", {}, text.slice(start, stop)),
    text.slice(stop, Math.max(stop, to)),
  ];
}
const LEADING = DATA.schema.map((layer) => layer.anchor);

const LISTS = {
  rows: {
    height: 68,
    label: "List of rows",
    columns: [
      { name: "verdict", label: "Seen", value: (row) => verdictOf(row).verdict || "~" },
      { name: "kind", label: "Kind", value: (row) => row.layer },
      { name: "says", label: "Says", value: (row) => row.says.join(" ") },
      { name: "sentence", label: "Sentence" },
      { name: "rule", label: "Rule", value: (row) => row.rule },
      { name: "article", label: "Article", value: (row) => title(ARTICLES[row.article]) },
    ],
    cells: (row) => {
      const { verdict, note } = verdictOf(row);
      const article = ARTICLES[row.article];
      return [
        [make("span", { class: `verdict v-${verdict}`, title: verdict || null }, MARK[verdict] || ""), note ? "✎" : ""],
        kindMark(row.layer),
        says(row),
        make("bdi", { class: "sentence" }, sentenceParts(row)),
        make("span", { class: "rule" }, row.rule),
        [words(title(article)), outside(article.url)],
      ];
    },
    items: () => ROWS.filter(matchingRow),
    chosen: () => state.row,
    choose: (row) => chooseRow(row),
    noun: "row",
  },
  errors: {
    height: 64,
    label: "List of errors",
    columns: [
      { name: "class", label: "Class", value: (error) => error.class },
      { name: "sides", label: "Gold above, found below", value: (error) => (error.gold || error.found).words },
      { name: "rule", label: "Layer, rule", value: (error) => `${error.layer} ${error.rule}` },
    ],
    cells: (error) => [
      [badge(error.class), kindMark(error.kind)],
      [side("gold", error.gold), side("found", error.found)],
      [make("span", {}, breakable(error.layer)), make("span", { class: "rule" }, error.rule || error.detail)],
    ],
    items: () => ERRORS.filter(matchingError),
    chosen: () => state.error,
    choose: (error) => chooseError(error),
    noun: "error",
  },
  articles: {
    height: 66,
    label: "List of articles",
    columns: [
      { name: "title", label: "Article", value: (article) => title(article) },
      { name: "published", label: "Published", value: (article) => article.published || "" },
      { name: "number", label: "Rows", value: (article) => article.rows.length },
      ...(GOLD ? [{ name: "number", label: "Errors", value: (article) => ERRORS_IN[ARTICLE_OF.get(article.id)].length }] : []),
    ],
    cells: (article) => [
      [words(title(article), { class: "main" }), words(article.source || article.id, { class: "also" })],
      make("span", {}, (article.published || "").slice(0, 10)),
      number(article.rows.length),
      ...(GOLD ? [number(ERRORS_IN[ARTICLE_OF.get(article.id)].length)] : []),
    ],
    items: () => ARTICLES.filter(matchingArticle),
    chosen: () => ARTICLES[state.article],
    choose: (article) => chooseArticle(ARTICLE_OF.get(article.id)),
    noun: "article",
  },
};

const side = (name, value) => make("span", { class: `side ${name}` }, words(sideSays(value)));

/** What one side of an error says, with its words where it does not repeat them. */
function sideSays(value) {
  if (!value) return "–";
  return value.says.includes(value.words) ? value.says : [value.words, value.says].filter(Boolean).join(" · ");
}

function showList() {
  const list = LISTS[state.view];
  if (!list) return;
  const { columns, height, cells, choose } = list;
  const items = sorted(list.items(), columns);
  find("scroller").setAttribute("aria-label", list.label);
  find("count").textContent = plural(items.length, list.noun);
  table.chosen = items.indexOf(list.chosen());
  showTable({ items, columns, height, cells, choose });
  markChosen(list.chosen());
}
