"""The reference is what the code says, and its list of further files is what files hold."""

import csv
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from newsclaims.dataset import read_lines
from newsclaims.sample import sample_articles, sample_rows
from newsclaims.schema import ArticleRecord
from newsclaims.verdicts import HISTORY, apply_verdicts

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
NOT_ALWAYS = {"characters", "optional"}  # in datasets without texts, in disputed rows


@pytest.mark.parametrize("name", ["commands.md", "files.md", "python.md", "rules.md"])
def test_the_reference_is_written_anew_when_the_code_changes(name: str, written: Path) -> None:
    told = (DOCS / "reference" / name).read_text(encoding="utf-8")
    assert (written / name).read_text(encoding="utf-8") == told, "make reference"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reference")
    subprocess.run([sys.executable, DOCS / "reference.py", folder], check=True)
    return folder


def test_files_have_the_fields_that_the_list_says(tmp_path: Path) -> None:
    dataset = tmp_path / "dataset"
    shutil.copytree(ROOT / "outputs", dataset)
    (key, *_) = (
        row["key"] for line in read_lines(dataset / "records.jsonl") for row in line["roles"]
    )
    verdicts = tmp_path / "verdicts.jsonl"
    verdicts.write_text(json.dumps({"key": key, "verdict": "wrong"}), encoding="utf-8")
    apply_verdicts(dataset, verdicts)
    sample_articles(dataset, 2, tmp_path / "gold", blind=False)
    sample_rows(dataset, 2, tmp_path / "rows")

    assert dict(listed()) == {
        "articles.jsonl": fields(dataset / "articles.jsonl"),
        "manifest.json": json.loads((dataset / "manifest.json").read_text("utf-8")).keys(),
        "datapackage.json": json.loads((dataset / "datapackage.json").read_text("utf-8")).keys(),
        "history.jsonl": fields(dataset / HISTORY),
        "gold": fields(tmp_path / "gold") - ArticleRecord.model_fields.keys(),
        "rows": fields(tmp_path / "rows"),
    }


def listed() -> Iterator[tuple[str, set[str]]]:
    with (DOCS / "files.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader((line for line in file if line[0] != "#"), delimiter="\t"))
    for name in dict.fromkeys(row["file"] for row in rows):
        yield name, {row["field"] for row in rows if row["file"] == name} - NOT_ALWAYS


def fields(path: Path) -> set[str]:
    return set(next(read_lines(path)))
