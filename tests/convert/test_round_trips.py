"""What a form holds comes back as it was, from any gold line."""

import json
import re
import tempfile
from pathlib import Path
from typing import Any

import pytest
from annotated import line, write
from convert_lines import Line, gold_lines
from hypothesis import given, settings
from newsclaims.convert import FORMS, ConvertError, convert, restore
from newsclaims.gold import check_gold

WHOLE = ["brat", "docbin", "label-studio", "web-annotation"]
TEXT = (
    "[[Ana Popescu|person-1]], mayor of [[Brno|place-1]], left on [[May 8|date DATE 2025-05-08]]."
)


def there_and_back(lines: list[Line], form: str, folder: Path) -> tuple[list[Line], list[str]]:
    gold = write(folder / "gold.jsonl", lines)
    losses = convert(gold, form, folder / "there")
    losses += restore(folder / "there", form, folder / "back.jsonl", gold)
    back = (folder / "back.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(one) for one in back], losses


@pytest.mark.parametrize("form", WHOLE)
@settings(max_examples=60)
@given(gold=gold_lines())
def test_a_gold_line_comes_back_as_it_was(form: str, gold: Line) -> None:
    with tempfile.TemporaryDirectory() as folder:
        back, losses = there_and_back([gold], form, Path(folder))
    assert back == [gold]
    assert losses == [] or form == "docbin"


@settings(max_examples=60)
@given(gold=gold_lines(layers=("people", "organisations", "places")))
def test_conll_holds_mentions_that_do_not_overlap(gold: Line) -> None:
    layers = "people", "organisations", "places"
    mentions = [
        (layer, span["start"], span["end"])
        for layer in layers
        for row in gold[layer]
        for span in row["mentions"]
    ]
    with tempfile.TemporaryDirectory() as folder:
        (back,), losses = there_and_back([gold], "conll", Path(folder))
    found = {
        (layer, row["mentions"][0]["start"], row["mentions"][0]["end"])
        for layer in layers
        for row in back[layer]
    }
    assert found <= set(mentions)
    said = re.search(r"(\d+) overlapping", " ".join(losses))
    assert len(found) == len(mentions) - (int(said[1]) if said else 0)


@pytest.mark.parametrize("form", WHOLE)
def test_many_articles_keep_their_order(form: str, tmp_path: Path) -> None:
    lines = [line(TEXT, id=name) for name in ("b", "a/c", "a c")]
    back, _ = there_and_back(lines, form, tmp_path)
    assert [one["article"]["id"] for one in back] == ["b", "a/c", "a c"]


@pytest.mark.parametrize("form", WHOLE)
def test_what_comes_back_is_valid_gold(form: str, tmp_path: Path) -> None:
    gold = [line(TEXT, roles=[("person-1", "mayor", "Brno")])]
    there_and_back(gold, form, tmp_path)
    errors = [f for f in check_gold(tmp_path / "back.jsonl") if f.severity == "error"]
    assert errors == []


def test_conll_tells_what_it_drops(tmp_path: Path) -> None:
    gold = write(tmp_path / "gold.jsonl", [line(TEXT, roles=[("person-1", "mayor", "Brno")])])
    assert convert(gold, "conll", tmp_path / "out") == ["a1: 1 date, 1 role left out"]
    with pytest.raises(ConvertError, match="--texts names the gold"):
        restore(tmp_path / "out", "conll", tmp_path / "back.jsonl")


def test_an_export_is_not_read_back(tmp_path: Path) -> None:
    for form in ("ftm", "timeml"):
        with pytest.raises(ConvertError, match="an export"):
            restore(tmp_path, form, tmp_path / "back.jsonl")


def test_doccano_is_not_written(tmp_path: Path) -> None:
    gold = write(tmp_path / "gold.jsonl", [line(TEXT)])
    with pytest.raises(ConvertError, match="doccano is read alone"):
        convert(gold, "doccano", tmp_path / "out")


def test_a_dataset_is_a_source_too(tmp_path: Path) -> None:
    record: dict[str, Any] = line(TEXT)
    article = {**record["article"], "text": record.pop("text")}
    del record["annotated"]
    write(tmp_path / "articles.jsonl", [article])
    write(tmp_path / "records.jsonl", [record])
    for name, form in FORMS.items():
        if form.write:
            convert(tmp_path, name, tmp_path / name)
    restore(tmp_path / "brat", "brat", tmp_path / "back.jsonl")
    back = json.loads((tmp_path / "back.jsonl").read_text())
    assert back["people"] == record["people"]
    assert back["annotated"] == ["people.mentions", "places.mentions", "dates"]


def test_an_article_without_text_is_refused(tmp_path: Path) -> None:
    bare = line(TEXT)
    del bare["text"]
    gold = write(tmp_path / "gold.jsonl", [bare])
    with pytest.raises(ConvertError, match="article a1 has no text here"):
        convert(gold, "brat", tmp_path / "out")
