"""Every rule of roles.toml against its examples, and what the room owes to the whole text."""

from collections.abc import Callable

import pytest

from pipeline import ArticleRecord
from pipeline.records import Role
from pipeline.rules import Mark, load_rules, read_marks

RULES = load_rules("extract/roles/roles").rules
FINDS = [(rule.id, example) for rule in RULES.values() for example in rule.finds]
IGNORES = [(rule.id, example) for rule in RULES.values() for example in rule.ignores]

STATUSES = {"former", "acting", "incoming", "candidate"}
Spans = dict[str, tuple[int, int]]


def marked_facts(marks: tuple[Mark, ...]) -> list[Spans]:
    """The facts that an example marks: the spans of each by label, in their order."""
    facts: dict[str, Spans] = {}
    for mark in marks:
        label, *numbers = mark.label.split()
        for number in numbers or ["1"]:
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
