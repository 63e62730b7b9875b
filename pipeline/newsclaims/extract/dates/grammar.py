"""The patterns of ``dates.toml``, compiled, and where they match in a run."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from newsclaims.extract.dates.lexemes import BOOK, SYMBOLS, Lexeme, Run
from newsclaims.extract.dates.readings import TimeExpression
from newsclaims.extract.dates.scene import Scene

# Parts that patterns share, each built of classes and earlier parts.
_PARTS: Mapping[str, str] = MappingProxyType(
    # not words: names of patterns
    {
        "MON": "(MONTH|OTHER_MONTH|SHORT_MONTH)",
        "WD": "(WEEKDAY|SHORT_WEEKDAY)",
        "DAYNUM": "(SMALL|ORDINAL)",
        "NTH": "(ORDINAL|ORDINAL_WORD|SECOND)",
        "YR": "(YEAR|SHORT_YEAR)",
        "YEAR_END": "(COMMA? YR)",
        "UNIT1": "(DAY|WEEK|FORTNIGHT|MONTH_UNIT|YEAR_UNIT|DECADE_UNIT|CENTURY_UNIT|HOUR|MINUTE"
        "|QUARTER|WEEKEND)",
        "UNITN": "(DAYS|WEEKS|MONTHS_UNIT|YEARS_UNIT|DECADES_UNIT|CENTURIES_UNIT|HOURS|MINUTES"
        "|SECONDS|QUARTERS|WEEKENDS)",
        "WORDNUM": "(TENS DASH? ONES|TENS|TEENS|ONES)",
        "CARD": "(SMALL FRACTION|SMALL|PLAIN|DECIMAL|BIG|FOUR"
        "|(WORDNUM|A) (HUNDRED|DOZEN) (AND? WORDNUM)?|WORDNUM|DOZEN)",
        "SOME": "((A|THE|THE LAST)? (VAGUE|MANY) OF?)",
        "AND_HALF": "(DASH? AND DASH? A DASH? HALF|DASH? FRACTION)",
        "AMOUNT": "(CARD (DASH? (TO|OR|DASH) DASH? CARD)? AND_HALF?|SOME)",
        "QUANTITY": "((NO|NOT)? (MORE|LESS) THAN|OVER|UNDER|AT (LEAST|MOST)|UP TO"
        "|AS (MUCH|MANY|LONG) AS|ABOUT|NEARLY|A LITTLE (OVER|UNDER|(MORE|LESS) THAN))",
        "PHASE": "((THE VERY? (BEGIN|END|MID) OF|EARLY|LATE|MID) DASH?)",
        "POINTER": "(THE? (LAST|NEXT|COMING|FOLLOWING|PREVIOUS|CURRENT|SAME)|THIS (PAST|COMING)?"
        "|THAT SAME?)",
        "TIME_OF_DAY": "((CLOCK|SMALL|DECIMAL) AMPM|CLOCK|DECIMAL (?=ZONE)"
        "|(FOUR|YEAR|PLAIN) (?=ZONE|HOURS))",
        "ZONED": "(TIME_OF_DAY (HOURS? ZONE|HOURS|OPEN ZONE|LOCAL TIME_WORD)?)",
        "TIME": "(ZONED|NOON)",
        "DAYNAME": "(TODAY PART?|THIS PART"
        "|(POINTER|PREVIOUS)? WD PART? (COMMA? (MON DAYNUM|DAYNUM OF? MON) YEAR_END?)?"
        "|THE (NEXT|FOLLOWING|SAME|PREVIOUS) DAY"
        "|(WD COMMA?)? MON DAYNUM (YEAR_END|(LAST|NEXT) YEAR_UNIT)?"
        "|(WD COMMA?)? DAYNUM OF? MON YEAR_END?"
        "|THE (NTH|LAST) WEEKDAY (OF|IN) (MON YEAR_END?|(THIS|LAST|NEXT|THE) MONTH_UNIT)"
        "|THE ORDINAL)",
    }
)
_NAME = re.compile(r"[A-Z][A-Z_0-9]*")


class Match(NamedTuple):
    """A rule that holds, the lexemes that it holds of, and the text around them."""

    rule: str
    lexemes: list[Lexeme]
    before: Lexeme | None
    after: Lexeme | None
    scene: Scene

    @property
    def start(self) -> int:
        return self.lexemes[0].start

    @property
    def end(self) -> int:
        return self.lexemes[-1].end

    def first(self, *kinds: str) -> Lexeme | None:
        """The first lexeme of any of these kinds."""
        return next((lexeme for lexeme in self.lexemes if lexeme.kind in kinds), None)

    def number(self, *kinds: str) -> int | None:
        """The value of the first lexeme of these kinds, as a number."""
        found = self.first(*kinds)
        return int("".join(filter(str.isdigit, found.value))) if found else None

    def has(self, *kinds: str) -> bool:
        return any(lexeme.kind in kinds for lexeme in self.lexemes)


def _compile(pattern: str) -> str:
    """A pattern over names of lists -> a regular expression over their symbols."""

    def symbol(match: re.Match[str]) -> str:
        name = match[0]
        if name in _PARTS:
            return f"(?:{_compile(_PARTS[name])})"
        return SYMBOLS[name.lower()]

    grouped = re.sub(r"\((?!\?)", "(?:", pattern)
    return re.sub(r"\s+", "", _NAME.sub(symbol, grouped))


_RULES = [(rule.id, re.compile(_compile(rule.pattern or ""))) for rule in BOOK.rules.values()]
_REMEMBERED = 20_000  # runs by their kinds: news writes its dates in few ways


@lru_cache(_REMEMBERED)
def _fits(codes: str) -> tuple[tuple[tuple[str, int], ...], ...]:
    """For each place of a run the rules that match there, in order, each with where it ends."""
    return tuple(
        tuple(
            (rule, match.end())
            for rule, pattern in _RULES
            if (match := pattern.match(codes, place)) is not None
        )
        for place in range(len(codes))
    )


def read(
    run: Run,
    scene: Scene,
    interpret: Callable[[Match], list[TimeExpression]],
    without: frozenset[str] = frozenset(),
) -> Iterator[TimeExpression]:
    """What the rules find in a run, from left to right, without overlaps.

    The first rule that matches and of whose match `interpret` makes something takes the place.
    """
    codes, lexemes = run
    place = 0
    for start, fitting in enumerate(_fits(codes)):
        if start < place:
            continue
        for rule, end in fitting:
            if rule in without:
                continue
            made = interpret(
                Match(
                    rule,
                    lexemes[start:end],
                    lexemes[start - 1] if start else None,
                    lexemes[end] if end < len(lexemes) else None,
                    scene,
                )
            )
            if made:
                yield from made
                place = end
                break


def attempts(run: Run) -> Iterator[tuple[str, int, int]]:
    """Each rule whose pattern matches somewhere in a run, with the characters; for explanations."""
    codes, lexemes = run
    for start, fitting in enumerate(_fits(codes)):
        for rule, end in fitting:
            yield rule, lexemes[start].start, lexemes[end - 1].end
