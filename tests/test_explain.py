import json
from collections.abc import Callable
from pathlib import Path

import pytest
from newsclaims import Article, Pipeline
from newsclaims.errors import UsageError
from newsclaims.explain import Place, check_model, explain, read_article, read_place
from newsclaims.parse.model import DEFAULT_MODEL, model_identity
from newsclaims.tables import Entry

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
    assert "lost to month-day, which made 'May 8'" in told


def test_a_place_has_its_candidates_best_first(at: Callable[[str], str]) -> None:
    told = at("Paris")
    assert "meant: 2988507, by its name" in told
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


def test_a_title_without_a_person_says_who_is_near(at: Callable[[str], str]) -> None:
    told = at("gardener")
    assert "no construction joins it with a person\n    named in its sentence: nobody" in told


def test_a_statement_says_who_was_linked_and_why(at: Callable[[str], str]) -> None:
    told = at("said")
    assert "of person-1 Ana Popescu" in told
    assert "it stands" in told


def test_a_pronoun_has_the_people_it_may_mean(at: Callable[[str], str]) -> None:
    told = at("He left")
    assert "PRONOUN 'He' is taken to mean person-2 Ion Rusu" in told
    assert (
        "named before it in this sentence and the last: Ana Popescu (a woman), Ion Rusu (a man)"
        in told
    )


def test_nothing_found_is_explained_room_by_room(at: Callable[[str], str]) -> None:
    told = at("green bucket")
    assert "ROWS\n  none" in told
    for reason in (
        "no entity of the model and no run of capitals",
        "no pattern of calendar words matches here",
        "no title phrase stands here",
        "no construction reports these words",
        "none of them is a reporting word",
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


def test_a_place_is_start_and_end_or_words() -> None:
    assert read_place("3:9", TEXT) == Place(3, 9)
    assert read_place("Popescu", TEXT) == Place(4, 11)
    for wrong in ("", "a:b", "3-9", ":", "Popesku"):
        with pytest.raises(UsageError, match="neither START:END nor words of the article"):
            read_place(wrong, TEXT)
    for outside in ("5:9999", "9:9"):
        with pytest.raises(UsageError, match="not inside a text"):
            read_place(outside, TEXT)


def test_the_model_is_that_of_the_dataset(tmp_path: Path) -> None:
    manifest = {"model": model_identity(DEFAULT_MODEL, {}), "settings": {"label_map": {"PER": ""}}}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert check_model(tmp_path, DEFAULT_MODEL) == {"PER": ""}
    manifest["model"] = "en_core_web_sm 3.7.1 00"
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(UsageError, match=r"parsed by en_core_web_sm 3\.7\.1 00, not by"):
        check_model(tmp_path, DEFAULT_MODEL)


def test_an_article_is_named_in_full(entry: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsclaims.explain.read_entries", lambda _: [entry])
    assert read_article(Path("x"), "a") is entry
    with pytest.raises(UsageError, match="x has no article aa; near it: a"):
        read_article(Path("x"), "aa")


def test_words_of_a_spoiled_text_are_explained_where_the_raw_text_has_them(
    pipeline: Pipeline,
) -> None:
    text = "<p>Ana Po\u00adpescu met Ion <b>Rusu</b> on May\u00a08. &ldquo;No,&rdquo; she said.</p>"
    article = Article(id="a", text=text, published="2025-05-12")
    written = pipeline.extract(article).model_dump(mode="json")
    entry = Entry({**written["article"], "text": text, "metadata": {}}, written)
    start = text.index("May")
    told = "\n".join(explain(entry, Place(start, start + 5), pipeline))
    assert f"span {start}:{start + 5} 'May\\xa08'" in told
    assert "it made the date" in told
    start = text.index("she")
    told = "\n".join(explain(entry, Place(start, start + 3), pipeline))
    assert "PRONOUN 'she' is taken to mean person-1 Ana Popescu" in told
    assert "today's" not in told
