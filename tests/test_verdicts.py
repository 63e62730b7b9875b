from pathlib import Path
from typing import Any

import pytest
from newsclaims.dataset import Form, read_entries, read_lines, write_dataset
from newsclaims.errors import UsageError
from newsclaims.verdicts import (
    HISTORY,
    VERDICTS,
    MendError,
    apply_verdicts,
    describe,
    read_verdicts,
)
from newsclaims.verify import verify

from tests.annotated import line, write
from tests.datasets import make_dataset, rows_of
from tests.traps import entry

LINES = [
    line(
        "Finance Minister [[Ana Popescu|person-1]] met [[Ion Rusu|person-2]] in [[Oslo|place-1]] "
        "on [[Tuesday|date DATE 2024-05-07]]. [[Popescu|person-1]] said that talks went well.",
        roles=[
            ("person-1", "Finance Minister"),
            ("person-2", "met"),
        ],
        statements=[("Popescu", ["that talks went well"], "person-1")],
        rule="first-rule",
    ),
    line("[[Lars Berg|person-1]] stayed in [[Bergen|place-1]].", id="a2", rule="second-rule"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_dataset(tmp_path / "out", LINES)


def judge(folder: Path, *lines: dict[str, Any]) -> Path:
    """A file of verdicts; a row is named as in ``a1 person-1``."""
    rows = rows_of(folder)
    return write(
        folder.parent / "verdicts.jsonl",
        [
            {"key": rows[line["key"]]["key"] if line["key"] in rows else line["key"]}
            | {name: value for name, value in line.items() if name != "key"}
            for line in lines
        ],
    )


def test_a_wrong_row_is_dropped_with_what_hangs_on_it(folder: Path) -> None:
    before = rows_of(folder)
    applied = apply_verdicts(folder, judge(folder, {"key": "a1 person-1", "verdict": "wrong"}))
    rows = rows_of(folder)
    assert rows["a1 person-1"]["name"] == "Ion Rusu", "ids are counted anew"
    assert rows["a1 person-1"]["key"] == before["a1 person-2"]["key"]
    assert rows["a1 role-1"]["title"]["text"] == "met"
    assert rows["a1 role-1"]["person"] == "person-1"
    assert "a1 role-2" not in rows
    assert rows["a1 statement-1"]["speaker"] is None
    assert applied.changes == {"dropped": 1, "followed": 2}
    assert verify(folder) == []


def test_a_right_or_unsure_row_stays_as_it_is(folder: Path) -> None:
    before = (folder / "records.jsonl").read_bytes()
    apply_verdicts(
        folder,
        judge(
            folder,
            {"key": "a1 person-1", "verdict": "right"},
            {"key": "a1 person-2", "verdict": "unsure", "note": "who?"},
        ),
    )
    assert (folder / "records.jsonl").read_bytes() == before
    assert verify(folder) == []


def test_a_row_is_corrected(folder: Path) -> None:
    old = rows_of(folder)["a1 role-1"]
    correct = {"status": "former", "title": {"start": 8, "end": 16}}
    applied = apply_verdicts(
        folder, judge(folder, {"key": "a1 role-1", "verdict": "wrong", "correct": correct})
    )
    row = rows_of(folder)["a1 role-1"]
    assert (row["status"], row["title"]["text"]) == ("former", "Minister")
    assert row["key"] != old["key"]
    assert applied.changes == {"corrected": 1}
    assert verify(folder) == []


def test_history_holds_each_row_before_and_after(folder: Path) -> None:
    rows = rows_of(folder)
    verdict = {"verdict": "wrong", "correct": {"status": "former"}, "note": "left in May"}
    apply_verdicts(
        folder,
        judge(folder, {"key": "a1 person-2", "verdict": "wrong"}, {"key": "a1 role-1"} | verdict),
    )
    (line,) = read_lines(folder / HISTORY)
    changes = {(one["layer"], one["change"]): one for one in line["changes"]}
    assert changes["people", "dropped"]["before"] == rows["a1 person-2"]
    assert changes["people", "dropped"]["after"] is None
    assert changes["roles", "corrected"]["before"]["status"] == "current"
    assert changes["roles", "corrected"]["after"]["status"] == "former"
    assert changes["roles", "corrected"]["note"] == "left in May"
    assert changes["roles", "followed"]["before"]["title"]["text"] == "met"
    assert line["record"]["people"] == [rows["a1 person-1"], rows["a1 person-2"]]


def test_applying_twice_is_applying_once(folder: Path) -> None:
    file = judge(folder, {"key": "a1 person-1", "verdict": "wrong"})
    apply_verdicts(folder, file)
    once = {path.name: path.read_bytes() for path in folder.iterdir()}
    apply_verdicts(folder, file)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == once


def test_a_verdict_taken_back_brings_the_row_back(folder: Path) -> None:
    before = (folder / "records.jsonl").read_bytes()
    file = judge(folder, {"key": "a1 person-1", "verdict": "wrong"})
    back = write(folder.parent / "back.jsonl", [{**next(read_lines(file)), "verdict": None}])
    apply_verdicts(folder, file)
    assert (folder / "records.jsonl").read_bytes() != before
    apply_verdicts(folder, back)
    assert (folder / "records.jsonl").read_bytes() == before
    assert (folder / VERDICTS).read_text() == ""
    assert verify(folder) == []


def test_a_verdict_on_a_corrected_row_adds_to_the_correction(folder: Path) -> None:
    first = {"key": "a1 role-1", "verdict": "wrong", "correct": {"status": "former"}}
    apply_verdicts(folder, judge(folder, first))
    second = {"key": "a1 role-1", "correct": {"title": {"start": 8, "end": 16}}}
    apply_verdicts(folder, judge(folder, second))
    row = rows_of(folder)["a1 role-1"]
    assert (row["status"], row["title"]["text"]) == ("former", "Minister")
    apply_verdicts(folder, judge(folder, {"key": "a1 role-1", "verdict": "right"}))
    assert rows_of(folder)["a1 role-1"] == row
    apply_verdicts(folder, judge(folder, {"key": "a1 role-1", "verdict": "wrong"}))
    assert rows_of(folder)["a1 role-1"]["title"]["text"] == "met", "now it is dropped"
    assert verify(folder) == []


def test_verdicts_survive_a_rerun_where_the_row_is_unchanged(folder: Path) -> None:
    lines = [{"key": "a1 person-2", "verdict": "wrong"}, {"key": "a2 place-1", "verdict": "right"}]
    apply_verdicts(folder, judge(folder, *lines))
    changed = line("[[Lars Berg|person-1]] stayed in [[Bergen|place-1]] again.", id="a2")
    make_dataset(folder, [LINES[0], changed])
    assert "a1 person-2" in rows_of(folder), "a run writes what it finds"
    assert verify(folder) == []
    applied = apply_verdicts(folder)
    assert "a1 person-2" not in rows_of(folder)
    assert [verdict.verdict for verdict in applied.stale] == ["right"]
    assert len((folder / VERDICTS).read_text().splitlines()) == 2, "a stale verdict is kept"
    assert verify(folder) == []


def test_other_articles_keep_their_bytes(folder: Path) -> None:
    before = (folder / "records.jsonl").read_text().splitlines()
    apply_verdicts(folder, judge(folder, {"key": "a1 date-1", "verdict": "wrong"}))
    after = (folder / "records.jsonl").read_text().splitlines()
    assert after[1] == before[1]
    assert after[0] != before[0]


def test_references_to_a_dropped_date_go(tmp_path: Path) -> None:
    marked = "[[June 1|date DATE 2024-06-01]] came, and [[a day later|date DATE 2024-06-02]] rain."
    one = line(marked)
    one["dates"][0]["anchor"], one["dates"][1]["anchor"] = "published", "date-1"
    folder = make_dataset(tmp_path / "out", [one])
    apply_verdicts(folder, judge(folder, {"key": "a1 date-1", "verdict": "wrong"}))
    assert rows_of(folder)["a1 date-1"]["anchor"] is None
    assert rows_of(folder)["a1 date-1"]["span"]["text"] == "a day later"


def test_each_rule_has_its_precision_with_an_interval(folder: Path) -> None:
    applied = apply_verdicts(
        folder,
        judge(
            folder,
            {"key": "a1 person-1", "verdict": "right"},
            {"key": "a1 person-2", "verdict": "wrong"},
            {"key": "a2 person-1", "verdict": "right"},
            {"key": "a1 date-1", "verdict": "unsure"},
        ),
    )
    shown = {(rule.layer, rule.rule): (rule.judged, rule.right) for rule in applied.rules}
    assert shown == {("people", "first-rule"): (2, 1), ("people", "second-rule"): (1, 1)}
    first = applied.rules[0]
    assert (round(first.low, 3), round(first.high, 3)) == (0.095, 0.905)  # Wilson, by hand
    told = "\n".join(describe(applied))
    assert "50.0    9.5 - 90.5" in told
    assert "1 dropped" in told


@pytest.mark.parametrize(
    ("correct", "complaint"),
    [
        ({"colour": "blue"}, "no field colour to correct; it has: asserted_in"),
        ({"key": "x"}, "no field key"),
        ({"status": "retired"}, "status"),
        ({"title": {"start": 5, "end": 5000}}, "roles.0.title"),
        ({"title": {"start": 0, "end": 7, "text": "Defence"}}, "not 'Defence'"),
        ({"title": None}, "roles.0.title"),
        ({"title": {"start": 0, "end": 16}}, None),
    ],
)
def test_a_correction_that_cannot_stand_changes_nothing(
    folder: Path, correct: dict[str, Any], complaint: str | None
) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    file = judge(folder, {"key": "a1 role-1", "verdict": "wrong", "correct": correct})
    if complaint is None:
        assert apply_verdicts(folder, file).changes == {"corrected": 1}, "the same as it was"
        return
    with pytest.raises(MendError, match="a1.*" + complaint):
        apply_verdicts(folder, file)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_two_rows_cannot_become_one(tmp_path: Path) -> None:
    one = line(
        "Mayor [[Ana Popescu|person-1]] spoke.",
        roles=[("person-1", "Mayor"), ("person-1", "Mayor", None, "former")],
    )
    folder = make_dataset(tmp_path / "out", [one])
    correct = {"status": "current"}
    with pytest.raises(MendError, match="role-1 and role-2 the same row"):
        apply_verdicts(folder, judge(folder, {"key": "a1 role-2", "correct": correct}))


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ('{"key": "a", "verdict": "good"}', "line 1: verdict"),
        ('{"verdict": "right"}', "line 1: key"),
        ('{"key": "a", "verdict": "right"}\nright', "line 2: not JSON"),
        ('{"key": "a", "colour": 1}', "line 1: colour"),
    ],
)
def test_a_bad_file_of_verdicts_is_refused_with_its_line(
    tmp_path: Path, content: str, complaint: str
) -> None:
    path = tmp_path / "verdicts.jsonl"
    path.write_text(content)
    with pytest.raises(UsageError, match=complaint):
        read_verdicts(path)


def test_the_last_verdict_on_a_row_stands(tmp_path: Path) -> None:
    path = tmp_path / "verdicts.jsonl"
    path.write_text('{"key":"a","verdict":"right"}\n{"key":"a","verdict":"wrong"}\n')
    assert read_verdicts(path)["a"].verdict == "wrong"


def test_texts_and_metadata_stay(folder: Path) -> None:
    before = [entry.article for entry in read_entries(folder)]
    apply_verdicts(folder, judge(folder, {"key": "a1 person-1", "verdict": "wrong"}))
    assert [entry.article for entry in read_entries(folder)] == before


def test_a_folder_that_is_no_dataset_is_refused(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    with pytest.raises(UsageError, match="manifest"):
        apply_verdicts(tmp_path / "none")


def test_a_dataset_without_texts_is_refused(folder: Path, tmp_path: Path) -> None:
    bare = make_dataset(tmp_path / "bare", LINES, form=Form(texts=False))
    with pytest.raises(UsageError, match="has no texts"):
        apply_verdicts(bare, judge(folder, {"key": "a1 person-1", "verdict": "wrong"}))


def test_history_of_an_earlier_run_is_not_taken_for_this_one(folder: Path) -> None:
    apply_verdicts(folder, judge(folder, {"key": "a1 person-1", "verdict": "wrong"}))
    earlier = (folder / HISTORY).read_text()
    make_dataset(folder, [{**LINES[0], "places": []}, LINES[1]])
    (folder / HISTORY).write_text(earlier)
    apply_verdicts(folder)
    assert "a1 place-1" not in rows_of(folder), "this run has found no place there"
    assert "Ana Popescu" not in {row.get("name") for row in rows_of(folder).values()}


def test_what_refers_to_a_dropped_row_refers_to_nothing_however_deep_it_stands(
    tmp_path: Path,
) -> None:
    write_dataset(tmp_path, [entry(0)], [], {})
    rows = rows_of(tmp_path)
    dropped = ("a0 organisation-1", "a0 place-1", "a0 date-1")
    verdicts = judge(tmp_path, *({"key": one, "verdict": "wrong"} for one in dropped))
    apply_verdicts(tmp_path, verdicts)
    event = rows_of(tmp_path)["a0 event-1"]
    assert [one["ref"] for one in event["participants"]] == [None, None]
    assert (event["place"]["ref"], event["date"], event["role"]) == (None, None, "role-1")
    assert event["key"] == rows["a0 event-1"]["key"], "it says what it said"
    assert verify(tmp_path) == []
