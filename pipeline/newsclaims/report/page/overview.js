// The overview: scores, errors by class, rules, dates and places.

function showOverview() {
  find("overview").replaceChildren(
    ...[countsFigure(), GOLD && scoresFigure(), GOLD && errorsFigure(), timelineFigure(), mapFigure(), rulesFigure()].filter(Boolean),
  );
}

function countsFigure() {
  return make(
    "figure",
    { class: "counts" },
    make("figcaption", {}, make("h2", {}, "Rows")),
    make(
      "ul",
      {},
      LAYERS.map((layer, index) =>
        make("li", {}, make("button", { type: "button", onclick: () => { state.filter = { ...NO_FILTER, pick: null, kinds: new Set([index]) }; goTo({ view: "rows" }); } },
          make("strong", {}, number(ROWS.reduce((sum, row) => sum + (row.layer === index), 0))), kindMark(index), layer)),
      ),
    ),
  );
}

const headings = (...labels) => make("thead", {}, make("tr", {}, labels.map((label) => make("th", { scope: "col" }, label))));

function scoresFigure() {
  const rows = GOLD.scores.map((score, index) =>
    make(
      "tr",
      { class: GOLD.scores[index - 1]?.layer === score.layer ? null : "begins" },
      make("th", { scope: "row" }, GOLD.scores[index - 1]?.layer === score.layer ? make("span", { class: "unseen" }, score.layer) : breakable(score.layer)),
      make("td", {}, breakable(score.metric)),
      make("td", { class: "bar" }, intervalBar(score.value, score.low, score.high)),
      make("td", { class: "number strong" }, percent(score.value)),
      make("td", { class: "number" }, score.low === null ? "" : `${percent(score.low)}–${percent(score.high)}`),
      make("td", { class: "number" }, score.kind === "share" ? "" : percent(score.precision)),
      make("td", { class: "number" }, score.kind === "share" ? "" : percent(score.recall)),
      make("td", { class: "number" }, number(score.articles)),
    ),
  );
  const missing = GOLD.missing.length ? ` ${plural(GOLD.missing.length, "article")} of gold not in the dataset: counted as empty.` : "";
  return make(
    "figure",
    { class: "scores", tabindex: 0 }, // a narrow window scrolls it
    make("figcaption", {}, make("h2", {}, "Scores"), make("p", {}, `Against ${GOLD.name}, with 95 % intervals over articles.${missing}`)),
    make("table", {}, headings("Layer", "Metric", "", "Score", "Interval", "Precision", "Recall", "Articles"), make("tbody", {}, rows)),
  );
}

function errorsFigure() {
  const layers = [...new Set(GOLD.scores.map((score) => score.layer))];
  const count = (layer, name) => ERRORS.reduce((sum, error) => sum + (error.layer === layer && error.class === name), 0);
  const counts = layers.map((layer) => [...CLASS_LETTER.keys()].map((name) => [name, count(layer, name)]));
  const most = Math.max(1, ...counts.map((row) => row.reduce((sum, [, amount]) => sum + amount, 0)));
  const rows = layers.map((layer, index) =>
    make(
      "tr",
      {},
      make("th", { scope: "row" }, breakable(layer)),
      make("td", { class: "stack" }, make("div", {}, counts[index].filter(([, amount]) => amount).map(([name, amount]) => stackPart(layer, name, amount, most)))),
      make("td", { class: "number" }, number(counts[index].reduce((sum, [, amount]) => sum + amount, 0))),
    ),
  );
  return make(
    "figure",
    { class: "errors" },
    make("figcaption", {}, make("h2", {}, "Errors by class"), make("p", { class: "legend" }, [...CLASS_LETTER.keys()].map((name) => make("span", {}, badge(name), name)))),
    make("table", {}, headings("Layer", "Errors by class", "Errors"), make("tbody", {}, rows)),
  );
}

function stackPart(layer, name, amount, most) {
  const letter = CLASS_LETTER.get(name);
  const label = `${layer}: ${number(amount)} ${name}`;
  const button = make("button", { type: "button", class: `e-${letter}`, title: label, "aria-label": label, onclick: () => pickErrors(layer, name) },
    amount / most > 0.03 ? `${letter} ${number(amount)}` : "");
  button.style.width = `${(100 * amount) / most}%`;
  return button;
}

function pickErrors(layer, name) {
  const kind = LAYERS.indexOf(layer.split(".")[0]);
  state.filter = { ...NO_FILTER, pick: null, kinds: new Set([kind]), classes: new Set([name]) };
  goTo({ view: "errors", error: ERRORS.find((error) => error.layer === layer && error.class === name) });
}

/** Rules by layer: how many rows each made, how often it was right by gold and by verdicts. */
function rulesFigure() {
  const rules = new Map();
  for (const row of ROWS)
    for (const rule of row.rule.split(" + ").filter(Boolean)) {
      const key = `${row.layer} ${rule}`;
      const entry = rules.get(key) || { layer: row.layer, rule, rows: 0, judged: 0, right: 0 };
      const { verdict } = verdictOf(row);
      entry.rows++;
      entry.judged += verdict === "right" || verdict === "wrong";
      entry.right += verdict === "right";
      rules.set(key, entry);
    }
  const inGold = new Map((GOLD?.rules || []).map((rule) => [`${LAYERS.indexOf(rule.layer.split(".")[0])} ${rule.rule}`, rule]));
  const entries = [...rules.values()].sort((one, other) => one.layer - other.layer || other.rows - one.rows || ORDER.compare(one.rule, other.rule));
  const share = (right, of) => {
    if (!of) return [make("td", { class: "bar" }), make("td", { class: "number" })];
    const [low, high] = wilson(right, of);
    return [make("td", { class: "bar" }, intervalBar(right / of, low, high)), make("td", { class: "number" }, `${number(right)} of ${number(of)}`)];
  };
  const rows = entries.map((entry) => {
    const gold = inGold.get(`${entry.layer} ${entry.rule}`);
    return make(
      "tr",
      {},
      make("th", { scope: "row" }, kindMark(entry.layer), " ", make("button", { type: "button", class: "plain rule", onclick: () => { state.filter = { ...NO_FILTER, pick: null, rule: entry.rule, kinds: new Set([entry.layer]) }; goTo({ view: "rows" }); } }, entry.rule)),
      make("td", { class: "number" }, number(entry.rows)),
      ...(GOLD ? share(gold?.right ?? 0, gold?.finds ?? 0) : []),
      ...share(entry.right, entry.judged),
    );
  });
  const columns = ["Rule", "Rows", ...(GOLD ? ["Right by gold", ""] : []), "Right by verdicts", ""];
  return make(
    "figure",
    { class: "rules" },
    make("figcaption", {}, make("h2", {}, "Rules"), make("p", {}, "How many rows each rule had a part in, and how often they were right, with 95 % intervals.")),
    make("table", {}, headings(...columns), make("tbody", {}, rows)),
  );
}
