"""CSV as RFC 4180 has it: every cell a string, and nothing but an empty cell missing."""

import csv
import sys
from collections import deque
from collections.abc import Iterable, Iterator

from newsclaims.articles.encodings import check_decoded, text_lines
from newsclaims.articles.rows import RefusedError, Row, Rows, Settings


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


def read_csv(lines: Iterable[bytes], settings: Settings) -> Rows:
    """One row for each row under the header, at the line on which it begins.

    A row with broken quotation marks is refused and reading goes on in the line after its first,
    so that a mark which is never closed does not swallow the file.
    """
    records = _records(lines, settings.encoding)
    header = next(records, None)
    if header is None:
        return
    line, names = header
    if isinstance(names, RefusedError):
        names.line = line
        raise names
    for line, cells in records:
        try:
            yield Row(line, settings.rename(_fields(names, cells, settings.encoding)))
        except RefusedError as refused:
            yield Row(line, refused)


def csv_columns(lines: Iterable[bytes], encoding: str | None) -> list[str]:
    """The names in the header, none when the file is empty or its header cannot be read."""
    try:
        header = next(_records(lines, encoding), (0, []))[1]
    except RefusedError:
        return []
    return [] if isinstance(header, RefusedError) else header


def _fields(
    names: list[str], cells: list[str] | RefusedError, encoding: str | None
) -> dict[str, str]:
    if isinstance(cells, RefusedError):
        raise cells
    if len(cells) != len(names):
        raise RefusedError(
            "csv",
            f"{len(cells)} cells stand under {len(names)} columns; a cell that holds a comma, a "
            "quotation mark or a line end needs quotation marks around it",
        )
    for cell in cells:
        check_decoded(cell, encoding)
    return {name: cell for name, cell in zip(names, cells, strict=True) if cell and name}


def _records(
    lines: Iterable[bytes], encoding: str | None
) -> Iterator[tuple[int, list[str] | RefusedError]]:
    """The records that are not blank, each with the number of its first line."""
    # The limit is one of the whole process; texts that are too long are refused by their length.
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    source = _Lines(text_lines(lines, encoding))
    reader = csv.reader(source, strict=True)
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
            reader = csv.reader(source, strict=True)
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
