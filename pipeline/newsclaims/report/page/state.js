// What the page knows, and what of it is looked at. The address after # names it, to be sent on.

const DATA = JSON.parse(find("data").textContent);
const ARTICLES = DATA.articles;
const LAYERS = DATA.schema.map((layer) => layer.name);
const LETTER = DATA.schema.map((layer) => layer.letter);
for (const article of ARTICLES) unpackArticle(article, DATA.names);
const ROWS = ARTICLES.flatMap((article, number) =>
  article.rows.map((row, index) => Object.assign(row, { article: number, index })),
);
// Articles of one text have rows of one key: the first answers to it, and a verdict is on all.
const ROW_OF = new Map(ROWS.map((row) => [row.key, row]).reverse());
const ARTICLE_OF = new Map(ARTICLES.map((article, index) => [article.id, index]));
const GOLD = DATA.gold;
const ERRORS = GOLD ? GOLD.errors.map((error) => unpackError(error, DATA)) : [];
const CLASS_LETTER = new Map(GOLD ? GOLD.classes : []);
const ERROR_OF = new Map();
for (const error of ERRORS) {
  const span = (error.gold || error.found).span;
  const name = `${error.layer}:${ARTICLES[error.article].id}:${span[0]}`;
  error.key = name;
  for (let again = 2; ERROR_OF.has(error.key); again++) error.key = `${name}:${again}`;
  ERROR_OF.set(error.key, error);
}
const ERRORS_IN = ARTICLES.map(() => []);
for (const error of ERRORS) ERRORS_IN[error.article].push(error);

const NO_FILTER = { kinds: null, classes: null, rule: "", article: "", verdict: "", text: "" };
const state = {
  view: "overview",
  article: 0, // the one in the reader
  row: null, // what is chosen: a row or an error, never both
  error: null,
  filter: { ...NO_FILTER, pick: null },
  sort: { column: null, down: false },
};

/** The row to be judged: the one chosen, or the one that the chosen error is about. */
function chosenRow() {
  const { row, error } = state;
  return row || (error?.found ? ARTICLES[error.article].rows[error.found.row] : null) || null;
}

const title = (article) => article.title || article.id;

/** What the address after # should be for the present state. */
function address() {
  const parts = new URLSearchParams({ view: state.view });
  if (state.view !== "overview") parts.set("article", ARTICLES[state.article]?.id ?? "");
  if (state.view !== "overview" && state.error) parts.set("error", state.error.key);
  if (state.view !== "overview" && state.row) parts.set("row", state.row.key);
  return `#${parts}`;
}

/** Take the state from the address: a row or an error brings its article along. */
function readAddress() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const row = ROW_OF.get(parts.get("row"));
  const error = ERROR_OF.get(parts.get("error"));
  const article = ARTICLE_OF.get(parts.get("article"));
  const asked = parts.get("view") || (error ? "errors" : row ? "rows" : article !== undefined ? "articles" : "overview");
  state.view = ["overview", "rows", "articles", ...(GOLD ? ["errors"] : [])].includes(asked) ? asked : "overview";
  state.row = row || null;
  state.error = row ? null : error || null;
  state.article = row?.article ?? error?.article ?? article ?? state.article;
}
