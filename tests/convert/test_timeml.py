import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from annotated import write
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
    assert convert(tmp_path, "timeml", tmp_path / "tml") == []
    assert sorted(path.name for path in (tmp_path / "tml").iterdir()) == ["a_b-2.tml", "a_b.tml"]
