"""Title phrases: "the former Pakistani foreign minister and chairman of the party" taken apart.

An open class: a head noun ("minister") is known from the vocabulary or by its ending; what stands
before and after it is sorted into title, organisation, status and qualifier by structure.
"""

from collections.abc import Iterator
from typing import NamedTuple

from newsclaims.extract.finds import Kind
from newsclaims.extract.roles import words
from newsclaims.extract.roles.charges import charge_end
from newsclaims.extract.roles.complements import read_complements
from newsclaims.extract.roles.modifiers import Modifiers, read_modifiers
from newsclaims.extract.roles.noun_phrases import NOUNS, begins_title, kind_of
from newsclaims.extract.roles.units import Range, Units
from newsclaims.extract.roles.words import Head, Sort
from newsclaims.schema import Status


class Post(NamedTuple):
    """One title phrase. All ranges count units.

    `start` and `end` bound the whole phrase, determiner and complements included; `bare_end` is
    where the title's own words end. `determiner` is "the", "a", "possessive" or "". `possessing`
    when a possessive follows ("the mayor's daughter").
    """

    start: int
    end: int
    title: Range
    bare_end: int
    head: Head
    organisation: Range | None
    status: Status
    cue: Range | None
    qualifier: Range | None
    determiner: str
    plural: bool
    possessing: bool


# Tags that the tagger gives to nouns that it does not know.
_LOOSE_TAGS = NOUNS | {"VBP", "VB", "UH", "FW", "PRP", "CD"}
# Heads that it often takes for adjectives.
_ADJECTIVAL = words.words("adjectival_heads")
# Positions in sport that are verbs more often.
_VERBS_TOO = words.words("verbs_too")
# Ranks that are common words unless a capital marks them.
_CAPITAL_ONLY = frozenset({"major", "private"})
_LEADING = words.LEVELS | words.HONORIFICS
_AFTER_RANK = words.HONORIFICS | words.ABBREVIATED.keys() | {"(", "of"}
_REVEREND = words.words("reverend")
_MOST = words.words("most_reverend")
_GIVEN_TOO = words.words("given_names_too")
_AFTER_TITLE = frozenset({"emeritus", "-emeritus", "qc", "kc", "sc", "-"})
# Words shorter than this are heads only by the list (`words.Heads.of`).
_SHORTEST_BY_ENDING = 8
# "Lt-Gen", and no dash.
_SHORTEST_CHAIN = 4
_TWO = 2


class _Found(NamedTuple):
    """A head, and the units of its fixed words ("chief executive")."""

    at: int
    end: int
    head: Head


def find_posts(units: Units) -> list[Post]:
    """The title phrases of an article, in the order of their heads."""
    posts: list[Post] = []
    floor = 0
    for found in _heads(units):
        if found.at < floor and units.low[found.at - 1] in {"of", "for"}:
            continue  # "Minister for Justice"
        post = _read_post(units, found, floor if floor <= found.at else 0)
        if post is not None:
            posts.append(post)
            # "Chief of Staff Gen. Doe": what one title has taken is no part of the next.
            floor = post.bare_end if post.bare_end > found.at + 1 else 0
    return posts


def _heads(units: Units) -> Iterator[_Found]:
    """Each head noun that may carry a title."""
    listed, compounds, done = units.heads.listed, units.heads.compounds, 0
    initials = words.ABBREVIATED
    for unit, word in enumerate(units.low):
        known = len(word) >= _SHORTEST_BY_ENDING or word in listed or word in compounds
        known = known or word in initials or ("-" in word and len(word) > _SHORTEST_CHAIN)
        if unit < done or not known:
            continue
        found = _compound_at(units, unit) or _single_at(units, unit)
        if found is None or _goes_on(units, found):
            continue
        if not (found.head.rule or _noun_like(units, found.end - 1)):
            continue
        done = found.end
        yield found


def _compound_at(units: Units, unit: int) -> _Found | None:
    for parts, head in units.heads.compounds.get(units.low[unit], ()):
        end = unit + len(parts)
        if tuple(units.low[unit:end]) == parts and units.same_sentence(unit, end - 1):
            return _Found(unit, end, head)
    return None


def _single_at(units: Units, unit: int) -> _Found | None:
    if units.low[unit] in _REVEREND and units.low[unit - 1] in _MOST:
        return None  # "the Most Reverend" is an honorific
    if units.low[unit] in words.INITIALS and not units.word[unit][:2].isupper():
        return None  # "Md Doe"
    if _is_initials(units, unit):
        return None  # "chief minister MK Doe"
    head = units.heads.of(units.low[unit])
    if head is None and units.low[unit] in words.ABBREVIATED:
        head = _abbreviated(units, unit)
    return _Found(unit, unit + 1, head) if head else None


def _is_initials(units: Units, unit: int) -> bool:
    """Whether two capitals between a title and a name are the name's initials."""
    word, after = units.low[unit], unit + 1
    if word not in words.INITIALS or len(word) != _TWO or not 0 < unit < len(units) - 1:
        return False
    return units.person[after] >= 0 and units.heads.of(units.low[unit - 1]) is not None


def _abbreviated(units: Units, unit: int) -> Head | None:
    """The rank that capitals before a name or another title stand for: "DCI Doe"."""
    if not units.word[unit].isupper() or not units.same_sentence(unit, unit + 1):
        return None
    after, following = unit + 1, units.low[unit + 1]
    follows = (
        units.person[after] >= 0
        or following in _AFTER_RANK
        or units.heads.of(following) is not None
        or charge_end(units, after) is not None
    )
    return words.ABBREVIATED[units.low[unit]] if follows else None


def _noun_like(units: Units, unit: int) -> bool:
    tag, word = units.tag[unit], units.low[unit]
    if word in _VERBS_TOO:
        return tag in NOUNS
    named = unit + 1 < len(units) and units.person[unit + 1] >= 0
    if word in _CAPITAL_ONLY and not units.capital(unit):
        return named and unit > 0 and units.low[unit - 1] in words.FORMER
    if tag in _LOOSE_TAGS or units.capital(unit) or word in _ADJECTIVAL or "-" in word:
        return True
    return named and tag == "JJ"


def _goes_on(units: Units, found: _Found) -> bool:
    """Whether a head only modifies the noun after it ("minister position")."""
    end = found.end
    if not units.same_sentence(found.at, end):
        return False
    if units.person[end] >= 0 and units.person[end] != units.person[found.at]:
        return False
    word, tag = units.low[end], units.tag[end]
    following = units.heads.of(word)
    if following is not None and tag in _LOOSE_TAGS:
        whole = "of" in units.low[found.at : end]  # "Chief of Staff | General"
        return not (whole and units.capital(end)) and not begins_title(units, end)
    if units.person[end] >= 0 or word in words.HONORIFICS or word in words.INCOMING:
        return False
    if end + 1 < len(units) and units.low[end + 1] == "class":
        return False  # "Petty Officer First Class"
    if charge_end(units, end) is not None:
        return False  # "Commissioner Peshawar Doe"
    turned = units.capital(end) and not units.capital(end - 1)
    if turned and _leads_to_name(units, end):
        return False  # "navy chief Vice Admiral Doe"
    if tag == "JJ" and _is_level(units, found, end):
        return True
    return tag in NOUNS and word not in _AFTER_TITLE


def _is_level(units: Units, found: _Found, end: int) -> bool:
    """Whether a head is the level of a longer title: "chief medical officer"."""
    if units.low[end - 1] not in words.LEVELS or end - found.at > 1:
        return False
    unit = end
    while unit < len(units) and units.tag[unit] == "JJ" and units.first[unit] == units.first[end]:
        unit += 1
    while unit < len(units) and units.tag[unit] == "NN" and units.person[unit] < 0:
        if units.heads.of(units.low[unit]) is not None:
            return True
        unit += 1
    return False


def _leads_to_name(units: Units, unit: int) -> bool:
    """Whether a title before a name begins at `unit`, with a word that is no head: "Vice"."""
    if units.low[unit] not in words.LEVELS:
        return False
    while unit < len(units) and units.person[unit] < 0:
        word = units.low[unit]
        if word not in _LEADING and units.heads.of(word) is None:
            return False
        unit += 1
    return True


def _read_post(units: Units, found: _Found, floor: int) -> Post | None:
    at, end, head = found
    if units.person[at] >= 0:
        name = units.person_ranges[units.person[at]]
        # A name's own word: its last, or a given name ("Dean").
        if end >= name[1] or (end == name[1] - 1 and units.low[at] in _GIVEN_TOO):
            return None
    if head.singular == "candidate" and units.low[at - 1] in words.DEGREES:
        return None
    left = read_modifiers(units, at, end, head, floor)
    right = read_complements(
        units, end, head, organised=left.organisation is not None, quoted=left.quoted
    )
    place = _place_looked_after(units, left, head)
    if place is not None:
        further = read_complements(units, end, head, organised=False, quoted=left.quoted)
        if further.organisation and kind_of(units, further.organisation) is Kind.ORGANISATION:
            left, right = left._replace(title_start=place, organisation=None), further
    status, cue = left.status, left.cue
    if right.incoming is not None and status == "current":
        status, cue = "incoming", right.incoming
    if right.former is not None and status == "current":
        status, cue = "former", right.former
    if head.singular in words.CANDIDATE and status == "current":
        status, cue = "candidate", (end - 1, end)
    one_of = head.plural and _one_of(units, left)
    return Post(
        start=left.start - 2 * one_of,
        end=right.end,
        title=(left.title_start, right.title_end),
        bare_end=right.title_end,
        head=head,
        organisation=left.organisation or right.organisation,
        status=status,
        cue=cue,
        qualifier=left.qualifier,
        determiner=left.determiner,
        plural=head.plural and not one_of,
        possessing=end < len(units) and units.tag[end] == "POS",
    )


def _place_looked_after(units: Units, left: Modifiers, head: Head) -> int | None:
    """Where the place begins that a post looks after: "the South Asia head of Acme"."""
    body = left.organisation
    if body is None or head.sort is not Sort.POSITION or left.title_start != body[1]:
        return None
    number = units.body[body[0]]
    place = number >= 0 and units.bodies[number].kind is Kind.PLACE
    return body[0] if place and units.tag[body[0]] in NOUNS else None


def _one_of(units: Units, left: Modifiers) -> bool:
    """Whether one of several is meant ("one of the two founders"), and not of those just named."""
    start = left.start
    return (
        start >= 2
        and units.low[start - 2 : start] == ["one", "of"]
        and units.low[start] not in {"those", "these"}
    )
