"""What holds for every form of the tables."""

import shutil
import sqlite3
from pathlib import Path

import pytest
from newsclaims.dataset import Form, write_dataset, written_files
from newsclaims.errors import UsageError
from newsclaims.formats import FORMATS, FormatError, chosen
from newsclaims.held_texts import HeldTexts
from newsclaims.schema import TABLES
from newsclaims.verify import verify
from traps import METADATA, entries, entry


def write(folder: Path, *formats: str, **options: object) -> Path:
    folder.mkdir(exist_ok=True)
    form = Form(formats=formats, metadata_columns=METADATA, **options)
    write_dataset(folder, entries(), [], {}, form)
    return folder


def test_all_forms_are_verified(written: Path) -> None:
    assert verify(written) == []


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_rows_give_the_same_bytes(name: str, written: Path, tmp_path: Path) -> None:
    write(tmp_path, name)
    for file in chosen([name])[name].files(TABLES):
        assert (tmp_path / file).read_bytes() == (written / file).read_bytes(), file


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("excel", [False, True])
def test_a_changed_row_is_found_and_named(name: str, excel: bool, tmp_path: Path) -> None:
    """The files of one dataset beside the records of another, under a manifest that agrees."""
    write(tmp_path / "one", name, excel=excel)
    other = [entry(0, published="2025-06-03"), entry(1, text_copy=1)]
    form = Form(formats=(name,), excel=excel, metadata_columns=METADATA)
    (tmp_path / "other").mkdir()
    write_dataset(tmp_path / "other", other, [], {}, form)
    mixed = tmp_path / "mixed"
    shutil.copytree(tmp_path / "one", mixed)
    for file in ("records.jsonl", "articles.jsonl", "manifest.json"):
        shutil.copy(tmp_path / "other" / file, mixed)
    findings = verify(mixed)
    assert any("not what the record of a0 says" in finding for finding in findings), findings
    assert any("index" in finding for finding in findings), findings


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("lost", [0, 1])
def test_lost_and_added_rows_are_found(name: str, lost: int, tmp_path: Path) -> None:
    few, many = list(entries())[:1], list(entries())
    tables, lines = (few, many) if lost else (many, few)
    for folder, found in ((tmp_path / "tables", tables), (tmp_path / "lines", lines)):
        folder.mkdir()
        write_dataset(folder, found, [], {}, Form(formats=(name,)))
    for file in ("records.jsonl", "articles.jsonl", "manifest.json"):
        shutil.copy(tmp_path / "lines" / file, tmp_path / "tables")
    findings = verify(tmp_path / "tables")
    expected = "the end: not what the record of a1" if lost else "a row that no record has"
    assert any(expected in finding for finding in findings), findings


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_of_another_form_is_a_finding(name: str, tmp_path: Path) -> None:
    write(tmp_path, name)
    for file in chosen([name])[name].files(TABLES):
        (tmp_path / file).write_text("not of this form\n" * 100)
    findings = verify(tmp_path)
    assert len(findings) > 1
    assert all(isinstance(finding, str) for finding in findings)


def test_a_form_that_is_not_asked_for_any_more_is_removed(tmp_path: Path) -> None:
    write(tmp_path, "csv", "parquet")
    (tmp_path / "notes.csv").write_text("mine")
    write(tmp_path, "xlsx")
    kept = {path.name for path in tmp_path.iterdir()}
    assert kept == {*written_files(tmp_path), "notes.csv"}
    assert "tables.xlsx" in kept
    assert not kept & {"people.csv", "people.parquet"}


@pytest.mark.parametrize("name", FORMATS)
def test_a_run_that_fails_leaves_nothing_behind(name: str, tmp_path: Path) -> None:
    def failing() -> object:
        yield from entries()
        raise RuntimeError("killed")

    with pytest.raises(RuntimeError, match="killed"):
        write_dataset(tmp_path, failing(), [], {}, Form(formats=(name,)))
    assert list(tmp_path.iterdir()) == []


def test_without_texts_no_text_is_in_any_file(tmp_path: Path) -> None:
    write(tmp_path, *(name for name in FORMATS if name not in {"xlsx", "parquet"}), texts=False)
    for path in tmp_path.iterdir():
        content = path.read_bytes()
        assert b"all is well" not in content, path.name
        assert b"1+1 is two" not in content, path.name
    assert "Müller" in (tmp_path / "people.csv").read_text(encoding="utf-8")
    assert "Finance Minister" in (tmp_path / "roles.csv").read_text(encoding="utf-8")


def test_without_texts_a_dataset_is_verified_by_keys_and_by_who_holds_them(tmp_path: Path) -> None:
    write(tmp_path, *FORMATS, texts=False)
    text = str(entry(0).article["text"])
    assert verify(tmp_path) == []
    assert verify(tmp_path, HeldTexts(["Another text.", text])) == []
    missing = verify(tmp_path, HeldTexts(["Another text."]))
    assert missing == [
        f"records.jsonl: {name}: its text is not among the texts given" for name in ("a0", "a1")
    ]
    records = tmp_path / "records.jsonl"
    changed = records.read_text(encoding="utf-8").replace("Finance Minister", "Finance minister")
    records.write_text(changed, encoding="utf-8")
    assert not any("role-1" in finding for finding in verify(tmp_path)), "offsets still agree"
    assert any("role-1 title" in finding for finding in verify(tmp_path, HeldTexts([text])))


def test_unknown_forms_are_wrong_usage() -> None:
    with pytest.raises(UsageError, match="'ods' is none of csv, parquet, sqlite, xlsx, jsonl"):
        chosen(["csv", "ods"])


def test_every_column_says_what_it_holds() -> None:
    for columns in TABLES.values():
        for column in columns:
            assert column.what, column.name
            assert column.type in {"string", "integer", "number", "date", "list"}


def test_metadata_never_hides_a_column_of_ours() -> None:
    columns = [each.name for each in Form(metadata_columns=METADATA).layout()["articles"]]
    assert columns[-3:] == ["metadata_Title", "desk", "start"]
    with sqlite3.connect(":memory:") as database:
        plain = ", ".join(f'"{name.removeprefix("article_")}"' for name in columns)
        database.execute(f"CREATE TABLE articles ({plain})")
    database.close()


@pytest.mark.parametrize(("name", "columns"), [("sqlite", 2100), ("xlsx", 17_000)])
def test_more_columns_than_a_form_holds_are_told(tmp_path: Path, name: str, columns: int) -> None:
    keys = tuple(f"key{number}" for number in range(columns))
    form = Form(formats=(name,), metadata_columns=keys)
    with pytest.raises(FormatError, match=f"articles has {columns // 1000},.* leave {name} out"):
        write_dataset(tmp_path, entries(), [], {}, form)
