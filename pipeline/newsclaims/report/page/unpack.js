// Objects of the lists as which rows and errors travel; the other side of `packing.py`.

/** Groups of `size` values of a list, the first of each being the number of a name. */
function groups(names, values, size) {
  const found = [];
  for (let i = 0; i < values.length; i += size) found.push([names[values[i]], ...values.slice(i + 1, i + size)]);
  return found;
}

/** What is found, or stands in gold, which has no more than a layer, spans and whether it is disputed. */
function unpackArticle(article, names) {
  article.rows = article.rows.map(([layer, spans, key, says, rule, sentence, fields, corrected]) => {
    const places = groups(names, spans, 3);
    const part = (said) => (typeof said === "number" ? article.text.slice(places[said][1], places[said][2]) : said);
    return {
      layer,
      spans: places,
      key,
      says: says.map(part),
      rule: names[rule],
      sentence,
      fields: Object.fromEntries(groups(names, fields || [], 2)),
      corrected,
    };
  });
  article.gold &&= article.gold.map(([layer, spans, optional]) => ({ layer, spans: groups(names, spans, 3), optional }));
}

const WORDS = 160; // characters of an error's words in the list

function unpackError([layer, name, rule, detail, article, gold, found], { names, articles, schema }) {
  const { text } = articles[article];
  const side = (values) => {
    if (!values) return null;
    const [start, end, row = null, says = ""] = values;
    return { span: [start, end], row, says, words: text.slice(start, Math.min(end, start + WORDS)) };
  };
  const kind = schema.findIndex((one) => one.name === names[layer].split(".")[0]);
  return { layer: names[layer], kind, class: names[name], rule: names[rule], detail: names[detail], article, gold: side(gold), found: side(found) };
}
