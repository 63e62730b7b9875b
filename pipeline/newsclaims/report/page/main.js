// From the address to the page, and from what is chosen back to the address.

function goTo(change) {
  Object.assign(state, change);
  if (change.error) Object.assign(state, { row: null, article: change.error.article });
  if (change.view) state.sort = { column: null, down: false };
  correcting = false;
  show();
}

function chooseRow(row) {
  correcting = false;
  Object.assign(state, { row, error: null, article: row.article });
  showChosen(row);
}

function chooseError(error) {
  correcting = false;
  Object.assign(state, { error, row: null, article: error.article });
  showChosen(error);
}

function chooseArticle(index) {
  Object.assign(state, { article: index, row: null, error: null });
  if (state.view === "overview") state.view = "articles";
  showChosen(state.view === "articles" ? ARTICLES[index] : null);
}

function showChosen(item) {
  if (document.documentElement.dataset.view !== state.view) return show();
  markChosen(state.view === "articles" ? ARTICLES[state.article] : item);
  if (state.view !== "articles" && !item) scrollToArticle();
  showArticle();
  history.replaceState(null, "", address());
}

/** Bring the first item of the article in the reader into sight. */
function scrollToArticle() {
  const index = table.items.findIndex((item) => item.article === state.article);
  if (index >= 0) find("scroller").scrollTop = index * table.height;
}

function show() {
  document.documentElement.dataset.view = state.view;
  for (const link of find("views").children) {
    if (link.getAttribute("href") === `#view=${state.view}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  showFilters();
  if (state.view === "overview") showOverview();
  else {
    showList();
    showArticle();
  }
  const wanted = address();
  if (location.hash !== wanted) history.replaceState(null, "", wanted);
}

function start() {
  find("facts").textContent = [DATA.left_out ? `${number(ARTICLES.length)} of ${plural(ARTICLES.length + DATA.left_out, "article")}` : plural(ARTICLES.length, "article"), plural(ROWS.length, "row"), GOLD && plural(ERRORS.length, "error"), DATA.model].filter(Boolean).join(" · ");
  makeFilters();
  showJudged();
  find("scroller").addEventListener("scroll", drawTable, { passive: true });
  new ResizeObserver(redraw).observe(find("scroller"));
  find("save").addEventListener("click", saveVerdicts);
  find("open").addEventListener("change", async (event) => {
    if (event.target.files[0]) await openVerdicts(event.target.files[0]);
    event.target.value = "";
    show();
  });
  find("help").addEventListener("click", () => find("keys").showModal());
  document.addEventListener("keydown", onKey);
  window.addEventListener("hashchange", () => {
    readAddress();
    show();
  });
  readAddress();
  show();
}

start();
