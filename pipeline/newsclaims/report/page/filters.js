// Which rows, errors and articles are looked at.

const search = (text) => text.toLowerCase().normalize("NFC");

function sentenceOf(row) {
  return row.sentence ? ARTICLES[row.article].text.slice(row.sentence[0], Math.min(row.sentence[1], row.sentence[0] + 2000)) : "";
}

/** What the filter by words looks through; made when first asked for. */
const hay = {
  rows: (row) => (row.hay ??= search(`${row.says.join(" ")}\n${sentenceOf(row)}\n${title(ARTICLES[row.article])}`)),
  errors: (error) =>
    (error.hay ??= search(
      [error.gold, error.found].map((side) => (side ? `${side.words} ${side.says}` : "")).join("\n") +
        `\n${error.detail}\n${title(ARTICLES[error.article])}`,
    )),
  articles: (article) => (article.hay ??= search(`${title(article)}\n${article.id}\n${article.text}`)),
};

const shownKind = (layer) => !state.filter.kinds || state.filter.kinds.has(layer);
const shownClass = (name) => !state.filter.classes || state.filter.classes.has(name);

function matchingRow(row) {
  const { rule, article, verdict, text, pick } = state.filter;
  return (
    shownKind(row.layer) &&
    (!rule || row.rule.split(" + ").includes(rule)) &&
    (!article || ARTICLES[row.article].id === article) &&
    (!verdict || (verdict === "none" ? !verdictOf(row).verdict : verdictOf(row).verdict === verdict)) &&
    (!pick || pick.test(row)) &&
    (!text || hay.rows(row).includes(text))
  );
}

function matchingError(error) {
  const { rule, article, text } = state.filter;
  return (
    shownKind(error.kind) &&
    shownClass(error.class) &&
    (!rule || error.rule === rule) &&
    (!article || ARTICLES[error.article].id === article) &&
    (!text || hay.errors(error).includes(text))
  );
}

function matchingArticle(article, index) {
  const { text, article: id } = state.filter;
  if (id && article.id !== id) return false;
  if (text && !hay.articles(article).includes(text)) return false;
  if (state.filter.rule || state.filter.verdict || state.filter.pick)
    return article.rows.some((row) => matchingRow(row));
  return !state.filter.classes || ERRORS_IN[index].some((error) => shownClass(error.class));
}

/** Show or hide a kind or class: from all, the first choice shows it alone. */
function toggled(chosen, value, all) {
  if (!chosen) return new Set([value]);
  const next = new Set(chosen);
  if (!next.delete(value)) next.add(value);
  return next.size === 0 || next.size === all ? null : next;
}

function changeFilter(change) {
  Object.assign(state.filter, change);
  showFilters();
  showList();
  if (state.view !== "overview") showArticle();
}

function clearFilters() {
  find("text").value = "";
  changeFilter({ ...NO_FILTER, pick: null });
}

function makeFilters() {
  LAYERS.forEach((layer, index) => {
    const count = ROWS.reduce((sum, row) => sum + (row.layer === index), 0);
    find("kinds").append(
      make(
        "button",
        { type: "button", class: `chip kind k${index}`, "data-kind": index, title: `${layer} (${index + 1})`, onclick: () => toggleKind(index) },
        make("span", { class: "letter", "aria-hidden": "true" }, LETTER[index]),
        layer,
        make("span", { class: "amount" }, number(count)),
      ),
    );
  });
  for (const [name, letter] of CLASS_LETTER) {
    const count = ERRORS.reduce((sum, error) => sum + (error.class === name), 0);
    find("classes").append(
      make(
        "button",
        { type: "button", class: "chip class", "data-class": name, onclick: () => toggleClass(name) },
        badge(name),
        name,
        make("span", { class: "amount" }, number(count)),
      ),
    );
  }
  const rules = [...new Set([...ROWS.flatMap((row) => row.rule.split(" + ")), ...ERRORS.map((error) => error.rule)])];
  options("rule", [["", "all"], ...rules.filter(Boolean).sort().map((rule) => [rule, rule])]);
  options("article", [["", "all"], ...ARTICLES.map((article) => [article.id, title(article).slice(0, 80)])]);
  options("verdict", [["", "all"], ["none", "none yet"], ["right", "right"], ["wrong", "wrong"], ["unsure", "unsure"]]);
  for (const name of ["rule", "article", "verdict"])
    find(name).addEventListener("change", (event) => changeFilter({ [name]: event.target.value }));
  let waiting;
  const filterByWords = (wait) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => changeFilter({ text: search(find("text").value) }), wait);
  };
  find("text").addEventListener("input", () => filterByWords(120));
  find("text").addEventListener("change", () => filterByWords(0));
  find("picked").addEventListener("click", () => changeFilter({ pick: null }));
  find("reset").addEventListener("click", clearFilters);
  find("reset-too").addEventListener("click", clearFilters);
}

const toggleKind = (index) => changeFilter({ kinds: toggled(state.filter.kinds, index, LAYERS.length) });
const toggleClass = (name) => changeFilter({ classes: toggled(state.filter.classes, name, CLASS_LETTER.size) });

function options(id, pairs) {
  find(id).append(...pairs.map(([value, label]) => make("option", { value }, label)));
}

function showFilters() {
  for (const chip of document.querySelectorAll("#kinds .chip"))
    chip.setAttribute("aria-pressed", String(shownKind(Number(chip.dataset.kind))));
  for (const chip of document.querySelectorAll("#classes .chip"))
    chip.setAttribute("aria-pressed", String(shownClass(chip.dataset.class)));
  for (const name of ["rule", "article", "verdict"]) find(name).value = state.filter[name];
  const { pick } = state.filter;
  find("picked").hidden = !pick;
  find("picked").textContent = pick ? `${pick.label} ×` : "";
}
