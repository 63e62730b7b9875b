"""Names with a nickname inside, in marks or brackets, which models tear apart or take for works."""

from collections.abc import Iterator

from newsclaims.extract.finds import KnownPlaces
from newsclaims.extract.names.candidates import Candidate
from newsclaims.extract.names.people_names import people_names
from newsclaims.extract.names.vocabulary import DEMONYMS, NEVER_NAMES
from newsclaims.extract.names.words import Words

_DOUBLE = frozenset({'"', "“", "”", "``", "''"})
# What may close what opens a nickname.
_CLOSES = dict.fromkeys(_DOUBLE, _DOUBLE) | {
    "'": frozenset({"'"}),
    "`": frozenset({"'", "’"}),
    "‘": frozenset({"’"}),
    "(": frozenset({")"}),
}
_WELL_KNOWN = 0.2  # a place, of which a village of the name of a nickname is none
_LONGEST = 2  # words of a nickname


def nickname_candidates(words: Words, places: KnownPlaces) -> Iterator[Candidate]:
    """A candidate for each nickname between two capitals: "Ruben “Rube” Carlton"."""
    texts = words.texts
    for opening in range(1, len(texts) - 3):
        if texts[opening] not in _CLOSES or not _is_word(words, opening - 1):
            continue
        if texts[opening] == "(" and not _is_given(words, opening, places):
            continue
        if words.lower[opening - 1] in NEVER_NAMES:
            continue
        closing = _closing(words, opening)
        if closing is None or not _is_word(words, closing + 1):
            continue
        if _gap(words, opening) != " " or _gap(words, closing + 1) != " ":
            continue
        if _gap(words, opening + 1):
            continue
        start, end = opening - 1, closing + 2
        while start > 0 and words.is_capital(start - 1) and not words.opens_sentence(start):
            start -= 1
        while end < len(texts) and words.is_capital(end) and not words.opens_sentence(end):
            end += 1
        yield Candidate(start, end, "PERSON", "nickname")


def _closing(words: Words, opening: int) -> int | None:
    """The quotation mark that ends a nickname begun at `opening`."""
    for token in range(opening + 1, min(opening + _LONGEST + 2, len(words.texts) - 1)):
        if words.texts[token] in _CLOSES[words.texts[opening]]:
            return token if token > opening + 1 and not _gap(words, token) else None
        if not _is_word(words, token):
            return None
    return None


def _is_given(words: Words, opening: int, places: KnownPlaces) -> bool:
    """Whether a given name stands before a bracket with one word in it that is no place."""
    given, nickname = people_names().given, words.lower[opening + 1]
    if words.texts[opening + 2] != ")" or words.lower[opening - 1] not in given:
        return False
    if nickname in given:
        return True
    return nickname not in DEMONYMS and places.prominence(nickname.title()) < _WELL_KNOWN


def _is_word(words: Words, token: int) -> bool:
    text = words.texts[token]
    return text[0].isupper() and (len(text) == 1 or not text.isupper())


def _gap(words: Words, token: int) -> str:
    """What stands between a token and the one before."""
    return words.text[words.end(token) : words.starts[token]]
