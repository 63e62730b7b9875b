"""Records -> table rows that read alone.

A row of people, organisations and places is one mention; a row of the other layers is one row of
the record. The columns of the article are prefixed, since a role has a title and a statement a
source of its own. Which tables and columns there are says `newsclaims.schema`.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import pydantic_core

from newsclaims.records import Held, fields_of
from newsclaims.schema import (
    HEAD,
    LAYERS,
    MENTIONED,
    Layer,
    Table,
)

# Characters of a sentence in a table. Each row of a sentence repeats it, so that a list of a whole
# article as one sentence would make tables of the square of its size.
LONGEST_SENTENCE = 2000


class Items(list[str]):
    """Several values of one cell; as a string they are joined."""

    def __init__(self, values: Iterable[str], between: str = "; ") -> None:
        super().__init__(values)
        self._between = between

    def __str__(self) -> str:
        return self._between.join(self)


Cell = str | int | float | Items | None
Written = Mapping[str, Any]  # a record or one of its rows, as JSON holds it


class Entry(NamedTuple):
    """One article of a dataset: its line of ``articles.jsonl`` and its record, as JSON objects."""

    article: dict[str, Any]
    record: dict[str, Any]


def rules_of(row: Written) -> list[str]:
    """The rules that made a row as JSON holds it: its own, then those of its mentions."""
    named = [row.get("rule"), *(mention.get("rule") for mention in row.get("mentions") or ())]
    return list(dict.fromkeys(rule for rule in named if rule))


def rule_of(row: Written) -> str | None:
    """The one rule that stands for a row: its own, else of the first mention that names one."""
    return next(iter(rules_of(row)), None)


def to_json(value: Any) -> str:
    """One line of JSON in the project's only spelling."""
    return pydantic_core.to_json(value).decode()  # four times as fast as `json.dumps`


class ArticleTables:
    """The table rows of one article.

    Args:
        entry: its line of ``articles.jsonl``, of which text, sentences and copies are read, and
            its record. Where text or sentences are null, what the tables would say of them is left
            empty.
    """

    def __init__(self, entry: Entry) -> None:
        article, self.record = entry
        self._text: str | None = article["text"]
        self._sentences: Sequence[int] | None = article["sentences"]
        self._joined: dict[ShownPart, str] = {}
        self._characters = article.get("characters")
        head = self.record["article"]
        copies = (article.get("cluster"), article.get("copy"))
        self._head = [*(head[name] for name in HEAD), *copies]
        names = {row["id"]: row["name"] for name in MENTIONED for row in self.record[name]}
        dates = {row["id"]: row["value"] or row["span"]["text"] for row in self.record["dates"]}
        self._shows = {"name": names.get, "date": dates.get}

    def rows(self, table: str) -> Iterator[list[Cell]]:
        """The rows of one table, in the order of the record; cells in the order of its columns."""
        if table == "articles":
            yield self._article()
            return
        layer, made = _TABLES[table]
        cells = list(_CELLS[table])
        for place, show in _SHOWN[table]:
            cells[place] = (cells[place][0], self._shows[show])
        for values in self._values(layer, made):
            values["sentence"] = self.sentence(values["start"], values["end"])
            shown = [shape(values[name]) if shape else values[name] for name, shape in cells]
            yield shown + self._head

    def _values(self, layer: Layer, table: Table) -> Iterator[dict[str, Any]]:
        """What the cells are made of: for each row, or each item of one field, its fields."""
        inners = [
            (column.of, *column.of.split(".")) for column in table.columns if "." in column.of
        ]
        for row in self.record[layer.name]:
            if not table.each:
                starts, ends = zip(*layer.offsets_of(row), strict=True)
                of_parts = {of: row[name] and row[name][inner] for of, name, inner in inners}
                yield {**row, **of_parts, "start": min(starts), "end": max(ends)}
                continue
            inner = layer.fields[table.each].inner
            for item in row[table.each]:
                if inner:
                    span = item[inner]
                    yield {**row, **item, **span, table.each: span}
                else:
                    yield {**row, **item, table.each: item}

    def sentence(self, start: int, end: int) -> str | None:
        """The sentence or sentences around these characters, white space joined.

        Of one longer than `LONGEST_SENTENCE`, the part around them, with "…" where it was cut.
        """
        if self._text is None or self._sentences is None:
            return None
        part = shown_part(self._sentences, len(self._text), start, end)
        if part not in self._joined:  # a sentence has several rows
            words = " ".join(self._text[part.begin : part.stop].split())
            self._joined[part] = part.marked(words)
        return self._joined[part]

    def _article(self) -> list[Cell]:
        return [
            *self._head,
            self._characters if self._text is None else len(self._text),
            *(len(self.record[name]) for name in LAYERS),
            self.record["article"]["text_sha256"],
        ]


def _shape(held: Held | None, type_: str) -> Callable[[Any], Cell] | None:
    """What makes a cell of such a field's value, of a span its words; none for plain values."""
    if held is None or not (held.several or held.holds_spans):
        return None
    if not held.several:
        inner = held.inner
        return lambda value: value and (value[inner] if inner else value)["text"]
    if not held.holds_spans:
        return lambda values: Items(values, " ") or None
    if not held.inner and type_ == "list":
        return lambda spans: _items(spans)
    if not held.inner:
        return lambda spans: (found := _items(spans)) and str(found)
    first, inner = next(iter(fields_of(held.item))), held.inner
    return lambda parts: Items(f"{part[first]}: {part[inner]['text']}" for part in parts) or None


def _items(spans: Sequence[Written]) -> Items | None:
    """The words of spans; none where a dataset without texts has none."""
    known = [span["text"] for span in spans if span["text"] is not None]
    return Items(known, " … ") or None if len(known) == len(spans) else None


_TABLES: Mapping[str, tuple[Layer, Table]] = {
    name: (layer, table) for layer in LAYERS.values() for name, table in layer.tables.items()
}
# Of each column: the value that it shows, and what makes a cell of it.
_CELLS = {
    name: [
        (column.of or column.name, _shape(table.fields.get(column.of), column.type))
        for column in table.columns
    ]
    for name, (_, table) in _TABLES.items()
}
# The columns that show the name or date of another row, by their place.
_SHOWN = {
    name: [(place, column.show) for place, column in enumerate(table.columns) if column.show]
    for name, (_, table) in _TABLES.items()
}


def sentence_bounds(sentences: Sequence[int], length: int, start: int, end: int) -> tuple[int, int]:
    """Where the sentence or sentences around these characters of a text begin and end.

    `sentences` are the offsets at which sentences begin; `length` is the text's.
    """
    first = bisect_right(sentences, start) - 1
    after = bisect_right(sentences, end - 1)
    begin = sentences[first] if first >= 0 else 0
    return begin, sentences[after] if after < len(sentences) else length


class ShownPart(NamedTuple):
    """The characters shown around a row, and whether the sentences go on before and after them."""

    begin: int
    stop: int
    is_cut_before: bool = False
    is_cut_after: bool = False

    def marked(self, words: str) -> str:
        """`words` with "…" where the sentences were cut."""
        return f"{'…' if self.is_cut_before else ''}{words}{'…' if self.is_cut_after else ''}"


def shown_part(sentences: Sequence[int], length: int, start: int, end: int) -> ShownPart:
    """What `sentence_bounds` says, or of more than `LONGEST_SENTENCE` characters those around.

    >>> shown_part([0], 50_000, 20_000, 20_100)
    ShownPart(begin=19050, stop=21050, is_cut_before=True, is_cut_after=True)
    """
    begin, stop = sentence_bounds(sentences, length, start, end)
    if stop - begin <= LONGEST_SENTENCE:
        return ShownPart(begin, stop)
    beside = max(0, LONGEST_SENTENCE - (end - start)) // 2
    first = max(begin, min(start - beside, stop - LONGEST_SENTENCE))
    last = first + LONGEST_SENTENCE
    return ShownPart(first, last, first > begin, last < stop)
