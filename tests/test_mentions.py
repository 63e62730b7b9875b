import json
from pathlib import Path

import pytest
from newsclaims import Article, Pipeline
from newsclaims.errors import UsageError
from newsclaims.extract.finds import Kind, Name
from newsclaims.mentions import read_mentions

TEXT = "Ana Popescu of Riga met Ion Rusu, mayor of Oslo, at Xyzzy."


@pytest.fixture
def gold(tmp_path: Path, pipeline: Pipeline) -> Path:
    line = pipeline.extract(Article(id="a", text=TEXT)).model_dump(mode="json")
    start = TEXT.index("Xyzzy")
    mention = {"start": start, "end": start + 5, "text": "Xyzzy"}
    line["places"] = [{"id": "place-1", "name": "Xyzzy", "mentions": [mention]}]
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(line | {"annotated": ["places.mentions"]}) + "\n", encoding="utf-8")
    return path


def test_given_mentions_stand_for_those_of_the_rooms(gold: Path) -> None:
    given = Pipeline(mentions=read_mentions(gold).by_text)
    record = given.extract(Article(id="a", text=TEXT))
    assert [(row.name, row.mentions[0].rule) for row in record.places] == [("Xyzzy", "given")]
    assert [row.name for row in record.people] == ["Ana Popescu", "Ion Rusu"]
    other = given.extract(Article(id="b", text=TEXT + " Again."))
    assert [row.name for row in other.places] == ["Riga", "Oslo"]


def test_a_given_mention_takes_the_place_of_what_overlaps_it(gold: Path) -> None:
    line = json.loads(gold.read_text(encoding="utf-8"))
    line["places"][0]["mentions"] = [{"start": 0, "end": 3, "text": "Ana"}]
    gold.write_text(json.dumps(line), encoding="utf-8")
    record = Pipeline(mentions=read_mentions(gold).by_text).extract(Article(id="a", text=TEXT))
    assert [row.name for row in record.people] == ["Ion Rusu"]


def test_what_is_no_gold_file_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"article": {"text_sha256": "0"}, "annotated": []}\n{}\n')
    with pytest.raises(UsageError, match=r"gold.jsonl, line 2: no line of a gold file"):
        read_mentions(path)
    path.write_bytes(b'{"article": {"text_sha256": "\xe9"}, "annotated": []}\n')
    with pytest.raises(UsageError, match=r"gold.jsonl, line 1: no line of a gold file"):
        read_mentions(path)


def test_given_mentions_of_a_spoiled_text_count_its_raw_characters() -> None:
    text = "<p>The mayor of Xyz\u00adzy <b>resigned</b>.</p>"
    article = Article(id="a", text=text)
    start, end = text.index("Xyz"), text.index(" <b>")
    tag = text.index("<b>")
    names = [Name(start, end, Kind.PLACE, "given"), Name(tag, tag + 3, Kind.PLACE, "given")]
    given = Pipeline(mentions={article.text_sha256: {Kind.PLACE: names}})
    (row,) = given.extract(article).places
    assert row.name == "Xyzzy"
    assert [(span.start, span.end) for span in row.mentions] == [(start, end)]
