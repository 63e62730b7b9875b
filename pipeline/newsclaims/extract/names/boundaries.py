"""Where a name begins and ends: candidates split, trimmed and joined."""

import re

from newsclaims.extract.finds import KnownPlaces
from newsclaims.extract.names import body_parts
from newsclaims.extract.names.calendar_names import calendar_candidates
from newsclaims.extract.names.candidates import (
    PLACE_LABELS,
    UNTAGGED,
    Candidate,
    capital_runs,
    model_candidates,
    taken_tokens,
)
from newsclaims.extract.names.datelines import dateline_candidates
from newsclaims.extract.names.headlines import is_headline_verb
from newsclaims.extract.names.nicknames import nickname_candidates
from newsclaims.extract.names.people_names import people_names
from newsclaims.extract.names.splitting import KINDS_OF_PLACE, LOOSE, POSSESSIVES, split
from newsclaims.extract.names.titles import (
    BEFORE_NAME,
    CERTAIN_TITLES,
    after_titles,
    before_postnominals,
    is_before_surname,
    is_title,
)
from newsclaims.extract.names.vocabulary import (
    CAPITAL_SYLLABLES,
    CAPITAL_TAGS,
    DEMONYMS,
    EDGE_WORDS,
    GENERATIONS,
    NEVER_NAMES,
    ORGANISATION_NOUNS,
    PARTICLES,
    PLACE_NOUNS,
    SUFFIXES,
    SYLLABLES,
)
from newsclaims.extract.names.words import Words

BOUNDARY_RULES = (
    "capital-run",
    "split",
    "edge-words",
    "body-in-place",
    "place-before-title",
    "seat-before-name",
    "party-and-seat",
    "kind-of-place",
    "title-cut",
    "name-parts",
    "nickname",
    "calendar-name",
    "headline-verb",
    "administered-by",
    "place-parts",
    "abbreviation",
    body_parts.RULE,
)

# Tokens of a name: a longer run of capitals or entity of the model is a list or a table. The
# longest names of news, those of treaties and ministries, have some twenty.
LONGEST_NAME = 50

_RULES_OVER = [["-", verb] for verb in ("occupied", "administered", "controlled", "held", "ruled")]
_ALONE_NO_NAME = CERTAIN_TITLES | GENERATIONS
_INITIAL = re.compile(r"[A-Z]\.(?:-?[A-Z]\.)*")
# Of Korean and Chinese names in Latin letters.
_SYLLABLE = re.compile(
    r"(?:[bcdfghjklmnpqrstwxyz]|ch|hs|kh|kk|ph|pp|sh|th|ts|tt|zh)?y?w?[aeiouü]{1,3}(?:ng|[nmklpthr])?"
)
_OPEN_ABBREVIATION = re.compile(r"[A-Z][a-z]?(?:\.[A-Z][a-z]*)+")
_PARTY_LETTERS = re.compile(r"[A-Z]{1,4}")
_DASHES = frozenset({"-", "–"})
_NO_LETTER = re.compile(r"[\W\d_]+")
_LEADING_TAGS = frozenset({"VBG", "IN", "RB", "CC", "DT", "WRB", "PRP$", "TO", "PRP", "WDT", "WP"})


def bounded_candidates(
    words: Words, places: KnownPlaces, without: frozenset[str] = frozenset()
) -> list[Candidate]:
    """All candidates with their final boundaries, in order, without overlaps.

    What a rule `without` would have changed stays as the rule met it.
    """
    taken = taken_tokens(words)
    certain = (
        *dateline_candidates(words, places),
        *nickname_candidates(words, places),
        *calendar_candidates(words),
    )
    certain = tuple(one for one in certain if one.rule not in without)
    opened = {token for one in certain for token in range(one.start, one.end)}
    found = [
        candidate
        for candidate in (*model_candidates(words), *capital_runs(words, taken))
        if candidate.rule not in without
        and opened.isdisjoint(range(candidate.start, candidate.end))
    ]
    parts = sorted([*found, *certain])
    parts = [part for candidate in parts for part in split(words, candidate, places, without)]
    trimmed = [cut for part in parts if (cut := _trim(words, part, places, without)) is not None]
    joined = _join(words, trimmed, places, without)
    return [one for one in joined if one.end - one.start <= LONGEST_NAME]


# --- trimming ------------------------------------------------------------------------------------


def _trim(
    words: Words, candidate: Candidate, places: KnownPlaces, without: frozenset[str]
) -> Candidate | None:
    """The candidate without what is no part of a name, or None when nothing is left."""
    for step in (_cut_edges, _cut_party, _cut_kind, _cut_titles):
        cut = step(words, candidate)
        if cut.rule not in without and not _is_place(words, candidate, cut, places):
            candidate = cut
        if candidate.start >= candidate.end:
            return None
    start, end, label, _ = candidate[:4]
    if words.title_starts.get(start, 0) >= end:
        return None  # within a title
    alone = end - start == 1 and words.lower[start] in _ALONE_NO_NAME
    titled = "title-cut" not in without and is_title(words, start, end, label)
    return None if alone or titled else candidate


def _is_place(words: Words, candidate: Candidate, cut: Candidate, places: KnownPlaces) -> bool:
    """Whether what looks like a title in capitals begins a known place: "DR Congo"."""
    start, end = candidate[:2]
    return (
        cut.start > start
        and cut.rule == "title-cut"
        and words.texts[start].isupper()
        and not words.texts[cut.start].isupper()
        and places.prominence(words.written(start, end)) > 0
    )


def _cut_edges(words: Words, candidate: Candidate) -> Candidate:
    start, end, label, _ = candidate[:4]
    bounds = _edges(words, start, end, strict=label == "ORG")
    return candidate if bounds == (start, end) else Candidate(*bounds, label, "edge-words")


def _cut_party(words: Words, candidate: Candidate) -> Candidate:
    start, end = candidate[:2]
    after = _after_party(words, start, end)
    return candidate if after == start else Candidate(after, end, "GPE", "party-and-seat")


def _cut_kind(words: Words, candidate: Candidate) -> Candidate:
    start, end, label, _ = candidate[:4]
    if (
        label in PLACE_LABELS
        and end - start > 2
        and words.lower[start] in KINDS_OF_PLACE
        and words.lower[start + 1] == "of"
    ):
        return Candidate(start + 2, end, label, "kind-of-place")
    return candidate


def _cut_titles(words: Words, candidate: Candidate) -> Candidate:
    start, end, label, _ = candidate[:4]
    after = after_titles(words, start, end, label)
    stop = before_postnominals(words, after, end, label)
    if (after, stop) == (start, end):
        return candidate
    # What begins with a person's title is a person's name, whatever the model says.
    label = label if label in LOOSE or words.lower[start] in CERTAIN_TITLES else "PERSON"
    return Candidate(*_edges(words, after, stop, strict=False), label, "title-cut")


def _edges(words: Words, start: int, end: int, *, strict: bool) -> tuple[int, int]:
    """Cut punctuation, articles, possessives and little words from both edges."""
    lower, texts, tags = words.lower, words.texts, words.tags
    while start < end and (
        _NO_LETTER.fullmatch(texts[start])
        or (lower[start] in EDGE_WORDS and not (strict and texts[start] not in {"the", "The", "a"}))
        or (
            not strict
            and end - start > 1
            and tags[start] in _LEADING_TAGS
            and tags[start + 1] in CAPITAL_TAGS
            and lower[start] not in PARTICLES
        )
    ):
        if texts[start].isdigit() and strict:
            break
        start += 1
    while start < end and (
        (
            _NO_LETTER.fullmatch(texts[end - 1])
            and not (texts[end - 1].isdigit() and end - start > 1)
        )
        or texts[end - 1] in POSSESSIVES
        or _is_score(texts[max(end - 3, start) : end])
        or (
            not strict
            and lower[end - 1] in EDGE_WORDS
            and texts[end - 1].islower()
            and not _is_second_syllable(words, end - 2, end)
        )
    ):
        end -= 1
    if (
        end - start == 2
        and not strict
        and lower[start].endswith("ing")
        and len(lower[start]) > 6
        and words.opens_sentence(start)
    ):
        start += 1  # "Echoing Okello"
    return start, end


def _is_score(texts: list[str]) -> bool:
    """Such as the end of "Xtown 3-1", cut from behind."""
    return len(texts) == 3 and texts[0].isdigit() and texts[1] in _DASHES and texts[2].isdigit()


def _after_party(words: Words, start: int, end: int) -> int:
    """Past the party in "R-Ohio" or "(ABC-Northtown)"."""
    if (
        end - start > 2
        and words.texts[start + 1] == "-"
        and _PARTY_LETTERS.fullmatch(words.texts[start])
        and start > 0
        and words.texts[start - 1] in {"(", ","}
    ):
        return start + 2
    return start


# --- joining -------------------------------------------------------------------------------------


def _join(
    words: Words, candidates: list[Candidate], places: KnownPlaces, without: frozenset[str]
) -> list[Candidate]:
    """Candidates that one name was torn into, joined; those that miss a part, extended."""
    joined: list[Candidate] = []
    for index, candidate in enumerate(candidates):
        floor = joined[-1].end if joined else 0
        if candidate.start < floor:
            continue
        following = candidates[index + 1] if index + 1 < len(candidates) else None
        extended = _extended(words, candidate, floor, following)
        if extended.rule not in without:
            candidate = extended
        merged = _merged(words, joined[-1], candidate, places) if joined else None
        if merged is not None and merged.rule not in without:
            joined[-1] = merged
        else:
            joined.append(candidate)
    return joined


def _extended(
    words: Words, candidate: Candidate, floor: int, following: Candidate | None
) -> Candidate:
    start, end, label, _ = candidate[:4]
    ceiling = following.start if following else len(words)
    if following and words.lower[following.start] in SUFFIXES:
        ceiling = following.end
    if label in {"ORG", UNTAGGED}:
        new_start = body_parts.office_start(words, start, floor)
        new_end = body_parts.body_end(words, start, end) if label == "ORG" else end
        if (new_start, new_end) != (start, end):
            return Candidate(new_start, new_end, "ORG", body_parts.RULE)
    if label in {"PERSON", UNTAGGED, "NORP"}:
        new_start = _person_start(words, start, floor)
        new_end = _person_end(words, end, ceiling)
        if end - start == 1 and end < ceiling and _is_capital_syllable(words, end):
            new_end = end + 1
        if (new_start, new_end) != (start, end):
            return Candidate(new_start, new_end, label, "name-parts")
    if (
        label in PLACE_LABELS
        and end < ceiling
        and words.texts[end] == "."
        and _OPEN_ABBREVIATION.fullmatch(words.texts[end - 1])
    ):
        return Candidate(start, end + 1, label, "abbreviation")
    return candidate


def _person_start(words: Words, start: int, floor: int) -> int:
    """Back over initials and particles that belong to the name."""
    texts, lower = words.texts, words.lower
    if start > floor and _is_capital_syllable(words, start - 1):
        return start - 1
    while start > floor and not words.opens_sentence(start):
        before = start - 1
        if _INITIAL.fullmatch(texts[before]) and len(texts[before]) == 2:
            start = before
        elif texts[before] == "-" and before > floor and lower[before - 1] in PARTICLES:
            start = before - 1
        elif (
            lower[before] in PARTICLES
            and texts[before].islower()
            and len(texts[before]) > 1
            and lower[before] not in {"do", "as", "les", "ten", "ad", "san", "e", "y", "i", "den"}
            and words.tags[before] not in {"IN", "DT"}
        ):
            start = before
        else:
            break
    return start


def _is_second_syllable(words: Words, hyphen: int, ceiling: int) -> bool:
    """Whether a romanised given name goes on behind its hyphen: "Han Jae-in", "Lau Hoi-on"."""
    if hyphen + 1 >= ceiling or words.texts[hyphen] != "-":
        return False
    glued = words.starts[hyphen] == words.end(hyphen) == words.starts[hyphen + 1] - 1
    syllables = (words.lower[hyphen - 1], words.texts[hyphen + 1])
    return glued and all(_SYLLABLE.fullmatch(syllable) for syllable in syllables)


def _person_end(words: Words, end: int, ceiling: int) -> int:
    """On over suffixes, as in "Jr.", and the second half of a double name."""
    lower, texts = words.lower, words.texts
    if _is_syllable(words, end + 1, ceiling) and words.is_capital(end - 2):
        return end + 2
    if end < ceiling and texts[end] == "." and lower[end - 1] in {"jr", "sr"}:
        return end + 1
    if (
        end + 1 < ceiling
        and texts[end] == "-"
        and words.is_capital(end + 1)
        and (words.starts[end] == words.end(end) and words.starts[end + 1] == words.end(end + 1))
    ):
        return end + 2
    if _is_second_syllable(words, end, ceiling):
        return end + 2
    if end < ceiling and lower[end] in SUFFIXES:
        return end + 1
    if end + 1 < ceiling and texts[end] == "," and lower[end + 1] in SUFFIXES:
        dot = texts[end + 2 : end + 3] == ["."] and lower[end + 1] in GENERATIONS
        return end + 2 + dot
    return end


def _is_capital_syllable(words: Words, token: int) -> bool:
    """Whether a pronoun with a capital within a line of prose is a part of a name: "Lin He"."""
    return (
        words.lower[token] in CAPITAL_SYLLABLES
        and words.texts[token].istitle()
        and token > 0
        and words.texts[token - 1].isalpha()
        and words.text[words.end(token) : words.starts[token]] == " "
    )


def _is_syllable(words: Words, token: int, ceiling: int) -> bool:
    """Whether a syllable that English has as a word ends a given name: "Min Hae-in"."""
    return (
        token < ceiling
        and words.texts[token - 1] == "-"
        and words.texts[token] in SYLLABLES
        and words.starts[token - 1] == words.end(token - 1)
        and words.starts[token] == words.end(token)
        and words.texts[token + 1 : token + 2] != ["-"]
    )


def _merged(
    words: Words, left: Candidate, right: Candidate, places: KnownPlaces
) -> Candidate | None:
    """The two as one candidate when they are parts of one name, else None."""
    gap = range(left.end, right.start)
    between = [words.lower[token] for token in gap if not words.texts[token].isspace()]
    if words.opens_sentence(right.start) or len(between) > 3:
        return None
    pair = {left.label, right.label}
    if body := body_parts.merged_body(words, left, right, between):
        return body
    if not between:
        return _adjacent(words, left, right, places)
    if between == ["-"] and words.starts[right.start] == words.end(right.start):
        text = words.written(left.start, right.end)
        if words.starts[left.end] == words.end(left.end) and places.prominence(text) > 0:
            return Candidate(left.start, right.end, "GPE", "place-parts")
    if _administered(words, left, right):
        return Candidate(left.start, right.end, "GPE", "administered-by")
    if (
        between == ["of"]
        and left.label in PLACE_LABELS
        and words.lower[left.end - 1] in PLACE_NOUNS - KINDS_OF_PLACE
        and words.is_capital(right.start)
    ):
        return Candidate(left.start, right.end, "LOC", "place-parts")
    person = "PERSON" in pair and pair <= {"PERSON", UNTAGGED, "NORP", "ORG", "GPE"}
    if (
        person
        and all(word in PARTICLES or word == "-" for word in between)
        and any(word in PARTICLES and len(word) > 1 for word in between)
        and not any(words.tags[token] == "IN" and words.lower[token] in {"as"} for token in gap)
    ):
        return Candidate(left.start, right.end, "PERSON", "name-parts")
    return None


def _administered(words: Words, left: Candidate, right: Candidate) -> bool:
    """Whether the two are one place, as in "Xland-occupied Yland"."""
    return (
        words.lower[left.end : right.start] in _RULES_OVER
        and words.is_capital(right.start)
        and right.label in PLACE_LABELS | {UNTAGGED, "NORP", "ORG"}
    )


def _is_stray_surname(words: Words, right: Candidate, places: KnownPlaces) -> bool:
    """Whether the model took a name's last word for something else, unknown as a place."""
    return (
        right.end - right.start == 1
        and right.label in {"GPE", "ORG", "NORP", "PRODUCT"}
        and words.is_capital(right.start)
        and not words.texts[right.start].isupper()
        and words.lower[right.start] not in DEMONYMS
        and places.prominence(words.texts[right.start]) == 0
    )


def _begins_a_name(words: Words, token: int, *, alone: bool) -> bool:
    """Whether an untagged capital opens the name behind: any before one word, else a given name."""
    word = words.lower[token]
    return word not in ORGANISATION_NOUNS and (alone or word in people_names().given)


def _adjacent(
    words: Words, left: Candidate, right: Candidate, places: KnownPlaces
) -> Candidate | None:
    first = words.lower[right.start]
    followed = right.end < len(words) and words.is_capital(right.end)
    if is_headline_verb(words, right.start):
        return None
    if first in BEFORE_NAME and (right.end - right.start > 1 or followed):
        return None
    pair = (left.label, right.label)
    if words.lower[left.end - 1] in NEVER_NAMES or first in NEVER_NAMES:
        return None
    if pair in {
        ("GPE", UNTAGGED),
        ("LOC", UNTAGGED),
        ("FAC", UNTAGGED),
        ("FAC", "FAC"),
        (UNTAGGED, "GPE"),
        ("NORP", "GPE"),
        ("NORP", UNTAGGED),
        ("NORP", "ORG"),
        ("GPE", "GPE"),
    }:
        text = words.written(left.start, right.end)
        if places.prominence(text) > 0 or (
            right.end - right.start == 1 and first in PLACE_NOUNS and left.label in PLACE_LABELS
        ):
            return Candidate(left.start, right.end, "GPE", "place-parts")
    one_word = left.end - left.start == 1
    if one_word and (
        words.lower[left.start] in BEFORE_NAME | DEMONYMS
        or is_before_surname(words, left.start, right.end)
    ):
        return None
    if pair in {("PERSON", "PERSON"), ("PERSON", UNTAGGED), (UNTAGGED, "PERSON")} or (
        left.label == "PERSON" and _is_stray_surname(words, right, places)
    ):
        if left.label == UNTAGGED and not (
            one_word and _begins_a_name(words, left.start, alone=right.end - right.start == 1)
        ):
            return None
        return Candidate(left.start, right.end, "PERSON", "name-parts")
    return None
