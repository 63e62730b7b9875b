"""Rules as patterns over classes of words, compiled to regular expressions.

A text is written in symbols: each unit, a word or a lexeme, is one character in each channel of an
`Alphabet`. A `Grammar` compiles rules, whose patterns name classes, and says which of them match
where::

    (?P<verb>APPOINTED) (as)? DETERMINER? (?P<title>TITLE)

=====================  ===========================================================================
``MONTH``              a unit of the class ``month``, or a part that the grammar names ``MONTH``
``"as"``               a unit that is this word
``.``                  any unit
``( | ) ? * + {2,3}``  as in regular expressions; so are ``(?P<name>...)``, look-arounds,
                       ``^`` and ``$``
=====================  ===========================================================================

White space parts names and means nothing.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeVar

from newsclaims.rules import Rule

T = TypeVar("T")

# Symbols begin past every character with a meaning in regular expressions.
_FIRST_SYMBOL = 0x100
_REMEMBERED = 20_000  # codes whose matches are kept: news writes its dates in few ways
_TOKEN = re.compile(
    r"""
      (?P<space>\s+)
    | (?P<named>\(\?P<\w+>)
    | (?P<opening>\((?:\?(?:[:=!]|<[=!]))?)
    | (?P<operator>[)|?*+^$]|\{\d*,?\d*\})
    | (?P<word>"[^"]+")
    | (?P<class>[A-Z][A-Z_0-9]*)
    | (?P<any>\.)
    """,
    re.VERBOSE,
)


class PatternError(ValueError):
    """A pattern that cannot be compiled; the message says where."""


class Alphabet:
    """One symbol for each class, or set of classes, that a unit can have in a channel.

    Args:
        channels: For each channel the sets of classes that a unit can have there; the first set of
            each channel is that of a unit of which nothing is known.
    """

    def __init__(self, *channels: Sequence[frozenset[str]]) -> None:
        self.width = len(channels)
        self._symbols: list[dict[frozenset[str], str]] = []
        code = _FIRST_SYMBOL
        for sets in channels:
            unique = dict.fromkeys(sets)
            self._symbols.append({one: chr(code + place) for place, one in enumerate(unique)})
            code += len(unique)

    def symbol(self, classes: frozenset[str], channel: int = 0) -> str:
        """The symbol of a unit with these classes; that of an unknown one where none is."""
        symbols = self._symbols[channel]
        found = symbols.get(classes)
        return next(iter(symbols.values())) if found is None else found

    def unit(self, name: str) -> str | None:
        """A regular expression for a unit of a class, or None where no unit has it."""
        for channel, symbols in enumerate(self._symbols):
            has = "".join(symbol for classes, symbol in symbols.items() if name in classes)
            if has:
                return f"(?:{'.' * channel}[{has}]{'.' * (self.width - channel - 1)})"
        return None


class Match(NamedTuple):
    """A rule that matches: half-open units, and those of the groups that took part, by name."""

    rule: str
    start: int
    end: int
    groups: Mapping[str, tuple[int, int]]


class Attempt(NamedTuple):
    """What a rule came to where its pattern matches: half-open characters, and how many rows.

    `made` is None where the rule was not tried, because an earlier one had taken the place.
    """

    rule: str
    start: int
    end: int
    made: int | None

    def meets(self, start: int, end: int) -> bool:
        """Whether these characters share one with those of the match."""
        return start < self.end and self.start < end


class Grammar:
    """Rules with a pattern, compiled, in the order in which they are tried.

    Args:
        rules: The rules; those without a pattern are passed over.
        alphabet: The symbols of the texts that they are matched with.
        parts: Patterns that others name, by their names.

    Raises:
        PatternError: A pattern names what is neither a class nor a part, or is no pattern.
    """

    def __init__(
        self, rules: Iterable[Rule], alphabet: Alphabet, parts: Mapping[str, str] | None = None
    ) -> None:
        self._alphabet = alphabet
        self._parts = parts or {}
        self._rules = [(rule.id, self._compiled(rule)) for rule in rules if rule.pattern]
        self._remembered = lru_cache(_REMEMBERED)(self._matches)

    def matches(self, codes: str) -> Sequence[Sequence[Match]]:
        """For each unit of a text in symbols the rules that match there, in order."""
        return self._remembered(codes)

    def _matches(self, codes: str) -> tuple[tuple[Match, ...], ...]:
        width = self._alphabet.width
        return tuple(
            tuple(
                Match(rule, place // width, found.end() // width, self._groups(found))
                for rule, pattern in self._rules
                if (found := pattern.match(codes, place)) is not None
            )
            for place in range(0, len(codes), width)
        )

    def _groups(self, found: re.Match[str]) -> Mapping[str, tuple[int, int]]:
        width = self._alphabet.width
        return {
            name: (found.start(name) // width, found.end(name) // width)
            for name in found.re.groupindex
            if found[name] is not None
        }

    def _compiled(self, rule: Rule) -> re.Pattern[str]:
        try:
            return re.compile(self._translated(rule.pattern or ""))
        except (re.error, PatternError) as error:
            raise PatternError(f"rule {rule.id!r}: {error}") from error

    def _translated(self, pattern: str) -> str:
        """The regular expression over symbols that a pattern stands for."""
        pieces: list[str] = []
        place = 0
        while place < len(pattern):
            token = _TOKEN.match(pattern, place)
            if token is None:
                raise PatternError(f"{pattern[place:]!r} begins with no part of a pattern")
            pieces.append(self._piece(token.lastgroup or "", token[0]))
            place = token.end()
        return "".join(pieces)

    def _piece(self, kind: str, text: str) -> str:
        if kind == "space":
            return ""
        if kind == "any":
            return f"(?:{'.' * self._alphabet.width})"
        if kind == "opening" and text == "(":
            return "(?:"
        if kind not in ("class", "word"):
            return text
        if text in self._parts:
            return f"(?:{self._translated(self._parts[text])})"
        unit = self._alphabet.unit(text.lower())
        if unit is None:
            raise PatternError(f"there is no class or part {text}")
        return unit


def first_made(
    matches: Sequence[Sequence[Match]],
    make: Callable[[Match], list[T]],
    without: frozenset[str] = frozenset(),
) -> Iterator[tuple[Match, list[T] | None]]:
    """Yield from left to right each match and what was made of it, without overlaps.

    The first rule that matches and of whose match something is made takes the place; None is made
    of a match that was not tried, since its place was taken.
    """
    taken = 0
    for start, here in enumerate(matches):
        for match in here:
            if start < taken:
                yield match, None
            elif match.rule not in without:
                made = make(match)
                yield match, made
                taken = match.end if made else taken
