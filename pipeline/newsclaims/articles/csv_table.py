"""CSV as RFC 4180 has it: every cell a string, and nothing but an empty cell missing.

Where the user names no delimiter, the header tells which of `DELIMITERS` it is: that under which
it has the columns that are asked for. `csv.Sniffer` counts characters of texts instead, and takes
the comma of their sentences for it.
"""

import csv
import re
import sys
from collections import deque
from collections.abc import Collection, Iterable, Iterator
from itertools import chain, islice
from typing import NamedTuple

from newsclaims.articles.encodings import check_decoded, text_lines
from newsclaims.articles.rows import RefusedError, Row, Rows, Settings
from newsclaims.errors import UsageError

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
_NAMED = {"tab": "\t", "\\t": "\t"}  # what shells make hard to type
_SEP = re.compile(rb"(?:\xef\xbb\xbf)?sep=([\x09\x20-\x7e])\r?\n", re.IGNORECASE)
_HEADER_LINES = 50  # lines that a header with quoted line ends may take


class Header(NamedTuple):
    """The names of the columns, and the delimiter between them."""

    columns: list[str]
    delimiter: str

    @property
    def stray_marks(self) -> int:
        """Names with a quotation mark inside, of which a wrong delimiter leaves many."""
        return sum('"' in name for name in self.columns)


def read_delimiter(written: str | None) -> str | None:
    """The character that `written` names. Raises `UsageError` for what cannot be a delimiter."""
    delimiter = _NAMED.get(written or "", written)
    if delimiter is not None and (len(delimiter) != 1 or delimiter in '"\r\n\0'):
        raise UsageError(f"--delimiter: {written!r} is not one character such as ; or tab")
    return delimiter


def spoken_delimiter(delimiter: str) -> str:
    """The name of a delimiter for a message."""
    return DELIMITERS.get(delimiter, repr(delimiter))


class _Lines:
    """Lines for a csv.reader: counted, and those of the row being read kept to be read again."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._again: deque[str] = deque()
        self._row: list[str] = []
        self.number = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._lines)
        self._row.append(line)
        self.number += 1
        return line

    def begin_row(self) -> int:
        """Forget the lines of the row before; the number of the line that comes next."""
        self._row.clear()
        return self.number + 1

    def back_to_second_line(self) -> None:
        """Give back all lines of the row but its first."""
        self._again.extendleft(reversed(self._row[1:]))
        self.number -= len(self._row) - 1


def read_csv(
    lines: Iterable[bytes], settings: Settings, wanted: Collection[str] = (), default: str = ","
) -> Rows:
    """One row for each row under the header, at the line on which it begins.

    A row with broken quotation marks is refused and reading goes on in the line after its first,
    so that a mark which is never closed does not swallow the file.

    Args:
        lines: the lines of the file.
        settings: of these the columns, the encoding and the delimiter.
        wanted: columns by which the delimiter is known, beside those of the settings.
        default: the delimiter where the header does not tell.
    """
    lines = iter(lines)
    head = list(islice(lines, _HEADER_LINES))
    delimiter = find_header(head, settings, wanted, default).delimiter
    records = _records(chain(head, lines), settings.encoding, delimiter)
    if _stated(head):
        next(records)
    header = next(records, None)
    if header is None:
        return
    line, names = header
    names = _names(names, settings.encoding, line)
    for line, cells in records:
        try:
            yield Row(line, settings.rename(_fields(names, cells, settings.encoding, delimiter)))
        except RefusedError as refused:
            yield Row(line, refused)


def find_header(
    lines: Iterable[bytes], settings: Settings, wanted: Collection[str] = (), default: str = ","
) -> Header:
    """The header, without columns when the file is empty or its header cannot be read.

    Arguments as in `read_csv`.
    """
    head = list(islice(lines, _HEADER_LINES))
    wanted = {settings.column("text"), *settings.columns.values(), *wanted}
    stated = settings.delimiter or _stated(head)
    candidates = [stated] if stated else [default, *DELIMITERS]
    headers = [Header(_columns(head, settings.encoding, one), one) for one in candidates]
    return max(
        headers,
        key=lambda header: (
            len(wanted.intersection(header.columns)),
            -header.stray_marks,
            len(header.columns),
        ),
    )


def _stated(head: list[bytes]) -> str | None:
    """The delimiter that a first line ``sep=;`` states, which Excel understands."""
    match = _SEP.fullmatch(head[0]) if head else None
    return match[1].decode() if match else None


def _columns(head: list[bytes], encoding: str | None, delimiter: str) -> list[str]:
    records = _records(head[1:] if _stated(head) else head, encoding, delimiter)
    try:
        header = next(records, (0, []))[1]
    except RefusedError:
        return []
    return [] if isinstance(header, RefusedError) else _without_unnamed_end(header)


def _names(cells: list[str] | RefusedError, encoding: str | None, line: int) -> list[str]:
    """The names of the columns. Raises `RefusedError` for a header that cannot be read."""
    try:
        if isinstance(cells, RefusedError):
            raise cells
        for cell in cells:
            check_decoded(cell, encoding)
    except RefusedError as refused:
        refused.line = line
        raise
    return _without_unnamed_end(cells)


def _without_unnamed_end(cells: list[str]) -> list[str]:
    """`cells` without the empty ones that delimiters at the end of the line make."""
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return cells[:end]


def _fields(
    names: list[str], cells: list[str] | RefusedError, encoding: str | None, delimiter: str
) -> dict[str, str]:
    if isinstance(cells, RefusedError):
        raise cells
    if len(cells) > len(names):
        cells = [*cells[: len(names)], *_without_unnamed_end(cells[len(names) :])]
    if len(cells) != len(names):
        spoken = spoken_delimiter(delimiter)
        raise RefusedError(
            "csv",
            f"{len(cells)} cells stand under {len(names)} columns; cells end at a {spoken}, and "
            f"one that holds a {spoken}, a quotation mark or a line end needs quotation marks "
            "around it",
        )
    for cell in cells:
        check_decoded(cell, encoding)
    return {name: cell for name, cell in zip(names, cells, strict=True) if cell and name}


def _records(
    lines: Iterable[bytes], encoding: str | None, delimiter: str
) -> Iterator[tuple[int, list[str] | RefusedError]]:
    """The records that are not blank, each with the number of its first line."""
    # The limit is one of the whole process; texts that are too long are refused by their length.
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    source = _Lines(text_lines(lines, encoding))
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    while True:
        line = source.begin_row()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            last = source.number
            source.back_to_second_line()
            # The reader holds on to the row that failed; a new one begins with a clean slate.
            reader = csv.reader(source, delimiter=delimiter, strict=True)
            yield line, RefusedError("csv", _spoken(error, line, last))
            continue
        except RefusedError as refused:
            refused.line = source.number + 1
            raise
        if cells:
            yield line, cells


def _spoken(error: csv.Error, first: int, last: int) -> str:
    reason = str(error)
    if "unexpected end of data" in reason:
        return "a quotation mark is opened and never closed"
    if "expected after" in reason:
        where = "" if first == last else f" (seen in line {last})"
        return f"a quotation mark inside a quoted cell is not doubled, or none closes it{where}"
    return f"not CSV: {reason}"
