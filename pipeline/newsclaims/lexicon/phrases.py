"""Words and phrases, laid over the tokens of a text in one pass."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

# How tokenisers cut a phrase: at hyphens, and at the full stop of an abbreviation, or not.
_PARTS = re.compile(r"[^\s.-]+\.?|[.-]")
_CUT = re.compile(r"[^\s.-]+|[.-]")


class Span(NamedTuple):
    """Tokens `start` to `end` (half-open) that are a phrase."""

    start: int
    end: int


class Phrases:
    """Phrases by their first token, the longest first."""

    def __init__(self, phrases: Iterable[str]) -> None:
        table: dict[str, set[tuple[str, ...]]] = {}
        for phrase in phrases:
            for cut in (phrase.split(), _PARTS.findall(phrase), _CUT.findall(phrase)):
                table.setdefault(cut[0], set()).add(tuple(cut))
        self._table = {
            first: sorted(found, key=lambda parts: (-len(parts), parts))
            for first, found in table.items()
        }

    def over(self, tokens: Sequence[str]) -> Iterator[Span]:
        """The longest phrases in the tokens, in order, without overlaps.

        Args:
            tokens: The tokens of a text, in lower case.
        """
        end = 0
        for start, token in enumerate(tokens):
            if start < end or token not in self._table:
                continue
            for parts in self._table[token]:
                if tuple(tokens[start : start + len(parts)]) == parts:
                    end = start + len(parts)
                    yield Span(start, end)
                    break
