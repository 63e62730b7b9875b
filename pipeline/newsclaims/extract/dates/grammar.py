"""The patterns of ``dates.toml`` over lexemes, and what a builder sees of a match."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from newsclaims.extract.dates.lexemes import ALPHABET, BOOK, Run
from newsclaims.extract.dates.numbers_in_words import Lexeme
from newsclaims.extract.dates.readings import TimeExpression
from newsclaims.extract.dates.scene import Scene
from newsclaims.extract.engine import Attempt, Grammar, Match, first_made

# Parts that patterns share, each built of classes and earlier parts.
_PARTS: Mapping[str, str] = MappingProxyType(
    # not words: names of patterns
    {
        "MON": "(MONTH|OTHER_MONTH|SHORT_MONTH)",
        "WD": "(WEEKDAY|SHORT_WEEKDAY)",
        "DAYNUM": "(SMALL|ORDINAL)",
        "NTH": "(ORDINAL|ORDINAL_WORD|SECOND)",
        "YR": "(YEAR|SHORT_YEAR)",
        "TWO_DIGITS": "(SMALL|PLAIN)",
        "YEAR_END": "(COMMA? YR)",
        "UNIT1": "(DAY|WEEK|FORTNIGHT|MONTH_UNIT|YEAR_UNIT|DECADE_UNIT|CENTURY_UNIT|HOUR|MINUTE"
        "|QUARTER|WEEKEND)",
        "UNITN": "(DAYS|WEEKS|MONTHS_UNIT|YEARS_UNIT|DECADES_UNIT|CENTURIES_UNIT|HOURS|MINUTES"
        "|SECONDS|QUARTERS|WEEKENDS)",
        "WORDNUM": "(TENS|TEENS|ONES)",
        "CARD": "(SMALL FRACTION|SMALL|PLAIN|DECIMAL|BIG|FOUR"
        "|(WORDNUM|A) (HUNDRED|DOZEN) (AND? WORDNUM)?|WORDNUM|DOZEN)",
        "SOME": "((A|THE|THE LAST)? (VAGUE|MANY|COUPLE) OF?)",
        "AND_HALF": "(DASH? AND DASH? A DASH? HALF|DASH? FRACTION)",
        "AMOUNT": "(CARD (DASH? (TO|OR|DASH) DASH? CARD)? AND_HALF?|SOME)",
        "QUANTITY": "((NO|NOT)? (MORE|LESS) THAN|OVER|UNDER|AT (LEAST|MOST)|UP TO"
        "|AS (MUCH|MANY|LONG) AS|ABOUT|NEARLY|A LITTLE (OVER|UNDER|(MORE|LESS) THAN))",
        "OR_SO": "(OR SO)",
        "PHASE": "((THE VERY? (BEGIN|END|MID) OF|EARLY|LATE|MID) DASH?)",
        "OF_YEAR": "((COMMA|OF|IN)? (THE? FISCAL? YEAR_UNIT? YR|FISCAL_CODE"
        "|(POINTER|THE) FISCAL? YEAR_UNIT (?!POSSESSIVE)))",
        "YEAR_AGO": "(YEAR_UNIT DASH (AGO|EARLIER))",
        "NTH_QUARTER": "((NTH|LAST) DASH? FISCAL? DASH? QUARTER|FISCAL (NTH|LAST) DASH? QUARTER)",
        "POINTER": "(THE? (LAST|NEXT|COMING|FOLLOWING|PREVIOUS|CURRENT|SAME)|THIS (PAST|COMING)?"
        "|THAT SAME?)",
        "TIME_OF_DAY": "((CLOCK|SMALL|DECIMAL|ONES|TEENS) AMPM|CLOCK|DECIMAL (?=ZONE)"
        "|(FOUR|YEAR|PLAIN) (?=ZONE|HOURS))",
        "ZONED": "(TIME_OF_DAY (HOURS? ZONE|HOURS|OPEN ZONE|LOCAL TIME_WORD)?)",
        "TIME": "(ZONED|NOON)",
        "DAYNAME": "(TODAY PART?|THIS PART|TONIGHT"
        "|(POINTER|PREVIOUS)? WD PART? (COMMA? (MON DAYNUM|DAYNUM OF? MON) YEAR_END?)?"
        "|THE (NEXT|FOLLOWING|SAME|PREVIOUS) DAY"
        "|(WD COMMA?)? MON DAYNUM (YEAR_END|(LAST|NEXT) YEAR_UNIT)?"
        "|(WD COMMA?)? DAYNUM OF? MON YEAR_END?"
        "|THE (NTH|LAST) WEEKDAY (OF|IN) (MON YEAR_END?|(THIS|LAST|NEXT|THE) MONTH_UNIT)"
        "|THE ORDINAL)",
    }
)


class CalendarMatch(NamedTuple):
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


_GRAMMAR = Grammar(BOOK.rules.values(), ALPHABET, _PARTS)


def read(
    run: Run,
    scene: Scene,
    build: Callable[[CalendarMatch], list[TimeExpression]],
    without: frozenset[str] = frozenset(),
    trace: list[Attempt] | None = None,
) -> Iterator[TimeExpression]:
    """What the rules find in a run, from left to right, without overlaps.

    `trace` gets each attempt of a rule.
    """
    codes, lexemes = run

    def built(match: Match) -> list[TimeExpression]:
        start, end = match.start, match.end
        before = lexemes[start - 1] if start else None
        after = lexemes[end] if end < len(lexemes) else None
        return build(CalendarMatch(match.rule, lexemes[start:end], before, after, scene))

    for match, made in first_made(_GRAMMAR.matches(codes), built, without):
        if trace is not None:
            start, end = lexemes[match.start].start, lexemes[match.end - 1].end
            trace.append(Attempt(match.rule, start, end, None if made is None else len(made)))
        yield from made or ()
