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
    assert [loss.split(": ", 1)[1].split(" ")[0] for loss in losses] == [
        *("relation", "T3", "note", "N1", "T2")
    ]


def test_a_span_that_ends_with_a_line_end_is_cut_and_named(tmp_path: Path) -> None:
    gold = line("[[Ana\n|person-1]] left.")
    losses = convert(write(tmp_path / "gold.jsonl", [gold]), "brat", tmp_path / "brat")
    assert losses == ["a1: Person 0:4 begins or ends with a line end, which is cut"]
    assert "T1\tPerson 0 3\tAna\n" in (tmp_path / "brat" / "a1.ann").read_text()


def collection(folder: Path, **files: bytes) -> Path:
    for name, content in files.items():
        file = folder / name.replace("__", "/").replace("_", ".")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return folder


def lines_of(folder: Path) -> tuple[list[dict[str, Any]], list[str]]:
    losses = restore(folder, "brat", folder.parent / "back.jsonl")
    lines = (folder.parent / "back.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(one) for one in lines], losses


def test_subfolders_are_read_and_their_paths_are_ids(tmp_path: Path) -> None:
    ann, text = b"T1\tPerson 0 3\tEva\n", b"Eva left."
    folder = collection(
        tmp_path / "in",
        top_ann=ann,
        top_txt=text,
        east__one_ann=ann,
        east__one_txt=text,
        east__far__two_ann=ann,
        east__far__two_txt=text,
        east__lost_ann=ann,
        west__bare_txt=text,
    )
    lines, losses = lines_of(folder)
    assert [one["article"]["id"] for one in lines] == ["east/far/two", "east/one", "top"]
    assert losses == [
        "east/lost: the article is left out: there is no lost.txt",
        "west/bare: the article is left out: there is no bare.ann",
    ]


def test_ids_with_paths_are_written_into_subfolders(tmp_path: Path) -> None:
    names = ["east/one", "../one", "https://news.example/one", "east.txt/two", "east_txt/two"]
    gold = [line("[[Eva|person-1]] left.", id=name) for name in names]
    convert(write(tmp_path / "gold.jsonl", gold), "brat", tmp_path / "out")
    files = sorted((tmp_path / "out").rglob("*.ann"))
    assert [file.relative_to(tmp_path / "out").as_posix() for file in files] == [
        *("_/one.ann", "east/one.ann", "east_txt/two-2.ann", "east_txt/two.ann"),
        "https_news.example_one.ann",
    ]
    lines, _ = lines_of(tmp_path / "out")
    assert [one["article"]["id"] for one in lines] == names


def test_a_byte_order_mark_and_crlf_are_no_part_of_what_is_read(tmp_path: Path) -> None:
    text = "\ufeffEva Ek left.".encode()
    for place in ("0 6", "1 7"):
        ann = f"\ufeffT1\tPerson {place}\tEva Ek\r\n".encode()
        (gold,), losses = lines_of(collection(tmp_path / "in", a_ann=ann, a_txt=text))
        assert gold["text"] == "Eva Ek left."
        assert gold["people"][0]["mentions"] == [{"start": 0, "end": 6, "text": "Eva Ek"}]
        assert losses == []


def test_annotations_in_another_encoding_are_refused_by_name(tmp_path: Path) -> None:
    ann = "T1\tPerson 0 4\tJosé\n".encode("latin-1")
    folder = collection(tmp_path / "in", a_ann=ann, a_txt="José left.".encode())
    with pytest.raises(ConvertError, match=r"a\.ann: not UTF-8"):
        restore(folder, "brat", tmp_path / "back.jsonl")


def test_a_person_that_is_the_holder_of_a_role_stays_a_person(tmp_path: Path) -> None:
    ann = b"T1\tPerson 0 3\tEva\nT2\tRole 5 10\tmayor\nE1\tRole:T2 Holder:T1 Body:T9\n"
    (gold,), losses = lines_of(collection(tmp_path / "in", a_ann=ann, a_txt=b"Eva, mayor"))
    assert [row["name"] for row in gold["people"]] == ["Eva"]
    assert gold["roles"][0]["person"] == gold["people"][0]["id"]
    assert losses == ["a: organisation of E1, whose mark T9 is not there, is left out"]


def test_what_brat_holds_and_gold_does_not_is_named(tmp_path: Path) -> None:
    ann = (
        "T1\tPerson 0 3\tEva\nA1\tNegation T1\nA2\tStatus T1 former\n#1\tAnnotatorNotes T1\tsure?\n"
        "*\tAlias T1 T1\nN1\tReference T1 wiki:5\tEva\n"
    )
    _, losses = lines_of(collection(tmp_path / "in", a_ann=ann.encode(), a_txt=b"Eva left."))
    assert losses == [
        "a: attribute A1 Negation of T1 is left out",
        "a: note #1 of T1 is left out: 'sure?'",
        "a: Alias of T1 and T1 is left out",
        "a: N1 is left out: a link into a knowledge base",
    ]
