// The keyboard. Keys of one letter do nothing while something is written or a dialog is open.

const KEYS = {
  j: () => stepList(1),
  k: () => stepList(-1),
  n: () => stepArticle(1),
  p: () => stepArticle(-1),
  e: () => stepError(1),
  E: () => stepError(-1),
  r: () => giveVerdict("right"),
  w: () => giveVerdict("wrong"),
  u: () => giveVerdict("unsure"),
  m: () => find("note")?.focus(),
  c: () => toggleCorrecting(),
  s: () => saveVerdicts(),
  o: () => goTo({ view: "overview" }),
  l: () => goTo({ view: "rows" }),
  a: () => goTo({ view: "articles" }),
  x: () => clearFilters(),
  "/": () => find("text").focus(),
  "?": () => find("keys").showModal(),
};
LAYERS.forEach((_, index) => {
  KEYS[index + 1] = () => toggleKind(index);
});

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || find("keys").open) return;
  const writing = event.target.closest("input, textarea, select");
  if (event.key === "Escape" && writing) return writing.blur();
  if (event.key === "Enter" && ["note", "text"].includes(writing?.id)) return writing.blur();
  if (writing) return;
  const inList = event.target.id === "scroller";
  if (inList && event.key === "ArrowDown") KEYS.j();
  else if (inList && event.key === "ArrowUp") KEYS.k();
  else if (Object.hasOwn(KEYS, event.key)) KEYS[event.key]();
  else return;
  event.preventDefault();
}

function stepList(by) {
  if (state.view === "overview") return goTo({ view: "rows" });
  chooseIndex(table.chosen < 0 ? (by > 0 ? 0 : table.items.length - 1) : table.chosen + by);
}

function stepArticle(by) {
  const shown = ARTICLES.map((_, index) => index).filter((index) => matchingArticle(ARTICLES[index], index));
  const here = shown.findIndex((index) => index >= state.article);
  const exact = shown[here] === state.article;
  const next = here < 0 ? shown.length - 1 : here + (exact || by < 0 ? by : 0);
  if (shown[next] !== undefined) chooseArticle(shown[next]);
}

/** The next error by the filters, in the order of the list where that is open. */
function stepError(by) {
  if (!GOLD) return;
  const inList = state.view === "errors";
  const errors = inList ? table.items : ERRORS.filter(matchingError);
  const here = errors.indexOf(state.error);
  const next = here >= 0 ? here + by : errors.findIndex((error) => error.article >= (state.view === "overview" ? 0 : state.article));
  const error = errors[next];
  if (!error) return;
  if (inList || state.view === "articles") chooseError(error);
  else goTo({ view: "errors", error });
}
