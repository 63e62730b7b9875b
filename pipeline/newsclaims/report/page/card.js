// The card under the article: what the chosen row or error says, and the reader's verdict on it.

let correcting = false;

function showCard() {
  const card = find("card");
  const row = chosenRow();
  const parts = [...(state.error ? [errorCard(state.error)] : []), ...(row ? rowCard(row) : [])];
  const focused = card.contains(document.activeElement) && document.activeElement.dataset.control;
  if (parts.length) card.replaceChildren(...parts);
  else card.replaceChildren(make("p", { class: "hint" }, "Choose a row, or a marked word in the text. Press ? for the keys."));
  if (focused) card.querySelector(`[data-control="${focused}"]`)?.focus({ preventScroll: true });
}

function errorCard(error) {
  const line = (name, value) => make("div", {}, make("dt", {}, name), make("dd", {}, words(sideSays(value))));
  return make(
    "div",
    { class: "error" },
    make("p", {}, badge(error.class), " ", make("strong", {}, error.class), ` in ${error.layer}`, error.detail ? ` (${error.detail})` : "",
      error.rule ? [" by ", make("span", { class: "rule" }, error.rule)] : "", " · ",
      make("a", { href: address(), title: "Address of this error" }, "link")),
    make("dl", {}, line("Gold", error.gold), line("Found", error.found)),
  );
}

function rowCard(row) {
  const verdict = verdictOf(row);
  const button = (name, key) =>
    make(
      "button",
      { type: "button", class: `judge v-${name}`, "data-control": name, "aria-pressed": String(verdict.verdict === name), title: `${name} (${key})`, onclick: () => giveVerdict(name) },
      `${MARK[name]} ${name[0].toUpperCase()}${name.slice(1)}`,
    );
  return [
    state.error ? "" : make("p", { class: "saying" }, kindMark(row.layer), " ", says(row)),
    make("dl", { class: "fields" }, fieldItems(row)),
    make(
      "div",
      { class: "judging", role: "group", "aria-label": "Verdict" },
      button("right", "r"),
      button("wrong", "w"),
      button("unsure", "u"),
      make("button", { type: "button", "data-control": "correct", "aria-expanded": String(correcting), title: "Correct the row (c)", onclick: toggleCorrecting }, "Correct…"),
      make("input", {
        id: "note",
        "data-control": "note",
        "aria-label": "Note",
        placeholder: "Note  m",
        value: verdict.note || "",
        onchange: (event) => judgeRow({ note: event.target.value || undefined }),
      }),
    ),
    correcting ? correctionForm(row, verdict.correct || {}) : "",
  ];
}

function fieldItems(row) {
  const items = Object.entries(row.fields || {}).map(([name, value]) => [name.replace(/_id$/, "").replaceAll("_", " "), String(value)]);
  if (row.rule) items.unshift(["rule", row.rule]);
  if (row.corrected) items.push(["corrected", "yes"]);
  const link = make("a", { href: `#${new URLSearchParams({ view: "rows", row: row.key })}`, title: "Address of this row" }, row.key);
  return [...items.map(([name, value]) => [name, words(value)]), ["key", link]].map(([name, value]) =>
    make("div", {}, make("dt", {}, name), make("dd", {}, value)),
  );
}

/** Give a verdict on the chosen row; the same again takes it back. */
function giveVerdict(name) {
  const row = chosenRow();
  if (row) judgeRow({ verdict: verdictOf(row).verdict === name ? undefined : name });
}

function judgeRow(change) {
  judge(chosenRow().key, change);
  showCard();
  redraw();
}

function toggleCorrecting() {
  if (!chosenRow()) return;
  correcting = !correcting;
  showCard();
  light();
  find("card").querySelector("form input, form select, form button")?.focus();
}

/** A form of the fields that may be corrected; spans take what is selected in the text. */
function correctionForm(row, correct) {
  const fields = Object.entries(DATA.schema[row.layer].correctable);
  return make(
    "form",
    { class: "correction", onsubmit: (event) => event.preventDefault() },
    make("p", { class: "hint" }, "For a span: select its words in the text, then press its button."),
    fields.map(([name, form]) => make("div", { class: name in correct ? "field changed" : "field" }, correctionField(row, correct, name, form))),
    make("button", { type: "button", "data-control": "uncorrect", onclick: () => judgeRow({ correct: undefined }) }, "Take corrections back"),
  );
}

function correctionField(row, correct, name, form) {
  const label = name.replaceAll("_", " ");
  const value = name in correct ? correct[name] : currentValue(row, name);
  const set = (changed) => judgeRow({ verdict: "wrong", correct: { ...correct, [name]: changed } });
  if (form === "span") {
    const span = row.spans.find(([field]) => field === name);
    const text = name in correct ? (value ? value.text : "–") : span ? ARTICLES[row.article].text.slice(span[1], span[2]) : "–";
    return [
      make("button", { type: "button", "data-control": name, onmousedown: (event) => event.preventDefault(), onclick: () => { const chosen = selectedSpan(); if (chosen) set(chosen); } }, label),
      words(text),
      DATA.schema[row.layer].required.includes(name) ? "" : make("button", { type: "button", class: "none", "data-control": `no ${name}`, "aria-label": `no ${label}`, title: `no ${label}`, onclick: () => set(null) }, "×"),
    ];
  }
  if (Array.isArray(form))
    return make("label", {}, label, " ", make("select", { "data-control": name, onchange: (event) => set(event.target.value || null) },
      ["", ...form].map((one) => make("option", { value: one, selected: one === (value ?? "") }, one || "–"))));
  const read = (text) => (text === "" ? null : form === "number" ? Number(text) : text);
  return make("label", {}, label, " ", make("input", { "data-control": name, type: form === "number" ? "number" : "text", step: "any", value: value ?? "", onchange: (event) => set(read(event.target.value)) }));
}

function currentValue(row, name) {
  return name === "name" ? row.says[0] : row.fields?.[name] ?? null;
}
