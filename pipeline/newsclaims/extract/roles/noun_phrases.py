"""Where a noun phrase inside a title ends, and whether it names a body."""

from typing import NamedTuple

from newsclaims import lexicon
from newsclaims.extract.finds import Kind
from newsclaims.extract.roles import words
from newsclaims.extract.roles.units import Range, Units
from newsclaims.extract.roles.words import Sort

_NAMES = frozenset({"NNP", "NNPS"})
NOUNS = _NAMES | {"NN", "NNS"}
_INSIDE = NOUNS | {"JJ", "VBG", "VBN", "CD", "JJR", "JJS", "FW"}
_ADVERBS = frozenset({"RB", "RBS", "RBR"})
_ENDS = NOUNS | {"CD", "JJ"}
_HEADING = words.RANKING - {"chief"} | {"head"}
_HIGHEST_RANKS = frozenset({"admiral", "marshal"})
_REVEREND = words.words("reverend")
_MOST = words.words("most_reverend")
# Before a name these are titles of their own: "Governor Prof Doe".
_SHORT_TITLES = frozenset({"prof", "rev", "cllr", "sen", "rep", "barrister", "brig", "ayatollah"})
_OF_FIELDS = frozenset({"department", "faculty", "school", "institute", "division"})
_JOINS = frozenset({"of", "and", "&", "for", "the", "de", "del", "la", "on"})
_KINDS_OF_BODY = words.BODIES | words.ANAPHORS
_KEPT = words.LEVELS | lexicon.words("names.compass")
_DESCRIBING_ENDINGS = tuple(sorted(words.words("describing_endings")))
_DROPPED = words.EVALUATIVE | words.QUALIFIERS
ARTICLES = frozenset({"the", "a", "an", "its", "his", "her", "their", "our", "this", "that"})


class Body(NamedTuple):
    """A noun phrase without its determiner. `named` when it is a body: by a name or by its noun."""

    range: Range
    named: bool


def sentence_end(units: Units, start: int, furthest: int) -> int:
    """Where the sentence of the unit before `start` ends, at most `furthest` units on."""
    limit = min(len(units), start + furthest)
    first = units.first[start - 1] if start else 0
    return next((unit for unit in range(start, limit) if units.first[unit] != first), limit)


def run_end(units: Units, start: int, limit: int) -> int:
    """Where the plain nouns and adjectives that begin at `start` end: after the last noun."""
    unit = start
    while (
        unit < limit
        and units.tag[unit] in _INSIDE
        and units.person[unit] < 0
        and units.dated[unit] < 0
        and units.low[unit] not in words.HONORIFICS
        and not (unit > start and _is_rank(units, unit))
    ):
        unit += 1
    while unit > start and units.tag[unit - 1] not in NOUNS:
        unit -= 1
    return unit


def read_body(units: Units, start: int, limit: int) -> Body | None:
    """The noun phrase at `start`; of one with a possessive, what is possessed.

    None where no noun stands, and where it is another's title ("envoy of President Doe").
    """
    start = _after_adverbs(units, start, limit)
    if start >= limit or units.person[start] >= 0 or _is_title(units, start):
        return None
    end = start
    while end < limit and units.person[end] < 0 and units.dated[end] < 0:
        if units.tag[end] == "POS" and not _possessive_inside(units, end, limit):
            return read_body(units, end + 1, limit)
        following = _next_inside(units, end, limit)
        if following is None or (end > start and _is_rank(units, end)):
            break
        end = following
    if [units.low[start], units.low[start + 1 : start + 2]] == ["board", ["of"]]:
        end = min(end, start + 3)  # the nearest body, not whose board it is
    else:
        end = _institution_end(units, start, end, limit)
    named = any(units.body[at] >= 0 or units.tag[at] in _NAMES for at in range(start, end))
    if end < limit and units.person[end] >= 0 and units.heads.of(units.low[end - 1]):
        return None
    while end > start and units.tag[end - 1] not in _ENDS and units.body[end - 1] < 0:
        end -= 1
    if end == start:
        return None
    first = _apposed(units, start, end)
    named = named or (first > start and units.capital(first))
    while first < end - 1 and _is_dropped(units, first):
        first += 1
    return Body((first, end), named or units.low[end - 1] in words.BODIES)


def _institution_end(units: Units, start: int, end: int, limit: int) -> int:
    """Where the name of an institution ends: "Ministry of Health and Human Mobility"."""
    if not _is_institution(units, start, end):
        return end
    while end + 1 < limit and units.low[end] in {"of", "for", "and", "&"}:
        joint, noun = units.low[end], end + 1
        noun += joint in {"of", "for"} and units.low[noun] == "the"
        stop = run_end(units, noun, limit)
        if stop == noun or not all(map(units.capital, range(noun, stop))):
            break
        inner = any(units.low[at] in words.BODIES for at in range(noun, stop))
        titled = any(units.heads.of(units.low[at]) for at in range(noun, stop))
        strung = joint in {"of", "for"} or units.low[start + 1] in {"of", "for"}
        place = joint == "of" and units.body[noun] >= 0 and units.body[noun] != units.body[end - 1]
        if inner or titled or place or not strung:
            break
        if stop < limit and units.person[stop] >= 0 and units.low[stop - 1] != ",":
            break
        end = stop
    return end


def _is_institution(units: Units, start: int, end: int) -> bool:
    """Whether a capitalised kind of body is among the words of a name."""
    kinds = (at for at in range(start, end) if units.low[at] in words.BODIES)
    return any(units.capital(at) for at in kinds)


def _is_dropped(units: Units, unit: int) -> bool:
    """Whether a word before a body describes it: "the leading …", "the Oslo-based …"."""
    if units.capital(unit):
        return units.low[unit].endswith(_DESCRIBING_ENDINGS)
    adjective = units.tag[unit] in {"JJ", "VBG"} or "-" in units.low[unit]
    if adjective and units.capital(unit + 1) and units.low[unit] not in _KEPT:
        return True  # "populous Wexford county"
    return units.low[unit] in _DROPPED or units.low[unit].endswith(_DESCRIBING_ENDINGS)


def _after_adverbs(units: Units, start: int, limit: int) -> int:
    """Step over the "most" of "the country's most populous region"."""
    while start < limit and units.tag[start] in _ADVERBS:
        start += 1
    return start


def _apposed(units: Units, start: int, end: int) -> int:
    """Where a name begins that stands behind its kind: "the teachers' union | NATU"."""
    number = units.body[end - 1]
    first = units.body_ranges[number][0] if number >= 0 else end
    while number < 0 and first > start and units.capital(first - 1):
        first -= 1
    kind = start < first < end and units.low[first - 1] in _KINDS_OF_BODY
    part = first - 2 >= start and units.capital(first - 2)  # "Wexford county GAA"
    part = part and units.label(first - 2) != "NORP"  # "Welsh restaurant Acme"
    return first if kind and not part else start


def kind_of(units: Units, body: Range) -> Kind | None:
    """The kind of the name that a phrase begins or ends with."""
    for unit in (body[0], body[1] - 1):
        if units.body[unit] >= 0:
            return units.bodies[units.body[unit]].kind
    return None


def _next_inside(units: Units, unit: int, limit: int) -> int | None:
    """What follows the word, or the name, at `unit` if it goes on with a noun phrase."""
    if units.body[unit] >= 0:
        return units.body_ranges[units.body[unit]][1]
    inside = units.tag[unit] in _INSIDE or units.tag[unit] == "POS" or _joins(units, unit, limit)
    return unit + 1 if inside else None


def begins_title(units: Units, unit: int) -> bool:
    """Whether a head after a head begins a title: "President Gen.", "spokesman Inspector"."""
    word = units.low[unit]
    before = units.low[unit - 1]
    abbreviated = (
        before.endswith(".") or f"{before}." in units.heads.listed
    )  # "Lt. Gen.", "Lt Gen."
    short = word.endswith(".") or word in _SHORT_TITLES or f"{word}." in units.heads.listed
    dotted = short and not abbreviated and before not in words.RANKING
    turned = units.capital(unit) and not units.capital(unit - 1)
    if turned and before in _HEADING:  # "head Priest", and not "department head Colonel Doe"
        head = units.heads.of(word)
        turned = head is not None and head.sort is Sort.RANK
    return dotted or turned or (units.capital(unit) and word in _HIGHEST_RANKS)


def _is_rank(units: Units, unit: int) -> bool:
    """Whether a rank before a name begins at `unit`: "Chief of Defence Staff | Gen. Doe"."""
    word = units.low[unit]
    if not units.capital(unit):
        return False
    if word in _MOST and unit + 1 < len(units) and units.low[unit + 1] in _REVEREND:
        return True
    head = units.heads.listed.get(word)
    ranked = head is not None and head.sort is Sort.RANK and not head.plural
    if not (ranked or word in _SHORT_TITLES):
        return False
    while unit < len(units) and units.person[unit] < 0:
        if not (units.heads.of(units.low[unit]) or units.low[unit] in words.HONORIFICS):
            return False
        unit += 1
    return True


def _is_title(units: Units, start: int) -> bool:
    head = units.heads.of(units.low[start])
    return head is not None and head.sort is Sort.OFFICE and units.body[start] < 0


def _possessive_inside(units: Units, unit: int, limit: int) -> bool:
    """Whether a possessive is inside a name: "Pakistan People's Party"."""
    return (
        unit + 1 < limit
        and units.low[unit - 1] in words.MEMBERS
        and units.capital(unit - 1) == units.capital(unit + 1)
    )


def _joins(units: Units, unit: int, limit: int) -> bool:
    """Whether "of", "and" or "for" inside a name goes on with it."""
    if units.low[unit] not in _JOINS or unit + 1 >= limit:
        return False
    before, after = units.body[unit - 1], units.body[unit + 1]
    if before >= 0 and before == after:
        return True
    if units.low[unit] == "of" and units.low[unit - 1] in _OF_FIELDS:
        return units.low[unit + 1] in words.PORTFOLIOS  # "the department of paediatrics"
    institution = units.low[unit - 1] in words.BODIES and units.capital(unit - 1)
    return units.low[unit] in {"of", "for"} and institution and units.tag[unit + 1] in _NAMES
