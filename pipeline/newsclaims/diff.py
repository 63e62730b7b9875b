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
from newsclaims.records import MADE, Held, fields_of
from newsclaims.schema import LAYERS, Layer
from newsclaims.tables import Entry, rule_of
from newsclaims.wording import plural

_Row = Mapping[str, Any]  # a row as JSON holds it
Sort = Literal["added", "removed", "changed", "reweighed"]

AROUND = 60  # characters of context on each side
NO_RULE = "(no rule)"
_SIGNS: Mapping[Sort, str] = {"added": "+", "removed": "-", "changed": "~", "reweighed": "="}
# The fields that hold a model's figures, as they are named in a change.
_FIGURES = {
    f"{name} {inner}" if inner else name
    for layer in LAYERS.values()
    for name, held in layer.fields.items()
    for inner, figure in (fields_of(held.item) if held.holds_spans else {"": held}).items()
    if MADE in figure.marks and figure.item is not str
}


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
    order = list(LAYERS)
    rows.sort(key=lambda row: (order.index(row.layer), row.rule, row.article, row.start, row.sort))
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
    names = _names(old), _names(new)
    for layer in LAYERS.values():
        for before, after in _pairs(layer, old.get(layer.name) or (), new.get(layer.name) or ()):
            fields = _changed_fields(layer, before, after, names) if before and after else ()
            if before and after and not fields:
                continue
            row, side = (after, names[1]) if after is not None else (before, names[0])
            assert row is not None  # a pair has one row at least
            span = layer.anchors_of(row)[0]
            yield RowChange(
                layer.name,
                rule_of(row) or NO_RULE,
                _sort(before, after, fields),
                new["article"]["id"],
                span["start"],
                " | ".join(part or "-" for part in layer.told(row, side.get)).removesuffix(" | -"),
                tuple(fields),
                words_around(text, span["start"], span["end"]) if text else "",
            )


def _names(record: _Row) -> dict[str, str]:
    """What the rows of a record are called, by id: the name of each, or its first words."""
    return {
        row["id"]: row.get("name") or layer.anchors_of(row)[0]["text"]
        for layer in LAYERS.values()
        for row in record.get(layer.name) or ()
    }


def _sort(before: _Row | None, after: _Row | None, fields: Iterable[Field]) -> Sort:
    if before is None:
        return "added"
    if after is None:
        return "removed"
    return "reweighed" if all(field.name in _FIGURES for field in fields) else "changed"


def _pairs(
    layer: Layer, old: Sequence[_Row], new: Sequence[_Row]
) -> list[tuple[_Row | None, _Row | None]]:
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
        if (shared := _shared(layer, before, after))
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


def _shared(layer: Layer, one: _Row, other: _Row) -> int:
    """Characters that the spans that stand for two rows share."""
    return sum(
        max(0, min(a["end"], b["end"]) - max(a["start"], b["start"]))
        for a in layer.anchors_of(one)
        for b in layer.anchors_of(other)
    )


def words_around(text: str, start: int, end: int) -> str:
    """The characters in brackets with the words around them, on one line."""
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return " ".join(f"…{before}[{text[start:end]}]{after}…".split())


def _changed_fields(
    layer: Layer, before: _Row, after: _Row, names: tuple[Mapping[str, str], Mapping[str, str]]
) -> list[Field]:
    old, new = (
        _comparable(layer, row, side) for row, side in zip((before, after), names, strict=True)
    )
    return [
        Field(name, old.get(name), new.get(name))
        for name in dict.fromkeys((*old, *new))
        if old.get(name) != new.get(name)
    ]


def _comparable(layer: Layer, row: _Row, names: Mapping[str, str]) -> dict[str, str | None]:
    """Each field of a row as words; spans with their place, rules of mentions apart from them.

    Lists of ids follow from the content and the other rows, and are not compared.
    """
    values: dict[str, str | None] = {}
    named = layer.refer(row, lambda row_id, _: names.get(row_id, row_id))
    for name, value in named.items():
        held = layer.fields.get(name)
        if name in ("id", "key") or value is None or (held and held.several and held.refers):
            continue
        items = value if held and held.several else [value]
        if not held or not held.holds_spans:
            values[name] = str(value)
            continue
        values[name] = ", ".join(_placed(held, item) for item in items) or None
        made = [one for one, inner in fields_of(held.item).items() if MADE in inner.marks]
        for extra in made:
            found = [str(item[extra]) for item in items if extra in item]
            values[f"{name} {extra}"] = ", ".join(found) or None
    return values


def _placed(held: Held, item: _Row) -> str:
    """A span's place and words, and what a part of a row says beside them."""
    span = item[held.inner] if held.inner else item
    beside = (item[name] for name in fields_of(held.item) if held.inner and name != held.inner)
    said = " ".join(str(value) for value in beside if value is not None)
    return f"{span['start']}:{span['end']} {span['text']!r}{said and f' {said}'}"


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
