"""Speakers: each source with the row that it refers to and the reason, from text to record."""

from collections.abc import Callable

import pytest

from pipeline import ArticleRecord

Extract = Callable[..., ArticleRecord]


def speakers(record: ArticleRecord) -> list[tuple[str | None, str | None]]:
    names = {row.id: row.name for row in (*record.people, *record.organisations, *record.places)}
    return [(names.get(said.speaker or ""), said.speaker_reason) for said in record.statements]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Maria Okoye said the pier was safe.", [("Maria Okoye", "name")]),
        ("The harbour chief, Maria Okoye, said the pier was safe.", [("Maria Okoye", "name")]),
        ("Maria Okoye's lawyer said the pier was safe.", [(None, "unnamed")]),
        ("Many Okoye supporters said the pier was safe.", [(None, "unnamed")]),
        ("A spokesman for Maria Okoye said the pier was safe.", [(None, "unnamed")]),
        ("Maria Okoye and Peter Lindqvist said the pier was safe.", [(None, "several")]),
        (
            "Maria Okoye said the pier was safe. She called it a gift.",
            [("Maria Okoye", "name"), ("Maria Okoye", "pronoun")],
        ),
        (
            "Maria Okoye met Peter Lindqvist. He said the pier was safe.",
            [("Peter Lindqvist", "pronoun")],
        ),
        (
            "Maria Okoye said that Peter Lindqvist was late. “He lied,” she added.",
            [("Maria Okoye", "name"), ("Maria Okoye", "pronoun")],
        ),
        ("He said the pier was safe.", [(None, "pronoun unresolved")]),
        ("I said the pier was safe.", [(None, "first person")]),
        ("A person familiar with the talks said no deal was near.", [(None, "unnamed")]),
        ("The bridge is expected to reopen in June.", [(None, "no source")]),
        (
            "Mayor Peter Lindqvist arrived. The mayor said the pier was safe.",
            [("Peter Lindqvist", "title")],
        ),
    ],
)
def test_speaker(
    text: str, expected: list[tuple[str | None, str | None]], extract: Extract
) -> None:
    assert speakers(extract(text)) == expected


def test_a_statement_lists_what_it_is_about(extract: Extract) -> None:
    record = extract(
        "Maria Okoye said that Peter Lindqvist would fly to Paris on 3 May 2025.",
        published="2025-05-01",
    )
    (said,) = record.statements
    ids = {row.id for row in record.rows()}
    assert set(said.about) <= ids
    assert {one.partition("-")[0] for one in said.about} == {"person", "place", "date"}
    assert said.speaker not in said.about


def test_a_role_inside_a_content_is_its_speakers_word(extract: Extract) -> None:
    record = extract("Maria Okoye said that Peter Lindqvist was the mayor of Paris.")
    assert [role.asserted_in for role in record.roles] == [record.statements[0].id]


def test_a_role_outside_is_the_articles_own(extract: Extract) -> None:
    record = extract("Mayor Peter Lindqvist said that the pier was safe.")
    assert [role.asserted_in for role in record.roles] == [None]
