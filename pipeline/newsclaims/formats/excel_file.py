"""An Excel workbook, ``tables.xlsx``: a sheet a table, its header frozen, a filter on each column.

Text is written as text: nothing is calculated and nothing becomes a date. Excel holds `_ROWS` rows
a sheet and `_CHARACTERS` a cell: more rows are an error, a longer cell is cut and ends in "…".
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from newsclaims.formats.form import (
    Cell,
    Cells,
    EntryRows,
    Format,
    FormatError,
    Layout,
    PathOf,
    Writer,
    as_they_are,
)

_FILE = "tables.xlsx"
_ROWS = 1_048_576  # the header among them
_COLUMNS = 16_384
_CHARACTERS = 32_767  # in units of UTF-16

# Of columns, in characters.
_WIDTHS = {"integer": 10, "number": 10, "date": 12, "sentence": 70, "content": 50}
_WIDTH = 18


def _shape(rows: EntryRows) -> Iterator[tuple[str, Cells]]:
    for table, cells in as_they_are(rows):
        yield table, [_cut(cell) if isinstance(cell, str) else cell for cell in cells]


def _cut(text: str) -> str:
    if 2 * len(text) <= _CHARACTERS:  # a character is two units at most
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * _CHARACTERS:
        return text
    return units[: 2 * (_CHARACTERS - 1)].decode("utf-16-le", "ignore") + "…"


class _Writer(Writer):
    def __init__(self, layout: Layout, path_of: PathOf) -> None:
        from xlsxwriter import Workbook

        for table, columns in layout.items():
            if len(columns) > _COLUMNS:
                raise FormatError(
                    f"{_FILE}: the table {table} has {len(columns):,} columns, more than the "
                    f"{_COLUMNS:,} that a sheet of Excel holds; leave xlsx out of --format (csv "
                    "and parquet have no such limit)"
                )
        self._book = Workbook(path_of(_FILE), {"constant_memory": True})
        # The clock would make each file another one.
        self._book.set_properties({"created": datetime(2000, 1, 1)})
        bold = self._book.add_format({"bold": True})
        self._sheets = {}
        self._next = dict.fromkeys(layout, 1)
        self._columns = {table: len(columns) for table, columns in layout.items()}
        for table, columns in layout.items():
            sheet = self._book.add_worksheet(table)
            sheet.freeze_panes(1, 0)
            for place, column in enumerate(columns):
                width = _WIDTHS.get(column.name, _WIDTHS.get(column.type, _WIDTH))
                sheet.set_column(place, place, width)
                sheet.write_string(0, place, column.name, bold)
            self._sheets[table] = sheet

    def row(self, table: str, cells: Cells) -> None:
        row, sheet = self._next[table], self._sheets[table]
        if row >= _ROWS:
            raise FormatError(
                f"{_FILE}: the table {table} has more than the {_ROWS - 1:,} rows that a sheet of "
                "Excel holds; leave xlsx out of --format (parquet and sqlite have no such limit)"
            )
        for place, cell in enumerate(cells):
            if isinstance(cell, str):
                sheet.write_string(row, place, cell)
            elif cell is not None:
                sheet.write_number(row, place, cell)
        self._next[table] += 1

    def finish(self) -> None:
        for table, sheet in self._sheets.items():
            sheet.autofilter(0, 0, self._next[table] - 1, self._columns[table] - 1)
        self._book.close()

    def close(self) -> None:
        if not self._book.fileclosed:
            self._book.fileclosed = True  # else it is written when it is collected
            for sheet in self._sheets.values():
                sheet.row_data_fh.close()
                Path(sheet.row_data_filename).unlink()


def _rows(path: Path, table: str, names: list[str]) -> Iterator[tuple[str, list[Cell]]]:
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True)
        rows = book[table].iter_rows(values_only=True, max_col=len(names))
    except (BadZipFile, InvalidFileException, KeyError) as error:
        raise FormatError(f"{path.name}: not a workbook that can be read: {error}") from error
    try:
        if list(next(rows, ())) != names:
            yield f"{path.name}: {table}: the columns are not {', '.join(names)}", []
        for number, cells in enumerate(rows, 2):
            yield f"{path.name}: {table}: row {number}", [_unescaped(cell) for cell in cells]
    finally:
        book.close()


def _unescaped(cell: Cell) -> Cell:
    from openpyxl.utils.escape import unescape

    # Characters that XML has no room for stand in a workbook as _x000D_.
    return str(unescape(cell)) if isinstance(cell, str) and "_x" in cell else cell


EXCEL = Format(_FILE, _shape, _Writer, _rows)
