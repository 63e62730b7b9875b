"""Texts cut into tokens such that every mark begins and ends with one."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

_TOKEN = re.compile(r"\w+|[^\w\s]")


class Token(NamedTuple):
    """Half-open code points."""

    start: int
    end: int


def tokens_of(text: str, edges: Iterable[int]) -> list[Token]:
    """Words and signs in order, white space left out, cut at each of the edges inside them."""
    cuts = sorted(set(edges))
    tokens: list[Token] = []
    at = 0
    for match in _TOKEN.finditer(text):
        start = match.start()
        while at < len(cuts) and cuts[at] <= start:
            at += 1
        while at < len(cuts) and cuts[at] < match.end():
            tokens.append(Token(start, cuts[at]))
            start = cuts[at]
            at += 1
        tokens.append(Token(start, match.end()))
    return tokens


def without_overlaps(spans: Sequence[tuple[int, int]]) -> set[int]:
    """Indices of the spans that stay when each that shares a character with a longer one goes."""
    order = sorted(range(len(spans)), key=lambda i: (spans[i][0] - spans[i][1], spans[i]))
    kept: list[int] = []
    taken: set[int] = set()
    for index in order:
        characters = range(*spans[index])
        if taken.isdisjoint(characters):
            kept.append(index)
            taken.update(characters)
    return set(kept)
