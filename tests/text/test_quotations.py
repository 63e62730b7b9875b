"""Quotation marks -> quotations."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newsclaims.text.quotations import Quote, find_quotes

WORDS = [
    "“",
    "”",
    '"',
    "''",
    "‘",
    "’",
    "'",
    "«",
    "\n",
    "\n\n",
    "\n>",
    "she said",
    "A",
    "b.",
    ",",
    ":",
    "?",
]


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ('He said "yes" and "no".', ['"yes"', '"no"']),
        ("“One “two” three,” he said.", ["“One “two” three,”"]),
        ("''Well,'' she said.", ["''Well,''"]),
        ("‘‘Well,’’ she said; “Well,’’ he said.", ["‘‘Well,’’", "“Well,’’"]),
        ("She wrote:\n\n> Go “now”.\n> Run.\n>\nHe ran.", ["Go “now”.", "Run."]),
        ("the workers' rights and the bosses' money", []),
        ("the '90s rock 'n' roll", []),
        ("'Not now': minister on the vote", ["'Not now'"]),
        ('a board 5\'10" long and 3" wide', []),
        ('"Open\nand "closed"', ['"closed"']),
        ('"Open\n"and closed"', ['"Open', '"and closed"']),
        ("“One, he said. “Two,” she said.", ["“Two,”"]),
    ],
)
def test_quotation_marks(text: str, quotes: list[str]) -> None:
    assert [text[quote.start : quote.end] for quote in find_quotes(text)] == quotes


@given(parts=st.lists(st.sampled_from(WORDS), max_size=30), space=st.sampled_from(["", " "]))
@settings(max_examples=300)
def test_any_mix_of_marks_gives_valid_quotations(parts: list[str], space: str) -> None:
    text = space.join(parts)
    quotes = find_quotes(text)
    assert all(0 <= quote.start < quote.end <= len(text) for quote in quotes)
    assert all(one.end <= other.start for one, other in pairwise(quotes))


def test_quotations_of_one_paragraph_are_not_those_of_the_next() -> None:
    text = 'An "odd mark" here " and\nthe "next" line.'
    assert Quote(text.index('"next"'), text.index('"next"') + 6) in find_quotes(text)


MARKS = ["“", "”", '"', "''", "’’", "‘", "’", "'", "«", ""]
INLINE = st.lists(st.builds("{}A{}".format, *[st.sampled_from(MARKS)] * 2), max_size=8)


@given(above=INLINE, below=INLINE, between=st.sampled_from(["\n", "\n\n", "\n\n> “Read.\n\n"]))
def test_no_mark_of_one_paragraph_reaches_the_next(
    above: list[str], below: list[str], between: str
) -> None:
    text, last = " ".join(above) + between, " ".join(below)
    shifted = [
        quote._replace(start=quote.start - len(text), end=quote.end - len(text))
        for quote in find_quotes(text + last)
        if quote.start >= len(text)
    ]
    assert shifted == find_quotes(last)
