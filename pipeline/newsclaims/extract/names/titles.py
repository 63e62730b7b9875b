"""Titles, ranks and honorifics around a name, which are no part of it, or stand without one."""

from newsclaims.extract.names.candidates import PLACE_LABELS, UNTAGGED
from newsclaims.extract.names.people_names import people_names
from newsclaims.extract.names.vocabulary import (
    DEMONYMS,
    GIVEN_NAMES_TOO,
    HONORIFICS,
    INITIALS_OF_RANKS,
    MOSTLY_GIVEN_NAMES,
    NEVER_SURNAMES,
    NO_SURNAMES,
    ORGANISATION_NOUNS,
    PARTICLES,
    POSTNOMINALS,
    RANKS,
    TITLE_MODIFIERS,
    TITLES,
)
from newsclaims.extract.names.words import Words

# Before a name these begin a title or an honorific, not the name of a place.
BEFORE_NAME = HONORIFICS | RANKS | TITLES | TITLE_MODIFIERS
CERTAIN_TITLES = frozenset(
    word for word in HONORIFICS | RANKS if word.endswith(".") and word not in {"st.", "lt."}
) | {"mr", "mrs", "ms", "dr", "president", "minister", "senator", "ayatollah"}
# Modifiers of titles that are family names as well, as in "Park Joo-Won".
_FAMILY_NAMES_TOO = frozenset({"park", "law"})
_OF_PEOPLE = frozenset({"PERSON", "NORP", UNTAGGED})
_BODILY = frozenset({"of", "for", "'s", "’s"})
# "Volcanologist Doe": an open class.
_OCCUPATIONS = ("ologist", "ographer", "onomist", "iatrist")
_LONGEST_NAME = 3


def after_titles(words: Words, start: int, end: int, label: str) -> int:
    """The first token after the titles, honorifics and demonyms that a name begins with."""
    lower = words.lower
    if label not in _OF_PEOPLE and start < end and lower[start] not in CERTAIN_TITLES:
        bodily = label not in PLACE_LABELS or _is_initials(words, start)
        return _before_given_name(words, start, end) if bodily else start
    if label == "ORG" and not _BODILY.isdisjoint(lower[start:end]):
        return start
    last_title = _last_title(words, start, end)
    if (
        last_title > start
        and not words.texts[last_title][:1].isupper()
        and lower[last_title] not in PARTICLES
    ):
        return start
    return last_title


def _before_given_name(words: Words, start: int, end: int) -> int:
    """Past the titles of what the model takes for a body or a work: "Det Sgt Jane Doe"."""
    name = _last_title(words, start, end)
    inside = words.lower[name:end]
    if inside[-1] in NO_SURNAMES or not _BODILY.isdisjoint(inside):
        return start
    full = 2 <= end - name <= _LONGEST_NAME and inside[0] in people_names().given
    surname = end - name == 1 and words.title_before(name) is not None
    return name if full or surname else start


def _last_title(words: Words, start: int, end: int) -> int:
    """The token after the last of the titles that `start` begins."""
    lower = words.lower
    # "Qom Ayatollah Doe": what stands before a certain title is no name's beginning.
    inside = (token for token in range(end - 2, start, -1) if lower[token] in CERTAIN_TITLES)
    token = last_title = next(inside, start)
    while token < end - 1:
        if words.title_starts.get(token, end) < end:
            token = last_title = words.title_starts[token]
            continue
        word = lower[token]
        is_title = word in BEFORE_NAME and not (word in GIVEN_NAMES_TOO and token == end - 2)
        is_title = is_title and (word not in _FAMILY_NAMES_TOO or lower[token + 1] in BEFORE_NAME)
        if word in MOSTLY_GIVEN_NAMES:
            is_title = lower[token + 1] in people_names().given - PARTICLES
        is_title = is_title or _is_initials(words, token) or word.endswith(_OCCUPATIONS)
        is_title = is_title or (token == start and is_before_surname(words, token, end))
        if is_title or (word in DEMONYMS and not words.texts[token].isupper()):
            last_title = token + 1
        elif word == "class" and token > start and lower[token - 1][0].isdigit():
            last_title = token + 1  # "2nd Class"
        elif words.texts[token] not in {"-", ".", "and"} and lower[token + 1] != "class":
            break
        token += 1
    return last_title


def is_before_surname(words: Words, token: int, end: int) -> bool:
    """Whether a title has one word behind it that may be a surname: "Developer Doe"."""
    surname = token == end - 2 and words.lower[end - 1] not in NO_SURNAMES
    alone = words.lower[token] not in GIVEN_NAMES_TOO and words.title_before(end - 1) == token
    return surname and alone


def _is_initials(words: Words, token: int) -> bool:
    """Whether a rank is written here as its initials: "DCI"."""
    return words.lower[token] in INITIALS_OF_RANKS and words.texts[token].isupper()


def before_postnominals(words: Words, start: int, end: int, label: str) -> int:
    """Where a name ends before its orders, degrees and offices: "Jane Doe KC"."""
    if label not in _OF_PEOPLE and words.lower[start] not in people_names().given:
        return end  # "Springfield United SC"
    if end - start == 2 and words.lower[start] in people_names().given:
        return end  # "Hari KC"
    while end - start > 1 and words.texts[end - 1] in POSTNOMINALS:
        end -= 1
        if words.texts[end - 1] == ",":
            end -= 1
    return end


def is_title(words: Words, start: int, end: int, label: str) -> bool:
    """Whether capitals only name a post: "Financial Officer", "Major General", "KC"."""
    inside = words.lower[start:end]
    if label in PLACE_LABELS or not _BODILY.isdisjoint(inside):
        return False
    if end - start == 1:
        before = words.before(start)
        if before >= 0 and words.texts[before] == ",":
            before = words.before(before)
        after_name = before >= 0 and words.is_capital(before)
        return words.texts[start] in POSTNOMINALS and after_name
    if all(word in BEFORE_NAME or word in INITIALS_OF_RANKS for word in inside):
        return inside[0] == "crown" or inside[-1] not in HONORIFICS  # "Prince Sultan" is a name
    body = any(word in ORGANISATION_NOUNS - TITLE_MODIFIERS for word in inside)
    return inside[-1] in NEVER_SURNAMES and not body
