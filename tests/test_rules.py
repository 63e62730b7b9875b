import shutil
from pathlib import Path

import pytest
from newsclaims import rules
from newsclaims.rules import Mark, RuleError, load_rules, parse_rules, read_marks

RULE = """
[lists]
months = ["march", "may"]

[[rules]]
id = "month-day"
why = "a month and a number name a day"
finds = ["on [[May 8|XXXX-05-08]]"]
ignores = ["you may go"]
speed = 3
"""


def test_marks_are_offsets_into_the_plain_sentence() -> None:
    plain, marks = read_marks("[[Ex|former]]-[[mayor|title 1 2]] A and [[B|person 2]].")
    assert plain == "Ex-mayor A and B."
    assert marks == (Mark(0, 2, "former"), Mark(3, 8, "title 1 2"), Mark(15, 16, "person 2"))


def test_a_rule_is_read_with_its_examples_and_settings() -> None:
    book = parse_rules(RULE, "extract/x")
    rule = book.rules["month-day"]
    assert (rule.finds, rule.ignores) == (("on [[May 8|XXXX-05-08]]",), ("you may go",))
    assert rule.settings == {"speed": 3}
    assert book.words("months") == {"march", "may"}


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (('id = "month-day"', 'id = "Month Day"'), "needs an id"),
        (('why = "a month and a number name a day"', 'why = ""'), "has no 'why'"),
        (('finds = ["on [[May 8|XXXX-05-08]]"]', "finds = []"), "has no 'finds'"),
        (("[[May 8|XXXX-05-08]]", "May 8"), "nothing is marked"),
        (('ignores = ["you may go"]', ""), "has no 'ignores'"),
        (('["march", "may"]', '["may", "may"]'), r"repeats \['may'\]"),
        (('["march", "may"]', '"may"'), "not a list of strings"),
        (("[lists]", "[lists"), "extract/x.toml"),
    ],
)
def test_a_rule_that_is_not_as_it_must_be_is_refused(
    change: tuple[str, str], complaint: str
) -> None:
    with pytest.raises(RuleError, match=complaint):
        parse_rules(RULE.replace(*change), "extract/x")


@pytest.mark.parametrize("text", ["rules = 1", "rules = [1]", "lists = 1", "rules = 'x'"])
def test_a_file_of_another_shape_is_refused(text: str) -> None:
    with pytest.raises(RuleError, match=r"x\.toml: "):
        parse_rules(text, "x")


def test_an_id_given_twice_is_refused() -> None:
    with pytest.raises(RuleError, match="'month-day' is given twice"):
        parse_rules(RULE + RULE.partition("[[rules]]")[2].join(["[[rules]]", ""]), "extract/x")


def test_code_and_data_must_speak_of_the_same_rules() -> None:
    book = parse_rules(RULE, "extract/x")
    book.check_covers({"month-day"})
    with pytest.raises(RuleError, match=r"without an entry: \['weekday'\]"):
        book.check_covers({"month-day", "weekday"})
    with pytest.raises(RuleError, match=r"without a rule: \['month-day'\]"):
        book.check_covers(set())


@pytest.mark.parametrize(
    "room",
    sorted(
        path.relative_to(Path(rules.__file__).parent).with_suffix("").as_posix()
        for path in Path(rules.__file__).parent.rglob("*.toml")
    ),
)
def test_the_data_of_every_room_load(room: str) -> None:
    assert load_rules(room).room == room


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("extract/names/names.toml", True),
        ("lexicon/words.tsv", True),
        ("resolve/calendar/values.py", True),
        ("assemble.py", True),
        ("text/view.py", True),
        ("tables.py", False),
        ("cli/common.py", False),
    ],
)
def test_the_fingerprint_changes_with_what_makes_records(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, changes: bool
) -> None:
    package = tmp_path / "newsclaims"
    shutil.copytree(Path(rules.__file__).parent, package)
    monkeypatch.setattr(rules.resources, "files", lambda _: package)
    before = rules.fingerprint.__wrapped__()
    assert rules.fingerprint.__wrapped__() == before
    assert (package / name).is_file()
    with (package / name).open("a", encoding="utf-8") as file:
        file.write("\n# another word\n")
    assert (rules.fingerprint.__wrapped__() != before) is changes
