"""The user's rules of ``dates.toml``: patterns over the text that name parts of the calendar."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, get_args

from newsclaims.extract.dates.readings import Reading, TimeExpression
from newsclaims.extract.own import OwnRule
from newsclaims.schema import TimexType

_NUMBERS = ("year", "decade", "century", "month", "day", "weekday", "quarter", "half")
# What a pattern's groups may be called: the expression itself, if it is not the whole match, and
# parts of it that are numbers.
GROUPS = frozenset({"date", *_NUMBERS})
# What a rule may say of all that it finds; `value` is a whole TIMEX3 value.
SETTINGS = frozenset({"type", "value", "mod", "season", *_NUMBERS})


def check_settings(rule: OwnRule) -> None:
    """Raise ValueError unless the rule says what its expressions mean."""
    for name in _NUMBERS:
        if not isinstance(rule.settings.get(name, 0), int):
            raise ValueError(f"{name} = {rule.settings[name]!r} is no whole number")
    for name in ("type", "value", "mod", "season"):
        if not isinstance(rule.settings.get(name, ""), str):
            raise ValueError(f"{name} = {rule.settings[name]!r} is no string")
    if rule.settings.get("type", "DATE") not in get_args(TimexType):
        raise ValueError(f"type {rule.settings['type']!r} is none of {get_args(TimexType)}")
    parts = {"value", "season", *_NUMBERS}
    if parts.isdisjoint(rule.settings) and parts.isdisjoint(rule.pattern.groupindex):
        raise ValueError("neither a setting nor a group says which date is meant")


def own_expressions(text: str, rules: Iterable[OwnRule]) -> Iterator[TimeExpression]:
    """What the rules find in a text, rule by rule."""
    for rule in rules:
        for match in rule.matches(text):
            groups = match.groupdict()
            start, end = match.span("date" if groups.get("date") else 0)
            parts: dict[str, Any] = {
                name: rule.settings[name] for name in (*_NUMBERS, "season") if name in rule.settings
            }
            for name in _NUMBERS:
                digits = "".join(filter(str.isdecimal, groups.get(name) or ""))
                if digits:
                    parts[name] = int(digits)
            reading = Reading(fixed=rule.settings.get("value"), **parts)
            timex: TimexType = rule.settings.get("type", "DATE")
            yield TimeExpression(start, end, timex, rule.name, reading, rule.settings.get("mod"))


def with_own(
    text: str, found: Sequence[TimeExpression], rules: Sequence[OwnRule]
) -> list[TimeExpression]:
    """The expressions in order, where two overlap the user's, and of the user's the first."""
    kept: list[TimeExpression] = []
    for each in (*own_expressions(text, rules), *found):
        if all(each.end <= other.start or other.end <= each.start for other in kept):
            kept.append(each)
    return sorted(kept, key=lambda each: each.start)
