"""What speaks for and against an organisation beside the rules of evidence.

The evidence is about the words of a candidate alone: a part of a title, an event or a field is no
body, whatever the model says. `is_short_form` looks at what the article calls a body elsewhere.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from newsclaims.extract.names.candidates import Candidate
from newsclaims.extract.names.vocabulary import (
    DEMONYMS,
    FIELDS,
    INITIALS_OF_RANKS,
    NEVER_NAMES,
    OCCASIONS,
    ORGANISATION_NOUNS,
    PARTIES,
    RANKS,
    SITES,
    TITLE_MODIFIERS,
    TITLES,
)
from newsclaims.extract.names.words import Words

_DENY_SHORT_FORM = frozenset(("lower-case", "other-tag", "capitals", "gazetteer"))
_JOINS = frozenset("-–—/'’\"“”0123456789")
_JOINED_BY = frozenset({"of", "for", "'s", "’s", "-", "–", "/"})
_BEHIND_HEAD = frozenset({"of", "for", "on", "against"})
_OF_MEMBERS = (["'"], ["’"])
_OFFICES = TITLES | RANKS
_PARTIES = frozenset(party.lower() for party in PARTIES)
_NO_BODY_ALONE = NEVER_NAMES | DEMONYMS | FIELDS | TITLE_MODIFIERS | _OFFICES
_OF_FIELDS = FIELDS | {"and", "of", "&", ",", "the", "for"}
_COMMON_ALONE = _NO_BODY_ALONE - _PARTIES
_HEADS = ORGANISATION_NOUNS - OCCASIONS
_AGENCIES = frozenset({"ap", "afp", "reuters", "upi"})
_NEVER_BODIES = NEVER_NAMES - _AGENCIES


class _Body(NamedTuple):
    """A candidate with its words in lower case."""

    words: Words
    start: int
    end: int
    lower: list[str]


def evidence(words: Words, candidate: Candidate) -> list[str]:
    """The names of what the words of a candidate say for or against a body."""
    start, end = candidate[:2]
    looked_at = _Body(words, start, end, words.lower[start:end])
    return [name for name, holds in _EVIDENCE[end - start > 1] if holds(looked_at)]


def may_be_body(words: Words, candidate: Candidate) -> bool:
    """Whether a candidate can name a body at all: it has a capital and is no common word."""
    texts = words.texts[candidate.start : candidate.end]
    if not any(text[:1].isupper() for text in texts):
        return False
    return len(texts) > 1 or texts[0].lower() not in _NEVER_BODIES


def _is_occasion(b: _Body) -> bool:
    """Whether this is an event or a law, and not a "Centre for War" or "Bishops' Conference"."""
    if b.lower[0] == "operation":
        return True
    if b.lower[-1] not in OCCASIONS:
        return False
    heads = [word in _HEADS for word in b.lower[:-1]]
    of_body = any(head and b.lower[at + 1] in _BEHIND_HEAD for at, head in enumerate(heads))
    return not (of_body or (b.lower[-1] == "conference" and b.lower[-2:-1] in _OF_MEMBERS))


def _is_rank(b: _Body) -> bool:
    """Whether this is a rank in initials: "the IG said"."""
    before = b.words.before(b.start)
    return (
        b.lower[0].replace(".", "") in INITIALS_OF_RANKS
        and before >= 0
        and b.words.lower[before] == "the"
    )


def _is_common(b: _Body) -> bool:
    """Whether a common noun has only a nation's name before it: "the Ukrainian party"."""
    return (
        b.words.texts[b.end - 1].islower()
        and all(word in DEMONYMS for word in b.lower[:-1])
        and b.lower[0] not in _PARTIES
    )


def _is_field(b: _Body) -> bool:
    """Whether this is a part of a title, as "Defence" in "Defence Minister", or a field."""
    if b.lower[0] not in _PARTIES and all(word in _OF_FIELDS for word in b.lower):
        return True
    after = b.words.after(b.end)
    return (
        after >= 0
        and b.words.lower[after] in _OFFICES
        and b.words.is_capital(after)
        and all(word in TITLE_MODIFIERS for word in b.lower)
    )


def _is_title(b: _Body) -> bool:
    """Whether this is a title itself, as "Commissioner for Information", "Solicitor"."""
    if len(b.lower) == 1:
        return b.lower[0] in TITLES
    return len(b.lower) > 2 and b.lower[0] in TITLES and b.lower[1] in {"of", "for"}


def _is_named_body(b: _Body) -> bool:
    """Several capitalised words, the last a kind of body: "Emergency Situations Ministry"."""
    return (
        b.lower[-1] in ORGANISATION_NOUNS
        and b.words.texts[b.end - 1][0].isupper()
        and not b.words.texts[b.start].isupper()
        and not all(word in _NO_BODY_ALONE or word in _OF_FIELDS for word in b.lower)
    )


def _is_body_of(b: _Body) -> bool:
    """A kind of body, and what it is of or for: "Ministry of Transport"."""
    heads = (word in ORGANISATION_NOUNS for word in b.lower[:-1])
    return any(head and b.lower[at + 1] in {"of", "for"} for at, head in enumerate(heads))


def _is_site(b: _Body) -> bool:
    return b.lower[-1] in SITES


def _has_capital_inside(b: _Body) -> bool:
    """A word written as brands and short forms are: "MedAid"."""
    return any(
        text[1:].lower() != text[1:] and not text.isupper() and not text.startswith(("Mc", "Mac"))
        for text in b.words.texts[b.start : b.end]
        if text.isalpha() and len(text) > 3
    )


def _is_common_alone(b: _Body) -> bool:
    return b.lower[0] in _COMMON_ALONE


def _is_kind_alone(b: _Body) -> bool:
    """Only the kind of a body: "Parliament"."""
    return b.lower[0] in ORGANISATION_NOUNS


def _holds_and(b: _Body) -> bool:
    return "and" in b.lower[1:-1]


def _holds_digit(b: _Body) -> bool:
    return any(word[0].isdigit() for word in b.lower)


def _is_bracketed(b: _Body) -> bool:
    """Whether the candidate alone stands in brackets."""
    texts = b.words.texts
    return b.start > 0 and b.end < len(texts) and texts[b.start - 1] + texts[b.end] == "()"


_Holds = Callable[[_Body], bool]
# Of one word, of several, of any number of words.
# not words: evidence
_OF_ONE: Mapping[str, _Holds] = {
    "rank-in-initials": _is_rank,
    "common-alone": _is_common_alone,
    "kind-alone": _is_kind_alone,
}
# not words: evidence
_OF_SEVERAL: Mapping[str, _Holds] = {
    "common-noun": _is_common,
    "named-body": _is_named_body,
    "body-of": _is_body_of,
    "site": _is_site,
    "and-inside": _holds_and,
}
# not words: evidence
_OF_ANY: Mapping[str, _Holds] = {
    "occasion": _is_occasion,
    "field": _is_field,
    "title-alone": _is_title,
    "capital-inside": _has_capital_inside,
    "digit-inside": _holds_digit,
    "bracketed": _is_bracketed,
}
_EVIDENCE = (
    [*_OF_ONE.items(), *_OF_ANY.items()],
    [*_OF_SEVERAL.items(), *_OF_ANY.items()],
)
NAMES = (*_OF_ONE, *_OF_SEVERAL, *_OF_ANY, "short-form")


def is_short_form(
    words: Words, candidate: Candidate, features: Sequence[tuple[str, float]]
) -> bool:
    """Whether one word may stand for a longer name that has it: "Quarley", "the Forum"."""
    start, end, label, *_ = candidate
    word = words.lower[start]
    before, after = words.before(start), words.after(end)
    names = {name for name, _ in features}
    return (
        end - start == 1
        and (word in ORGANISATION_NOUNS) == ("article-before" in names)
        and names.isdisjoint(_DENY_SHORT_FORM)
        and (word in ORGANISATION_NOUNS or "given-name" not in names)
        and label != "NORP"
        and word not in _NO_BODY_ALONE
        and not (after >= 0 and words.is_capital(after))
        and not (after >= 0 and words.texts[after][0] in _JOINS)
        and not (before >= 0 and (words.is_capital(before) or words.lower[before] in _JOINED_BY))
    )
