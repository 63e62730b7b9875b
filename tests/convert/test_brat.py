"""What brat shows of gold, and what edits in brat do to it."""

import json
from pathlib import Path
from typing import Any

import pytest
from annotated import line, write
from newsclaims.convert import ConvertError, convert, restore
from newsclaims.records import row_key

MARKED = (
    "[[Ana Popescu|person-1]] left [[Brno|place-1]] on [[May 8|date DATE 2025-05-08]], "
    "said Popescu."
)


@pytest.fixture
def ann(tmp_path: Path) -> Path:
    """The annotations of one article, as written for brat."""
    gold = line(MARKED, roles=[("person-1", "May", "Brno", "former")])
    gold["roles"][0]["holder"] = gold["people"][0]["mentions"][0]
    gold["statements"] = [
        {
            "id": "statement-1",
            "speaker": "person-1",
            "source": None,
            "content": [
                {"start": 0, "end": 3, "text": "Ana"},
                {"start": 17, "end": 21, "text": "Brno"},
            ],
        }
    ]
    gold["statements"][0]["content"][1] = {"start": 18, "end": 22, "text": gold["text"][18:22]}
    convert(write(tmp_path / "gold.jsonl", [gold]), "brat", tmp_path / "brat")
    return tmp_path / "brat" / "a1.ann"


def back(ann: Path) -> tuple[dict[str, Any], list[str]]:
    losses = restore(ann.parent, "brat", ann.parent / "back.jsonl")
    return json.loads((ann.parent / "back.jsonl").read_text()), losses


def test_spans_events_and_attributes_are_brats_own(ann: Path) -> None:
    lines = ann.read_text().splitlines()
    assert "T1\tPerson 0 11\tAna Popescu" in lines
    assert "A1\tType T3 DATE" in lines
    assert any(one.startswith("E1\tRole:T5 Holder:T4") for one in lines)
    assert any(one.startswith("E2\tStatement:T") and " Content2:T" in one for one in lines)
    assert "Status-cue?" in (ann.parent / "annotation.conf").read_text()


def test_a_name_added_in_brat_is_a_row_of_its_own(ann: Path) -> None:
    ann.write_text(ann.read_text() + "T90\tPerson 37 44\tPopescu\n")
    gold, losses = back(ann)
    assert losses == []
    assert gold["people"][1] == {
        "id": "person-2",
        "name": "Popescu",
        "mentions": [{"start": 37, "end": 44, "text": "Popescu"}],
    }


def test_a_name_joined_in_brat_is_a_mention_of_the_row(ann: Path) -> None:
    for joint in ("*\tEquiv T1 T90", "R90\tSame Arg1:T1 Arg2:T90"):
        ann.write_text(ann.read_text() + f"T90\tPerson 37 44\tPopescu\n{joint}\n")
        (person,) = back(ann)[0]["people"]
        assert [mention["start"] for mention in person["mentions"]] == [0, 37]
        ann.write_text("\n".join(ann.read_text().splitlines()[:-2]) + "\n")


def test_a_date_deleted_in_brat_is_gone_and_said_to_be(ann: Path) -> None:
    kept = [one for one in ann.read_text().splitlines() if not one.startswith("T3\t")]
    ann.write_text("\n".join(kept) + "\n")
    gold, _ = back(ann)
    assert gold["dates"] == []


def test_a_role_made_in_brat_finds_its_person(ann: Path) -> None:
    added = "T90\tRole 12 16\tleft\nT91\tHolder 4 11\tPopescu\nE90\tRole:T90 Holder:T91\n"
    ann.write_text(ann.read_text() + added)
    gold, losses = back(ann)
    assert (gold["roles"][1]["person"], gold["roles"][1]["title"]["text"]) == ("person-1", "left")
    assert losses == []
    ann.write_text(ann.read_text().replace("E90\tRole:T90 Holder:T91", "E90\tRole:T90"))
    gold, losses = back(ann)
    assert len(gold["roles"]) == 1
    assert any("it has no person" in loss for loss in losses)


def test_a_moved_name_is_called_by_its_new_words_and_has_a_new_key(tmp_path: Path) -> None:
    gold = line(MARKED)
    digest = gold["article"]["text_sha256"]
    gold["people"][0]["key"] = row_key(digest, "person", ["Ana Popescu", [[0, 11]]])
    convert(write(tmp_path / "gold.jsonl", [gold]), "brat", tmp_path / "brat")
    ann = tmp_path / "brat" / "a1.ann"
    ann.write_text(ann.read_text().replace("Person 0 11\tAna Popescu", "Person 0 3\tAna"))
    (person,) = back(ann)[0]["people"]
    assert person["mentions"] == [{"start": 0, "end": 3, "text": "Ana"}]
    assert person["name"] == "Ana"
    assert person["key"] == row_key(digest, "person", ["Ana", [[0, 3]]])


def test_words_that_are_not_at_their_offsets_are_refused(ann: Path) -> None:
    ann.write_text(ann.read_text().replace("Person 0 11", "Person 1 12"))
    with pytest.raises(ConvertError, match=r"line 1: T1: .*shifted by 1"):
        back(ann)


@pytest.mark.parametrize(
    "bad", ["T90 Person 0 3 Ana", "X1\tfoo bar", "T90\tPerson a b\tAna", "E9\tx"]
)
def test_a_line_that_is_no_standoff_is_refused(ann: Path, bad: str) -> None:
    ann.write_text(ann.read_text() + bad + "\n")
    with pytest.raises(ConvertError, match="not brat standoff"):
        back(ann)


def test_folders_of_other_origin_are_read(tmp_path: Path) -> None:
    (tmp_path / "n1.txt").write_text("Ana left Brno.")
    (tmp_path / "n1.ann").write_text(
        "T1\tPerson 0 3\tAna\nT2\tDisease 9 13\tBrno\nR1\tCauses Arg1:T1 Arg2:T2\n"
        "T3\tPlace 0 3;9 13\tAna Brno\n#1\tAnnotatorNotes T1\tby hand\nN1\tReference T1 x:1\tAna\n"
    )
    losses = restore(tmp_path, "brat", tmp_path / "back.jsonl")
    gold = json.loads((tmp_path / "back.jsonl").read_text())
    assert (gold["article"]["id"], gold["annotated"]) == (
        "n1",
        ["people.mentions", "places.mentions"],
    )
    assert [row["name"] for row in gold["people"]] == ["Ana"]
    assert [loss.split(": ", 1)[1].split(" ")[0] for loss in losses] == ["relation", "T3", "T2"]


def test_a_span_that_ends_with_a_line_end_is_cut_and_named(tmp_path: Path) -> None:
    gold = line("[[Ana\n|person-1]] left.")
    losses = convert(write(tmp_path / "gold.jsonl", [gold]), "brat", tmp_path / "brat")
    assert losses == ["a1: Person 0:4 begins or ends with a line end, which is cut"]
    assert "T1\tPerson 0 3\tAna\n" in (tmp_path / "brat" / "a1.ann").read_text()
