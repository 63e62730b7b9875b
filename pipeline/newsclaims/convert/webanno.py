"""WebAnno TSV 3, which INCEpTION exports, read alone: spans whose values are labels of ours.

Tokens stand at offsets in UTF-16 units. The file holds the sentences and not what lies between
them, so that reading needs the texts; the tokens show which text is meant.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from newsclaims.convert.documents import Document, Mark, is_label, label_of, leave_out
from newsclaims.convert.files import BOM, read_text
from newsclaims.convert.texts import ConvertError, refusing

_MAGIC = "#FORMAT=WebAnno TSV 3"
_TOKEN = re.compile(r"\d+-\d+(?:\.\d+)?\t(\d+)-(\d+)\t([^\t]*)\t?(.*)")  # with a dot: part of one
_VALUE = re.compile(r"(.*?)(?:\[(\d+)\])?")  # [1] joins the tokens of one span
_ESCAPED = re.compile(r"\\(.)")
_SIGNS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "b": "\b"}


class _Row(NamedTuple):
    """A token or a part of one: half-open UTF-16 units, its characters, a cell a feature."""

    start: int
    end: int
    words: str
    cells: Sequence[str]


def read_webanno(
    path: Path, losses: list[str], sources: Mapping[str, Document]
) -> Iterator[Document]:
    """The documents of a file, or of a folder's files that end in ``.tsv``.

    `sources` are documents with the texts, by id. Raises `ConvertError` for a file of another kind
    and for tokens that are those of no text.
    """
    files = sorted(path.rglob("*.tsv")) if path.is_dir() else [path]
    if not files:
        raise ConvertError(f"{path}: no file in it ends in .tsv")
    for file in files:
        lines = read_text(file).removeprefix(BOM).replace("\r\n", "\n").split("\n")
        if not lines[0].startswith(_MAGIC):
            raise ConvertError(f"{file}: not WebAnno TSV 3, which INCEpTION exports as v3.3")
        with refusing(f"{file}: not WebAnno TSV 3"):
            yield _document(
                file, [_row(m) for m in map(_TOKEN.fullmatch, lines) if m], losses, sources
            )


def _row(match: re.Match[str]) -> _Row:
    words = _ESCAPED.sub(lambda sign: _SIGNS.get(sign[1], sign[1]), match[3])
    return _Row(int(match[1]), int(match[2]), words, match[4].rstrip("\t").split("\t"))


def _document(
    file: Path, rows: Sequence[_Row], losses: list[str], sources: Mapping[str, Document]
) -> Document:
    source = next((one for one in sources.values() if rows and _has(one.text, rows)), None)
    if source is None:
        raise ConvertError(f"{file}: its tokens are those of no text that is given")
    head = {name: value for name, value in source.head.items() if name != "annotated"}
    document = Document(head, source.text)
    points = _points(source.text)
    spans = list(_spans(rows))
    named = {column for column, value, _, _ in spans if is_label(value)}
    for number, (column, value, start, end) in enumerate(spans, 1):
        if column in named:
            label = label_of(value)
            document.marks.append(Mark(f"T{number}", label, points[start], points[end]))
    others = sum(column not in named for column, *_ in spans)
    leave_out(losses, document.id, {"value of another layer": others})
    return document


def _points(text: str) -> dict[int, int]:
    """Code points by UTF-16 units."""
    units = accumulate((1 + (ord(char) > 0xFFFF) for char in text), initial=0)
    return {unit: point for point, unit in enumerate(units)}


def _has(text: str, rows: Iterable[_Row]) -> bool:
    points = _points(text)
    return all(
        row.start in points
        and row.end in points
        and text[points[row.start] : points[row.end]] == row.words
        for row in rows
    )


def _spans(rows: Iterable[_Row]) -> Iterator[tuple[int, str, int, int]]:
    """Column, value and UTF-16 units of each span, in the order of their starts."""
    spans: dict[tuple[int, str], tuple[int, str, int, int]] = {}
    for number, row in enumerate(rows):
        for column, cell in enumerate(row.cells):
            for stacked, one in enumerate(cell.split("|")):
                match = _VALUE.fullmatch(one)
                if match is None or match[1] in ("", "_", "*"):
                    continue
                key = (column, match[2] or f"{number}.{stacked}")
                start = spans[key][2] if key in spans else row.start
                spans[key] = (column, match[1], start, row.end)
    yield from spans.values()
