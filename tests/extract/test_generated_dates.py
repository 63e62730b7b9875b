"""Generated dates have the values that `datetime` and `dateutil` compute for them.

``NEWSCLAIMS_DATES`` says how many are read; `make soak` reads 20,000.
"""

import os
from collections.abc import Iterator
from itertools import islice

import pytest
from newsclaims.extract.dates import find_dates
from newsclaims.parse.parser import Parser
from newsclaims.resolve.calendar import ResolvedDate, resolve_dates
from newsclaims.rules import load_rules

from tests.extract.generated_dates import MAKERS, Case, cases, days_of

COUNT = int(os.environ.get("NEWSCLAIMS_DATES", "300"))
BATCH = 1000

Found = dict[str, ResolvedDate]


def found_in(batch: list[Case], parser: Parser) -> Iterator[tuple[Case, Found]]:
    """Each case with the dates of its text by their words."""
    for case, tokens in zip(batch, parser.parse(case.text for case in batch), strict=True):
        dates = resolve_dates(find_dates(tokens), case.published.isoformat())
        yield case, {case.text[date.start : date.end]: date for date in dates}


def is_right(case: Case, found: Found) -> bool:
    """Whether each expression has its value, its days, and what it counts from."""
    for words, value in case.values:
        date = found.get(words)
        if date is None or date.value != value or date.anchor is None:
            return False
        if date.mod is None and (date.earliest, date.latest) != days_of(date.type, value):
            return False
    return True


def test_each_rule_has_generated_dates() -> None:
    assert set(MAKERS) == set(load_rules("extract/dates/dates").rules)


@pytest.mark.parametrize("rule", MAKERS)
def test_a_rule_finds_what_is_generated_for_it(rule: str, parser: Parser) -> None:
    made = [case for case in cases(12 * len(MAKERS), seed=7) if case.rule == rule]
    assert rule in {date.rule for _, found in found_in(made, parser) for date in found.values()}


def test_every_generated_date_has_its_value(parser: Parser) -> None:
    made = cases(COUNT)
    wrong = []
    while batch := list(islice(made, BATCH)):
        wrong += [
            (case, found) for case, found in found_in(batch, parser) if not is_right(case, found)
        ]
    assert wrong == []
