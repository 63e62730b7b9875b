"""CSV, a file a table: RFC 4180 with line feeds, UTF-8. Or as Excel opens it without harm.

The form for Excel begins with a byte order mark, without which Excel takes UTF-8 for something
else, and puts an apostrophe before text that Excel would calculate: a cell that begins with
``= + - @``, a tab, a carriage return, or an apostrophe of its own (so that taking one away gives
back what stood there). Names of columns are cells like others. Numbers stay numbers. Between cells
stands a comma: where the system's list separator is a semicolon (as in most of Europe), Excel opens
the file in one column, and Data > From Text/CSV, or the form ``xlsx``, reads it.
"""

import csv
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

from newsclaims.formats.form import (
    Cell,
    Cells,
    EntryRows,
    Format,
    Layout,
    PathOf,
    Writer,
    as_they_are,
)

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "'")

# A cell may hold a sentence as long as its article.
csv.field_size_limit(2**31 - 1)


def csv_format(*, excel: bool = False) -> Format:
    """The CSV form, plain or for Excel."""
    encoding = "utf-8-sig" if excel else "utf-8"
    shown = safe_cell if excel else str
    return Format(
        "{}.csv",
        _safe if excel else _plain,
        lambda layout, path_of: _Writer(layout, path_of, encoding, shown),
        lambda path, _, names: _read(path, [shown(name) for name in names], encoding),
    )


def _plain(rows: EntryRows) -> Iterator[tuple[str, Cells]]:
    for table, cells in as_they_are(rows):
        yield table, ["" if cell is None else str(cell) for cell in cells]


def _safe(rows: EntryRows) -> Iterator[tuple[str, Cells]]:
    for table, cells in as_they_are(rows):
        yield table, [safe_cell(cell) for cell in cells]


def safe_cell(cell: Cell) -> str:
    """A cell, or the name of a column, as the form for Excel has it."""
    if isinstance(cell, str) and cell.startswith(_DANGEROUS):
        return f"'{cell}"
    return "" if cell is None else str(cell)


class _Writer(Writer):
    def __init__(
        self, layout: Layout, path_of: PathOf, encoding: str, shown: Callable[[str], str]
    ) -> None:
        self._stack = ExitStack()
        self._rows = {}
        for table, columns in layout.items():
            path = path_of(f"{table}.csv")
            file = self._stack.enter_context(path.open("w", encoding=encoding, newline=""))
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow([shown(column.name) for column in columns])
            self._rows[table] = writer.writerow

    def row(self, table: str, cells: Cells) -> None:
        self._rows[table](cells)

    def close(self) -> None:
        self._stack.close()


def _read(path: Path, names: list[str], encoding: str) -> Iterator[tuple[str, list[Cell]]]:
    with path.open(encoding=encoding, newline="") as file:
        reader = csv.reader(file)
        if next(reader, None) != names:
            yield f"{path.name}: line 1: the columns are not {', '.join(names)}", []
        for row in reader:
            yield f"{path.name}: line {reader.line_num}", list(row)
