import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from annotated import line, write
from newsclaims import ArticleRecord
from newsclaims.convert import convert
from newsclaims.convert.timeml import to_timeml

TEXT = 'He said "AT&T <fell>" on May 8,\r\nor\x0b  Friday, \U0001f600 not on February 30.'


@pytest.fixture
def record(extract: Callable[..., ArticleRecord]) -> dict[str, Any]:
    article = extract(TEXT, published="2025-06-18T09:00:00Z", title="Falls & rises")
    written: dict[str, Any] = article.model_dump(mode="json")
    return written


def parsed(record: dict[str, Any]) -> ElementTree.Element:
    return ElementTree.fromstring(to_timeml(record, TEXT))  # noqa: S314  # made by ourselves


def test_the_text_of_a_document_is_that_of_the_article(record: dict[str, Any]) -> None:
    root = parsed(record)
    text = root.find("TEXT")
    assert text is not None
    assert "".join(text.itertext()) == TEXT.replace("\x0b", " ")


def test_each_date_is_a_timex(record: dict[str, Any]) -> None:
    root = parsed(record)
    dates = [
        (timex.text, timex.get("tid"), timex.get("value"), timex.get("anchorTimeID"))
        for timex in root.iterfind("TEXT/TIMEX3")
    ]
    assert dates == [
        ("May 8", "t1", "2025-05-08", "t0"),
        ("Friday", "t2", "2025-06-13", "t0"),
        ("February 30", "t3", "", None),
    ]


def test_the_publication_date_is_the_creation_time(record: dict[str, Any]) -> None:
    created = parsed(record).find("DCT/TIMEX3")
    assert created is not None
    assert (created.get("value"), created.get("functionInDocument")) == (
        "2025-06-18",
        "CREATION_TIME",
    )


def test_a_dataset_becomes_a_folder_of_documents(record: dict[str, Any], tmp_path: Path) -> None:
    names = ("a/b", "a b")
    heads = [{**record, "article": {**record["article"], "id": name}} for name in names]
    write(tmp_path / "articles.jsonl", [{"id": name, "text": TEXT} for name in names])
    write(tmp_path / "records.jsonl", heads)
    losses = convert(tmp_path, "timeml", tmp_path / "tml")
    assert losses == [f"{name}: 1 organisation, 1 statement left out" for name in names]
    files = sorted((tmp_path / "tml").rglob("*.tml"))
    assert [file.relative_to(tmp_path / "tml").as_posix() for file in files] == [
        "a/b.tml",
        "a_b.tml",
    ]


def test_of_two_dates_that_overlap_one_is_left_out_and_named(tmp_path: Path) -> None:
    gold = line("Open on [[May 8|date DATE 2025-05-08]] 2025.")
    longer = {"start": 8, "end": 18, "text": "May 8 2025"}
    gold["dates"].append({**gold["dates"][0], "id": "date-2", "span": longer})
    losses = convert(write(tmp_path / "gold.jsonl", [gold]), "timeml", tmp_path / "tml")
    assert losses == ["a1: 1 overlapping date left out"]
    assert (tmp_path / "tml" / "a1.tml").read_text().count("May 8") == 1
