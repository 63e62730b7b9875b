"""People who are called as a month or a day of the week is: "Mrs May", "Friday Adeyemi".

Models take these words for dates. A given name stands before a family name, a family name behind a
given one or an honorific; a family name found so is one elsewhere, too, where somebody acts.
"""

from collections.abc import Iterator

from newsclaims.extract.names.candidates import Candidate
from newsclaims.extract.names.people_names import people_names
from newsclaims.extract.names.titles import BEFORE_NAME
from newsclaims.extract.names.vocabulary import (
    CALENDAR_NAMES,
    HONORIFICS,
    NEVER_NAMES,
    NO_SURNAMES,
    OCCASIONS,
    RANKS,
    SUFFIXES,
    TITLES,
)
from newsclaims.extract.names.words import Words

RULE = "calendar-name"
_ACTS = frozenset({"VBD", "VBZ", "MD"})
_TITLES = HONORIFICS | RANKS | TITLES
_NO_SURNAMES = CALENDAR_NAMES | NEVER_NAMES | NO_SURNAMES | OCCASIONS | BEFORE_NAME | SUFFIXES
_LEADS = frozenset({"and", ",", "by", ";", ":"})


def calendar_candidates(words: Words) -> Iterator[Candidate]:
    """A candidate for each name with such a word, in order."""
    at = [token for token, word in enumerate(words.lower) if word in CALENDAR_NAMES]
    at = [token for token in at if words.texts[token].istitle()]
    if not at:
        return
    found = {token: span for token in at if (span := _full_name(words, token))}
    surnames = {words.texts[end - 1] for start, end in found.values()}
    for token in at:
        if token in found:
            yield Candidate(*found[token], "PERSON", RULE)
        elif words.texts[token] in surnames and _acts(words, token):
            yield Candidate(token, token + 1, "PERSON", RULE)


def _full_name(words: Words, token: int) -> tuple[int, int] | None:
    """The span of a name that has the word as its first or last part, or None."""
    before = words.before(token)
    titled = before >= 0 and _is_title(words, before)
    following = token + 1 < len(words) and not words.opens_sentence(token + 1)
    if following and _may_be_surname(words, token + 1):
        given = words.lower[token] in people_names().given
        opens = before < 0 or words.texts[before] in _LEADS
        month = not words.lower[token].endswith("day")
        acted_on = month and given and before >= 0 and words.tags[before].startswith("VB")
        if titled or acted_on or (opens and (given or _is_family(words, token + 1))):
            return token, _name_end(words, token + 2)
    if following and words.texts[token + 1][:1].isdigit():
        return None
    if titled and words.lower[before] in HONORIFICS:
        return token, token + 1
    if words.lower[token].endswith("day"):
        return None  # "Police met Ann Friday": the press's way to say when
    given = before == token - 1 and words.is_capital(before) and _is_given(words.lower[before])
    if given and not (following and words.texts[token + 1] == ","):
        start = before
        while start > 0 and words.is_capital(start - 1) and not words.opens_sentence(start):
            if words.lower[start - 1] in BEFORE_NAME:
                break
            start -= 1
        return start, _name_end(words, token + 1)
    return None


def _name_end(words: Words, end: int) -> int:
    while end < len(words) and words.is_capital(end) and not words.opens_sentence(end):
        end += 1
    return end


def _is_given(word: str) -> bool:
    return word in people_names().given and word not in CALENDAR_NAMES


def _is_title(words: Words, token: int) -> bool:
    return words.lower[token] in _TITLES


def _may_be_surname(words: Words, token: int) -> bool:
    word = words.lower[token]
    return words.is_capital(token) and not words.texts[token].isupper() and word not in _NO_SURNAMES


def _is_family(words: Words, token: int) -> bool:
    """Whether a word is a family name: a listed one, or one that the article has alone as well."""
    if words.lower[token] in people_names().family:
        return True
    return any(
        text == words.texts[token] and at != token and _acts(words, at)
        for at, text in enumerate(words.texts)
    )


def _acts(words: Words, token: int) -> bool:
    """Whether a word stands where somebody acts: before a verb, and behind no preposition."""
    before = words.before(token)
    after = words.after(token + 1)
    free = before < 0 or words.tags[before] not in {"IN", "JJ", "DT", "CD", "TO"}
    return free and after >= 0 and words.tags[after] in _ACTS
