import json
from pathlib import Path
from typing import Any

import pytest
from newsclaims.convert import ConvertError, restore

TEXT = "Juno Park, treasurer of Lund, resigned."


def back(items: list[Any], folder: Path) -> tuple[list[dict[str, Any]], list[str]]:
    (folder / "all.jsonl").write_text("".join(json.dumps(one) + "\n" for one in items))
    losses = restore(folder / "all.jsonl", "doccano", folder / "back.jsonl")
    lines = (folder / "back.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(one) for one in lines], losses


@pytest.mark.parametrize("name", ["label", "labels", "entities"])
def test_spans_are_read(name: str, tmp_path: Path) -> None:
    (gold,), losses = back(
        [{"id": 3, "text": TEXT, name: [[0, 9, "PERSON"], [24, 28, "LOC"]]}], tmp_path
    )
    assert (gold["article"]["id"], gold["text"]) == ("3", TEXT)
    assert (gold["people"][0]["name"], gold["places"][0]["name"]) == ("Juno Park", "Lund")
    assert gold["annotated"] == ["people.mentions", "places.mentions"]
    assert losses == []


def test_relations_make_roles(tmp_path: Path) -> None:
    spans = [(0, 9, "Person"), (11, 20, "Role"), (0, 9, "Holder"), (24, 28, "Body")]
    entities = [
        {"id": number, "start_offset": start, "end_offset": end, "label": label}
        for number, (start, end, label) in enumerate(spans, 50)
    ]
    relations = [
        {"id": number, "from_id": 51, "to_id": to, "type": name}
        for number, (to, name) in enumerate([(52, "Holder"), (53, "Body"), (50, "likes")])
    ]
    (gold,), losses = back([{"text": TEXT, "entities": entities, "relations": relations}], tmp_path)
    (role,) = gold["roles"]
    assert (role["person"], role["title"]["text"]) == ("person-1", "treasurer")
    assert role["organisation"]["text"] == "Lund"
    assert losses == ["all-1: relation likes from 51 to 50 is left out"]


def test_what_is_no_span_is_named_and_the_others_stay(tmp_path: Path) -> None:
    spans = [[0, 9, "Person"], [30, 99, "Place"], [1, 2], "sad", [0, 4, "Mood"]]
    (gold,), losses = back([{"id": 1, "text": TEXT, "label": spans, "Comments": ["?"]}], tmp_path)
    assert [row["name"] for row in gold["people"]] == ["Juno Park"]
    assert losses == [
        "1: Place 30:99 is left out: outside the text",
        "1: [1, 2] is left out: not a span with a label",
        "1: 'sad' is left out: not a span with a label",
        "1: 1 comment left out",
        "1: T5 Mood 'Juno' is left out: no label of ours",
    ]


def test_an_article_without_spans_is_gold_if_somebody_approved_it(tmp_path: Path) -> None:
    items = [
        {"id": 1, "text": "a", "label": []},
        {"id": 2, "text": "b", "label": [], "annotation_approver": "kim"},
    ]
    (gold,), losses = back(items, tmp_path)
    assert gold["article"]["id"] == "2"
    assert losses == ["1: the article is left out: nobody has annotated it"]


@pytest.mark.parametrize(
    "bad",
    ["{", "5", "[]", '{"text": 5}', '{"text": "a", "label": [[0, 1, "ORG"]], "relations": [1]}'],
)
def test_what_is_no_article_is_refused_with_its_line(bad: str, tmp_path: Path) -> None:
    (tmp_path / "all.jsonl").write_text('{"id": 1, "text": "a", "label": [[0, 1, "LOC"]]}\n' + bad)
    with pytest.raises(ConvertError, match=r"all\.jsonl, line 2: not "):
        restore(tmp_path / "all.jsonl", "doccano", tmp_path / "back.jsonl")
    assert not (tmp_path / "back.jsonl").exists()
