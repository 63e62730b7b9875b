"""Places that stand for their teams: in the report of a game they are bodies, not places.

A name plays where it stands beside a score or beside a verb of contest in an article that speaks of
sport. It then plays in the whole article, but where a preposition of place stands before it.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.extract.finds import Kind, Name
from pipeline.extract.names.vocabulary import CONTEST_VERBS, GAME_WORDS
from pipeline.extract.names.words import Words

# Fewer words of sport may be about anything: "a match", "the goal".
_FEWEST_GAME_WORDS = 3

_SCORE = r"\d{1,3}\s?[-–—]\s?\d{1,3}"
_SCORE_BEFORE = re.compile(rf"{_SCORE}(?:\s+(?:to|against|over|with|at))?(?:\s+the)?\s*\Z")
_SCORE_AFTER = re.compile(rf"\s+\(?{_SCORE}\b")
_PLACE_BEFORE = re.compile(r"\b(?:in|near|across|outside|around|throughout)\s+(?:the\s+)?\Z")
_NEAR = 40  # characters: enough for a score or a verb beside the name


def as_teams(words: Words, names: Sequence[Name]) -> list[Name]:
    """`names` with the places that play turned into organisations."""
    if sum(word in GAME_WORDS for word in words.lower) < _FEWEST_GAME_WORDS:
        return list(names)
    text = words.text
    places = [name for name in names if name.kind is Kind.PLACE]
    teams = {text[name.start : name.end] for name in places if _plays_beside_score(text, name)}
    # "X beat Y": the verb alone is enough where both stand beside it.
    for first, second in pairwise(names):
        between = text[first.end : second.start].split()
        if first.kind is second.kind is Kind.PLACE and _is_contest(between):
            teams |= {text[first.start : first.end], text[second.start : second.end]}
    return [
        name._replace(kind=Kind.ORGANISATION, rule="team", confidence=None)
        if name.kind is Kind.PLACE
        and text[name.start : name.end] in teams
        and not _PLACE_BEFORE.search(text[max(name.start - _NEAR, 0) : name.start])
        else name
        for name in names
    ]


def _plays_beside_score(text: str, name: Name) -> bool:
    before = text[max(name.start - _NEAR, 0) : name.start]
    after = text[name.end : name.end + _NEAR]
    return bool(_SCORE_BEFORE.search(before) or _SCORE_AFTER.match(after))


def _is_contest(between: Sequence[str]) -> bool:
    """Whether the words between two names are a verb of contest and little else."""
    return 0 < len(between) <= 3 and any(word.lower() in CONTEST_VERBS for word in between)
