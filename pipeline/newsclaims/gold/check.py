"""Is a gold file fit for scoring? Errors break scoring; warnings are matters of form.

Errors: lines that are no records, hashes, offsets, ids and references. Warnings: order, unknown
fields and layers, spellings that records do not have, spans given twice, odd bounds.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from types import NoneType
from typing import Any, NamedTuple

from newsclaims.gold import forms
from newsclaims.gold.forms import Sayings, Severity, is_span
from newsclaims.gold.rows import LAYERS, GoldError, json_lines, texts_beside
from newsclaims.records import Row, text_sha256
from newsclaims.schema import (
    ArticleHead,
    ArticleRecord,
    Date,
    Organisation,
    Person,
    Place,
    Role,
    Statement,
)

_Json = Mapping[str, Any]

ROWS: Mapping[str, type[Row]] = {
    "people": Person,
    "organisations": Organisation,
    "places": Place,
    "dates": Date,
    "roles": Role,
    "statements": Statement,
}
_MENTIONED = ("people", "organisations", "places")
_LINE_FIELDS = {*ArticleRecord.model_fields, "annotated", "sample", "text"}
_HASH = re.compile(r"[0-9a-f]{64}")


class Finding(NamedTuple):
    """Something that is wrong with a gold file; `row` is empty for the line as a whole."""

    severity: Severity
    line: int
    article: str
    row: str
    message: str

    def __str__(self) -> str:
        place = ", ".join(filter(None, (self.article, self.row)))
        return f"line {self.line}, {place}: {self.severity}: {self.message}"


def check_gold(path: Path, texts: Mapping[str, str] | None = None) -> list[Finding]:
    """All findings about a gold file, in file order.

    `texts` are the articles' texts by id, for gold that does not carry them along: by default those
    of an ``articles.jsonl`` beside it. Without any text only the lengths of spans are checked.
    Raises `GoldError` for a file that is not JSON lines, OSError for one that cannot be read.
    """
    texts = texts_beside(path) if texts is None else texts
    findings: list[Finding] = []
    seen: dict[str, int] = {}
    for number, line in json_lines(path):
        findings += check_line(line, number, texts)
        article = _article_id(line)
        if article in seen:
            message = f"the article is given in line {seen[article]} already"
            findings.append(Finding("error", number, article, "", message))
        seen.setdefault(article, number)
    return findings


def refuse(findings: Sequence[Finding], path: Path) -> None:
    """Raise `GoldError` naming the first errors among the findings, if there are any."""
    errors = [str(finding) for finding in findings if finding.severity == "error"]
    if errors:
        more = [f"and {len(errors) - 5} more"] if len(errors) > 5 else []
        raise GoldError("\n  ".join([f"{path} cannot be scored:", *errors[:5], *more]))


def check_line(line: Any, number: int, texts: Mapping[str, str]) -> list[Finding]:
    """The findings about one line of a gold file."""
    if not isinstance(line, dict) or not isinstance(line.get("article"), dict):
        return [Finding("error", number, "", "", "not a record of an article")]
    article = _article_id(line)
    text = line.get("text", texts.get(article))
    text = text if isinstance(text, str) else None
    said = [("", saying) for saying in _check_head(line, text)]
    for layer in ROWS:
        said += [(layer, saying) for saying in _check_layer(layer, line)]
        for row in _rows(line, layer):
            said += [(row["id"], saying) for saying in _check_row(layer, row, line, text)]
    return [Finding(severity, number, article, row, message) for row, (severity, message) in said]


def _rows(line: _Json, layer: str) -> list[_Json]:
    """The rows of a layer that are rows at all; see `_check_layer` for the others."""
    rows = line.get(layer)
    if not isinstance(rows, list):
        return []
    return [row for row in rows if isinstance(row, dict) and isinstance(row.get("id"), str)]


def _article_id(line: Any) -> str:
    head = line.get("article") if isinstance(line, dict) else None
    return str(head.get("id", "")) if isinstance(head, dict) else ""


# The line as a whole


def _check_head(line: _Json, text: str | None) -> Sayings:
    head = line["article"]
    if not isinstance(head.get("id"), (str, int)) or not str(head["id"]):
        yield "error", "the article has no id"
    if "text" in line and not isinstance(line["text"], str):
        yield "error", "text is no text"
    if not _HASH.fullmatch(str(head.get("text_sha256"))):
        yield "error", "text_sha256 is not a SHA-256 in hexadecimal"
    elif text is not None and _sha256(text) != head["text_sha256"]:
        yield "error", "text_sha256 is not the hash of the article's text"
    yield from _check_annotated(line.get("annotated"))
    if line.get("schema_version") != 1:
        yield "warning", f"schema_version is {line.get('schema_version')!r}, not 1"
    yield from _unknown_fields(line, _LINE_FIELDS)
    yield from _unknown_fields(head, set(ArticleHead.model_fields))
    ids = Counter(row["id"] for layer in ROWS for row in _rows(line, layer))
    for row_id, count in ids.items():
        if count > 1:
            yield "error", f"{count} rows have the id {row_id}"


def _sha256(text: str) -> str | None:
    """The hash as records have it; None for lone surrogates, which have no UTF-8 form."""
    try:
        return text_sha256(text)
    except UnicodeEncodeError:
        return None


def _check_annotated(annotated: Any) -> Sayings:
    if not isinstance(annotated, list) or not all(isinstance(name, str) for name in annotated):
        yield "error", "annotated, the list of layers to be scored, is missing"
        return
    if not annotated:
        yield "warning", "annotated is empty: nothing is scored"
    for layer in annotated:
        if layer not in LAYERS:
            yield "warning", f"annotated names {layer!r}, which is no layer: {', '.join(LAYERS)}"


def _unknown_fields(value: _Json, known: set[str]) -> Sayings:
    for field in value:
        if field not in known:
            yield "warning", f"unknown field {field}"


def _check_layer(layer: str, line: _Json) -> Sayings:
    """What concerns the rows of one layer together."""
    rows = _rows(line, layer)
    given = line.get(layer)
    if given is not None and not isinstance(given, list):
        yield "error", f"{layer} is no list of rows"
    elif given is not None and len(rows) < len(given):
        yield "error", f"a row of {layer} has no id"
    if not _in_text_order(layer, rows):
        yield "warning", "rows are not in text order"
    singular = ROWS[layer].KIND
    if [row.get("id") for row in rows] != [f"{singular}-{n}" for n in range(1, len(rows) + 1)]:
        yield "warning", f"rows are not numbered {singular}-1, {singular}-2 and so on"
    if layer in (*_MENTIONED, "dates"):
        spans = Counter(
            (span["start"], span["end"])
            for row in rows
            for _, span in _spans(layer, row)
            if is_span(span)
        )
        for (start, end), count in spans.items():
            if count > 1:
                yield "warning", f"the span {start}:{end} is given {count} times"


_ORDERS: Mapping[str, Sequence[tuple[str, ...]]] = {
    "dates": [("span",)],
    "roles": [("title",), ("holder",), ("holder", "title")],
    "statements": [("content",), ("source", "cue", "content")],
}
"""The fields whose first span rows may be ordered by; elsewhere mentions."""


def _in_text_order(layer: str, rows: Sequence[_Json]) -> bool:
    orders = [_starts(layer, rows, order) for order in _ORDERS.get(layer, [("mentions",)])]
    return any(all(one <= other for one, other in pairwise(starts)) for starts in orders)


def _starts(layer: str, rows: Sequence[_Json], fields: tuple[str, ...]) -> list[int]:
    """Where each row's first span in one of the fields starts; rows without one left out."""
    spans = [
        [span["start"] for name, span in _spans(layer, row) if name in fields and is_span(span)]
        for row in rows
    ]
    return [min(starts) for starts in spans if starts]


# One row


def _spans(layer: str, row: _Json) -> Iterator[tuple[str, Any]]:
    """All that should be spans in a row, with the field's name; null ones left out."""
    fields = {
        "dates": ("span",),
        "roles": ("holder", "title", "organisation", "status_cue", "qualifier"),
        "statements": ("source", "cue", "content"),
    }.get(layer, ("mentions", "references"))
    for field in fields:
        value = row.get(field)
        if isinstance(value, list):
            yield from ((field, item) for item in value)
        elif value is not None:
            yield field, value


_TEXTS = (
    *("name", "type", "value", "mod", "earliest", "latest", "anchor", "status", "kind", "country"),
    *("person", "organisation_id", "asserted_in", "since", "until", "speaker", "rule"),
)
_LISTS = ("mentions", "references", "content")
_REQUIRED = {"dates": ("span",), "roles": ("person", "title"), "statements": ("content",)}


def _check_row(layer: str, row: _Json, line: _Json, text: str | None) -> Sayings:
    misshapen = list(_check_shape(layer, row))
    if misshapen:
        yield from misshapen
        return
    for field, span in _spans(layer, row):
        yield from _check_span(field, span, text)
    yield from _check_references(layer, row, line)
    yield from _unknown_fields(row, {*ROWS[layer].model_fields, "optional"})
    if not isinstance(row.get("optional", False), bool):
        yield "warning", "optional is neither true nor false"
    yield from forms.FORMS[layer](row)


def _check_shape(layer: str, row: _Json) -> Sayings:
    """Fields that must be there, and those that must be texts or lists."""
    for field in _REQUIRED.get(layer, ("mentions",)):
        if not row.get(field):
            yield "error", f"{field} is missing or empty"
    for field, _ in _spans(layer, row):
        if (field in _LISTS) is not isinstance(row[field], list):
            yield "error", f"{field} is {'no list' if field in _LISTS else 'a list'}"
            return
    for field in _TEXTS:
        if not isinstance(row.get(field, ""), (str, NoneType)):
            yield "error", f"{field} is no text"


def _check_span(field: str, span: Any, text: str | None) -> Sayings:
    if not is_span(span):
        yield "error", f"{field} is not a span with start, end and text"
        return
    start, end, words = span["start"], span["end"], span["text"]
    if start < 0 or not words or end - start != len(words):
        yield "error", f"{field} {start}:{end} does not have the length of {words!r}"
    elif text is not None and text[start:end] != words:
        yield "error", f"{field}: characters {start}:{end} are {text[start:end]!r}, not {words!r}"
    elif words != words.strip():
        yield "warning", f"{field} {words!r} begins or ends with white space"


def _check_references(layer: str, row: _Json, line: _Json) -> Sayings:
    """Ids that a row refers to must be there; null refers to nothing."""
    kinds = {
        "person": ("people",),
        "organisation_id": ("organisations", "places"),
        "asserted_in": ("statements",),
        "since": ("dates",),
        "until": ("dates",),
        "speaker": _MENTIONED,
        "anchor": ("dates",),
    }
    for field, layers in kinds.items():
        target = row.get(field)
        if target is None or field not in ROWS[layer].model_fields:
            continue
        if field == "anchor" and target in ("text", "published"):
            continue
        ids = [other["id"] for name in layers for other in _rows(line, name)]
        if target not in ids:
            yield "error", f"{field} names {target}, which is no row of {' or '.join(layers)}"
