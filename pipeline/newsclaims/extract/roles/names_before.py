"""Names of bodies, places and nations among the words before a title's head."""

from newsclaims.extract.roles import words
from newsclaims.extract.roles.noun_phrases import NOUNS
from newsclaims.extract.roles.units import Range, Units

DETERMINERS = words.words("definite_determiners", "indefinite_determiners")
# Words that no name of a body contains where they stand before a title.
NO_NAMES = words.FORMER | words.ACTING | words.INCOMING | words.PLAIN_CURRENT | DETERMINERS
_NAMES = frozenset({"NNP", "NNPS"})
# A word that makes a place of the name before it: "Sokoto State", "Laguna 2nd District".
_PLACE_TYPES = words.words("place_types")


def is_demonym(units: Units, unit: int) -> bool:
    """Whether a word names a nation or party by its adjective: "Indian", "Tory"."""
    word = units.low[unit]
    if not units.capital(unit) or word in words.RELIGIONS:
        return False
    if word in words.DEMONYMS:
        return word != "us" or units.word[unit] == "US"
    if "-" in word and all(part in words.DEMONYMS for part in word.split("-")):
        return True
    return units.label(unit) == "NORP" and word not in words.LEVELS


def is_surname(units: Units, named: Range) -> bool:
    """Whether what is marked as a body is the surname of somebody in the article."""
    first, end = named
    return end - first == 1 and units.low[first] in units.surnames


def modifies_office(units: Units, unit: int) -> bool:
    """Whether "State" or "City" is the office's, and not the end of a place's name."""
    previous = unit - 1
    if units.low[unit] not in _PLACE_TYPES or previous < units.first[unit]:
        return True
    named = units.capital(previous) and units.low[previous] not in NO_NAMES
    return not named or is_demonym(units, previous)  # "U.S. District Judge"


def runs_on(units: Units, unit: int) -> bool:
    """Whether a capitalised name goes on to the left at `unit`."""
    word = units.low[unit]
    if units.person[unit] >= 0 or word in NO_NAMES:
        return False
    if word in {"of", "&", "for", "and"}:
        joins = word in {"of", "&"} and unit > 0 and units.tag[unit - 1] == "NNP"
        return units.body[unit] >= 0 or joins
    if word in words.EVALUATIVE and units.at_start(unit):
        return False
    return units.capital(unit) and units.tag[unit] in NOUNS | {"JJ", "CD"}


def whole_name(units: Units, first: int) -> int:
    """Where a name begins that was marked from `first` on ("Emergency | Affairs Ministry")."""
    low, start = units.low, units.first[first]
    if first - 2 >= start and low[first - 1] == "of" and low[first - 2] in words.BODIES:
        first -= 2  # "Teachers' Union of | Malawi"
        if units.body[first] >= 0:
            first = units.body_ranges[units.body[first]][0]
    while first > start and units.body[first - 1] < 0 and units.person[first - 1] < 0:
        possessive = units.tag[first - 1] == "POS" and low[first - 2] in words.MEMBERS
        number = units.tag[first - 1] == "CD" and units.word[first - 1][0].isalpha()
        number = number and not units.at_start(first - 1)  # "One Moto"
        name = (units.tag[first - 1] in _NAMES or number) and runs_on(units, first - 1)
        if not (possessive or name) or is_demonym(units, first - 1):
            break
        first -= 1 + possessive
    return first
