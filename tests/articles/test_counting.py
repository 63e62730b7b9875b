import csv
import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from newsclaims.articles import counting, read_articles
from newsclaims.articles.counting import count_articles
from newsclaims.records import Article

ROWS = [{"id": f"a{number}", "text": f'Line one.\nLine "two", {number}.'} for number in range(7)]


def jsonl(path: Path) -> None:
    path.write_text("\n".join(map(json.dumps, ROWS)))


def csv_table(path: Path) -> None:
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, ["id", "text"])
        writer.writeheader()
        writer.writerows(ROWS)


def parquet(path: Path) -> None:
    pd.DataFrame(ROWS).to_parquet(path)


def tsv(path: Path) -> None:
    pd.DataFrame(ROWS).to_csv(path, sep="\t", index=False)


def folder(path: Path) -> None:
    (path / "sub" / ".hidden").mkdir(parents=True)
    for number in range(7):
        (path / "sub" / f"{number}.txt").write_text("Text.")
    (path / "sub" / ".hidden" / "x.txt").write_text("Text.")
    (path / "sub" / "table.bin").write_text("Text.")


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("in.jsonl", jsonl),
        ("in.csv", csv_table),
        ("in.tsv", tsv),
        ("in.parquet", parquet),
        ("in", folder),
    ],
)
@pytest.mark.parametrize("block", [5, 1 << 20])
def test_the_count_is_that_of_the_articles_read(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    write: Callable[[Path], None],
    block: int,
) -> None:
    monkeypatch.setattr(counting, "_BLOCK", block)
    path = tmp_path / name
    write(path)
    read = [item for item in read_articles(path, any_language=True) if isinstance(item, Article)]
    assert count_articles([path]) == len(read) == 7
    assert count_articles([str(path), path]) == 14


def test_what_would_have_to_be_unpacked_is_not_counted(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "in.jsonl.gz", "wb") as file:
        file.write(b"{}\n")
    jsonl(tmp_path / "in.jsonl")
    assert count_articles([tmp_path / "in.jsonl", tmp_path / "in.jsonl.gz"]) is None
    assert count_articles(["-"]) is None
    (tmp_path / "in.json").write_text(json.dumps(ROWS))
    assert count_articles([tmp_path / "in.json"]) is None
    assert count_articles([tmp_path / "none.jsonl"]) is None
    (tmp_path / "broken.parquet").write_text("no")
    assert count_articles([tmp_path / "broken.parquet"]) is None


def test_one_document_is_one_article(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("")
    assert count_articles([tmp_path / "a.txt"]) == 1
