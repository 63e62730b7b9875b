"""Speakers: each source with the row that it refers to and the reason, from text to record."""

from collections.abc import Callable

import pytest
from newsclaims import ArticleRecord
from newsclaims.extract.finds import Offsets, StatementFind
from newsclaims.records import Mention
from newsclaims.resolve.speakers import link_speakers
from newsclaims.schema import Person
from newsclaims.text.tokens import Tokens

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
        # names that the source cuts, or that stand before it
        (
            "Founder and chairwoman Maria Okoye said the pier was safe.",
            [("Maria Okoye", "name")],
        ),
        ("A lawyer for founder Maria Okoye said the pier was safe.", [(None, "unnamed")]),
        ("Governor of Kano Maria Okoye said it was safe.", [("Maria Okoye", "name")]),
        ("Supporters of Mayor Maria Okoye said it was safe.", [(None, "unnamed")]),
        ("City chief of detectives Maria Okoye said it was safe.", [("Maria Okoye", "name")]),
        ("Supporters of candidate Maria Okoye said it was safe.", [(None, "unnamed")]),
        # titles
        (
            (
                "The Riga mayor, Andris Ozols, and the Oslo mayor, Peter Lindqvist, met. "
                "The Riga mayor said the pier was safe."
            ),
            [("Andris Ozols", "title")],
        ),
        (
            "Superintendent of Police Maria Okoye arrived. The S.P. said the pier was safe.",
            [("Maria Okoye", "title")],
        ),
        (
            "Senator Maria Okoye arrived. The lawmaker said the pier was safe.",
            [("Maria Okoye", "title")],
        ),
        (
            "Mayor Peter Lindqvist arrived. The deputy mayor said the pier was safe.",
            [(None, "unnamed")],
        ),
        (
            "Mayor Peter Lindqvist arrived. The other mayor said the pier was safe.",
            [(None, "unnamed")],
        ),
        (
            "Minister of Health Maria Okoye arrived. The minister said the pier was safe.",
            [("Maria Okoye", "title")],
        ),
        # descriptions of people
        (
            "Maria Okoye, 43, met Peter Lindqvist, 61. The 61-year-old said the pier was safe.",
            [("Peter Lindqvist", "description")],
        ),
        (
            "Maria Okoye won the race. “I slept well,” the mother of two said.",
            [("Maria Okoye", "description")],
        ),
        (
            "Maria Okoye won the race. “I slept well,” the veteran said.",
            [("Maria Okoye", "description")],
        ),
        (
            "Maria Okoye sued. Her lawyer was late. The lawyer said the pier was safe.",
            [(None, "unnamed")],
        ),
        (
            "Maria Okoye beat Peter Lindqvist. “I slept well,” the veteran said.",
            [(None, "unnamed")],
        ),
        # descriptions of bodies
        (
            "Harbour Holdings Ltd. lost money in May. The company said the pier was safe.",
            [("Harbour Holdings Ltd.", "description")],
        ),
        (
            "The Ministry of Health was shut in May. The company said the pier was safe.",
            [(None, "unnamed")],
        ),
        (
            "The Ministry of Health was shut in May. The ministry said the pier was safe.",
            [("Ministry of Health", "description")],
        ),
        # pronouns
        (
            "Maria Okoye met Peter Lindqvist. “It is safe,” she said.",
            [("Maria Okoye", "pronoun")],
        ),
        (
            (
                "Elín Jónsdóttir was born in Ghent. She grew up with Zorbul Vantek. "
                "She said the pier was safe."
            ),
            [("Elín Jónsdóttir", "pronoun")],
        ),
        (
            "Mr Maria Okoye was late. “It is safe,” she said.",
            [("Maria Okoye", "pronoun")],
        ),
        ("LAGOS (Wire) - The pier is safe, it said.", [(None, "pronoun unresolved")]),
        # scripts
        (
            (
                "Maria Okoye, a painter, spoke to us in Lagos.\n\n"
                "Q: Were you afraid?\n\nA: I was asleep."
            ),
            [("Maria Okoye", "interview")],
        ),
        (
            "Maria Okoye meets Peter Lindqvist.\n\nMO: The pier is safe.\n\nPL: It is not.",
            [("Maria Okoye", "initials"), ("Peter Lindqvist", "initials")],
        ),
    ],
)
def test_speaker(
    text: str, expected: list[tuple[str | None, str | None]], extract: Extract
) -> None:
    assert speakers(extract(text)) == expected


@pytest.mark.parametrize(
    ("text", "source", "speaks"),
    [
        ("Maria Okoye, 43, a nurse who sings, said it was safe.", "a nurse who sings", True),
        ("Maria Okoye, the harbour chief, said it was safe.", "the harbour chief", True),
        ("Maria Okoye, the harbour chief said, was safe.", "the harbour chief", False),
        ("After meeting Maria Okoye, the harbour chief, said it.", "the harbour chief", False),
        ("Dr. Maria Okoye said it was safe.", "Dr", True),
        ("Dr. Maria Okoye said it was safe.", "Okoye", True),
    ],
)
def test_a_source_that_the_parser_cut_belongs_to_the_name_beside_it(
    text: str, source: str, speaks: bool, parse: Callable[[str], Tokens]
) -> None:
    start = text.index("Maria Okoye")
    mention = Mention.of(text, start, start + len("Maria Okoye"))
    okoye = Person(id="person-1", name="Maria Okoye", mentions=(mention,))
    place, cue = text.index(source), text.index("said")
    content = Offsets(cue + 5, len(text) - 1)
    find = StatementFind(
        Offsets(place, place + len(source)),
        Offsets(cue, cue + 4),
        (content,),
        "indirect",
        "speech",
        None,
        "clause",
    )
    (speaker,) = link_speakers(parse(text), [find], [okoye], [], [])
    assert speaker == (("person-1", "name") if speaks else (None, "unnamed"))


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


def test_what_leads_to_a_speaker_is_a_reference_of_the_row(extract: Extract) -> None:
    record = extract(
        "Mayor Maria Okoye met Peter Lindqvist. The mayor said the pier was safe. She smiled. "
        "Harbour Holdings Ltd. lost money. The company said the pier was old."
    )
    references = {
        row.name: [reference.text for reference in row.references]
        for row in (*record.people, *record.organisations)
    }
    assert references == {
        "Maria Okoye": ["The mayor", "She"],
        "Peter Lindqvist": [],
        "Harbour Holdings Ltd.": ["The company"],
    }


def test_a_source_is_a_reference_of_its_speaker_alone(extract: Extract) -> None:
    record = extract("Maria Okoye said Kim Zorbul was late. She added that the pier was safe.")
    assert [said.speaker_reason for said in record.statements] == ["name", "pronoun"]
    for said in record.statements:
        owners = [
            person.id
            for person in record.people
            for reference in person.references
            if said.source is not None and reference.start == said.source.start
        ]
        assert owners == ([said.speaker] if said.speaker_reason == "pronoun" else [])
