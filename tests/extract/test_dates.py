"""Every rule of dates.toml against its examples, and what the room owes to the whole text."""

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsclaims import ArticleRecord
from newsclaims.extract.dates import find_dates
from newsclaims.resolve.calendar import resolve_dates
from newsclaims.rules import load_rules, read_marks
from newsclaims.text.tokens import Tokens

from tests.blank import blank_tokens

# The day on which the examples of dates.toml are read: a Wednesday in the 25th week.
PUBLISHED = "2025-06-18"

RULES = load_rules("extract/dates/dates").rules
FINDS = [(rule.id, example) for rule in RULES.values() for example in rule.finds]
IGNORES = [(rule.id, example) for rule in RULES.values() for example in rule.ignores]

Found = tuple[int, int, str]


def found_in(tokens: Tokens, published: str | None = PUBLISHED) -> list[tuple[Found, str]]:
    """Start, end and ``value/MOD`` of each date of a text, with its rule."""
    return [
        (
            (date.start, date.end, f"{date.value or ''}{'/' + date.mod if date.mod else ''}"),
            date.rule,
        )
        for date in resolve_dates(find_dates(tokens), published)
    ]


@pytest.mark.parametrize(("rule", "example"), FINDS)
def test_rule_finds(rule: str, example: str, parse: Callable[[str], Tokens]) -> None:
    text, marks = read_marks(example)
    found = found_in(parse(text))
    assert [date for date, _ in found] == [tuple(mark) for mark in marks]
    assert rule in [name for _, name in found]


@pytest.mark.parametrize(("_rule", "example"), IGNORES)
def test_rule_ignores(_rule: str, example: str, parse: Callable[[str], Tokens]) -> None:
    assert found_in(parse(example)) == []


PASSAGES = re.findall(
    r"^## ([^\n]+)\n(?:published: (\S+)\n)?\n(.*?)(?=\n## |\Z)",
    (Path(__file__).parent.parent / "rooms" / "dates.md").read_text(encoding="utf-8"),
    re.MULTILINE | re.DOTALL,
)


@pytest.mark.parametrize(("_name", "published", "passage"), PASSAGES)
def test_passage(_name: str, published: str, passage: str, parse: Callable[[str], Tokens]) -> None:
    text, marks = read_marks(passage)
    found = [date for date, _ in found_in(parse(text), published or None)]
    assert [(text[start:end], value) for start, end, value in found] == [
        (text[mark.start : mark.end], mark.label) for mark in marks
    ]


# What is not known without a publication date stays X.
UNDATED = [
    "[[2 June 2025|2025-06-02]] [[10:30 BST|2025-06-02T10:30+01:00]]\n[[Today|2025-06-02]].",
    "It fell on [[May 8|XXXX-05-08]].",
    "She resigned [[yesterday|XXXX-XX-XX]].",
    "He resigned [[Friday|XXXX-WXX-5]].",
    "It happened [[last week|XXXX-WXX]].",
    "It happened [[last year|XXXX]].",
    "She is there [[today|PRESENT_REF]].",
    "She is there [[now|PRESENT_REF]].",
    "It opens at [[10:35 a.m.|XXXX-XX-XXT10:35]] in Accra.",
    "It opened in [[the third quarter of 2009|2009-Q3]].",
    "It snowed on [[February 30|/INVALID]].",
    "[[Tuesday, June 19, 2018|2018-06-19]]\n\n[[Yesterday|2018-06-18]] it rained.",
    "KUALA LUMPUR, [[June 19, 2018|2018-06-19]] (Bernama) -- It rained [[Monday|2018-06-18]].",
]


@pytest.mark.parametrize("example", UNDATED)
def test_nothing_is_guessed_without_a_publication_date(
    example: str, parse: Callable[[str], Tokens]
) -> None:
    text, marks = read_marks(example)
    assert [date for date, _ in found_in(parse(text), None)] == [tuple(mark) for mark in marks]


def test_a_date_of_its_own_line_anchors_by_its_id(extract: Callable[..., ArticleRecord]) -> None:
    record = extract("Tuesday, June 19, 2018\n\nYesterday it rained.")
    assert [date.anchor for date in record.dates] == ["text", "date-1"]


def test_dates_of_the_seed_article(extract: Callable[..., ArticleRecord]) -> None:
    record = extract(
        "The move follows the April 22 attack. A team travels to Oslo starting June 2.\n"
        "The recent hostilities include:\n-\nairstrikes on hubs on May 7\n-\n"
        "Failed strikes on May 8, 9, and 10\n-\nA ceasefire reached after talks on May 10\n"
    )
    dates = [(date.span.text, date.value) for date in record.dates]
    assert dates == [
        ("April 22", "XXXX-04-22"),
        ("June 2", "XXXX-06-02"),
        ("May 7", "XXXX-05-07"),
        ("May 8", "XXXX-05-08"),
        ("9", "XXXX-05-09"),
        ("10", "XXXX-05-10"),
        ("May 10", "XXXX-05-10"),
    ]


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=120))
def test_any_text_gives_dates_within_it(text: str) -> None:
    dates = resolve_dates(find_dates(blank_tokens(text)), "2024-02-29")
    assert all(0 <= date.start < date.end <= len(text) for date in dates)


@given(st.from_regex(r"(?a:\d{1,4}[-/.:, T]\d{1,4}[-/.:, T]?\d{0,4}[ apmsZ]{0,3})", fullmatch=True))
def test_any_figures_give_days_that_the_calendar_has(text: str) -> None:
    for date in resolve_dates(find_dates(blank_tokens("on " + text)), "2024-02-29"):
        invalid = date.value is None and date.mod == "INVALID"
        outside = date.value is not None and date.value.startswith("0000")
        assert invalid or outside or date.type in ("DURATION", "SET") or date.earliest


WORDS = st.sampled_from(
    "the last next May 8 2024 , - . \n Friday 10:35 p.m. of quarter first two and a half year ago "
    "years later 9/11 ' 31 February the 1990s 20th century BC every day Christmas € 50 % (".split(
        " "
    )
)


@given(st.lists(WORDS, max_size=30).map(" ".join))
def test_any_words_give_spans_in_order(parse: Callable[[str], Tokens], text: str) -> None:
    dates = resolve_dates(find_dates(parse(text)), "2024-02-29")
    spans = [(date.start, date.end) for date in dates]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    for date in dates:
        assert date.earliest is None or date.latest is None or date.earliest <= date.latest


@pytest.mark.parametrize("digits", [31, 400, 5000])
def test_numbers_of_any_length_are_read(extract: Callable[..., ArticleRecord], digits: int) -> None:
    number = "9" * digits
    text = f"He left in {number} weeks, {number} years ago, on {number} May {number}."
    assert extract(text).article.id == "test"
