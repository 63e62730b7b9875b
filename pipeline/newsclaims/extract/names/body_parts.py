"""Bodies whose name was torn: what the parser left outside of a body's name, or cut in two."""

from newsclaims.extract.names.candidates import PLACE_LABELS, UNTAGGED, Candidate
from newsclaims.extract.names.vocabulary import (
    HAD_BY_BODIES,
    OCCASIONS,
    ORGANISATION_NOUNS,
    TITLE_MODIFIERS,
    TITLES,
)
from newsclaims.extract.names.words import Words

RULE = "body-parts"

# Forms of companies that stand before the name.
_FORMS_BEFORE = frozenset({"PT", "CV", "OAO", "OOO", "PJSC", "PAO"})
_POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
_OPEN = PLACE_LABELS | {UNTAGGED, "ORG"}
_OF_OFFICES = TITLES | TITLE_MODIFIERS | {"sheriff"}
_HYPHENATED = (["-"], ["-", "operative"], ["-", "op"])


def merged_body(
    words: Words, left: Candidate, right: Candidate, between: list[str]
) -> Candidate | None:
    """The two as one body, or occasion, when they are parts of its name, else None."""
    joins = (
        (not between and _adjoins(words, left, right))
        or (between in _HYPHENATED and _hyphenated(words, left, right, between))
        or (between in (["of"], ["of", "the"]) and _is_head(words, left, right))
    )
    if not joins:
        return None
    label = "EVENT" if words.lower[left.end - 1] in OCCASIONS else "ORG"  # "Battle of X"
    return Candidate(left.start, right.end, label, RULE)


def _adjoins(words: Words, left: Candidate, right: Candidate) -> bool:
    """Such as "PT" before a name, or "Wire" behind "Meridian Science"."""
    one_word = right.end - right.start == 1
    if left.end - left.start == 1 and words.texts[left.start] in _FORMS_BEFORE:
        return True
    return (
        left.label == "ORG"
        and right.label == UNTAGGED
        and one_word
        and words.lower[right.start] in ORGANISATION_NOUNS
        and words.lower[left.end - 1] not in ORGANISATION_NOUNS
    )


def _hyphenated(words: Words, left: Candidate, right: Candidate, between: list[str]) -> bool:
    """Such as "Harbour Co-operative Society" or "Lashkar-e-Xand"."""
    if words.starts[left.end] != words.end(left.end):
        return False
    if len(between) > 1:
        return words.lower[left.end - 1] == "co"
    return words.texts[right.start] == "e" and right.end - right.start > 1


def _is_head(words: Words, left: Candidate, right: Candidate) -> bool:
    """Such as "Archdiocese of X" or "Teachers' Union of X", but not "the board of X"."""
    last = left.end - 1
    return (
        right.label in _OPEN
        and left.label in {"ORG", UNTAGGED}
        and words.lower[last] in ORGANISATION_NOUNS
        and words.is_capital(last)
        and words.is_capital(right.start)
        and (last == left.start or words.lower[last - 1] in _POSSESSIVES)
    )


def office_start(words: Words, start: int, floor: int) -> int:
    """Back over whose office it is: "Prime Minister's Office"."""
    possessive = start - 1
    if words.texts[start] != "Office" or possessive <= floor:
        return start
    if words.texts[possessive] not in _POSSESSIVES:
        return start
    first = possessive
    while first > floor and words.is_capital(first - 1) and words.lower[first - 1] in _OF_OFFICES:
        first -= 1
    return start if first == possessive else first


def body_end(words: Words, start: int, end: int) -> int:
    """Where a body's name ends before whom it has: "Cork goalkeeper"."""
    last = end - 1
    title = words.lower[last] in TITLES or words.lower[last] in HAD_BY_BODIES
    alone = words.lower[last] in ORGANISATION_NOUNS
    return last if end - start > 1 and title and not alone and words.texts[last].islower() else end
