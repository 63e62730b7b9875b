"""Text -> runs of words, numbers and marks that may belong to a time expression.

One pass over the text. Each word of the lexicon's ``dates`` classes, and each number, becomes a
`Lexeme` with the name of its class as its kind. Words of no such class end a run, and so do blank
lines and most punctuation: what remains are short runs, and only those that hold a word of the
calendar are looked at again.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from newsclaims import lexicon
from newsclaims.extract.dates import numbers_in_words
from newsclaims.extract.dates.numbers_in_words import Lexeme
from newsclaims.extract.engine import Alphabet
from newsclaims.rules import load_rules

BOOK = load_rules("extract/dates/dates")

_NUMERIC = (
    "small plain year four big decimal ordinal fraction clock iso_date iso_time slashed "
    "month_slash_day joined decade short_decade short_year quarter_code half_code fiscal_code"
).split()
_MARKS = {"-": "dash", "–": "dash", "—": "dash", ",": "comma", "(": "open", "/": "slash"}
_POSSESSIVE = "possessive"
_LISTS = [name.removeprefix("dates.") for name in lexicon.CLASSES if name.startswith("dates.")]
_KINDS = [*_LISTS, *_NUMERIC, *dict.fromkeys(_MARKS.values()), _POSSESSIVE]

ALPHABET = Alphabet([frozenset({kind}) for kind in _KINDS])
_SYMBOLS: Mapping[str, str] = {kind: ALPHABET.symbol(frozenset({kind})) for kind in _KINDS}


class Run(NamedTuple):
    """Neighbouring lexemes, and their kinds as one character each."""

    codes: str
    lexemes: list[Lexeme]


# Months and weekdays that a lost line end may glue to the next word ("in AprilTerminal opens");
# those that are other words, too, are left alone.
_GLUED = "|".join(
    word.title()
    for word in sorted(
        lexicon.words("dates.month", "dates.other_month", "dates.weekday")
        - {"march", "may", "august"}
    )
)
_MONTH = "|".join(
    sorted(lexicon.words("dates.month", "dates.other_month", "dates.short_month"), reverse=True)
)
# The year at the end of a quarter's or half's code: Q3'23, Q4-2021, Q2FY24.
_CODED_YEAR = r"(?:['’]\d\d|[-/]?FY['’]?(?:\d{4}|\d\d)|[-/](?:\d{4}|\d\d))"
_TOKEN = re.compile(
    r"""
      (?P<ampm>[ap]\.\s?m\b\.?)
    | (?P<oclock>o['’]clock\b)
    | (?P<glued>(?-i:{glued})(?=(?-i:[A-Z][a-z])))
    | (?P<era>(?-i:B\.\s?C\.(?:\s?E\.)?|A\.\s?D\.|C\.\s?E\.))
    | (?P<fiscal_code>FY\s?['’]?(?:\d{4}|\d\d)(?:[-/](?:\d{4}|\d\d))?(?!\w))
    | (?P<quarter_code>(?:Q[1-4]|[1-4]Q){year}?(?!\w)|[1-4]Q(?:\d{4}|\d\d)(?!\w)
        |\d{4}[-/]?Q[1-4](?!\w))
    | (?P<half_code>(?:H[12]|[12]H){year}(?!\w)|[12]H(?:\d{4}|\d\d)(?!\w)|\d{4}[-/]?H[12](?!\w)
        |(?:H[12]|[12]H)(?=\s(?:of\s)?(?:(?:19|20)\d\d|['’]\d\d|FY)))
    | (?P<word>[^\W\d_]+(?![\w]))
    | (?P<joined>\d{1,2}(?:{month})(?:\d{4}|\d\d)(?!\w))
    | (?P<iso_time>\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?(?![\w]))
    | (?P<iso_date>\d{4}-\d\d-\d\d(?![\w-])
        |\d{4}(?P<part>[./])\d{1,2}(?P=part)\d{1,2}(?![\w/-]|\.\d))
    | (?P<slashed>\d{1,2}(?P<mark>[/.-])\d{1,2}(?P=mark)(?:\d{4}|\d\d)(?![\w/-]))
    | (?P<fraction>[1-3]/[2-4](?![\w/])|[½¼¾])
    | (?P<month_slash_day>\d{1,2}/\d{1,2}(?![\w/]))
    | (?P<clock>\d{1,2}:\d\d(?::\d\d)?(?![\d:]|\.\d))
    | (?P<decade>(?:1\d|20)\d0['’]?s\b)
    | (?P<short_decade>['’]?[1-9]0['’]?s\b)
    | (?P<short_year>(?<![\w])['’]\d\d(?![\w'’]))
    | (?P<possessive>(?<=\w)['’]s\b|(?<=s)['’](?=\stime\b))
    | (?P<ordinal>\d{1,3}(?:st|nd|rd|th)\b)
    | (?P<big>\d{1,3}(?:,\d{3})+(?!\w))
    | (?P<decimal>\d+\.\d+(?!\w)|\d{1,2}\.\d\d(?=[ap]\.?m\b))
    | (?P<number>\d+(?!\w|[.,:]\d)|\d{1,2}(?=[ap]\.?m\b)|\d{4}(?=GMT|UTC))
    | (?P<junk>\w[\w.,:/]*\w|\w)
    """.replace("{glued}", _GLUED)
    .replace("{month}", _MONTH)
    .replace("{year}", _CODED_YEAR),
    re.VERBOSE | re.IGNORECASE,
)
_MONEY_BEFORE = frozenset("$£€¥#№₹")
_UNIT_AFTER = tuple("%°$£€¥₹")
_HOLIDAY = re.compile(
    "|".join(
        re.escape(name).replace("'", "['’]")
        for name in sorted(lexicon.words("dates.holiday"), key=lambda name: (-len(name), name))
    )
    + r"(?!\w)",
    re.IGNORECASE,
)
_HOLIDAY_NAMES = {
    name.lower(): named[0] if named else name
    for name, named in lexicon.values("dates.holiday").items()
}


def _vocabulary() -> dict[str, tuple[str, str]]:
    """Word in lower case -> its kind, and its value or itself."""
    return {
        word: (kind, value[0] if value else word)
        for kind in _LISTS
        if kind not in ("capitalised", "holiday")
        for word, value in lexicon.values(f"dates.{kind}").items()
    }


_WORDS = _vocabulary()
_CAPITALISED = lexicon.words("dates.capitalised")
_HOLIDAY_STARTS = frozenset(name.split()[0].split("'")[0] for name in _HOLIDAY_NAMES)
_KNOWN = _HOLIDAY_STARTS | _WORDS.keys()
_ABBREVIATIONS = frozenset(
    word for word, (kind, _) in _WORDS.items() if kind in ("short_month", "short_weekday")
)
_MONTHS = ("month", "other_month", "short_month")
_BEFORE_DAY = re.compile(r"\b(?:by|until|till|since|from|before|after|of)\s$")
# "Twenty to eleven" has no word of the calendar.
_COUNTS = "".join(_SYMBOLS[kind] for kind in ("small", "ones", "teens", "tens"))
_SPELLED_CLOCK = re.compile(f"{_SYMBOLS['at']}[{_COUNTS}]{_SYMBOLS['to']}[{_COUNTS}]")
_IN_WORDS = frozenset({"ones", "teens", "tens"})
# Kinds without which a run holds no time expression.
_HEADS = frozenset(_SYMBOLS[kind] for kind in BOOK.lists["heads"])


def runs(text: str, sentences: Collection[int]) -> Iterator[Run]:
    """The runs of `text` that hold a word of the calendar, in order.

    `sentences` are the offsets at which sentences begin: a run does not pass the line end before.
    """
    lexemes: list[Lexeme] = []
    end = skip_to = 0
    for match in _TOKEN.finditer(text):
        start = match.start()
        if start < skip_to:
            continue
        # Most words are in no list: they are told by one look.
        passed = match.lastgroup == "word" and match[0].lower() not in _KNOWN
        lexeme = None if passed else _lexeme(text, match)
        if lexeme is None:
            if lexemes:
                yield from _closed(lexemes)
                lexemes = []
            continue
        if lexemes:
            mark = _between(text, end, start, lexemes[-1])
            if start in sentences and "\n" in text[end:start] and mark != "comma":
                mark = "" if _goes_on(text, lexemes, lexeme) else None
            if mark is None:
                yield from _closed(lexemes)
                lexemes = []
            elif mark:
                lexemes.append(Lexeme(mark, end, start, mark))
        lexemes.append(lexeme)
        skip_to = end = lexeme.end
    yield from _closed(lexemes)


def _goes_on(text: str, lexemes: list[Lexeme], lexeme: Lexeme) -> bool:
    """Whether a date goes on behind a line end: "on June" and "18", "of 18" and "June"."""
    before = lexemes[-1]
    if before.kind in _MONTHS:
        first = lexemes[-2] if len(lexemes) > 1 and lexemes[-2].kind == "on" else before
        return lexeme.kind in ("small", "ordinal") and (
            first.kind == "on"
            or _BEFORE_DAY.search(text[max(before.start - 8, 0) : before.start]) is not None
        )
    return before.kind in ("small", "ordinal") and lexeme.kind in _MONTHS


def _closed(lexemes: list[Lexeme]) -> Iterator[Run]:
    if any(lexeme.kind in _IN_WORDS for lexeme in lexemes):
        lexemes = numbers_in_words.joined(lexemes)
    codes = "".join([_SYMBOLS[lexeme.kind] for lexeme in lexemes])
    if not _HEADS.isdisjoint(codes) or _SPELLED_CLOCK.search(codes):
        yield Run(codes, lexemes)


def _between(text: str, end: int, start: int, before: Lexeme) -> str | None:
    """The kind of the mark between two lexemes, "" for white space alone, null for a break."""
    gap = text[end:start]
    if gap in ("", " "):
        return ""
    if gap.count("\n") > 1:
        return None
    mark = gap.strip()
    if mark.startswith(".") and text[before.start : end].lower() in _ABBREVIATIONS:
        mark = mark[1:].strip()
    if not mark:
        return ""
    if mark in ("-", "–", "—") and "\n" in gap and gap != f"{mark}\n":
        return None
    return _MARKS.get(mark)


def _lexeme(text: str, match: re.Match[str]) -> Lexeme | None:
    kind = match.lastgroup
    start, end = match.span()
    if kind in ("word", "glued"):
        return _word(text, match[0], start, end)
    if kind == "junk":
        return None
    if kind in ("ampm", "oclock"):
        return Lexeme("ampm", start, end, match[0][0].lower())
    if kind == "era":
        return Lexeme(kind, start, end, "BC" if match[0][0] == "B" else "AD")
    if kind == _POSSESSIVE:
        return Lexeme(kind, start, end, match[0])
    if (start and text[start - 1] in _MONEY_BEFORE) or text[end : end + 1] in _UNIT_AFTER:
        return None
    assert kind is not None
    return Lexeme(_number_kind(match[0]) if kind == "number" else kind, start, end, match[0])


def _word(text: str, word: str, start: int, end: int) -> Lexeme | None:
    lower = word.lower()
    if lower in _HOLIDAY_STARTS and word[0].isupper() and (named := _HOLIDAY.match(text, start)):
        name = _HOLIDAY_NAMES[named[0].lower().replace("’", "'")]
        return Lexeme("holiday", start, named.end(), name)
    known = _WORDS.get(lower)
    if known is None or (lower in _CAPITALISED and not word[0].isupper()):
        return None
    if known == ("era", "AD") and not word.isupper():
        return None
    return Lexeme(known[0], start, end, known[1])


def _number_kind(digits: str) -> str:
    if len(digits) <= 2 and int(digits) <= 31:
        return "small"
    if len(digits) == 4:
        return "year" if 1000 <= int(digits) <= 2100 else "four"
    return "plain"
