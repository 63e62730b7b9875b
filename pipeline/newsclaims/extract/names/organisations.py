"""Organisations among what names neither a person nor a place."""

from collections.abc import Collection

from newsclaims.extract.names.candidates import Candidate
from newsclaims.extract.names.kinds import Verdict
from newsclaims.extract.names.vocabulary import (
    DEMONYMS,
    FIELDS,
    INITIALS_OF_RANKS,
    NEVER_NAMES,
    OCCASIONS,
    ORGANISATION_NOUNS,
    RANKS,
    TITLE_MODIFIERS,
    TITLES,
)
from newsclaims.extract.names.words import Words

BY_NOUN = "organisation-noun-last"
# Evidence that makes a body of what the model took for something else.
_BODY_EVIDENCE = (
    "kind-of-body-before",
    "kind-of-body-lists",
    "kind-of-body-after",
    "legal-form",
    "position-at",
    "belonging-before",
    "had-by-body-after",
    "capital-article",
    "elsewhere-body",
)
# What the model takes for a nation, a faith or a party needs more: "the Maoist leader" has none.
_OF_PEOPLES = ("kind-of-body-before", "belonging-before")
_SHORT_FORM = "inside-organisation"
_DENY_SHORT_FORM = ("town-of-organisation", "lower-case", "other-tag", "capitals")
_MOST_PERSON = 0.4
_JOINS = frozenset("-–—/'’\"“”0123456789")
_JOINED_BY = frozenset({"of", "for", "'s", "’s", "-", "–", "/"})
_BEHIND_HEAD = frozenset({"of", "for", "on", "against"})
_OF_MEMBERS = (["'"], ["’"])
_OFFICES = TITLES | RANKS
_NO_BODY_ALONE = NEVER_NAMES | DEMONYMS | FIELDS | TITLE_MODIFIERS | _OFFICES
_OF_FIELDS = FIELDS | {"and", "of", "&", ",", "the", "for"}
_AGENCIES = frozenset({"ap", "afp", "reuters", "upi"})


def is_organisation(words: Words, candidate: Candidate) -> bool:
    """Whether the model's organisation is one."""
    lower = words.lower[candidate.start : candidate.end]
    if candidate.label != "ORG" or _is_occasion(lower) or lower[0] == "operation":
        return False
    if not any(text[:1].isupper() for text in words.texts[candidate.start : candidate.end]):
        return False
    if len(lower) == 1 and lower[0] in NEVER_NAMES - _AGENCIES:
        return False
    return not (
        _is_portfolio(words, candidate)
        or _is_title(lower)
        or _is_rank(words, candidate)
        or _is_common(words, candidate)
    )


def _is_occasion(lower: list[str]) -> bool:
    """Whether this is an event or a law, and not a "Centre for War" or "Bishops' Conference"."""
    if lower[-1] not in OCCASIONS:
        return False
    heads = [word in ORGANISATION_NOUNS - OCCASIONS for word in lower[:-1]]
    of_body = any(head and lower[at + 1] in _BEHIND_HEAD for at, head in enumerate(heads))
    return not (of_body or (lower[-1] == "conference" and lower[-2:-1] in _OF_MEMBERS))


def _is_rank(words: Words, candidate: Candidate) -> bool:
    """Whether this is a rank in initials: "the IG said"."""
    word = words.lower[candidate.start].replace(".", "")
    before = words.before(candidate.start)
    return (
        candidate.end - candidate.start == 1
        and word in INITIALS_OF_RANKS
        and before >= 0
        and words.lower[before] == "the"
    )


def _is_common(words: Words, candidate: Candidate) -> bool:
    """Whether a common noun has only a nation's name before it: "the Ukrainian party"."""
    last = candidate.end - 1
    return (
        last > candidate.start
        and words.texts[last].islower()
        and all(word in DEMONYMS for word in words.lower[candidate.start : last])
    )


def body_rule(words: Words, verdict: Verdict, without: Collection[str]) -> str | None:
    """The rule that makes a body of what the model called none, or None where none does."""
    candidate = verdict.candidate
    if candidate.label == "ORG" or not words.texts[candidate.start][0].isupper():
        return None
    evidence = _OF_PEOPLES if candidate.label == "NORP" else _BODY_EVIDENCE
    rules = [rule for rule in evidence if verdict.has(rule)]
    if _is_named_body(words, candidate):
        rules.append(BY_NOUN)
    if rules and not _may_be_body(words, candidate):
        return None
    if _is_short_form(words, verdict):
        rules.append(_SHORT_FORM)
    return next((rule for rule in rules if rule not in without), None)


def _is_named_body(words: Words, candidate: Candidate) -> bool:
    """Several capitalised words, the last a kind of body: "Emergency Situations Ministry"."""
    last = candidate.end - 1
    return (
        last > candidate.start
        and words.lower[last] in ORGANISATION_NOUNS
        and words.texts[last][0].isupper()
        and not words.texts[candidate.start].isupper()
    )


def _may_be_body(words: Words, candidate: Candidate) -> bool:
    lower = words.lower[candidate.start : candidate.end]
    return (
        not _is_occasion(lower)
        and not all(word in _NO_BODY_ALONE or word in _OF_FIELDS for word in lower)
        and not (len(lower) == 1 and lower[0] in ORGANISATION_NOUNS)
        and candidate.label not in {"EVENT", "LAW"}
    )


def _is_short_form(words: Words, verdict: Verdict) -> bool:
    """Whether one word stands for a longer name that the article has: "Quarley", "the Forum"."""
    start, end, label, _, _ = verdict.candidate
    word = words.lower[start]
    before, after = words.before(start), words.after(end)
    return (
        end - start == 1
        and verdict.has(_SHORT_FORM)
        and (word in ORGANISATION_NOUNS) == verdict.has("article-before")
        and not any(verdict.has(rule) for rule in _DENY_SHORT_FORM)
        and (word in ORGANISATION_NOUNS or not verdict.has("given-name"))
        and label != "NORP"
        and verdict.person < _MOST_PERSON
        and word not in _NO_BODY_ALONE
        and not (after >= 0 and words.is_capital(after))
        and not (after >= 0 and words.texts[after][0] in _JOINS)
        and not (before >= 0 and (words.is_capital(before) or words.lower[before] in _JOINED_BY))
    )


def _is_portfolio(words: Words, candidate: Candidate) -> bool:
    """Whether this is a part of a title, as "Defence" in "Defence Minister", or a field."""
    lower = words.lower[candidate.start : candidate.end]
    if all(word in _OF_FIELDS for word in lower):
        return True
    after = words.after(candidate.end)
    return (
        after >= 0
        and words.lower[after] in _OFFICES
        and words.is_capital(after)
        and all(word in TITLE_MODIFIERS for word in lower)
    )


def _is_title(lower: list[str]) -> bool:
    """Whether this is a title itself, as "Commissioner for Information", "Solicitor"."""
    if len(lower) == 1:
        return lower[0] in TITLES
    return len(lower) > 2 and lower[0] in TITLES and lower[1] in {"of", "for"}
