"""Aliases: which mentions are one person or organisation, and which pronouns are theirs."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsclaims import ArticleRecord
from newsclaims.extract.finds import Kind, Name
from newsclaims.resolve.aliases import Cluster, group_organisations, group_people
from newsclaims.rules import read_marks
from newsclaims.text.tokens import Tokens

Parse = Callable[[str], Tokens]
Groups = list[list[str]]


def grouped(
    example: str, parse: Parse, group: Callable[..., list[Cluster]] = group_people
) -> tuple[list[Cluster], Tokens]:
    """The clusters of an example in which every mention is marked."""
    text, marks = read_marks(example)
    tokens = parse(text)
    names = [Name(mark.start, mark.end, Kind.PERSON, "test") for mark in marks]
    return group(tokens, names), tokens


def mentions(clusters: list[Cluster], tokens: Tokens) -> Groups:
    text = tokens.text
    return [[text[name.start : name.end] for name in cluster.mentions] for cluster in clusters]


@pytest.mark.parametrize(
    ("example", "expected"),
    [
        pytest.param(
            "[[Ana Lemos|]] spoke. Ms [[Lemos|]] left. [[Ana|]] returned.",
            [["Ana Lemos", "Lemos", "Ana"]],
            id="surname and first name",
        ),
        pytest.param(
            "[[Lemos|]] spoke before [[Ana Lemos|]] was named.",
            [["Lemos", "Ana Lemos"]],
            id="surname first",
        ),
        pytest.param(
            "[[Ana Lemos|]] met [[Rui Lemos|]]. [[Lemos|]] left.",
            [["Ana Lemos"], ["Rui Lemos", "Lemos"]],
            id="family: the surname is the one named last",
        ),
        pytest.param(
            "Mr [[Rui Lemos|]] met Mrs [[Ana Lemos|]]. Mr [[Lemos|]] left.",
            [["Rui Lemos", "Lemos"], ["Ana Lemos"]],
            id="family: honorifics tell them apart",
        ),
        pytest.param(
            "[[Ed Moss Sr.|]] raised [[Ed Moss Jr.|]] alone.",
            [["Ed Moss Sr."], ["Ed Moss Jr."]],
            id="father and son",
        ),
        pytest.param(
            "[[Henrik P. Dahl|]] is [[H. P. Dahl|]] is [[Henrik Dahl|]].",
            [["Henrik P. Dahl", "H. P. Dahl", "Henrik Dahl"]],
            id="initials",
        ),
        pytest.param(
            "[[Zdeněk Šafář|]] wrote. [[Zdenek Safar|]] read.",
            [["Zdeněk Šafář", "Zdenek Safar"]],
            id="diacritics",
        ),
        pytest.param(
            "[[Oleksandr Petrenko|]] or [[Olexandr Petrenko|]]? No: [[Oleksandr Petrenka|]].",
            [["Oleksandr Petrenko", "Oleksandr Petrenka"], ["Olexandr Petrenko"]],
            id="one letter apart, not two",
        ),
        pytest.param(
            '[[Ruben "Hurricane" Carlton|]] fought. [[Hurricane|]] won.',
            [['Ruben "Hurricane" Carlton', "Hurricane"]],
            id="nickname",
        ),
        pytest.param(
            "[[Park Min-jun|]] spoke as [[Min-jun Park|]]. [[Park|]] left.",
            [["Park Min-jun", "Min-jun Park", "Park"]],
            id="family name first",
        ),
        pytest.param(
            "[[Bilal Butt Zardan|]] spoke. [[Bilal Butt|]] left. [[Zardan|]] stayed.",
            [["Bilal Butt Zardan", "Bilal Butt", "Zardan"]],
            id="three parts",
        ),
        pytest.param(
            "[[Hamad bin Isa al-Rashid|]] spoke. [[al-Rashid|]] left.",
            [["Hamad bin Isa al-Rashid", "al-Rashid"]],
            id="particles",
        ),
        pytest.param(
            "[[Maria Santos|]] met [[Mario Santos|]].",
            [["Maria Santos"], ["Mario Santos"]],
            id="first names of one letter's difference and other genders",
        ),
        pytest.param(
            "[[Ana Lemos|]] met [[Ana Reis|]].", [["Ana Lemos"], ["Ana Reis"]], id="two Anas"
        ),
    ],
)
def test_mentions_of_one_person_are_one_row(example: str, expected: Groups, parse: Parse) -> None:
    assert mentions(*grouped(example, parse)) == expected


@pytest.mark.parametrize(
    ("example", "expected"),
    [
        (
            "The [[Harbour Trust|]] ([[HT|]]) closed. [[HT|]] said so.",
            [["Harbour Trust", "HT", "HT"]],
        ),
        ("[[Acme Corp.|]] sued. [[Acme|]] lost.", [["Acme Corp.", "Acme"]]),
        (
            "[[The Bank of Kaftara|]] and [[Bank of Kaftara|]].",
            [["The Bank of Kaftara", "Bank of Kaftara"]],
        ),
        (
            "[[Green Party|]] and [[Green Valley Club|]] met. [[Green|]] won.",
            [["Green Party"], ["Green Valley Club"], ["Green"]],
        ),
    ],
)
def test_mentions_of_one_body_are_one_row(example: str, expected: Groups, parse: Parse) -> None:
    assert mentions(*grouped(example, parse, group_organisations)) == expected


def test_the_row_is_named_by_its_fullest_mention(parse: Parse) -> None:
    (cluster,), tokens = grouped("[[Lemos|]] spoke. [[Ana Lemos|]] left. [[Ana|]] returned.", parse)
    assert tokens.text[cluster.name.start : cluster.name.end] == "Ana Lemos"


@pytest.mark.parametrize(
    ("example", "expected"),
    [
        ("[[Ana Lemos|]] spoke. She left.", [["She"]]),
        ("[[Ana Lemos|]] met [[Eva Reis|]]. She left.", [[], []]),
        ("The minister [[Ana Lemos|]] spoke. Nobody heard the minister.", [["the minister"]]),
        (
            "The minister [[Ana Lemos|]] met minister [[Eva Reis|]]. Nobody heard the minister.",
            [[], []],
        ),
        ("The minister [[Ana Lemos|]] spoke. Nobody heard the minister of defence.", [[]]),
    ],
)
def test_references_are_linked_where_one_person_is_left(
    example: str, expected: Groups, parse: Parse
) -> None:
    clusters, tokens = grouped(example, parse)
    text = tokens.text
    found = [[text[start:end] for start, end in cluster.references] for cluster in clusters]
    assert found == expected


PASSAGES = re.findall(
    r"^## (.+?)\n\n(.+?)\s*(?=^## |\Z)",
    (Path(__file__).parent.parent / "rooms" / "people.md").read_text(encoding="utf-8"),
    re.MULTILINE | re.DOTALL,
)


@pytest.mark.parametrize("passage", [pytest.param(text, id=title) for title, text in PASSAGES])
def test_passage_gives_its_people_and_nobody_else(
    passage: str, extract: Callable[..., ArticleRecord]
) -> None:
    text, marks = read_marks(passage)
    rows: dict[str, list[tuple[int, int]]] = {}
    for mark in marks:
        rows.setdefault(mark.label, []).append((mark.start, mark.end))
    found = [[(m.start, m.end) for m in person.mentions] for person in extract(text).people]
    assert found == list(rows.values())


@given(words=st.lists(st.text(min_size=1, max_size=12), max_size=6))
def test_every_mention_is_in_one_row(words: list[str], parse: Parse) -> None:
    text = " ".join(words)
    starts = [sum(len(word) + 1 for word in words[:index]) for index in range(len(words))]
    names = [
        Name(start, start + len(word), Kind.PERSON, "test")
        for start, word in zip(starts, words, strict=True)
    ]
    for group in (group_people, group_organisations):
        grouped_names = [name for cluster in group(parse(text), names) for name in cluster.mentions]
        assert sorted(grouped_names) == sorted(names)
