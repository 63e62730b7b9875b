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
from newsclaims.gold.rows import GoldError, is_line, json_lines, not_gold, texts_beside
from newsclaims.records import Held, fields_of, text_sha256
from newsclaims.schema import LAYERS, SCHEMA_VERSION, SCORED, ArticleHead, ArticleRecord, Layer

_Json = Mapping[str, Any]

_LINE_FIELDS = {*ArticleRecord.model_fields, "annotated", "sample", "text"}
_NO_RECORD = "not a record of an article"
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
        if article in seen and article:
            message = f"the article is given in line {seen[article]} already"
            findings.append(Finding("error", number, article, "", message))
        seen.setdefault(article, number)
    return findings


def refuse(findings: Sequence[Finding], path: Path) -> None:
    """Raise `GoldError` naming the first errors among the findings, if there are any."""
    others = [finding.line for finding in findings if finding.message == _NO_RECORD]
    if others[:1] == [1]:
        raise not_gold(path, 1)
    errors = [str(finding) for finding in findings if finding.severity == "error"]
    if errors:
        more = [f"and {len(errors) - 5} more"] if len(errors) > 5 else []
        raise GoldError("\n  ".join([f"{path} cannot be scored:", *errors[:5], *more]))


def check_line(line: Any, number: int, texts: Mapping[str, str]) -> list[Finding]:
    """The findings about one line of a gold file."""
    if not is_line(line):
        return [Finding("error", number, "", "", _NO_RECORD)]
    article = _article_id(line)
    text = line.get("text", texts.get(article))
    text = text if isinstance(text, str) else None
    said = [("", saying) for saying in _check_head(line, text)]
    for name, layer in LAYERS.items():
        said += [(name, saying) for saying in _check_layer(layer, line)]
        for row in _rows(line, name):
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
    version = line.get("schema_version")
    if version not in range(1, SCHEMA_VERSION + 1):  # earlier ones lack layers alone
        yield "warning", f"schema_version is {version!r}, not {SCHEMA_VERSION}"
    yield from _unknown_fields(line, _LINE_FIELDS)
    yield from _unknown_fields(head, set(ArticleHead.model_fields))
    ids = Counter(row["id"] for layer in LAYERS for row in _rows(line, layer))
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
        if layer not in SCORED:
            yield "warning", f"annotated names {layer!r}, which is no layer: {', '.join(SCORED)}"


def _unknown_fields(value: _Json, known: set[str]) -> Sayings:
    for field in value:
        if field not in known:
            yield "warning", f"unknown field {field}"


def _check_layer(layer: Layer, line: _Json) -> Sayings:
    """What concerns the rows of one layer together."""
    rows = _rows(line, layer.name)
    given = line.get(layer.name)
    if given is not None and not isinstance(given, list):
        yield "error", f"{layer.name} is no list of rows"
    elif given is not None and len(rows) < len(given):
        yield "error", f"a row of {layer.name} has no id"
    if not _in_text_order(layer, rows):
        yield "warning", "rows are not in text order"
    if [row.get("id") for row in rows] != [f"{layer.kind}-{n}" for n in range(1, len(rows) + 1)]:
        yield "warning", f"rows are not numbered {layer.kind}-1, {layer.kind}-2 and so on"
    if _is_its_span(layer):
        spans = Counter(
            (span["start"], span["end"])
            for row in rows
            for _, span in _spans(layer, row)
            if is_span(span)
        )
        for (start, end), count in spans.items():
            if count > 1:
                yield "warning", f"the span {start}:{end} is given {count} times"


def _is_its_span(layer: Layer) -> bool:
    """Whether a row of the layer is no more than the words that stand for it."""
    return layer.is_mentioned or len(layer.spans) == 1


def _in_text_order(layer: Layer, rows: Sequence[_Json]) -> bool:
    """Whether rows are ordered by one of their spans, by those that all have, or by all."""
    orders: set[tuple[str, ...]] = {(layer.anchor,)}
    if not _is_its_span(layer):
        needed = tuple(name for name, held in layer.spans.items() if held.required)
        orders |= {needed, tuple(layer.spans), *((name,) for name in needed)}
    starts = [_starts(layer, rows, order) for order in orders]
    return any(all(one <= other for one, other in pairwise(each)) for each in starts)


def _starts(layer: Layer, rows: Sequence[_Json], fields: tuple[str, ...]) -> list[int]:
    """Where each row's first span in one of the fields starts; rows without one left out."""
    spans = [
        [span["start"] for name, span in _spans(layer, row) if name in fields and is_span(span)]
        for row in rows
    ]
    return [min(starts) for starts in spans if starts]


# One row


def _spans(layer: Layer, row: _Json) -> Iterator[tuple[str, Any]]:
    """All that should be spans in a row, with the field's name; null ones left out."""
    for name, held in layer.spans.items():
        value = row.get(name)
        for item in value if isinstance(value, list) else [] if value is None else [value]:
            is_part = held.inner and isinstance(item, dict)
            yield name, item.get(held.inner) if is_part else item


def _check_row(layer: Layer, row: _Json, line: _Json, text: str | None) -> Sayings:
    misshapen = list(_check_shape(layer, row))
    if misshapen:
        yield from misshapen
        return
    for field, span in _spans(layer, row):
        yield from _check_span(field, span, text)
    if all(is_span(span) for _, span in _spans(layer, row)):
        yield from _check_references(layer, row, line)
    yield from _unknown_fields(row, {*layer.fields, "optional"})
    if not isinstance(row.get("optional", False), bool):
        yield "warning", "optional is neither true nor false"
    yield from forms.check_form(layer, row)


def _check_shape(layer: Layer, row: _Json) -> Sayings:
    """Fields that must be there, and those that must be texts or lists."""
    for field in (*layer.needed, layer.anchor):
        if not row.get(field):
            yield "error", f"{field} is missing or empty"
    for field, held in layer.fields.items():
        value = row.get(field)
        if value is not None and held.several is not isinstance(value, list):
            yield "error", f"{field} is {'no list' if held.several else 'a list'}"
            return
        yield from _check_text(held, value)
        for part in value or () if held.inner and held.several else (value,):
            if held.inner and isinstance(part, dict):
                for name, inner in fields_of(held.item).items():
                    yield from _check_text(inner, part.get(name))
                    if inner.required and name != held.inner and not part.get(name):
                        yield "error", f"{name} is missing or empty"


def _check_text(held: Held, value: Any) -> Sayings:
    is_text = held.item is str or held.choices
    if is_text and not held.several and not isinstance(value, (str, NoneType)):
        yield "error", f"{held.name} is no text"


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


def _check_references(layer: Layer, row: _Json, line: _Json) -> Sayings:
    """Ids that a row refers to must be there; null refers to nothing, and lists are not scored."""
    targets: list[tuple[Held, str]] = []
    single = {name: value for name, value in row.items() if name not in layer.lists}
    layer.refer(single, lambda row_id, held: targets.append((held, row_id)))
    for held, target in targets:
        layers = held.refers.keys if held.refers else ()
        ids = [other["id"] for name in layers for other in _rows(line, name)]
        if target not in ids:
            yield "error", f"{held.name} names {target}, which is no row of {' or '.join(layers)}"
