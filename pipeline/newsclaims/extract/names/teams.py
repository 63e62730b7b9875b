"""Places that stand for their teams: in the report of a game they are bodies, not places.

A name plays where it stands beside a score, a verb of contest or a player in an article that speaks
of sport. It then plays in the whole article, but where a preposition of place stands before it.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from newsclaims.extract.finds import Kind, Name
from newsclaims.extract.names.vocabulary import CONTEST_VERBS, GAME_WORDS, PLAYERS
from newsclaims.extract.names.words import Words

# Fewer words of sport, or a smaller share, may be about anything: "a match", "the goal".
_FEWEST_GAME_WORDS = 3
_LEAST_SHARE = 0.012

_SCORE = r"\d{1,3}\s?[-–—]\s?\d{1,3}"
_SCORE_BEFORE = re.compile(rf"{_SCORE}(?:\s+(?:to|against|over|with|at))?(?:\s+the)?\s*\Z")
_SCORE_AFTER = re.compile(rf"\s+\(?{_SCORE}\b")
_PLACE_BEFORE = re.compile(r"\b(?:in|near|across|outside|around|throughout)\s+(?:the\s+)?\Z")
_PLAYED_BEFORE = re.compile(
    r"\b(?:(?:win|won|victory|draw|defeat|loss|lead|goals?)\s+(?:over|against|to|for)"
    r"|(?:play|plays|played|scored|caps|capped|signed|signs)\s+(?:twice\s+)?(?:for|against))\s+\Z"
)
_NEAR = 40  # characters: enough for a score or a verb beside the name
_WORD = re.compile(r"\s+([a-z]+(?:-[a-z]+)*)")


def as_teams(words: Words, names: Sequence[Name], unnamed: Sequence[Name] = ()) -> list[Name]:
    """`names` with the places that play turned into organisations.

    Those of `unnamed`, known places that the context makes none, are added where they play.
    """
    if not _reports_game(words):
        return list(names)
    text = words.text
    taken = {name.start for name in names}
    both = sorted([*names, *(name for name in unnamed if name.start not in taken)])
    places = [name for name in both if name.kind is Kind.PLACE]
    teams = {_form(text, name) for name in places if _plays(text, name)}
    # "X beat Y": the verb alone is enough where both stand beside it.
    for first, second in pairwise(both):
        between = text[first.end : second.start].split()
        if first.kind is second.kind is Kind.PLACE and _is_contest(between):
            teams |= {_form(text, first), _form(text, second)}
    playing = {
        name
        for name in places
        if _form(text, name) in teams
        and not _PLACE_BEFORE.search(text[max(name.start - _NEAR, 0) : name.start])
    }
    return [
        name._replace(kind=Kind.ORGANISATION, rule="team", confidence=None)
        if name in playing
        else name
        for name in both
        if name in playing or name not in unnamed
    ]


def _reports_game(words: Words) -> bool:
    """Whether the words of sport are so many and so dense that the article is about a game."""
    found = [word for word in words.lower if word in GAME_WORDS]
    return len(found) >= _LEAST_SHARE * len(words) and len(set(found)) >= _FEWEST_GAME_WORDS


def _form(text: str, name: Name) -> str:
    """The name as it is compared: headlines have it in capitals."""
    return text[name.start : name.end].casefold()


def _plays(text: str, name: Name) -> bool:
    before = text[max(name.start - _NEAR, 0) : name.start]
    after = text[name.end : name.end + _NEAR]
    if _SCORE_BEFORE.search(before) or _SCORE_AFTER.match(after):
        return True
    if _PLAYED_BEFORE.search(before) and not after.startswith(("'s", "’s")):
        return True  # but not in "his win over Xland's champion"
    behind = _WORD.match(after.removeprefix("'s").removeprefix("’s"))
    return behind is not None and behind[1] in PLAYERS


def _is_contest(between: Sequence[str]) -> bool:
    """Whether the words between two names are a verb of contest and little else."""
    return 0 < len(between) <= 3 and any(word.lower() in CONTEST_VERBS for word in between)
