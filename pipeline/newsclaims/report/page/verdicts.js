// Verdicts: kept in this browser under the key of the row, which names what the row says and where.
// So they are there again when the page is made anew, for all rows that are still the same.

const KEPT = "newsclaims:";
const verdicts = new Map(Object.entries(DATA.verdicts));
let storage = null;
try {
  storage = window.localStorage;
  for (let i = 0; i < storage.length; i++) {
    const name = storage.key(i);
    const key = name.slice(KEPT.length);
    if (name.startsWith(KEPT) && (ROW_OF.has(key) || verdicts.has(key)))
      verdicts.set(key, JSON.parse(storage.getItem(name)));
  }
} catch {
  storage = null; // forbidden or full: verdicts last as long as the page
}

const verdictOf = (row) => verdicts.get(row.key) || {};
const saysNothing = (verdict) => !verdict.verdict && !verdict.note && !verdict.correct;

/** Change parts of the verdict on a row and keep it. */
function judge(key, change) {
  const verdict = { ...verdicts.get(key), ...change };
  if (saysNothing(verdict) && !(key in DATA.verdicts)) verdicts.delete(key);
  else verdicts.set(key, verdict);
  try {
    if (verdicts.has(key)) storage?.setItem(KEPT + key, JSON.stringify(verdict));
    else storage?.removeItem(KEPT + key);
  } catch {
    storage = null;
  }
  showJudged();
}

function showJudged() {
  find("judged").textContent = number([...verdicts.values()].filter((one) => !saysNothing(one)).length);
}

/** The lines of verdicts.jsonl, those of the dataset that were taken back among them. */
function verdictLines() {
  return [...verdicts].map(([key, { verdict, note, correct }]) => {
    const row = ROW_OF.get(key);
    const where = row && { article: ARTICLES[row.article].id, kind: LAYERS[row.layer] };
    return JSON.stringify({ key, verdict: verdict || null, ...(note && { note }), ...(correct && { correct }), ...where });
  });
}

function saveVerdicts() {
  const lines = verdictLines().map((line) => `${line}\n`);
  const url = URL.createObjectURL(new Blob(lines, { type: "application/jsonl" }));
  make("a", { href: url, download: "verdicts.jsonl" }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

async function openVerdicts(file) {
  const lines = (await file.text()).split("\n").filter((line) => line.trim());
  try {
    for (const line of lines) {
      const { key, verdict = null, note, correct } = JSON.parse(line);
      judge(String(key), { verdict, note, correct });
    }
  } catch (error) {
    alert(`${file.name} is no file of verdicts: ${error.message}`);
  }
}

const MARK = { right: "✓", wrong: "✗", unsure: "?" };

/** Wilson's 95 % interval of a share. */
function wilson(right, of) {
  const z = 1.959964;
  const share = right / of;
  const middle = share + (z * z) / (2 * of);
  const spread = z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  const scale = 1 + (z * z) / of;
  return [Math.max(0, (middle - spread) / scale), Math.min(1, (middle + spread) / scale)];
}
