"""What changed between two datasets: rows added, removed and changed, in words, by rule.

Rows are the same where their keys are; a row whose key went is paired with the new row of its layer
that shares most characters with it. Row ids are only numbers and are not compared: what a row
refers to is compared by its words.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, zip_longest
from pathlib import Path
from typing import Any, Literal, NamedTuple

from newsclaims.dataset import read_entries
from newsclaims.held_texts import with_contents
from newsclaims.schema import LAYERS
from newsclaims.tables import Entry, rule_of
from newsclaims.wording import plural

_Row = Mapping[str, Any]  # a row as JSON holds it
Sort = Literal["added", "removed", "changed", "reweighed"]

AROUND = 60  # characters of context on each side
NO_RULE = "(no rule)"
_SIGNS: Mapping[Sort, str] = {"added": "+", "removed": "-", "changed": "~", "reweighed": "="}
_FIGURES = ("mentions confidence", "references confidence", "score", "margin")  # a model's
_REFERENCES = ("person", "organisation_id", "speaker", "anchor", "since", "until", "asserted_in")
_UNCOMPARED = ("id", "key", "about")  # `about` follows from content and the other rows


class Field(NamedTuple):
    """A field whose value differs; None where the row has none."""

    name: str
    old: str | None
    new: str | None


class RowChange(NamedTuple):
    """One row that is not what it was. `fields` is empty for rows added and removed.

    `context` is empty where neither dataset keeps the text.

    A row is reweighed when nothing but figures of a model changed in it.
    """

    layer: str
    rule: str
    sort: Sort
    article: str
    start: int
    says: str
    fields: tuple[Field, ...]
    context: str


class ArticleChange(NamedTuple):
    """An article that one dataset lacks, or whose text or head differs."""

    article: str
    change: str


class Diff(NamedTuple):
    """All differences of two datasets; `articles` counts those that both have with one text."""

    articles: int
    changed_articles: Sequence[ArticleChange]
    rows: Sequence[RowChange]

    def __bool__(self) -> bool:
        return bool(self.changed_articles or self.rows)


def diff_datasets(old: Path, new: Path) -> Diff:
    """Compare the datasets of two output folders.

    Raises `newsclaims.dataset.DatasetError` for a folder that is none.
    """
    return diff_entries(read_entries(old), read_entries(new))


def diff_entries(old: Iterable[Entry], new: Iterable[Entry]) -> Diff:
    """Compare entries, article by article; memory is used where the orders differ."""
    count = 0
    articles: list[ArticleChange] = []
    rows: list[RowChange] = []
    for before, after in _side_by_side(old, new):
        if before is None or after is None:
            present = before or after
            assert present is not None  # one of the two was read
            where = "old" if after is None else "new"
            articles.append(ArticleChange(present.article["id"], f"only in the {where} dataset"))
            continue
        articles += _head_changes(before, after)
        if _hash(before) == _hash(after):
            count += 1
            text = after.article["text"] or before.article["text"] or ""
            rows += diff_records(_said(before, text), _said(after, text), text)
    order = {layer: number for number, layer in enumerate(LAYERS)}
    rows.sort(key=lambda row: (order[row.layer], row.rule, row.article, row.start, row.sort))
    return Diff(count, sorted(articles), rows)


def _side_by_side(
    old: Iterable[Entry], new: Iterable[Entry]
) -> Iterator[tuple[Entry | None, Entry | None]]:
    waiting: tuple[dict[str, Entry], dict[str, Entry]] = {}, {}
    for pair in zip_longest(old, new):
        for side, entry in enumerate(pair):
            if entry is not None:
                waiting[side][entry.article["id"]] = entry
        for entry in filter(None, pair):
            name = entry.article["id"]
            if name in waiting[0] and name in waiting[1]:
                yield waiting[0].pop(name), waiting[1].pop(name)
    yield from ((entry, None) for entry in waiting[0].values())
    yield from ((None, entry) for entry in waiting[1].values())


def _said(entry: Entry, text: str) -> _Row:
    """The record, with the contents that it was written without where the other side has them."""
    bare = entry.article["text"] is None and text
    return with_contents(entry.record, text) if bare else entry.record


def _hash(entry: Entry) -> str:
    return str(entry.record["article"]["text_sha256"])


def _head_changes(before: Entry, after: Entry) -> Iterator[ArticleChange]:
    name = after.article["id"]
    if _hash(before) != _hash(after):
        yield ArticleChange(name, "text differs; its rows are not compared")
    for field in after.article:
        if field not in ("text", "characters", "sentences"):
            old, new = before.article.get(field), after.article.get(field)
            if old != new:
                yield ArticleChange(name, f"{field} {old!r} -> {new!r}")


def diff_records(old: _Row, new: _Row, text: str) -> Iterator[RowChange]:
    """The rows of one article that differ between two records of the same text."""
    names = _Names(old), _Names(new)
    for layer in LAYERS:
        for before, after in _pairs(old.get(layer) or (), new.get(layer) or ()):
            fields = _changed_fields(before, after, names) if before and after else ()
            if before and after and not fields:
                continue
            row, side = (after, names[1]) if after is not None else (before, names[0])
            assert row is not None  # a pair has one row at least
            span = leading_span(row)
            yield RowChange(
                layer,
                rule_of(row) or NO_RULE,
                _sort(before, after, fields),
                new["article"]["id"],
                span["start"],
                side.says(layer, row),
                tuple(fields),
                words_around(text, span["start"], span["end"]) if text else "",
            )


def _sort(before: _Row | None, after: _Row | None, fields: Iterable[Field]) -> Sort:
    if before is None:
        return "added"
    if after is None:
        return "removed"
    return "reweighed" if all(field.name in _FIGURES for field in fields) else "changed"


def _pairs(old: Sequence[_Row], new: Sequence[_Row]) -> list[tuple[_Row | None, _Row | None]]:
    """Rows of one layer: by key, then by greatest overlap, then those left on either side."""
    keyed: dict[str, list[_Row]] = {}
    for row in new:
        keyed.setdefault(row["key"], []).append(row)
    pairs: list[tuple[_Row | None, _Row | None]] = []
    gone: list[_Row] = []
    for row in old:
        if same := keyed.get(row["key"]):
            pairs.append((row, same.pop(0)))
        else:
            gone.append(row)
    come = [row for rows in keyed.values() for row in rows]
    ranked = sorted(
        (-shared, one, two)
        for one, before in enumerate(gone)
        for two, after in enumerate(come)
        if (shared := _shared(before, after))
    )
    taken: tuple[set[int], set[int]] = set(), set()
    for _, one, two in ranked:
        if one not in taken[0] and two not in taken[1]:
            pairs.append((gone[one], come[two]))
            taken[0].add(one)
            taken[1].add(two)
    pairs += [(row, None) for index, row in enumerate(gone) if index not in taken[0]]
    pairs += [(None, row) for index, row in enumerate(come) if index not in taken[1]]
    return pairs


def _shared(one: _Row, other: _Row) -> int:
    """Characters that the leading spans of two rows share."""
    return sum(
        max(0, min(a["end"], b["end"]) - max(a["start"], b["start"]))
        for a in _leading(one)
        for b in _leading(other)
    )


def _leading(row: _Row) -> Sequence[Mapping[str, Any]]:
    """The spans that stand for a row: its mentions or content, its span, its title."""
    spans = row.get("mentions") or row.get("content") or row.get("span") or row["title"]
    return spans if isinstance(spans, list | tuple) else [spans]


def leading_span(row: _Row) -> Mapping[str, Any]:
    """The first of the spans that stand for a row."""
    return _leading(row)[0]


def words_around(text: str, start: int, end: int) -> str:
    """The characters in brackets with the words around them, on one line."""
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return " ".join(f"…{before}[{text[start:end]}]{after}…".split())


class _Names:
    """What the rows of one record are called, by id."""

    def __init__(self, record: _Row) -> None:
        self._rows = {
            row["id"]: (layer, row) for layer in LAYERS for row in record.get(layer) or ()
        }

    def name(self, row_id: str | None) -> str | None:
        """The name or words of a row; the value itself where it is no row (an anchor "text")."""
        if row_id not in self._rows:
            return row_id
        _, row = self._rows[row_id]
        return str(row.get("name") or leading_span(row)["text"])

    def says(self, layer: str, row: _Row) -> str:
        """A row in one line."""
        if layer == "dates":
            return f"{row['span']['text']} = {row['type']} {row['value']}"
        if layer == "roles":
            parts = (self.name(row["person"]), row["title"]["text"], _words(row["organisation"]))
            return " | ".join([*(part or "-" for part in parts), row["status"]])
        if layer == "statements":
            content = " … ".join(span["text"] or "(no text)" for span in row["content"])
            return f"{_words(row['source']) or '-'}: {content}"
        return str(row["name"])


def _words(span: Mapping[str, Any] | None) -> str | None:
    return span["text"] if span else None


def _changed_fields(before: _Row, after: _Row, names: tuple[_Names, _Names]) -> list[Field]:
    old, new = (_comparable(row, side) for row, side in zip((before, after), names, strict=True))
    return [
        Field(name, old.get(name), new.get(name))
        for name in dict.fromkeys((*old, *new))
        if old.get(name) != new.get(name)
    ]


def _comparable(row: _Row, names: _Names) -> dict[str, str | None]:
    """Each field of a row as words; spans with their place, rules of mentions apart from them."""
    values: dict[str, str | None] = {}
    for name, value in row.items():
        if name in _UNCOMPARED or value is None:
            continue
        if name in _REFERENCES:
            values[name] = names.name(value)
        elif isinstance(value, list | tuple):
            values[name] = ", ".join(_placed(item) for item in value) or None
            for extra in ("rule", "confidence"):
                found = [str(item[extra]) for item in value if extra in item]
                values[f"{name} {extra}"] = ", ".join(found) or None
        else:
            values[name] = _placed(value) if isinstance(value, Mapping) else str(value)
    return values


def _placed(span: Mapping[str, Any]) -> str:
    return f"{span['start']}:{span['end']} {span['text']!r}"


def describe(diff: Diff, *, rows: bool = True) -> Iterator[str]:
    """The differences in lines for a person; without `rows` the counts alone.

    Rows that are merely reweighed are counted and not listed.
    """
    for article in diff.changed_articles:
        yield f"{article.article}: {article.change}"
    for layer, in_layer in groupby(diff.rows, key=lambda row: row.layer):
        changes = list(in_layer)
        yield f"{layer}: {_counts(changes)}"
        for rule, of_rule in groupby(changes, key=lambda row: row.rule):
            group = list(of_rule)
            yield f"  {rule}: {_counts(group)}"
            if rows:
                listed = (change for change in group if change.sort != "reweighed")
                yield from (f"    {line}" for change in listed for line in _lines(change))
    if not diff:
        yield f"no difference in {plural(diff.articles, 'article')}"


def _counts(changes: Iterable[RowChange]) -> str:
    counts = Counter(change.sort for change in changes)
    return ", ".join(f"{counts[sort]} {sort}" for sort in _SIGNS if counts[sort])


def _lines(change: RowChange) -> Iterator[str]:
    yield f"{_SIGNS[change.sort]} {change.article}@{change.start} {change.says}"
    yield from (f"    {f.name}: {f.old or 'null'} -> {f.new or 'null'}" for f in change.fields)
    if change.context:
        yield f"    {change.context}"


def to_json(diff: Diff) -> dict[str, Any]:
    """The differences as JSON holds them."""
    return {
        "articles": diff.articles,
        "changed_articles": [change._asdict() for change in diff.changed_articles],
        "rows": [
            change._asdict() | {"fields": [field._asdict() for field in change.fields]}
            for change in diff.rows
        ],
    }
