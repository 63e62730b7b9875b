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


def test_one_shifted_region_is_left_out_and_named(
    tasks: list[dict[str, Any]], tmp_path: Path
) -> None:
    tasks[0]["annotations"][0]["result"][0]["value"] |= {"start": 3, "end": 14}
    gold, losses = back(tasks, tmp_path)
    assert gold["people"] == []
    assert losses[0].startswith("a1: labels T1 is left out: characters 3:14 are 'na Popescu,', not")
    assert "count UTF-16 code units" in losses[0]


def test_a_task_whose_offsets_all_count_utf_16_is_read(
    tasks: list[dict[str, Any]], tmp_path: Path
) -> None:
    for item in tasks[0]["annotations"][0]["result"]:
        if "value" in item:
            item["value"]["start"] += 1
            item["value"]["end"] += 1
    gold, losses = back(tasks, tmp_path)
    assert (gold["people"][0]["name"], gold["places"][0]["name"]) == ("Ana Popescu", "Brno")
    assert losses == []


WORDS = "Edda Voss left Turku."


def fresh(*annotations: Any, **fields: Any) -> dict[str, Any]:
    return {"id": 5, "data": {"text": WORDS}, "annotations": list(annotations), **fields}


def lines_of(tasks: Any, folder: Path) -> tuple[list[dict[str, Any]], list[str]]:
    (folder / "tasks.json").write_text(json.dumps(tasks), encoding="utf-16")
    losses = restore(folder / "tasks.json", "label-studio", folder / "back.jsonl")
    lines = (folder / "back.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(one) for one in lines], losses


@pytest.mark.parametrize(
    ("task", "why"),
    [
        (fresh(), "nobody has annotated it"),
        (fresh({"was_cancelled": True, "result": []}), "it was skipped"),
        (fresh({"result": []}, was_cancelled=True), "it was skipped"),
        (fresh({"skipped": True, "result": []}), "it was skipped"),
        (fresh(drafts=[{"result": []}]), "it has a draft alone"),
        (fresh(predictions=[{"result": []}]), "it has predictions alone"),
        ({"id": 5, "text": WORDS}, "nobody has annotated it"),
    ],
)
def test_a_task_that_nobody_submitted_is_no_gold(task: Any, why: str, tmp_path: Path) -> None:
    assert lines_of([task], tmp_path) == ([], [f"5: the task is left out: {why}"])


@pytest.mark.parametrize("task", [fresh({"result": []}), {"id": 5, "text": WORDS, "annotator": 1}])
def test_an_empty_result_that_was_submitted_is_gold(task: Any, tmp_path: Path) -> None:
    (gold,), losses = lines_of([task], tmp_path)
    assert (gold["text"], gold["people"], losses) == (WORDS, [], [])


def test_of_several_annotations_the_ground_truth_counts(tmp_path: Path) -> None:
    name = {"value": {"start": 0, "end": 9, "labels": ["Person"]}}
    task = fresh({"result": [name], "ground_truth": True}, {"result": []})
    (gold,), losses = lines_of([task], tmp_path)
    assert len(gold["people"]) == 1
    assert losses == [
        "5: 1 annotation left out: of several, the one marked as ground truth is read"
    ]


@pytest.mark.parametrize(
    "value",
    [
        {"start": 15, "end": 20, "text": "Turku", "hypertextlabels": ["Place"]},
        {"start": 15, "end": 20, "paragraphlabels": ["Place"]},
        {"start": "15", "end": "20", "labels": ["LOC"]},
        {
            "start": "/p[1]/text()[1]",
            "end": "/p[1]/text()[1]",
            "startOffset": 3,
            "endOffset": 8,
            "globalOffsets": {"start": 15, "end": 20},
            "hypertextlabels": ["Place"],
        },
        {"start": "0", "end": "0", "startOffset": 15, "endOffset": 20, "paragraphlabels": ["GPE"]},
        {
            "start": "/text()[1]",
            "end": "/text()[1]",
            "startOffset": 15,
            "endOffset": 20,
            "labels": ["Place"],
        },
    ],
)
def test_regions_of_all_kinds_are_read(value: Any, tmp_path: Path) -> None:
    for task in (fresh({"result": [{"value": value}]}), {"id": 5, "text": WORDS, "label": [value]}):
        (gold,), losses = lines_of([task], tmp_path)
        assert gold["places"][0]["mentions"] == [{"start": 15, "end": 20, "text": "Turku"}]
        assert losses == []


@pytest.mark.parametrize(
    ("item", "why"),
    [
        ({"value": {"start": 0, "end": 4, "labels": []}}, "it has no label"),
        ({"value": {"start": 15, "end": 99, "labels": ["Place"]}}, "15:99 lies outside the text"),
        (
            {"value": {"start": 14, "end": 19, "text": "Turku", "labels": ["Place"]}},
            "shifted by -1",
        ),
        (
            {"value": {"choices": ["good"]}, "type": "choices"},
            "choices b is left out: it has no off",
        ),
        ({"value": {"x": 1, "rectanglelabels": ["Place"]}}, "it has no offsets in the text"),
        ({"type": "labels"}, "it has no value"),
    ],
)
def test_one_bad_region_is_named_and_the_others_stay(item: Any, why: str, tmp_path: Path) -> None:
    good = {"id": "a", "value": {"start": 0, "end": 9, "labels": ["Person"]}}
    (gold,), (loss,) = lines_of([fresh({"result": [{"id": "b", **item}, good]})], tmp_path)
    assert why in loss
    assert [row["name"] for row in gold["people"]] == ["Edda Voss"]


@pytest.mark.parametrize("direction", ["left", "bi"])
def test_a_relation_is_read_from_its_other_end(
    direction: str, tasks: list[dict[str, Any]], tmp_path: Path
) -> None:
    before, _ = back(tasks, tmp_path)
    for item in tasks[0]["annotations"][0]["result"]:
        if "from_id" in item:
            item |= {"from_id": item["to_id"], "to_id": item["from_id"], "direction": direction}
    after, losses = back(tasks, tmp_path)
    assert (after["roles"], losses) == (before["roles"], [])
    assert after["roles"][0]["organisation"]["text"] == "Brno"


def test_names_of_two_kinds_are_never_one_row(tmp_path: Path) -> None:
    result = [
        {"id": "a", "value": {"start": 0, "end": 9, "labels": ["Person"]}},
        {"id": "b", "value": {"start": 15, "end": 20, "labels": ["Place"]}},
        {"type": "relation", "from_id": "a", "to_id": "b", "labels": ["Same"]},
    ]
    (gold,), losses = lines_of([fresh({"result": result})], tmp_path)
    assert (len(gold["people"]), len(gold["places"])) == (1, 1)
    assert losses == ["5: the group of a and b is left out"]


def test_a_text_of_another_name_is_known_by_the_words_of_its_regions(tmp_path: Path) -> None:
    value = {"start": 0, "end": 9, "text": "Edda Voss", "labels": ["Person"]}
    task = {"id": 5, "data": {"body": WORDS, "desk": "north"}}
    (gold,), _ = lines_of([{**task, "annotations": [{"result": [{"value": value}]}]}], tmp_path)
    assert gold["text"] == WORDS


def test_an_article_that_is_given_twice_counts_once(tmp_path: Path) -> None:
    name = {"start": 0, "end": 9, "labels": ["Person"]}
    items = [{"id": 5, "text": WORDS, "annotator": 1}, {"id": 5, "text": WORDS, "label": [name]}]
    (gold,), losses = lines_of(items, tmp_path)
    assert (len(gold["people"]), losses) == (
        1,
        ["5: one of two annotations left out: the last is read"],
    )


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
    "broken",
    [
        {},
        [1],
        [{"data": {}, "annotations": [{"result": []}]}],
        [{"data": {"text": "a"}, "annotations": [{}]}],
    ],
)
def test_what_is_no_task_is_refused(broken: Any, tmp_path: Path) -> None:
    with pytest.raises(ConvertError, match="not a"):
        back(broken, tmp_path)
