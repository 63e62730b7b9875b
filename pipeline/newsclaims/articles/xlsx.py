"""Excel workbooks: the first sheet with a text column, row by row; the others are named."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time
from pathlib import Path
from typing import Any

from newsclaims.articles.archive import opened, refuse_attacks
from newsclaims.articles.rows import RefusedError, Row, Rows, Settings

_MAX_ROWS = 2**20  # of a sheet in Excel; the library fills a gap before a higher one row by row

_Cells = tuple[int, list[Any]]  # the number of a row, and its cells


def read_xlsx(path: Path, settings: Settings) -> Rows:
    """One row for each row under the header, by its number in the sheet."""
    with _sheets(path) as sheets:
        chosen = _choose(sheets, settings)
        if chosen is None:
            return
        rows = _rows(sheets.pop(chosen))
        names = _header(next(rows)[1])
        for number, cells in rows:
            try:
                yield Row(number, settings.rename(_fields(names, cells)))
            except RefusedError as refused:
                yield Row(number, refused)
        for name, sheet in sheets.items():
            if next(_rows(sheet), None):
                yield Row(None, RefusedError("skipped", f"the sheet {name!r} is not read"))


def xlsx_columns(path: Path, settings: Settings) -> list[str]:
    """The names in the header of the sheet that is read, none when there is none."""
    try:
        with _sheets(path) as sheets:
            chosen = _choose(sheets, settings)
            return [] if chosen is None else _header(next(_rows(sheets[chosen]))[1])
    except (RefusedError, OSError):
        return []


def _choose(sheets: dict[str, Any], settings: Settings) -> str | None:
    """The name of the first sheet with a column for the text, else of the first with any row."""
    headers = {name: first for name, sheet in sheets.items() if (first := next(_rows(sheet), None))}
    texts = (
        name for name, (_, cells) in headers.items() if settings.column("text") in _header(cells)
    )
    return next(texts, next(iter(headers), None))


def _header(cells: list[Any]) -> list[str]:
    return ["" if (value := _value(cell)) is None else str(value).strip() for cell in cells]


def _fields(names: list[str], cells: list[Any]) -> dict[str, Any]:
    return {name: _value(cell) for name, cell in zip(names, cells, strict=False) if name}


def _value(cell: Any) -> Any:
    """What a cell holds: a whole number without a fraction, a day without a time."""
    from openpyxl.utils.escape import unescape

    value = cell.value
    if cell.data_type == "e":
        raise RefusedError("xlsx", f"the cell {cell.coordinate} holds the error {value}")
    if isinstance(value, str):
        return unescape(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    return value.isoformat() if isinstance(value, time) else value


def _rows(sheet: Any) -> Iterator[_Cells]:
    """The rows of a sheet in which any cell has a value."""
    for number, cells in enumerate(_checked(sheet.iter_rows()), 1):
        if number > _MAX_ROWS:
            raise RefusedError("xlsx", f"the sheet has rows after {_MAX_ROWS:,}; not read")
        if any(cell.value is not None for cell in cells):
            yield number, list(cells)


def _checked(rows: Iterator[Any]) -> Iterator[Any]:
    """`rows` without the library's warnings, and its errors as those of a broken file."""
    while True:
        with warnings.catch_warnings(), _refusing_broken_files():
            warnings.simplefilter("ignore")
            row = next(rows, None)
        if row is None:
            return
        yield row


@contextmanager
def _sheets(path: Path) -> Iterator[dict[str, Any]]:
    """The worksheets by name."""
    from openpyxl import load_workbook

    with opened(path, "xlsx") as archive:
        refuse_attacks(archive, "xlsx")
    with path.open("rb") as file:
        with warnings.catch_warnings(), _refusing_broken_files():
            warnings.simplefilter("ignore")
            book = load_workbook(file, read_only=True, data_only=True)
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # what some programs write there is wrong
        try:
            yield {sheet.title: sheet for sheet in book.worksheets}
        finally:
            book.close()


@contextmanager
def _refusing_broken_files() -> Iterator[None]:
    try:
        yield
    except (OSError, MemoryError):
        raise
    except Exception as error:  # whatever the library meets in a broken file
        reason = f"{type(error).__name__}: {error}"
        raise RefusedError("xlsx", f"no workbook that can be read: {reason}") from None
