"""Candidates that hold several names, split: a body and its seat, a place and its mayor."""

from collections.abc import Iterator

from newsclaims.extract.finds import KnownPlaces
from newsclaims.extract.names.candidates import PLACE_LABELS, UNTAGGED, Candidate
from newsclaims.extract.names.headlines import is_headline_verb
from newsclaims.extract.names.people_names import people_names
from newsclaims.extract.names.vocabulary import (
    HONORIFICS,
    ORGANISATION_NOUNS,
    PARTICLES,
    PLACE_NOUNS,
    RANKS,
    SEATED_OFFICES,
    SUFFIXES,
    TITLE_MODIFIERS,
    TITLES,
)
from newsclaims.extract.names.words import Words

KINDS_OF_PLACE = frozenset("city town village township state province district county".split())
POSSESSIVES = frozenset({"'s", "’s", "'", "’", "‘s", "`s"})
LOOSE = frozenset({"PERSON", "NORP", UNTAGGED})
_SEPARATORS = frozenset(", ; : / — – -- ( ) [ ] | • · = * \" “ ” `` ''".split())
_DASHES = frozenset({"-", "–", "—", "--"})
_LONG_LABELS = frozenset({"ORG", "WORK_OF_ART", "EVENT", "LAW", "PRODUCT"})
_CONJUNCTIONS = frozenset({"and", "&", "or"})
# Between a body and the place where it sits; "of" is part of many a body's name.
_WHERE = frozenset({"in", "on", "at", "near"})
_RUN_INTO_TITLES = frozenset({"ORG", "PERSON", "GPE", UNTAGGED})
# What stands behind the cut, where it is not more of the same kind.
_LABEL_BEHIND = {"body-in-place": "GPE", "headline-verb": UNTAGGED}
_LONGEST_PLACE = 3
_SHORTEST_WITH_SEAT = 3
_BODIES = ORGANISATION_NOUNS | PLACE_NOUNS
_NO_PLACE_ALONE = TITLE_MODIFIERS | PLACE_NOUNS | HONORIFICS | RANKS | TITLES
_OFFICES = (TITLES | RANKS) - KINDS_OF_PLACE
_LOWER_OFFICES = _OFFICES - PARTICLES


def split(
    words: Words, candidate: Candidate, places: KnownPlaces, without: frozenset[str]
) -> Iterator[Candidate]:
    """The parts of a candidate that holds several names, or itself."""
    start, end, label, _ = candidate[:4]
    if end - start == 1 or candidate.rule == "nickname":
        yield candidate
        return
    if "place-before-title" not in without and (at := _title_behind(words, candidate, places)):
        yield Candidate(start, at, "GPE", "place-before-title")
        yield from split(words, candidate._replace(start=at), places, without)
        return
    if "seat-before-name" not in without and _is_seat(words, candidate, places):
        yield Candidate(start, start + 1, "GPE", "seat-before-name")
        yield Candidate(start + 1, end, label, "seat-before-name")
        return
    begin, rule = start, ""
    for token in range(start, end):
        reason = _reason_to_cut(words, candidate, token, places)
        if not reason or reason in without:
            continue
        if token > begin:
            before = UNTAGGED if reason == "headline-verb" and label != "PERSON" else label
            yield Candidate(begin, token, before, reason)
        begin, rule = token + (not words.opens_sentence(token)), reason
    if not rule:
        yield candidate
    elif begin < end:
        yield Candidate(begin, end, _LABEL_BEHIND.get(rule, label), rule)


def _reason_to_cut(words: Words, candidate: Candidate, token: int, places: KnownPlaces) -> str:
    """The rule by which one name ends before `token`, or ""."""
    opens = token > candidate.start and words.opens_sentence(token)
    if (opens and not words.texts[token].isspace()) or _separates(words, candidate, token, places):
        return "split"
    if candidate.label == "PERSON" and candidate.start < token < candidate.end - 1:
        text = words.texts[token]
        if text.islower() and text in _LOWER_OFFICES:
            return "split"  # "Quarley goalkeeper Ann Y"
    if token > candidate.start and is_headline_verb(words, token):
        return "headline-verb"
    sits = candidate.label == "ORG" and _sits_in(words, candidate, token, places)
    return "body-in-place" if sits else ""


def _is_seat(words: Words, candidate: Candidate, places: KnownPlaces) -> bool:
    """Whether the first word says where an office is: "Commissioner Peshawar Ann Y"."""
    start, end, label, _ = candidate[:4]
    before = words.before(start)
    if label != "PERSON" or end - start < _SHORTEST_WITH_SEAT or before < 0:
        return False
    seated = words.lower[before] in SEATED_OFFICES and words.texts[before][:1].isupper()
    known = (
        words.lower[start] in people_names().given or words.lower[start] in people_names().family
    )
    return seated and not known and places.prominence(words.texts[start]) > 0


def _title_behind(words: Words, candidate: Candidate, places: KnownPlaces) -> int:
    """Where a title begins behind a known place: "Xtown Mayor Ann Y"; 0 where none does."""
    start, end, label, _ = candidate[:4]
    if label not in _RUN_INTO_TITLES or words.lower[start] in _NO_PLACE_ALONE:
        return 0
    for token in range(start + 1, min(end - 1, start + _LONGEST_PLACE + 1)):
        if not words.is_capital(token - 1):
            return 0
        if words.lower[token] in _OFFICES and words.texts[token].istitle():
            text = words.written(start, token)
            body = not _BODIES.isdisjoint(words.lower[token:end])
            return 0 if body or not places.prominence(text) else token
    return 0


def _separates(words: Words, candidate: Candidate, token: int, places: KnownPlaces) -> bool:
    start, end, label, _ = candidate[:4]
    text = words.texts[token]
    spaced = words.starts[token] > words.end(token) and token + 1 < len(words)
    if text in _DASHES and spaced and words.starts[token + 1] > words.end(token + 1):
        return True
    if text == "|":
        return True
    if label in _LONG_LABELS:
        if text in POSSESSIVES and start < token < end - 1 and words.is_capital(token + 1):
            return places.prominence(words.written(start, token)) > 0
        return text in "()"
    if text in _SEPARATORS:
        if text in '"“”' and start < token < end - 1:
            return label != "PERSON"
        following = words.lower[token + 1] if token + 1 < end else ""
        return not (text == "," and following in SUFFIXES)
    if text in POSSESSIVES and start < token < end - 1 and words.is_capital(token + 1):
        if label in PLACE_LABELS:
            return places.prominence(words.written(start, token)) > 0
        return label in LOOSE
    if text in _CONJUNCTIONS:
        return label == "PERSON" or label == "NORP" or (label in PLACE_LABELS and text == "&")
    return False


def _sits_in(words: Words, candidate: Candidate, token: int, places: KnownPlaces) -> bool:
    """Whether a place follows "in", "on", "at" or "near", as in "Harrow School in Xtown"."""
    after, end = token + 1, candidate.end
    return (
        words.lower[token] in _WHERE
        and candidate.start < token < end - 1
        and words.is_capital(after)
        and (
            places.prominence(words.written(after, end)) > 0 or words.lower[end - 1] in PLACE_NOUNS
        )
    )
