import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from newsclaims import Article, Pipeline
from newsclaims.dataset import (
    DatasetError,
    Entry,
    Form,
    file_sha256,
    read_entries,
    read_lines,
    read_manifest,
    write_dataset,
)
from newsclaims.rewriting import rewrite
from newsclaims.schema import TABLES
from newsclaims.tables import to_json
from newsclaims.verify import verify

from tests.annotated import line
from tests.datasets import make_dataset

ARTICLES = (
    Article(
        id="first",
        text="Finance Minister Ana Popescu met Ion Rusu in Oslo on May 8, 2024. “=1+1,” she said.",
        title="Two meet, “=1+1”",
        published="2024-05-09",
        source="The Courier",
        metadata={"desk": "world"},
    ),
    Article(id="second", text="Line one of José Müller-Ito\nLine two, with Oslo"),
)


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory, pipeline: Pipeline) -> Path:
    folder = tmp_path_factory.mktemp("dataset")
    entries = [
        Entry(
            article.model_dump(mode="json") | {"sentences": list(found.sentences)},
            found.record.model_dump(mode="json"),
        )
        for article, found in zip(ARTICLES, pipeline.extractions(ARTICLES), strict=True)
    ]
    error = {"input": "x.txt", "line": None, "article": "x", "kind": "text", "message": "empty"}
    write_dataset(folder, entries, [error], {"settings": {}}, Form(metadata_columns=("desk",)))
    return folder


@pytest.fixture
def copy(dataset: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(dataset, tmp_path / "copy"))


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_dataset_has_the_files_of_the_contract(dataset: Path) -> None:
    assert {path.name for path in dataset.iterdir()} == {
        "articles.jsonl",
        "records.jsonl",
        "errors.jsonl",
        "manifest.json",
        "datapackage.json",
        *(f"{table}.csv" for table in TABLES),
    }


def test_articles_keep_text_and_metadata(dataset: Path) -> None:
    entries = list(read_entries(dataset))
    assert [entry.article["text"] for entry in entries] == [article.text for article in ARTICLES]
    assert [entry.record["article"]["id"] for entry in entries] == ["first", "second"]
    assert rows(dataset, "articles")[0]["desk"] == "world"
    assert rows(dataset, "articles")[1]["desk"] == ""


def test_a_table_row_reads_alone(dataset: Path) -> None:
    row = next(row for row in rows(dataset, "people") if row["mention"] == "Ana Popescu")
    assert row["article_title"] == "Two meet, “=1+1”"
    assert row["article_published"] == "2024-05-09"
    assert row["sentence"] == "Finance Minister Ana Popescu met Ion Rusu in Oslo on May 8, 2024."
    assert (row["start"], row["end"]) == ("17", "28")
    assert row["rule"]
    role = next(row for row in rows(dataset, "roles") if row["person"] == "Ana Popescu")
    assert (role["title"], role["status"], role["organisation"]) == (
        "Finance Minister",
        "current",
        "",
    )
    assert role["article_source"] == "The Courier"


def test_the_manifest_counts_rows_and_hashes_files(dataset: Path) -> None:
    manifest = read_manifest(dataset)
    assert manifest["rows"]["articles"] == 2
    assert manifest["rows"]["people"] == len(rows(dataset, "people"))
    assert set(manifest["files"]) == {path.name for path in dataset.iterdir()} - {"manifest.json"}


def test_an_untouched_dataset_is_verified(dataset: Path) -> None:
    assert verify(dataset) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "named"),
    [
        ("articles.jsonl", "Ana Popescu", "Ann Popescu", "person-1"),
        ("articles.jsonl", '"id":"second"', '"id":"third"', "third"),
        ("records.jsonl", '"text":"Ana Popescu"', '"text":"Ann Popescu"', "person-1"),
        ("records.jsonl", '"status":"current"', '"status":"former"', "role-1"),
        ("records.jsonl", '"status":"current"', '"status":"curent"', "roles.0.status"),
        ("records.jsonl", '"end":28', '"end":29', "people.0.mentions.0"),
        ("people.csv", "Ana Popescu", "Ann Popescu", "people.csv: line 2"),
        ("places.csv", "Oslo", "Olso", "places.csv: line 2"),
        ("errors.jsonl", "empty", "empty!", "errors.jsonl"),
    ],
)
def test_one_changed_character_is_found_and_named(
    copy: Path, file: str, old: str, new: str, named: str
) -> None:
    path = copy / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    findings = verify(copy)
    assert any(named in finding for finding in findings), findings


def remove_a_file(folder: Path) -> None:
    (folder / "roles.csv").unlink()


def lose_a_record(folder: Path) -> None:
    path = folder / "records.jsonl"
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")


def add_a_row(folder: Path) -> None:
    with (folder / "people.csv").open("a", encoding="utf-8") as file:
        file.write("," * (len(TABLES["people"]) - 1) + "\n")


def lose_the_manifest(folder: Path) -> None:
    (folder / "manifest.json").unlink()


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        (remove_a_file, "roles.csv: missing"),
        (lose_a_record, "differ in length"),
        (add_a_row, "a row that no record has"),
        (lose_the_manifest, "manifest.json"),
    ],
)
def test_what_is_missing_or_too_much_is_found(
    copy: Path, damage: Callable[[Path], None], named: str
) -> None:
    damage(copy)
    assert any(named in finding for finding in verify(copy))


def test_a_run_that_fails_leaves_the_old_dataset(copy: Path) -> None:
    def entries() -> object:
        yield next(iter(read_entries(copy)))
        raise RuntimeError("killed")

    with pytest.raises(RuntimeError, match="killed"):
        write_dataset(copy, entries(), [], {})
    assert verify(copy) == []


def test_reading_what_is_no_dataset_names_the_place(tmp_path: Path) -> None:
    (tmp_path / "articles.jsonl").write_text('nope\n{"id": "a"}\n')
    (tmp_path / "records.jsonl").write_text("{}\n{}\n")
    with pytest.raises(DatasetError, match=r"articles.jsonl: line 1: not JSON"):
        list(read_entries(tmp_path))
    (tmp_path / "articles.jsonl").write_text('{"id": "a"}\n{"id": "b"}\n')
    with pytest.raises(DatasetError, match=r"line 1: not an article and its record"):
        list(read_entries(tmp_path))
    with pytest.raises(DatasetError, match=r"manifest.json"):
        read_manifest(tmp_path)


def test_json_lines_hold_text_as_it_is(dataset: Path) -> None:
    line = (dataset / "articles.jsonl").read_text(encoding="utf-8").splitlines()[1]
    assert "José Müller-Ito" in line
    assert json.loads(line)["published"] is None


def test_a_dataset_of_an_earlier_version_lacks_layers_and_is_read(tmp_path: Path) -> None:
    folder = make_dataset(tmp_path / "old", [line("[[Ana Popescu|person-1]] left.")])
    records = folder / "records.jsonl"
    (record,) = read_lines(records)
    earlier = {name: value for name, value in record.items() if name != "events"}
    before = file_sha256(records)
    records.write_text(to_json(earlier | {"schema_version": 1}) + "\n", encoding="utf-8")
    manifest = (folder / "manifest.json").read_text(encoding="utf-8")
    (folder / "manifest.json").write_text(manifest.replace(before, file_sha256(records)))
    ((_, read),) = read_entries(folder)
    assert read == record
    rewrite(folder, tmp_path / "new", {})
    assert verify(tmp_path / "new") == []
    assert next(read_lines(tmp_path / "new" / "records.jsonl")) == record
