"""What little words before a title's head do to its phrase: determiners, status, description.

Each sorter looks at one unit; see `newsclaims.extract.roles.phrase`.
"""

from newsclaims.extract.roles import words
from newsclaims.extract.roles.names_before import DETERMINERS
from newsclaims.extract.roles.phrase import DONE, Phrase
from newsclaims.schema import Status

_INDEFINITE = words.words("indefinite_determiners")
_DESCRIBING_ENDINGS = tuple(sorted(words.words("describing_endings")))
_BODIES_AND_LEVELS = words.BODIES | words.LEVELS
_SELF_MADE = words.words("self_made")
# "first secretary" is a title, "first president" is the first of a row.
_ORDINALS = frozenset({"first", "second", "third", "fourth"})
_ORDINAL_HEADS = words.words("ordinal_heads")
_CAMPAIGNERS = words.words("campaigner_heads")
_STATUSES: tuple[tuple[frozenset[str], Status], ...] = (
    (words.FORMER, "former"),
    (words.ACTING, "acting"),
    (words.INCOMING, "incoming"),
)
_LONGEST_QUOTED = 6


def quotation(phrase: Phrase, unit: int, word: str) -> int | None:
    """The quotation mark of 'the self-styled "governor" of …': a title put in doubt."""
    if word not in words.OPENING_QUOTES:
        return None
    after = phrase.units.low[phrase.head_end : phrase.head_end + _LONGEST_QUOTED]
    if unit + 1 != phrase.start or not words.CLOSING_QUOTES.intersection(after):
        return DONE
    phrase.quoted = True
    return phrase.skip(unit)


def determining(phrase: Phrase, unit: int, word: str) -> int | None:
    """An article, a demonstrative or a possessive pronoun: the phrase begins here."""
    if phrase.units.tag[unit] in {"PRP$", "WP$"}:
        phrase.determiner = "possessive"
        if word in {"its", "whose"}:
            _antecedent_body(phrase, unit)
    elif word in DETERMINERS:
        phrase.determiner = "a" if word in _INDEFINITE else "the"
    else:
        return None
    phrase.start = unit
    return DONE


def _antecedent_body(phrase: Phrase, its: int) -> None:
    """Take the organisation that "its" or "whose" stands for, named before in the sentence."""
    units = phrase.units
    furthest = its - 2 if units.low[its] == "whose" else units.first[its]
    for unit in range(its - 1, max(furthest, units.first[its]) - 1, -1):
        number = units.body[unit]
        if number >= 0 and phrase.takes(units.bodies[number].kind):
            body = units.body_ranges[number]
            if units.low[body[0] - 1] == "(" and units.body[body[0] - 2] >= 0:
                body = units.body_ranges[units.body[body[0] - 2]]  # not the acronym behind it
            if phrase.organisation is None:
                phrase.organisation = body
            return


def status_word(phrase: Phrase, unit: int, word: str) -> int | None:
    """As in "former", "acting", "incoming"; of two, "former" says more."""
    if word == "past" and phrase.units.tag[unit] == "IN":
        return None
    for listed, status in _STATUSES:
        if word in listed:
            if phrase.status != "former":
                phrase.status, phrase.cue = status, (unit, unit + 1)
            return phrase.skip(unit)
    return None


def qualifying(phrase: Phrase, unit: int, word: str) -> int | None:
    """As in "self-proclaimed", "Moscow-installed", "de facto"."""
    first = unit
    if word == "facto" and unit and phrase.units.low[unit - 1] == "de":
        first = unit - 1
    else:
        proclaimed = word.startswith("self-") and word.endswith("ed") and word not in _SELF_MADE
        imposed = word.endswith(words.QUALIFIER_ENDINGS) and phrase.units.capital(unit)
        if not (word in words.QUALIFIERS or proclaimed or imposed):
            return None
    phrase.qualifier = phrase.qualifier or (first, unit + 1)
    return phrase.skip(first)


def describing(phrase: Phrase, unit: int, word: str) -> int | None:
    """Words that value or describe: "top", "44th", "Toronto-based", "all-or-nothing"."""
    dropped = (
        word in words.DROPPED
        or phrase.units.tag[unit] == "CD"
        or word[0].isdigit()
        or word.endswith(_DESCRIBING_ENDINGS)
        or (word in _ORDINALS and phrase.head.singular not in _ORDINAL_HEADS)
        or _describing_chain(phrase, unit, word)
    )
    return phrase.skip(unit) if dropped else None


def _describing_chain(phrase: Phrase, unit: int, word: str) -> bool:
    """Whether a chain of words only describes: not "high-school", not "anti-drugs activist"."""
    if "-" not in word or phrase.units.capital(unit) or word in words.LEVELS:
        return False
    parts = word.split("-")
    if len(parts) == 2 and parts[1] in _BODIES_AND_LEVELS:
        return False
    return not (parts[0] in {"anti", "pro"} and phrase.head.singular in _CAMPAIGNERS)


def adverb(phrase: Phrase, unit: int, word: str) -> int | None:
    """As in "newly", "openly"; "once" and "formerly" say that the title is past."""
    once = word in words.FORMERLY
    adverbial = phrase.units.tag[unit] == "RB" and phrase.closed
    if not adverbial or not (once or word.endswith("ly")):
        return None
    if once and phrase.status == "current":
        phrase.status, phrase.cue = "former", (unit, unit + 1)
    return phrase.skip(unit)
