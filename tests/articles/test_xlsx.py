from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import xlsxwriter
from newsclaims.errors import UsageError
from openpyxl import Workbook

FIXTURES = Path(__file__).parent / "fixtures"


@pytest.fixture
def book(folder):
    """Write a workbook of these sheets, each a list of rows, and give its name back."""

    def book(name: str = "news.xlsx", **sheets: list[list[object]]) -> str:
        workbook = Workbook()
        workbook.remove(workbook.active)
        for title, rows in sheets.items():
            sheet = workbook.create_sheet(title)
            for row in rows:
                sheet.append(row)
        workbook.save(folder / name)
        return name

    return book


def test_values_of_each_type(read, book):
    header = ["id", "text", "published", "words", "share", "open", "at", None]
    rows = [
        [7, "Rain fell.", date(2025, 6, 1), 2.0, 0.5, True, time(9, 30), "no name"],
        ["007", "Snow fell.", datetime(2025, 6, 1, 9, 30), None, None, False, None, None],
        [8.0, "Hail fell.", "2025-06-02", "", None, None, None, None],
    ]
    first, second, third = read(book(news=[header, *rows])).articles
    assert (first.id, first.published) == ("7", "2025-06-01")
    assert first.metadata == {"words": "2", "share": "0.5", "open": "true", "at": "09:30:00"}
    assert (second.id, second.published) == ("007", "2025-06-01T09:30:00")
    assert (third.id, third.published, third.metadata) == ("8", "2025-06-02", {})


def test_rows_go_by_their_numbers_in_the_sheet(read, book):
    found = read(book(news=[[], ["text"], ["Rain fell."], [], [None], ["Snow fell."], [3]]))
    assert found.ids == ["news-3", "news-6"]
    assert found.kinds == [(7, "text")]


def test_the_sheet_with_the_texts_is_read_and_the_others_are_named(read, book):
    name = book(about=[["An export"]], empty=[], news=[["body"], ["Rain."]], more=[["body"], ["S"]])
    found = read(name, columns={"text": "body"})
    assert [article.text for article in found.articles] == ["Rain."]
    assert [warning.message for warning in found.warnings] == [
        "the sheet 'about' is not read",
        "the sheet 'more' is not read",
    ]


def test_a_workbook_without_a_text_is_wrong_usage(read, book):
    with pytest.raises(UsageError, match="the columns are 'id', 'body'"):
        read(book(news=[["id", "body"], [1, "Rain fell."]]))
    with pytest.raises(UsageError, match="two columns are named 'text'"):
        read(book(news=[["text", "text"], ["a", "b"]]))


def test_an_error_in_a_cell_is_named(read, folder):
    workbook = Workbook()
    workbook.active.append(["id", "text"])
    workbook.active.append(["a", "#N/A"])
    workbook.active["B2"].data_type = "e"
    workbook.active.append(["b", "Rain fell."])
    workbook.save(folder / "news.xlsx")
    found = read("news.xlsx")
    assert found.kinds == [(2, "xlsx")]
    assert found.errors[0].message == "the cell B2 holds the error #N/A"
    assert found.ids == ["b"]


def test_control_characters_that_excel_escapes(read, folder):
    workbook = xlsxwriter.Workbook(folder / "news.xlsx")
    workbook.add_worksheet().write_column(0, 0, ["text", "Rain\r\nfell.", "Bell \x07."])
    workbook.close()
    texts = [article.text for article in read("news.xlsx").articles]
    assert texts == ["Rain\r\nfell.", "Bell \x07."]


def forged(part: str, old: bytes, new: bytes) -> bytes:
    """The workbook of Calc with a change in one of its parts."""
    content = BytesIO()
    with ZipFile(FIXTURES / "calc.xlsx") as book, ZipFile(content, "w", ZIP_DEFLATED) as copy:
        for name in book.namelist():
            data = book.read(name)
            assert name != part or old in data
            copy.writestr(name, data.replace(old, new, 1) if name == part else data)
    return content.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
ENTITY = b'?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    ("part", "old", "new", "kind", "message"),
    [
        (SHEET, b"?>", ENTITY, "xlsx", "declares a document type"),
        (SHEET, b"?>", b"?>" + b" " * 20_000_000, "bomb", "would unpack to 20,0"),
        (SHEET, b"<sheetData>", b"<sheetData><", "xlsx", "no workbook that can be read"),
        (SHEET, b'r="3"', b'r="99999999999"', "xlsx", "rows after 1,048,576"),
    ],
)
def test_a_forged_workbook(read, write, part, old, new, kind, message):
    found = read(write("news.xlsx", forged(part, old, new)))
    assert found.kinds == [(None, kind)]
    assert message in found.errors[0].message


def test_a_workbook_with_a_password_or_of_old_times(read, write):
    content = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)  # of OLE 2
    assert read(write("news.xlsx", content)).kinds == [(None, "xlsx")]
