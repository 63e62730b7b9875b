from pathlib import Path
from typing import Any

import openpyxl
import pytest
from newsclaims.dataset import Form, write_dataset
from newsclaims.formats import FormatError, excel_file
from newsclaims.formats.excel_file import _cut
from newsclaims.schema import TABLES
from openpyxl.utils.escape import unescape
from traps import entries


@pytest.fixture(scope="module")
def book(written: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(written / "tables.xlsx")


def cells(book: openpyxl.Workbook, table: str, name: str) -> list[Any]:
    header, *rows = book[table].iter_rows()
    place = [cell.value for cell in header].index(name)
    return [row[place] for row in rows]


def test_a_sheet_a_table_with_frozen_header_and_filters(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == list(TABLES)
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions


def test_text_is_text_and_numbers_are_numbers(book: openpyxl.Workbook) -> None:
    titles = cells(book, "articles", "article_title")
    assert [(cell.value, cell.data_type) for cell in titles] == [("=1+1", "s"), ("-", "s")]
    value = cells(book, "dates", "value")[0]
    assert (value.value, value.data_type) == ("2025-05", "s")
    assert unescape(cells(book, "people", "name")[0].value) == "Ana\r\nMüller"
    assert "that\nall is well" in cells(book, "statements", "content")[0].value
    assert cells(book, "places", "geonameid")[0].value == 3143244
    assert cells(book, "places", "longitude")[0].data_type == "n"


def test_more_rows_than_a_sheet_holds_are_an_error_that_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(excel_file, "_ROWS", 2)
    with pytest.raises(FormatError, match=r"table places has more than the 1 rows .*parquet"):
        write_dataset(tmp_path, entries(), [], {}, Form(formats=("csv", "xlsx")))
    assert list(tmp_path.iterdir()) == [], "nothing half written is left"


def test_a_long_cell_is_cut_to_what_excel_holds() -> None:
    assert _cut("a" * 32_767) == "a" * 32_767
    assert _cut("a" * 32_768) == "a" * 32_766 + "…"
    assert len(_cut("😀" * 20_000).encode("utf-16-le")) // 2 <= 32_767
