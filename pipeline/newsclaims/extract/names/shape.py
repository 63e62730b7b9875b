"""The form of a candidate: how many words it has, how they are written and tagged."""

from collections.abc import Callable, Mapping

from newsclaims.extract.names.view import View
from newsclaims.extract.names.vocabulary import (
    CAPITAL_TAGS,
    HONORIFICS,
    ORGANISATION_NOUNS,
    RANKS,
    TITLE_MODIFIERS,
    TITLES,
)

_BODIES = ORGANISATION_NOUNS | TITLE_MODIFIERS
_HEADS = TITLES | RANKS | HONORIFICS


def _last_written(v: View) -> int:
    """The last token; of parts joined by hyphens ("Hae-in") the first."""
    at = v.end - 1
    while at - 2 >= v.start and v.words.texts[at - 1] == "-" and v.words.texts[at].islower():
        at -= 2
    return at


def _lower_case(v: View) -> bool:
    return v.words.texts[v.start][:1].islower() or v.words.texts[_last_written(v)][:1].islower()


def _capitals(v: View) -> bool:
    return all(text.isupper() for text in v.words.texts[v.start : v.end]) and len(v.first) > 1


def _opens_sentence(v: View) -> bool:
    return v.before == ""


def _other_tag(v: View) -> bool:
    return v.words.tags[_last_written(v)] not in CAPITAL_TAGS


def _two_words(v: View) -> bool:
    return v.size == 2


def _three_words(v: View) -> bool:
    return v.size == 3


def _many_words(v: View) -> bool:
    return v.size > 3


def _capital_before(v: View) -> bool:
    """Part of a longer capitalised name, no body's head as in "head of the Bank Jane Doe"."""
    at = v.words.before(v.start)
    behind = v.label == "PERSON" and v.size > 1 and v.before in _BODIES
    return at >= 0 and v.words.is_capital(at) and v.before not in _HEADS and not behind


SHAPES: Mapping[str, Callable[[View], bool]] = {
    "lower-case": _lower_case,
    "capitals": _capitals,
    "opens-sentence": _opens_sentence,
    "other-tag": _other_tag,
    "two-words": _two_words,
    "three-words": _three_words,
    "many-words": _many_words,
    "capital-before": _capital_before,
}
