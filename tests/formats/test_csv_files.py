import csv
from pathlib import Path

import pytest
from newsclaims.dataset import Form, write_dataset
from newsclaims.schema import TABLES
from traps import METADATA, entries


def rows(folder: Path, table: str, encoding: str = "utf-8") -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def excel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("excel")
    form = Form(excel=True, metadata_columns=METADATA)
    write_dataset(folder, entries(), [], {}, form)
    return folder


def test_plain_cells_are_what_was_found(written: Path) -> None:
    assert [row["article_title"] for row in rows(written, "articles")] == ["=1+1", "-"]
    assert rows(written, "people")[0]["name"] == "Ana\r\nMüller"
    assert rows(written, "dates")[0]["value"] == "2025-05"
    assert "that\nall is well" in rows(written, "statements")[0]["content"]
    assert not (written / "people.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_form_for_excel_is_safe_and_loses_nothing(excel: Path) -> None:
    assert (excel / "people.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    found = rows(excel, "articles", "utf-8-sig")
    assert [row["article_title"] for row in found] == ["'=1+1", "'-"]
    assert found[0]["desk"] == "'@world"
    assert found[0]["metadata_Title"] == "'+1"
    assert found[0]["article_source"] == "''The Courier"
    assert rows(excel, "people", "utf-8-sig")[0]["name"] == "Ana\r\nMüller"
    assert rows(excel, "dates", "utf-8-sig")[0]["value"] == "2025-05"
    assert rows(excel, "places", "utf-8-sig")[0]["longitude"] == "-10.0", "a number is no formula"


def test_no_cell_of_the_form_for_excel_would_be_calculated(excel: Path) -> None:
    paths = list(excel.glob("*.csv"))
    assert len(paths) == len(TABLES)
    for path in paths:
        for row in rows(excel, path.stem, "utf-8-sig"):
            for name, cell in row.items():
                if name not in {"longitude", "latitude"}:
                    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")), (path, name)


def test_names_of_columns_are_as_safe_as_cells(tmp_path: Path) -> None:
    form = Form(excel=True, metadata_columns=('=HYPERLINK("x")', "desk"))
    write_dataset(tmp_path, entries(), [], {}, form)
    with (tmp_path / "articles.csv").open(encoding="utf-8-sig", newline="") as file:
        names = next(csv.reader(file))
    assert names[-2:] == ['\'=HYPERLINK("x")', "desk"]
    streams = form.tables()["csv"].read(form.layout(), tmp_path)
    assert [cells[-1] for _, cells in streams["articles"]] == ["'@world"] * 2
