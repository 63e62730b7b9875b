"""Files as programs make them: each gives the same articles and the same words about the rest."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from newsclaims.articles import read_articles
from newsclaims.articles.counting import count_articles
from newsclaims.records import InputError

FIXTURES = Path(__file__).parent / "fixtures"
NO_INPUT = {"README.md", "make.py", "make.sh"}
FILES = sorted(path.name for path in FIXTURES.iterdir() if path.is_file())
INPUTS = [name for name in FILES if name not in NO_INPUT]
COLUMNS = {"xlsxwriter.xlsx": {"text": "body"}}


def read(*inputs: str, **options: Any) -> Iterator[dict[str, Any]]:
    for item in read_articles(inputs, **options):
        kind = "problem" if isinstance(item, InputError) else "article"
        yield {kind: item.model_dump(exclude_defaults=True)}


@pytest.mark.parametrize("name", INPUTS)
def test_a_file_gives_what_it_gave(name, monkeypatch, data_regression):
    monkeypatch.chdir(FIXTURES)
    data_regression.check(list(read(name, columns=COLUMNS.get(name))))


def test_the_guide_names_each_file():
    guide = (FIXTURES / "README.md").read_text(encoding="utf-8")
    assert [name for name in INPUTS if f"`{name}`" not in guide] == []


def test_a_file_says_the_same_in_a_folder_and_in_an_archive(tmp_path, monkeypatch):
    """But for tables, which a folder leaves out, and files whose ids would clash."""
    from zipfile import ZipFile

    names = [name for name in INPUTS if Path(name).suffix not in {".xlsx", ".zip", ".atom"}]
    monkeypatch.chdir(tmp_path)
    for name in names:
        path = tmp_path / "news" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes((FIXTURES / name).read_bytes())
    with ZipFile("news.zip", "w") as archive:
        for name in reversed(names):
            archive.write(f"news/{name}", name)
    alone = [item for name in names for item in read(f"news/{name}")]
    assert list(read("news")) == alone
    inside = list(read("news.zip"))
    for item in inside:
        if "problem" in item:
            item["problem"]["input"] = item["problem"]["input"].replace("news.zip/", "news/")
    assert inside == alone


def test_what_must_be_parsed_is_not_counted_before():
    assert count_articles([FIXTURES / "writer.docx", FIXTURES / "pdftotext.txt"]) == 2
    for name in ("feedgen.rss", "wget.warc.gz", "news.zip", "calc.xlsx", "html.eml"):
        assert count_articles([FIXTURES / name]) is None
    assert count_articles([FIXTURES]) is None
