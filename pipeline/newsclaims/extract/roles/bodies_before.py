"""What names before a title's head do to its phrase: possessors, people, bodies, nations.

Each sorter looks at one unit; see `newsclaims.extract.roles.phrase`.
"""

from newsclaims.extract.finds import Kind
from newsclaims.extract.roles import words
from newsclaims.extract.roles.names_before import (
    DETERMINERS,
    NO_NAMES,
    is_demonym,
    is_surname,
    modifies_office,
    runs_on,
    whole_name,
)
from newsclaims.extract.roles.noun_phrases import NOUNS
from newsclaims.extract.roles.phrase import DONE, Phrase
from newsclaims.extract.roles.units import Units
from newsclaims.extract.roles.words import Sort

_NAMES = frozenset({"NNP", "NNPS"})
_TEAMS = words.words("team_possessors")
_DIPLOMATS = words.words("sent_abroad_heads") | {"diplomat"}
_NATIONAL = words.words("national_heads")
_PARTIES = words.words("parties")
_NATIONAL_SORTS = frozenset({Sort.OFFICE, Sort.RANK, Sort.ATHLETE})
_MINISTERS = words.words("minister_heads")
_RANKING = words.words("ranking_levels")
_SENT_OUT = words.words("sent_out_heads")
_BETWEEN = words.words("ranking_levels") | {"'s", "'"}
_WHOLE_NATIONS = words.DEMONYMS | words.RELIGIONS
_NATION_PREFIXES = words.words("nation_prefixes")


def possessor(phrase: Phrase, unit: int, word: str) -> int | None:
    """As in "Malaysia's …", "the municipality's …": whose office it is."""
    units, last = phrase.units, unit - 1
    if units.tag[unit] != "POS" or word not in {"'s", "'"}:
        return None
    phrase.start, phrase.determiner = unit, "possessive"
    if not units.same_sentence(last, unit):
        return DONE
    if units.low[last] in words.MEMBERS and units.capital(last) and units.capital(unit + 1):
        _possessive_name(phrase, unit)
    elif units.low[last] in _TEAMS and not units.capital(last):
        phrase.title_start = last
        phrase.start = last - (units.low[last - 1] in DETERMINERS)
    elif units.body[last] >= 0:
        _named_possessor(phrase, unit)
    elif units.person[last] >= 0:
        phrase.start = units.person_ranges[units.person[last]][0]
    else:
        _common_possessor(phrase, last)
    return DONE


def _possessive_name(phrase: Phrase, unit: int) -> None:
    """As in "Pakistan People's Party chairman": the possessive is a part of the name."""
    first = unit - 1
    while first > phrase.units.first[unit] and runs_on(phrase.units, first - 1):
        first -= 1
    phrase.start = first
    stop = phrase.organisation[1] if phrase.organisation else phrase.title_start
    if stop > unit + 1:
        phrase.organisation = (first, stop)


def _named_possessor(phrase: Phrase, unit: int) -> None:
    units, number = phrase.units, phrase.units.body[unit - 1]
    first, kind = units.body_ranges[number][0], units.bodies[number].kind
    named = (first + (units.low[first] == "the"), unit)
    phrase.start = first - (first > units.first[first] and units.low[first - 1] in DETERMINERS)
    sent = phrase.head.singular in _DIPLOMATS  # "Portugal's U.N. ambassador" is Portugal's
    sent = sent or (phrase.head.singular in words.CANDIDATE and kind is Kind.ORGANISATION)
    takes = phrase.takes(kind) and not is_surname(units, named)
    if sent or (takes and phrase.organisation is None):
        phrase.organisation = named


def _common_possessor(phrase: Phrase, last: int) -> None:
    """As in "the ruling party's", and "the company's", which points back to one named."""
    units, first = phrase.units, last
    while first > units.first[last] and units.tag[first - 1] in NOUNS | {"JJ", "VBN", "VBG"}:
        first -= 1
    phrase.start = first - (first > units.first[last] and units.low[first - 1] in DETERMINERS)
    word = units.low[last]
    body = word in words.BODIES or (units.capital(last) and units.tag[last] in _NAMES)
    back = word in words.ANAPHORS or word in units.low[:first]
    bare = first == last and back and not units.capital(last)
    if body and not bare and phrase.organisation is None:
        while first < last and units.low[first] in words.DROPPED:
            first += 1
        phrase.organisation = (first, last + 1)


def person(phrase: Phrase, unit: int, word: str) -> int | None:
    """As in "Doe spokesman Tom Roe": a person's name before a title is no organisation."""
    units = phrase.units
    inside = units.person[unit] == units.person[unit + 1] and word in words.LEVELS
    if units.person[unit] < 0 or inside:  # "Pol Col Doe" is marked as one name
        return None
    first, last = units.person_ranges[units.person[unit]]
    before = units.low[first - 1]
    if last != unit + 1 or phrase.organisation is not None or before == ",":
        return DONE
    named = phrase.head_end < len(units) and units.person[phrase.head_end] >= 0
    if phrase.head.sort is Sort.ATHLETE and named and last == phrase.title_start:
        return phrase.organise(first, unit)  # a team named like a person

    return DONE if before in words.GIVING else phrase.skip(first)  # "named Doe chairwoman"


def acronym(phrase: Phrase, unit: int, word: str) -> int | None:
    """The brackets in "Teachers' Union (TU) secretary"."""
    units = phrase.units
    if word != ")":
        return None
    bracketed = unit - 2 >= units.first[unit] and units.low[unit - 2] == "("
    return phrase.skip(unit - 2) if bracketed and units.capital(unit - 1) else DONE


def body(phrase: Phrase, unit: int, word: str) -> int | None:
    """A named body or place."""
    units, number = phrase.units, phrase.units.body[unit]
    if number < 0 or _own_word(phrase, unit, word):
        return None
    first = units.body_ranges[number][0]
    if _is_sent_out(phrase, first, unit):
        return phrase.keep(first)
    while first < unit and units.low[first] in NO_NAMES and not _is_new(units, first):
        first += 1
    takes = phrase.takes(units.bodies[number].kind) and not is_surname(units, (first, unit + 1))
    return phrase.organise(_with_branch(units, whole_name(units, first)), unit, takes=takes)


def _is_new(units: Units, unit: int) -> bool:
    """Whether "New" belongs to a name: a place's, or one that does not open a sentence."""
    place = units.bodies[units.body[unit]].kind is Kind.PLACE
    return units.word[unit] == "New" and (place or not units.at_start(unit))


def _with_branch(units: Units, first: int) -> int:
    """Where a body begins whose branch is named by a place: "GJP | Meghana" of its president."""
    before = first - 1
    number = units.body[before] if before >= units.first[first] else -1
    if number < 0 or units.bodies[units.body[first]].kind is not Kind.PLACE:
        return first
    initials = units.word[before].isupper() and len(units.word[before]) > 1
    organisation = units.bodies[number].kind is Kind.ORGANISATION
    return units.body_ranges[number][0] if initials and organisation else first


def _is_sent_out(phrase: Phrase, first: int, unit: int) -> bool:
    """Whether a place is where a body has its people: "BBC South Asia editor"."""
    units, kind = phrase.units, phrase.units.bodies[phrase.units.body[unit]].kind
    place = kind is Kind.PLACE or units.label(unit) in {"GPE", "LOC"}
    if not place or phrase.head.singular not in _SENT_OUT or phrase.closed:
        return False
    if phrase.head.singular == "correspondent":
        return True
    before = first - 1
    while before > units.first[unit] and units.low[before] in _BETWEEN:
        before -= 1
    number = units.body[before] if before >= units.first[unit] else -1
    return number >= 0 and units.bodies[number].kind is Kind.ORGANISATION


def _own_word(phrase: Phrase, unit: int, word: str) -> bool:
    """Whether a word marked as a body is the title's ("Foreign" of Foreign Minister)."""
    units = phrase.units
    if phrase.closed or unit + 1 != phrase.title_start or word not in words.FIELDS:
        return False
    number = units.body[unit]
    first, last = units.body_ranges[number]
    if (
        phrase.head.singular in _MINISTERS
        and phrase.capital_head
        and _all_fields(units, first, unit)
    ):
        return True  # "Employment and Labour | Minister"
    if last > unit + 1:  # the mark covers the head too
        return word in words.LEVELS and modifies_office(phrase.units, unit)
    if word in words.RANKING and phrase.capital_head and units.low[unit - 1] in {"and", "&"}:
        return True  # "of Justice and | Deputy Director"
    if last - first == 1:
        level = word in words.LEVELS and word not in words.PREMODIFYING_BODIES
        return level and (phrase.capital_head or units.at_start(unit))
    return _marked_too_far(phrase, unit, word)


def _all_fields(units: Units, first: int, unit: int) -> bool:
    """Whether what is marked from `first` on is nothing but portfolios, strung together."""
    said = units.low[first : unit + 1]
    strung = all(word in words.FIELDS or word in {"and", "&", ","} for word in said)
    return strung and units.low[unit] not in words.BODIES and modifies_office(units, unit)


def _is_field(phrase: Phrase, first: int, unit: int) -> bool:
    """Whether what is marked as a body from `first` on looks after something: "Public Works"."""
    units = phrase.units
    minister = phrase.head.singular in _MINISTERS
    body = units.low[unit] in words.BODIES and not (minister and units.low[unit] == "cabinet")
    if body or not modifies_office(units, unit):
        return False
    return all(
        units.low[at] in words.FIELDS or is_demonym(units, at) or (minister and at < unit)
        for at in range(first, unit + 1)
    )


def _marked_too_far(phrase: Phrase, unit: int, word: str) -> bool:
    """Whether a name was marked into the title: "AP National Security" of "… Writer"."""
    units = phrase.units
    organisation = units.bodies[units.body[unit]].kind is Kind.ORGANISATION
    joined = units.low[unit - 1] in {"of", "and", "&", "for", "the"}
    if not organisation or joined or not phrase.capital_head:
        return False
    first = units.body_ranges[units.body[unit]][0]
    if _is_field(phrase, first, unit):
        return True
    initials = units.word[first].isupper()
    field = initials and word in words.LEVELS and word not in words.BODIES
    ranking = word in _RANKING or (field and phrase.head.sort is not Sort.POSITION)
    return ranking and modifies_office(phrase.units, unit)


def demonym(phrase: Phrase, unit: int, _word: str) -> int | None:
    """As in "Indian", "South Korean", "Tory"."""
    units = phrase.units
    language = phrase.head.singular in words.OF_LANGUAGES and unit + 1 == phrase.title_start
    if language or not is_demonym(units, unit):
        return None  # "Sanskrit teacher"
    first = _nation_start(units, unit)
    party = units.low[unit] in _PARTIES and phrase.head.sort is Sort.POSITION
    national = party or phrase.head.sort in _NATIONAL_SORTS or phrase.head.singular in _NATIONAL
    return phrase.organise(first, unit, takes=national)


def _nation_start(units: Units, unit: int) -> int:
    """Where the adjective of a nation begins: "South Korean", "Costa Rican"."""
    before = unit - 1
    if unit == units.first[unit] or not units.capital(before):
        return unit
    marked = units.label(before) == units.label(unit) == "NORP"
    one = marked and units.low[before] not in _WHOLE_NATIONS
    return before if one or units.low[before] in _NATION_PREFIXES else unit
