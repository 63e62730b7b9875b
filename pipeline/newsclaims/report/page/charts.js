// Pictures, drawn from what the page holds.

/** A figure between 0 and 1 as a bar, its interval as a line with ends. */
function intervalBar(value, low, high) {
  if (value === null) return "";
  const at = (share) => 100 * share;
  const whisker = low === null ? [] : [
    draw("line", { x1: at(low), x2: at(high), y1: 6, y2: 6, class: "whisker" }),
    ...[low, high].map((end) => draw("line", { x1: at(end), x2: at(end), y1: 3, y2: 9, class: "whisker" })),
  ];
  return draw(
    "svg",
    { class: "interval", viewBox: "0 0 100 12", preserveAspectRatio: "none", "aria-hidden": "true", focusable: "false" },
    draw("rect", { x: 0, y: 0, width: 100, height: 12, class: "ground" }),
    draw("rect", { x: 0, y: 1.5, width: at(value), height: 9, class: "value" }),
    whisker,
  );
}

const DAY = 86_400_000;

/** The ways to divide time, fine to coarse: days a part has, and the part that a day is in. */
const PARTS = [
  { name: "day", days: 1, of: (iso) => iso.slice(0, 10) },
  { name: "month", days: 30.44, of: (iso) => iso.slice(0, 7) },
  { name: "year", days: 365.25, of: (iso) => iso.slice(0, 4) },
  { name: "decade", days: 3652.5, of: (iso) => `${iso.slice(0, 3)}0s` },
  { name: "century", days: 36525, of: (iso) => `${iso.slice(0, 2)}00s` },
];

/** Dates by part of time: all parts between the first and the last, and how many lie outside. */
function timeline(rows) {
  const dated = rows.filter((row) => /^\d{4}-\d\d-\d\d$/.test(row.fields?.earliest || ""));
  if (!dated.length) return null;
  const days = dated.map((row) => Date.parse(row.fields.earliest) / DAY).sort((one, other) => one - other);
  const low = days[Math.floor(days.length * 0.03)];
  const high = days[Math.ceil(days.length * 0.97) - 1];
  const part = PARTS.find(({ days: size }) => (high - low) / size <= MOST_PARTS) || PARTS.at(-1);
  const counts = new Map();
  for (let day = low; day <= high + part.days; day += Math.min(part.days / 2, 15)) counts.set(part.of(iso(Math.min(day, high))), 0);
  const outside = { before: 0, after: 0 };
  for (const row of dated) {
    const day = Date.parse(row.fields.earliest) / DAY;
    const name = part.of(row.fields.earliest);
    if (counts.has(name)) counts.set(name, counts.get(name) + 1);
    else outside[day < low ? "before" : "after"]++;
  }
  return { part, counts, outside, total: dated.length };
}

const MOST_PARTS = 80;
const iso = (day) => new Date(day * DAY).toISOString().slice(0, 10);

function timelineFigure() {
  const dates = LAYERS.indexOf("dates");
  const times = timeline(ROWS.filter((row) => row.layer === dates));
  if (!times) return null;
  const { part, counts, outside, total } = times;
  const most = Math.max(...counts.values());
  const names = [...counts.keys()];
  const step = Math.ceil(names.length / 12);
  const bars = names.map((name, index) => {
    const count = counts.get(name);
    const bar = make("span", { class: "bar" });
    bar.style.height = `${(100 * count) / most}%`;
    return make(
      "button",
      {
        type: "button",
        class: "column",
        title: `${name}: ${plural(count, "date")}`,
        "aria-label": `${name}: ${plural(count, "date")}`,
        onclick: () => pick(`dates in ${name}`, (row) => row.layer === dates && part.of(row.fields?.earliest || "") === name),
      },
      make("span", { class: "room" }, bar),
      make("span", { class: "tick", "aria-hidden": "true" }, index % step ? "" : name),
    );
  });
  const rest = [outside.before && `${number(outside.before)} earlier`, outside.after && `${number(outside.after)} later`].filter(Boolean);
  return make(
    "figure",
    { class: "timeline" },
    make("figcaption", {}, make("h2", {}, "Dates"), make("p", {}, `${plural(total, "date")} by ${part.name}${rest.length ? `, ${rest.join(" and ")} not drawn` : ""}. Most in one: ${number(most)}.`)),
    make("div", { class: "columns" }, bars),
  );
}

/** Places by gazetteer entry, with their mentions. */
function locatedPlaces() {
  const places = LAYERS.indexOf("places");
  const found = new Map();
  for (const row of ROWS) {
    if (row.layer !== places || row.fields?.latitude === undefined) continue;
    const id = `${row.fields.geonameid ?? `${row.fields.latitude},${row.fields.longitude}`}`;
    const place = found.get(id) || { id, name: row.says[0], latitude: row.fields.latitude, longitude: row.fields.longitude, mentions: 0 };
    place.mentions += row.spans.length;
    found.set(id, place);
  }
  return [...found.values()].sort((one, other) => other.mentions - one.mentions || ORDER.compare(one.name, other.name));
}

function pickPlace(place) {
  const places = LAYERS.indexOf("places");
  pick(place.name, (row) => row.layer === places && row.fields &&
    `${row.fields.geonameid ?? `${row.fields.latitude},${row.fields.longitude}`}` === place.id);
}

function mapFigure() {
  const places = locatedPlaces();
  if (!places.length) return null;
  const most = places[0].mentions;
  const grid = [];
  for (let x = 30; x < 360; x += 30) grid.push(`M${x} 8V148`);
  for (let y = 30; y < 148; y += 30) grid.push(`M0 ${y}H360`);
  const points = places.map((place) =>
    draw(
      "circle",
      {
        cx: (place.longitude + 180).toFixed(2),
        cy: (90 - place.latitude).toFixed(2),
        r: (0.9 + 3.2 * Math.sqrt(place.mentions / most)).toFixed(2),
        onclick: () => pickPlace(place),
      },
      draw("title", {}, `${place.name}: ${plural(place.mentions, "mention")}`),
    ),
  );
  return make(
    "figure",
    { class: "map" },
    make("figcaption", {}, make("h2", {}, "Places"), make("p", {}, `${plural(places.length, "place")} with coordinates; the larger, the more mentions.`)),
    draw(
      "svg",
      { viewBox: "0 8 360 140", role: "img", "aria-label": `Map of ${plural(places.length, "place")}` },
      draw("rect", { x: 0, y: 8, width: 360, height: 140, class: "sea" }),
      draw("use", { href: "#land", class: "land" }),
      draw("path", { d: grid.join(""), class: "grid" }),
      draw("g", { class: "points" }, points),
    ),
    make(
      "ul",
      { class: "most" },
      places.slice(0, 12).map((place) =>
        make("li", {}, make("button", { type: "button", onclick: () => pickPlace(place) }, words(place.name), make("span", { class: "amount" }, number(place.mentions)))),
      ),
    ),
    make("p", { class: "credit" }, "Outline: Natural Earth. Coordinates: GeoNames, CC BY 4.0."),
  );
}

/** Go to the rows that a part of a picture stands for. */
function pick(label, test) {
  Object.assign(state.filter, { ...NO_FILTER, pick: { label, test } });
  find("text").value = "";
  goTo({ view: "rows" });
}
