from collections.abc import Callable

import pytest

from pipeline import Article, Pipeline
from pipeline.errors import UsageError
from pipeline.explain import Place, explain, read_place
from pipeline.tables import Entry

TEXT = (
    'Ana Popescu, former mayor of Brno, met Ion Rusu in Paris on May 8. "He left," Popescu said. '
    "The gardener slept for many long hours beside a green bucket."
)


@pytest.fixture(scope="module")
def entry(pipeline: Pipeline) -> Entry:
    record = pipeline.extract(Article(id="a", text=TEXT, published="2025-05-12"))
    written = record.model_dump(mode="json")
    return Entry({**written["article"], "text": TEXT, "metadata": {}}, written)


@pytest.fixture
def at(entry: Entry, pipeline: Pipeline) -> Callable[[str], str]:
    """What is explained at the first occurrence of some words."""

    def explained(words: str) -> str:
        start = TEXT.index(words)
        return "\n".join(explain(entry, Place(start, start + len(words)), pipeline))

    return explained


def test_a_date_has_its_rule_and_anchor(at: Callable[[str], str]) -> None:
    told = at("May 8")
    assert "date-1" in told
    assert "2025-05-08" in told
    assert "rule month-day" in told
    assert "it made the date" in told
    assert "lost to month-day" in told


def test_a_place_has_its_candidates_best_first(at: Callable[[str], str]) -> None:
    told = at("Paris")
    assert "meant: 2988507" in told
    candidates = [line for line in told.splitlines() if ", city, " in line]
    assert "FR" in candidates[0]
    assert len(candidates) > 1
    assert "population" in candidates[0]


def test_a_name_has_its_chances_and_evidence(at: Callable[[str], str]) -> None:
    told = at("Ion Rusu")
    assert "'Ion Rusu' (PERSON" in told
    assert "chances: person 0.9" in told


def test_a_role_says_which_construction_fired(at: Callable[[str], str]) -> None:
    told = at("mayor")
    assert "title phrase 'mayor'" in told
    assert "joined with 'Ana Popescu' by rule after-name" in told
    assert "; fired" in told


def test_a_statement_says_who_was_linked_and_why(at: Callable[[str], str]) -> None:
    told = at("said")
    assert "of person-1 Ana Popescu" in told
    assert "it stands" in told


def test_a_pronoun_has_the_people_it_may_mean(at: Callable[[str], str]) -> None:
    told = at("He left")
    assert "PRONOUN 'He' is taken to mean nobody" in told
    assert "named before it in this sentence and the last: Ana Popescu, Ion Rusu" in told


def test_nothing_found_is_explained_room_by_room(at: Callable[[str], str]) -> None:
    told = at("green bucket")
    assert "ROWS\n  none" in told
    for reason in (
        "no entity of the model and no run of capitals",
        "no pattern of calendar words matches here",
        "no title phrase stands here",
        "no construction reports these words",
    ):
        assert reason in told


def test_without_a_place_all_rows_are_explained(entry: Entry, pipeline: Pipeline) -> None:
    told = list(explain(entry, None, pipeline))
    ids = [line.split()[0] for line in told if line.startswith("  ") and line[2] != " "]
    assert ids == [row["id"] for layer in LAYERS for row in entry.record[layer]]
    assert "WORDS" not in "\n".join(told)


LAYERS = ("people", "organisations", "places", "dates", "roles", "statements")


def test_rows_of_other_rules_are_told(entry: Entry, pipeline: Pipeline) -> None:
    other = Entry(entry.article, {**entry.record, "dates": []})
    assert "written by other rules" in next(explain(other, None, pipeline))
    assert "written by other rules" not in next(explain(entry, None, pipeline))


def test_places_are_start_and_end(entry: Entry, pipeline: Pipeline) -> None:
    assert read_place("3:9") == Place(3, 9)
    for wrong in ("3", "a:b", "3-9", ":"):
        with pytest.raises(UsageError, match="not of the form START:END"):
            read_place(wrong)
    with pytest.raises(UsageError, match="not inside a text"):
        list(explain(entry, Place(5, 9999), pipeline))
