"""Organisations among what names neither a person nor a place."""

from pipeline.extract.names.candidates import Candidate
from pipeline.extract.names.vocabulary import (
    OCCASIONS,
    ORGANISATION_NOUNS,
    RANKS,
    TITLE_MODIFIERS,
    TITLES,
)
from pipeline.extract.names.words import Words


def is_organisation(words: Words, candidate: Candidate) -> bool:
    """Whether the model's organisation is one, or another candidate ends with a kind of body."""
    lower = words.lower[candidate.start : candidate.end]
    if candidate.label != "ORG":
        return _is_named_body(words, candidate)
    if lower[-1] in OCCASIONS or lower[0] == "operation":
        return False
    if not any(text[:1].isupper() for text in words.texts[candidate.start : candidate.end]):
        return False
    return not (_is_portfolio(words, candidate) or _is_title(lower))


def _is_named_body(words: Words, candidate: Candidate) -> bool:
    """Several capitalised words, the last a kind of body: "Emergency Situations Ministry"."""
    last = candidate.end - 1
    return (
        last > candidate.start
        and words.lower[last] in ORGANISATION_NOUNS
        and words.lower[last] not in OCCASIONS
        and words.texts[candidate.start][0].isupper()
        and words.texts[last][0].isupper()
        and not words.texts[candidate.start].isupper()
    )


def _is_portfolio(words: Words, candidate: Candidate) -> bool:
    """Whether this is a part of a title, as "Defence" in "Defence Minister"."""
    after = words.after(candidate.end)
    return (
        after >= 0
        and words.lower[after] in TITLES | RANKS
        and words.is_capital(after)
        and all(word in TITLE_MODIFIERS for word in words.lower[candidate.start : candidate.end])
    )


def _is_title(lower: list[str]) -> bool:
    """Whether this is a title itself, as "Commissioner for Information", "Solicitor"."""
    if len(lower) == 1:
        return lower[0] in TITLES
    return len(lower) > 2 and lower[0] in TITLES and lower[1] in {"of", "for"}
