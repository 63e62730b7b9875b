"""Every rule of roles.toml against its examples, and what the room owes to the whole text."""

import re
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsclaims import ArticleRecord
from newsclaims.rules import Mark, load_rules, read_marks
from newsclaims.schema import Role

RULES = load_rules("extract/roles/roles").rules
FINDS = [(rule.id, example) for rule in RULES.values() for example in rule.finds]
IGNORES = [(rule.id, example) for rule in RULES.values() for example in rule.ignores]

CUTS = load_rules("extract/roles/titles").rules
CUT_FINDS = [example for rule in CUTS.values() for example in rule.finds]
CUT_IGNORES = [example for rule in CUTS.values() for example in rule.ignores]

PASSAGES = dict(
    re.findall(
        r"^## (.+?)\n\n(.+?)\s*(?=^## |\Z)",
        (Path(__file__).parent.parent / "rooms" / "roles.md").read_text(encoding="utf-8"),
        re.MULTILINE | re.DOTALL,
    )
)

# What titles are made of, to be strung together in any order.
FRAGMENTS = (
    "Jane Carter", "John Marsh", "Springfield", "Acme Corp.", "minister", "Prime Minister", "Gen.",
    "ministers", "president-elect", "ex-", "former", "de facto", "self-styled", "of", "for", "to",
    "the", "and", "was", "as", "served", "appointed", "who", "from", "2019", ",", "'s", "(", ")",
    '"', "\n", "-",
)  # fmt: skip
Spans = dict[str, tuple[int, int]]


def marked_facts(marks: tuple[Mark, ...]) -> list[Spans]:
    """The facts that an example marks: the spans of each by label, in their order."""
    facts: dict[str, Spans] = {}
    for mark in marks:
        labels = [part for part in mark.label.split() if not part.isdigit()]
        numbers = [part for part in mark.label.split() if part.isdigit()] or ["1"]
        for number, label in product(numbers, labels):
            assert label not in facts.setdefault(number, {}), f"{label} twice in fact {number}"
            facts[number][label] = (mark.start, mark.end)
    return [facts[number] for number in sorted(facts)]


def found_facts(record: ArticleRecord) -> list[Spans]:
    """The facts of a record in the form of `marked_facts`."""
    return [spans_of(role, record) for role in record.roles]


def spans_of(role: Role, record: ArticleRecord) -> Spans:
    dates = {date.id: date.span for date in record.dates}
    spans = {
        "person": role.holder,
        "title": role.title,
        "organisation": role.organisation,
        "qualifier": role.qualifier,
        "since": dates[role.since] if role.since else None,
        "until": dates[role.until] if role.until else None,
    }
    if role.status != "current":
        spans[role.status] = role.status_cue
    return {label: (span.start, span.end) for label, span in spans.items() if span}


def in_order(facts: list[Spans]) -> list[list[tuple[str, tuple[int, int]]]]:
    return sorted(sorted(fact.items()) for fact in facts)


@pytest.mark.parametrize(("rule", "example"), FINDS)
def test_rule_finds(rule: str, example: str, extract: Callable[..., ArticleRecord]) -> None:
    text, marks = read_marks(example)
    record = extract(text)
    assert in_order(found_facts(record)) == in_order(marked_facts(marks))
    assert rule in [role.rule for role in record.roles]


@pytest.mark.parametrize(("_rule", "example"), IGNORES)
def test_rule_ignores(_rule: str, example: str, extract: Callable[..., ArticleRecord]) -> None:
    assert found_facts(extract(example)) == []


@pytest.mark.parametrize("example", CUT_FINDS)
def test_titles_are_cut(example: str, extract: Callable[..., ArticleRecord]) -> None:
    text, marks = read_marks(example)
    assert in_order(found_facts(extract(text))) == in_order(marked_facts(marks))


@pytest.mark.parametrize("example", CUT_IGNORES)
def test_what_looks_like_a_title_is_left(
    example: str, extract: Callable[..., ArticleRecord]
) -> None:
    assert found_facts(extract(example)) == []


@pytest.mark.parametrize("passage", PASSAGES)
def test_passage(passage: str, extract: Callable[..., ArticleRecord]) -> None:
    text, marks = read_marks(PASSAGES[passage])
    assert in_order(found_facts(extract(text))) == in_order(marked_facts(marks))


def test_roles_of_the_seed_article(shared: Path, extract: Callable[..., ArticleRecord]) -> None:
    record = extract((shared / "seed" / "article.txt").read_text(encoding="utf-8"))
    facts = {
        (
            role.holder.text,
            role.title.text,
            role.organisation.text if role.organisation else None,
            role.status,
        )
        for role in record.roles
    }
    assert facts == {
        ("Bilawal Bhutto Zardari", "Foreign Minister", None, "former"),
        ("Bilawal Bhutto Zardari", "Chairman", "Pakistan People’s Party", "current"),
        ("Hina Rabbani Khar", "FM", None, "former"),
        ("Khurram Dastgir Khan", "Defence Minister", None, "former"),
        ("Musadik Malik", "federal minister", None, "current"),
        ("Sherry Rehman", "ministers", None, "former"),
        ("Faisal Subzwari", "ministers", None, "former"),
        ("Bushra Anjum Butt", "Senator", None, "current"),
        ("Jalil Abbas Jilani", "foreign secretaries", None, "former"),
        ("Tehmina Janjua", "foreign secretaries", None, "former"),
        ("Syed Tariq Fatemi", "special assistant", None, "current"),
        ("Shehbaz Sharif", "PM", None, "current"),
    }


@given(text=st.lists(st.sampled_from(FRAGMENTS), max_size=40).map(" ".join))
def test_any_run_of_titles_names_and_marks_is_read(
    text: str, extract: Callable[..., ArticleRecord]
) -> None:
    extract(text)  # a span outside the text, or an index outside its words, would raise
