import json
from pathlib import Path
from typing import Any

import pytest
from annotated import line, write
from newsclaims.convert import ConvertError, convert, restore

MARKED = "😀 [[Ana Popescu|person-1]], mayor, left [[Brno|place-1]]."


@pytest.fixture
def tasks(tmp_path: Path) -> list[dict[str, Any]]:
    gold = line(MARKED, roles=[("person-1", "mayor", "Brno")])
    convert(write(tmp_path / "gold.jsonl", [gold]), "label-studio", tmp_path / "tasks.json")
    made: list[dict[str, Any]] = json.loads((tmp_path / "tasks.json").read_text(encoding="utf-8"))
    return made


def back(tasks: Any, folder: Path) -> tuple[dict[str, Any], list[str]]:
    (folder / "tasks.json").write_text(json.dumps(tasks))
    losses = restore(folder / "tasks.json", "label-studio", folder / "back.jsonl")
    return json.loads((folder / "back.jsonl").read_text(encoding="utf-8")), losses


def test_a_region_counts_code_points(tasks: list[dict[str, Any]], tmp_path: Path) -> None:
    value = tasks[0]["annotations"][0]["result"][0]["value"]
    assert value == {"start": 2, "end": 13, "text": "Ana Popescu", "labels": ["Person"]}
    assert '<Label value="Status-cue"/>' in (tmp_path / "tasks.xml").read_text()


def test_utf_16_offsets_are_named(tasks: list[dict[str, Any]], tmp_path: Path) -> None:
    tasks[0]["annotations"][0]["result"][0]["value"] |= {"start": 3, "end": 14}
    with pytest.raises(ConvertError, match=r"task 1: T1: .*UTF-16"):
        back(tasks, tmp_path)


def test_edits_are_taken(tasks: list[dict[str, Any]], tmp_path: Path) -> None:
    result = tasks[0]["annotations"][0]["result"]
    place = next(item for item in result if item.get("value", {}).get("labels") == ["Place"])
    place["value"]["labels"] = ["Organisation"]
    new = {"start": 2, "end": 5, "text": "Ana", "labels": ["Person"]}
    result.append({"id": "x", "type": "labels", "value": new})
    result.append({"type": "relation", "from_id": "T1", "to_id": "x", "labels": ["Same"]})
    gold, losses = back(tasks, tmp_path)
    assert [row["name"] for row in gold["organisations"]] == ["Brno"]
    assert [mention["text"] for mention in gold["people"][0]["mentions"]] == ["Ana Popescu", "Ana"]
    assert losses == []


def test_a_relation_without_meaning_is_named(tasks: list[dict[str, Any]], tmp_path: Path) -> None:
    relation = {"type": "relation", "from_id": "T1", "to_id": "T2", "labels": ["likes"]}
    tasks[0]["annotations"][0]["result"].append(relation)
    assert back(tasks, tmp_path)[1] == ["a1: relation likes from T1 to T2 is left out"]


def test_the_last_annotation_that_was_not_cancelled_counts(
    tasks: list[dict[str, Any]], tmp_path: Path
) -> None:
    tasks[0]["annotations"] += [{"result": []}, {"result": [], "was_cancelled": True}]
    assert back(tasks, tmp_path)[0]["people"] == []


def test_tasks_of_other_origin_are_read(tmp_path: Path) -> None:
    value = {"start": 0, "end": 3, "labels": ["Person"]}
    task = {
        "id": 7,
        "data": {"text": "Ana left."},
        "annotations": [{"result": [{"id": "r", "type": "labels", "value": value}]}],
    }
    gold, _ = back([task], tmp_path)
    assert (gold["article"]["id"], gold["annotated"]) == ("7", ["people.mentions"])


@pytest.mark.parametrize(
    "broken", [{}, [1], [{"data": {}}], [{"data": {"text": "a"}, "annotations": [{}]}]]
)
def test_what_is_no_task_is_refused(broken: Any, tmp_path: Path) -> None:
    with pytest.raises(ConvertError, match="not a"):
        back(broken, tmp_path)
