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
from newsclaims.gold import ROWS, is_line, json_lines, not_gold, texts_beside
from newsclaims.records import row_key, text_sha256
from newsclaims.wording import plural

Line = dict[str, Any]  # a line of a gold file

# The field whose marks stand for a row, and the label of each field's marks.
ANCHORS = {
    "people": "mentions",
    "organisations": "mentions",
    "places": "mentions",
    "dates": "span",
    "roles": "title",
    "statements": "content",
}
LABELS: Mapping[tuple[str, str], str] = {
    ("people", "mentions"): "Person",
    ("organisations", "mentions"): "Organisation",
    ("places", "mentions"): "Place",
    ("dates", "span"): "Date",
    ("roles", "title"): "Role",
    ("statements", "content"): "Statement",
    ("people", "references"): "Reference",
    ("organisations", "references"): "Reference",
    ("roles", "holder"): "Holder",
    ("roles", "organisation"): "Body",
    ("roles", "status_cue"): "Status-cue",
    ("roles", "qualifier"): "Qualifier",
    ("statements", "source"): "Source",
    ("statements", "cue"): "Cue",
}
LAYER_OF = {label: layer for (layer, name), label in LABELS.items() if ANCHORS[layer] == name}
_ALIASES = {
    **dict.fromkeys(("per", "people"), "Person"),
    **dict.fromkeys(("org", "organization"), "Organisation"),
    **dict.fromkeys(("loc", "location", "gpe", "fac"), "Place"),
    "time": "Date",
}
_LABELS = {label.casefold(): label for label in LABELS.values()} | _ALIASES
SEVERAL = ("mentions", "references", "content")
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
    rows = {ROWS[layer].KIND: layers[layer] for layer in ROWS if layer not in kept}
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
        return [mark for name, mark in self.links if name == ANCHORS[self.layer]]


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
        {name: value for name, value in line.items() if name not in ROWS and name != "text"},
        line["text"],
    )
    for layer in ROWS:
        for row in line.get(layer) or ():
            document.rows.append(_to_row(layer, row, document))
    return document


def _to_row(layer: str, row: Mapping[str, Any], document: Document) -> DocumentRow:
    made = DocumentRow(layer, [], {})
    for name, value in row.items():
        spans = value if name in SEVERAL else [value]
        if (layer, name) not in LABELS or not value:
            made.values[name] = value
            continue
        for span in spans:
            start, end = span["start"], span["end"]
            if start < 0 or not span["text"] or document.text[start:end] != span["text"]:
                raise ConvertError(
                    f"article {document.id}: {row['id']} {name}: "
                    f"{misplaced(document.text, start, end, span['text'])}"
                )
            extra = {k: v for k, v in span.items() if k not in ("start", "end", "text")}
            mark = Mark(f"T{len(document.marks) + 1}", LABELS[layer, name], start, end, extra)
            document.marks.append(mark)
            made.links.append((name, mark.id))
    if "key" in row and row["key"] == _expected_key(layer, row, document):
        made.values["key"] = _KEYED
    return made


def _expected_key(layer: str, row: Mapping[str, Any], document: Document) -> str:
    values = [_bare(row.get(name)) for name in ROWS[layer].KEYED]
    return row_key(text_sha256(document.text), ROWS[layer].KIND, values)


def _bare(value: Any) -> Any:
    if isinstance(value, Mapping):
        return [value["start"], value["end"]]
    return [_bare(item) for item in value] if isinstance(value, list) else value


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
    line: Line = {**document.head, **{layer: [] for layer in ROWS}, "text": document.text}
    for row in rows:
        line[row.layer].append(_from_row(row, document))
    _number(line)
    _link_people(line, losses)
    _forget_lost(line)
    for layer in ROWS:
        for written in line[layer]:
            if written.get("key") == _KEYED:
                written["key"] = _expected_key(layer, written, document)
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
        layer = LAYER_OF.get(mark.label)
        if layer is None or layer == "roles":
            why = "no label of ours" if layer is None else "a role without a holder"
            words = document.text[mark.start : mark.end]
            losses.append(f"{document.id}: {mark.id} {mark.label} {words!r} is left out: {why}")
            continue
        yield DocumentRow(layer, [(ANCHORS[layer], mark.id)], {})


def _from_row(row: DocumentRow, document: Document) -> Line:
    marks = {mark.id: mark for mark in document.marks}
    written: Line = dict(row.values)
    for name, mark_id in row.links:
        mark = marks[mark_id]
        words = document.text[mark.start : mark.end]
        span = {"start": mark.start, "end": mark.end, "text": words, **mark.extra}
        if name in SEVERAL:
            written.setdefault(name, []).append(span)
        else:
            written[name] = span
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
    for layer, cls in ROWS.items():
        taken = {row["id"] for row in line[layer] if "id" in row}
        number = len(line[layer]) - sum("id" not in row for row in line[layer])
        for row in line[layer]:
            if "id" not in row:
                number += 1
                while f"{cls.KIND}-{number}" in taken:
                    number += 1
                row["id"] = f"{cls.KIND}-{number}"


def _link_people(line: Line, losses: list[str]) -> None:
    """Find the person of a role that names none: the one whose mention its holder shares."""
    kept = []
    for role in line["roles"]:
        if not role.get("person"):
            role["person"] = _person_at(role.get("holder"), line["people"])
        if role["person"] is None:
            losses.append(f"{line['article']['id']}: {role['id']} is left out: it has no person")
        else:
            kept.append(role)
    line["roles"] = kept


def _person_at(span: Mapping[str, Any] | None, people: Iterable[Line]) -> str | None:
    if span is None:
        return None
    for person in people:
        for mention in person["mentions"]:
            if mention["start"] < span["end"] and span["start"] < mention["end"]:
                return str(person["id"])
    return None


def _forget_lost(line: Line) -> None:
    """Null the references to rows that are gone."""
    ids = {row["id"] for layer in ROWS for row in line[layer]}
    for layer in ROWS:
        for row in line[layer]:
            for name in ("organisation_id", "speaker", "since", "until", "asserted_in"):
                if row.get(name) is not None and row[name] not in ids:
                    row[name] = None
            if row.get("anchor") not in (None, "text", "published", *ids):
                row["anchor"] = None
    line["roles"] = [role for role in line["roles"] if role["person"] in ids]


def annotated_layers(labels: Iterable[str]) -> list[str]:
    """The layers that files of another origin may be said to annotate, from the labels in them."""
    layers = {LAYER_OF[label] for label in labels if label in LAYER_OF}
    names = ("people", "organisations", "places")
    return [f"{layer}.mentions" if layer in names else layer for layer in ROWS if layer in layers]


def fresh_head(article_id: str, text: str) -> dict[str, Any]:
    """The head of an article of which a form tells nothing but its text."""
    article = {"id": article_id, "text_sha256": text_sha256(text)}
    return {"schema_version": 1, "article": article}


def mentions_of(document: Document) -> Sequence[tuple[Mark, str]]:
    """The marks of people, organisations and places, with their layers."""
    layers = ("people", "organisations", "places")
    found = [(mark, LAYER_OF.get(mark.label, "")) for mark in document.marks]
    return [(mark, layer) for mark, layer in found if layer in layers]
