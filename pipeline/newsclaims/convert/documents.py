"""What every form is made from and read back into: an article's text, marks on it, rows of marks.

A gold line, or a record with its text, becomes a `Document`: each span of a row is a `Mark` with a
label, and the row keeps links to its marks and its other values. Tools move, add and delete marks;
the way back takes the spans from the marks as they then are.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from newsclaims.convert.texts import ConvertError, check_text, misplaced
from newsclaims.dataset import read_entries
from newsclaims.gold import is_line, json_lines, not_gold, texts_beside
from newsclaims.records import text_sha256
from newsclaims.schema import LAYERS, MENTIONED, SCHEMA_VERSION, Layer
from newsclaims.wording import plural

Line = dict[str, Any]  # a line of a gold file

# The label of each field's marks, those that stand for a row first.
LABELS: Mapping[tuple[str, str], str] = {
    (layer.name, name): layer.label(name)
    for anchors in (True, False)
    for layer in LAYERS.values()
    for name in layer.spans
    if (name == layer.anchor) is anchors
}
LAYER_OF = {layer.label(layer.anchor): layer.name for layer in LAYERS.values()}
_ALIASES = {
    **dict.fromkeys(("per", "people"), "Person"),
    **dict.fromkeys(("org", "organization"), "Organisation"),
    **dict.fromkeys(("loc", "location", "gpe", "fac"), "Place"),
    "time": "Date",
}
_LABELS = {label.casefold(): label for label in LABELS.values()} | _ALIASES
_KEYED = "key computed"  # a row whose key follows from its contents, so that edits renew it


def label_of(name: str) -> str:
    """Return our label for a label of other tools; one that we have none for stays as it is.

    >>> label_of("GPE"), label_of("person"), label_of("Disease")
    ('Place', 'Person', 'Disease')
    """
    return _LABELS.get(name.casefold(), name)


def is_label(name: str) -> bool:
    """Whether `label_of` makes a label of ours of it."""
    return name.casefold() in _LABELS


def leave_out(losses: list[str], article: str, counts: Mapping[str, int], of: str = "") -> None:
    """Name what a form has no place for: nouns in the singular and how many there are of each."""
    said = ", ".join(
        plural(number, noun, f"{noun[:-1]}ies" if noun.endswith("y") else "")
        for noun, number in counts.items()
        if number
    )
    if said:
        losses.append(f"{article}: {said} left out{of and f' {of}'}")


def leave_out_layers(
    losses: list[str], document: "Document", kept: Iterable[str], more: Mapping[str, int] = {}
) -> None:
    """Name the rows of all layers but those kept, and `more` as `leave_out` does."""
    layers = Counter(row.layer for row in document.rows)
    rows = {layer.kind: layers[name] for name, layer in LAYERS.items() if name not in kept}
    leave_out(losses, document.id, {**rows, **more})


class Mark(NamedTuple):
    """Half-open code points with a label. `extra` is what the span holds besides (its rule)."""

    id: str
    label: str
    start: int
    end: int
    extra: Mapping[str, Any] = {}


@dataclass
class DocumentRow:
    """A row: its marks by field, in order, and its other values."""

    layer: str
    links: list[tuple[str, str]]
    values: dict[str, Any]

    @property
    def anchors(self) -> list[str]:
        """Ids of the marks that stand for the row."""
        return [mark for name, mark in self.links if name == LAYERS[self.layer].anchor]


@dataclass
class Document:
    """One article: what a line holds beside text and rows, the text, its marks and rows."""

    head: dict[str, Any]
    text: str
    marks: list[Mark] = field(default_factory=list)
    rows: list[DocumentRow] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.id = str(self.head["article"]["id"])


def read_source(path: Path) -> Iterator[Line]:
    """The lines of a gold file, or of a dataset's folder, each with its text.

    Raises `ConvertError` for an article whose text is not there, or not the one that offsets count.
    """
    if path.is_dir() and not (path / "gold.jsonl").exists():
        lines = [{**record, "text": article["text"]} for article, record in read_entries(path)]
    else:
        path = path / "gold.jsonl" if path.is_dir() else path
        texts = texts_beside(path)
        lines = [
            {**line, "text": line.get("text", texts.get(line["article"]["id"]))}
            for line in _gold_lines(path)
        ]
    for line in lines:
        head = line["article"]
        if not isinstance(line["text"], str):
            raise ConvertError(f"{path}: article {head['id']} has no text here, which forms need")
        check_text(line["text"], head["text_sha256"], f"{path}: article {head['id']}")
        yield line


def _gold_lines(path: Path) -> Iterator[Line]:
    for number, line in json_lines(path):
        if not is_line(line):
            raise not_gold(path, number)
        yield line


def to_document(line: Mapping[str, Any]) -> Document:
    """The document of a gold line that carries its text."""
    document = Document(
        {name: value for name, value in line.items() if name not in LAYERS and name != "text"},
        line["text"],
    )
    for name, layer in LAYERS.items():
        for row in line.get(name) or ():
            document.rows.append(_to_row(layer, row, document))
    return document


def _to_row(layer: Layer, row: Mapping[str, Any], document: Document) -> DocumentRow:
    made = DocumentRow(layer.name, [], {})
    for name, value in row.items():
        held = layer.spans.get(name)
        if held is None or not value:
            made.values[name] = value
            continue
        for item in value if held.several else [value]:
            span = item[held.inner] if held.inner else item
            start, end = span["start"], span["end"]
            if start < 0 or not span["text"] or document.text[start:end] != span["text"]:
                raise ConvertError(
                    f"article {document.id}: {row['id']} {name}: "
                    f"{misplaced(document.text, start, end, span['text'])}"
                )
            bare = (held.inner,) if held.inner else ("start", "end", "text")
            extra = {name: value for name, value in item.items() if name not in bare}
            mark = Mark(f"T{len(document.marks) + 1}", layer.label(name), start, end, extra)
            document.marks.append(mark)
            made.links.append((name, mark.id))
    if "key" in row and row["key"] == layer.key_of(row, text_sha256(document.text)):
        made.values["key"] = _KEYED
    return made


def from_document(document: Document, losses: list[str]) -> Line:
    """The gold line of a document; what it cannot hold is told in `losses`.

    Marks that belong to no row become rows of their own: names and dates that were added in a
    tool. A row whose marks were deleted goes, and so do references to it.
    """
    for mark in document.marks:
        if not 0 <= mark.start < mark.end <= len(document.text):
            raise ConvertError(
                f"article {document.id}: {mark.id} {mark.start}:{mark.end} lies outside the text"
            )
    rows = [row for row in document.rows if _stands(row, document, losses)]
    rows += _new_rows(document, losses)
    line: Line = {**document.head, **{name: [] for name in LAYERS}, "text": document.text}
    for row in rows:
        line[row.layer].append(_from_row(row, document))
    _number(line)
    _link_needed(line, losses)
    _forget_lost(line)
    for name, layer in LAYERS.items():
        for written in line[name]:
            if written.get("key") == _KEYED:
                written["key"] = layer.key_of(written, text_sha256(document.text))
    return line


def _stands(row: DocumentRow, document: Document, losses: list[str]) -> bool:
    present = {mark.id for mark in document.marks}
    row.links = [(name, mark) for name, mark in row.links if mark in present]
    if not row.anchors:
        losses.append(f"{document.id}: {row.values.get('id', row.layer)} has lost its marks")
    return bool(row.anchors)


def _new_rows(document: Document, losses: list[str]) -> Iterator[DocumentRow]:
    owned = {mark for row in document.rows for _, mark in row.links}
    for mark in document.marks:
        if mark.id in owned:
            continue
        name = LAYER_OF.get(mark.label)
        if name is None or LAYERS[name].needed:
            why = f"a {mark.label.lower()} without a holder" if name else "no label of ours"
            words = document.text[mark.start : mark.end]
            losses.append(f"{document.id}: {mark.id} {mark.label} {words!r} is left out: {why}")
            continue
        yield DocumentRow(name, [(LAYERS[name].anchor, mark.id)], {})


def _from_row(row: DocumentRow, document: Document) -> Line:
    marks = {mark.id: mark for mark in document.marks}
    written: Line = dict(row.values)
    for name, mark_id in row.links:
        mark, held = marks[mark_id], LAYERS[row.layer].fields[name]
        words = document.text[mark.start : mark.end]
        span = {"start": mark.start, "end": mark.end, "text": words}
        item = {**mark.extra, held.inner: span} if held.inner else {**span, **mark.extra}
        if held.several:
            written.setdefault(name, []).append(item)
        else:
            written[name] = item
    if "mentions" in written:
        names = [span["text"] for span in written["mentions"]]
        if written.get("name") not in names and (_is_new(row) or _is_keyed(row)):
            written["name"] = max(names, key=len)
    return written


def _is_new(row: DocumentRow) -> bool:
    return "id" not in row.values


def _is_keyed(row: DocumentRow) -> bool:
    return row.values.get("key") == _KEYED


def _number(line: Line) -> None:
    """Give rows without an id the next free number of their layer."""
    for name, layer in LAYERS.items():
        taken = {row["id"] for row in line[name] if "id" in row}
        number = len(line[name]) - sum("id" not in row for row in line[name])
        for row in line[name]:
            if "id" not in row:
                number += 1
                while f"{layer.kind}-{number}" in taken:
                    number += 1
                row["id"] = f"{layer.kind}-{number}"


def _link_needed(line: Line, losses: list[str]) -> None:
    """Find the row that another needs and does not name: one with a mention in its first span."""
    for name, layer in LAYERS.items():
        for needed in layer.needed:
            targets = [row for of in layer.references[needed].keys for row in line[of]]
            for row in line[name]:
                _, first = next(layer.spans_of(row))
                row[needed] = row.get(needed) or _row_at(first, targets)
                if row[needed] is None:
                    what = f"{row['id']} is left out: it has no {needed}"
                    losses.append(f"{line['article']['id']}: {what}")
            line[name] = [row for row in line[name] if row[needed] is not None]


def _row_at(span: Mapping[str, Any], rows: Iterable[Line]) -> str | None:
    for row in rows:
        for mention in row["mentions"]:
            if mention["start"] < span["end"] and span["start"] < mention["end"]:
                return str(row["id"])
    return None


def _forget_lost(line: Line) -> None:
    """Null the references to rows that are gone, and leave out rows that need them."""
    ids = {row["id"] for name in LAYERS for row in line[name]}
    for name, layer in LAYERS.items():
        rows = [layer.refer(row, lambda one, _: one if one in ids else None) for row in line[name]]
        line[name] = [row for row in rows if all(row[needed] for needed in layer.needed)]


def annotated_layers(labels: Iterable[str]) -> list[str]:
    """The layers that files of another origin may be said to annotate, from the labels in them."""
    layers = {LAYER_OF[label] for label in labels if label in LAYER_OF}
    return [
        f"{name}.mentions" if layer.is_mentioned else name
        for name, layer in LAYERS.items()
        if name in layers
    ]


def fresh_head(article_id: str, text: str) -> dict[str, Any]:
    """The head of an article of which a form tells nothing but its text."""
    article = {"id": article_id, "text_sha256": text_sha256(text)}
    return {"schema_version": SCHEMA_VERSION, "article": article}


def mentions_of(document: Document) -> Sequence[tuple[Mark, str]]:
    """The marks of people, organisations and places, with their layers."""
    found = [(mark, LAYER_OF.get(mark.label, "")) for mark in document.marks]
    return [(mark, layer) for mark, layer in found if layer in MENTIONED]
