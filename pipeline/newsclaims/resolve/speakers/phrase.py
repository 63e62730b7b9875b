"""A definite noun phrase taken apart: "the former minister of Chile"."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from newsclaims.resolve.speakers.scene import OF_ANOTHER, RELATIVE

DEFINITE = frozenset({"the", "this", "that"})
_AGE = re.compile(r"(\d{1,3})-year-old")
_CHILDREN = re.compile(r"(?:father|mother)[ -]of[ -](?:\w{3,5}|\d)")


class Phrase(NamedTuple):
    """The noun of "the former minister of Chile", the words before it, and all names in it.

    `age` is the number of a "43-year-old"; `children` says that it is a "mother of two".
    """

    noun: str
    before: frozenset[str]
    names: frozenset[str]
    age: str | None
    children: bool


def read_phrase(words: Sequence[str]) -> Phrase:
    """A definite noun phrase, cut at its first comma or relative clause."""
    last = end = len(words)
    for number, word in enumerate(words[1:], 1):
        small = word.lower()
        if small in RELATIVE:
            end = number
            break
        if small in OF_ANOTHER:
            last = min(last, number)
        if word.endswith(","):
            end = number + 1
            break
    last = min(last, end)
    noun = words[last - 1].lower().strip(",").removesuffix(".") if last > 1 else ""
    before = [word.lower() for word in words[1 : last - 1]]
    if noun.endswith("-elect"):
        noun, before = noun.removesuffix("-elect"), [*before, "incoming"]
    names = {
        word.strip(",.").lower()
        for word in words[1:end]
        if word[:1].isupper() and not word.endswith("-based")
    }
    age = _AGE.search(" ".join([*before, noun]))
    children = _CHILDREN.fullmatch(" ".join(words[last - 1 : end]).strip(","))
    return Phrase(
        noun, frozenset(before), frozenset(names - {noun}), age[1] if age else None, bool(children)
    )
