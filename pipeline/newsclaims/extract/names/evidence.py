"""What the words around and inside a candidate say about its kind, one named rule each.

A rule looks at one candidate in its sentence and says yes or no. What a yes is worth stands in
``weights.toml``; why it should be worth something, with examples, in ``names.toml``.
"""

import re
from collections.abc import Callable, Mapping

from newsclaims import lexicon
from newsclaims.extract.names import body_evidence
from newsclaims.extract.names.people_names import people_names
from newsclaims.extract.names.view import View
from newsclaims.extract.names.vocabulary import (
    BUILDINGS,
    COMPASS,
    DEMONYMS,
    HONORIFICS,
    INITIALS_OF_RANKS,
    KIN,
    NEVER_NAMES,
    NO_SURNAMES,
    ORGANISATION_NOUNS,
    PLACE_NOUNS,
    PLACE_PREPOSITIONS,
    RANKS,
    SPEECH_VERBS,
    TITLE_MODIFIERS,
    TITLES,
    TOWNSPEOPLE,
)

_ARTICLES = frozenset({"the", "a", "an", "this", "that", "these", "those", "each", "every"})
_AGE = re.compile(r"[1-9]\d?")
_INITIAL = re.compile(r"(?:[A-Z]\.)+")
_DASHES = frozenset({"—", "–", "--", "-", "_"})
_QUOTES = frozenset("\"“”'‘’`") | {"``", "''"}
_HONORIFIC_TOKENS = lexicon.words("names.sure_honorifics")
# What ends the words that a speaker behind them said, and what ends the report.
_SPOKEN = _QUOTES - {"“", "``", "‘", "`"} | {","}
_CLOSES = frozenset({".", ",", ";", ""})
_TITLES = TITLES | RANKS
_JOINING = frozenset({"of", "for", "and", "on"})
_STATUS_WORDS = frozenset("former current acting then ex late incoming outgoing the".split())
_HEADS = _TITLES | HONORIFICS
_NO_ONES_HOME = ORGANISATION_NOUNS | PLACE_NOUNS | _HEADS


# --- people --------------------------------------------------------------------------------------


def _honorific_before(v: View) -> bool:
    return v.before in _HONORIFIC_TOKENS


def _surname_after_title(v: View) -> bool:
    """Such as "Attorney-General Doe": a capital alone behind a title with a capital."""
    return (
        v.size == 1
        and v.last not in NO_SURNAMES
        and v.last not in _HEADS
        and v.words.title_before(v.start) is not None
        and not (v.after_at >= 0 and v.words.is_capital(v.after_at))
    )


def _title_before(v: View) -> bool:
    if v.start in v.words.title_ends:
        return v.label != "ORG" or (v.end - v.start > 1 and v.last not in ORGANISATION_NOUNS)
    title = v.before
    if title in TITLE_MODIFIERS and v.label == "PERSON":
        # "SSP Operations Doe", "Director of Public Prosecutions Doe"
        joined = v.before2 in _JOINING or v.before2 in TITLE_MODIFIERS
        title = v.before3 if joined else v.before2
    if (
        title not in _TITLES
        and title not in INITIALS_OF_RANKS
        and not body_evidence.is_of_office(v)
    ):
        return False
    return v.label != "ORG" or (v.end - v.start > 1 and v.last not in ORGANISATION_NOUNS)


def _said_after(v: View) -> bool:
    return v.after in SPEECH_VERBS and v.words.tags[v.after_at] in {"VBD", "VBZ", "VBP", "VBN"}


def _said_before(v: View) -> bool:
    return v.before in SPEECH_VERBS and v.after in {",", ".", "", "of", "in", "after", "on", "who"}


def _quote_before_said(v: View) -> bool:
    """Such as "it is late," X says."""
    return (
        v.before in _SPOKEN
        and v.after in SPEECH_VERBS
        and v.after2 in _CLOSES
        and v.words.tags[v.after_at] in {"VBD", "VBZ"}
    )


def _verb_after(v: View) -> bool:
    return v.after_at >= 0 and v.words.tags[v.after_at] in {"VBD", "VBZ", "MD"}


def _who_after(v: View) -> bool:
    return v.after in {"who", "whose"} or (v.after == "," and v.after2 in {"who", "whose", "whom"})


def _age_after(v: View) -> bool:
    """Such as "X, 45,", "X, now 45," or "X, a 45-year-old"."""
    if v.after not in {",", "("} or v.last in NO_SURNAMES:
        return False
    if v.after2 in {"now", "then", "aged"}:
        return _AGE.fullmatch(v.after3) is not None
    if v.after2 in _ARTICLES and _AGE.fullmatch(v.after3):
        return v.words.lower[v.after_at + 3 : v.after_at + 7] == ["-", "year", "-", "old"]
    return _AGE.fullmatch(v.after2) is not None and v.after3 in {",", ")", ".", ";", ""}


def _position_after(v: View) -> bool:
    """Such as "X, the club's chairman,"."""
    if v.after != ",":
        return False
    lower = v.words.lower
    for token in range(v.after_at + 1, min(v.after_at + 9, len(lower))):
        word = lower[token]
        if word in _TITLES or word in KIN:
            return True
        if word in {",", ".", "and", ";", "which", "where", "said"}:
            return False
    return False


def _office_after(v: View) -> bool:
    """Such as "X, former minister" or "X, Senator" with nothing between."""
    if v.after != ",":
        return False
    word, following = v.after2, v.after3
    if word in _STATUS_WORDS or word in TITLE_MODIFIERS:
        return following in _TITLES or following in TITLE_MODIFIERS
    return word in _TITLES


def _kin_around(v: View) -> bool:
    return (
        v.before in KIN
        or (v.after in {"'s", "’s"} and v.after2 in KIN)
        or (v.before == "of" and v.before2 in KIN)
    )


def _initial_inside(v: View) -> bool:
    return v.end - v.start > 1 and any(
        _INITIAL.fullmatch(text) for text in v.words.texts[v.start : v.end - 1]
    )


def _by_line(v: View) -> bool:
    return v.before == "by" and v.before2 == "" and v.after in {"", ","}


def _given_name(v: View) -> bool:
    return v.first in people_names().given


def _family_name(v: View) -> bool:
    return v.last in people_names().family


def _beside_people(v: View) -> bool:
    return "PERSON" in v.neighbours


def _shared_title_before(v: View) -> bool:
    return "TITLED" in v.neighbours


# --- places --------------------------------------------------------------------------------------


def _in_before(v: View) -> bool:
    return v.before == "in"


def _place_preposition_before(v: View) -> bool:
    return v.before in PLACE_PREPOSITIONS and v.before != "in"


def _of_before(v: View) -> bool:
    return v.before == "of"


def _place_noun_before(v: View) -> bool:
    return (v.before == "of" and v.before2 in PLACE_NOUNS) or v.before in PLACE_NOUNS


def _place_noun_last(v: View) -> bool:
    return v.last in PLACE_NOUNS and v.last not in ORGANISATION_NOUNS and v.end - v.start > 1


def _place_noun_after(v: View) -> bool:
    return v.after in PLACE_NOUNS


def _compass_before(v: View) -> bool:
    return v.before in COMPASS or (v.before == "of" and v.before2 in COMPASS)


def _dateline(v: View) -> bool:
    """Such as "X (Wire) —" or "X, Region —" where a sentence begins."""
    words = v.words
    if not words.opens_sentence(v.start) or not words.texts[v.start].isupper():
        before = words.before(v.start)
        if before < 0 or words.texts[before] != ",":
            return False
    for token in range(v.end, min(v.end + 8, len(words))):
        if words.texts[token] in _DASHES and words.starts[token] > words.end(token):
            return True
        if words.texts[token] == "." and words.texts[token - 1].islower():
            return False
        if words.tags[token].startswith(("V", "IN", "DT")):
            return False
    return False


def _beside_places(v: View) -> bool:
    return "PLACE" in v.neighbours


def _noun_after(v: View) -> bool:
    """Attributive: a common noun follows."""
    return v.after_at >= 0 and v.words.tags[v.after_at] in {"NN", "NNS"}


def _home_of(v: View) -> bool:
    """Such as "X, 24, of Y" or "Ann X of Y": whose home or field Y is."""
    if v.before not in {"of", "from"}:
        return False
    if v.before2 == ",":
        return _AGE.fullmatch(v.before3) is not None
    at = v.words.before(v.words.before(v.start))
    return (
        at >= 0
        and v.words.is_capital(at)
        and not v.words.texts[at].isupper()
        and v.before2 not in _NO_ONES_HOME
        and v.before3[:1].isalpha()
        and v.words.is_capital(v.words.before(at))
    )


def _townspeople_after(v: View) -> bool:
    """Such as "X residents" or "an X man"."""
    return v.after in TOWNSPEOPLE


def _title_after(v: View) -> bool:
    """Such as "X Mayor Ann Y"."""
    return v.after in _TITLES and v.words.is_capital(v.after_at)


def _place_nouns_end_list(v: View) -> bool:
    """Such as "X and Y counties": the plural stands for the whole list."""
    return "PLACE NOUN" in v.neighbours


def _address(v: View) -> bool:
    """Such as "420 X St." or "the 500 block of X Lane"."""
    if v.last not in PLACE_NOUNS:
        return False
    return v.before.isdigit() or (v.before == "of" and v.before2 == "block")


def _building_visited(v: View) -> bool:
    """Such as "at the X Hospital"."""
    if v.last not in BUILDINGS or v.size == 1:
        return False
    before = v.before2 if v.before in _ARTICLES else v.before
    return before in PLACE_PREPOSITIONS or before == "in"


# --- neither -------------------------------------------------------------------------------------


def _article_before(v: View) -> bool:
    return v.before in _ARTICLES


def _organisation_noun_last(v: View) -> bool:
    return v.last in ORGANISATION_NOUNS


def _organisation_noun_inside(v: View) -> bool:
    return any(word in ORGANISATION_NOUNS for word in v.words.lower[v.start : v.end - 1])


def _acronym(v: View) -> bool:
    text = v.words.texts[v.start]
    return v.end - v.start == 1 and text.isupper() and 2 <= len(text) <= 6 and "." not in text


def _quoted(v: View) -> bool:
    return v.before in _QUOTES and (
        v.after in _QUOTES or (v.after in {",", "."} and v.after2 in _QUOTES)
    )


def _demonym(v: View) -> bool:
    return v.first in DEMONYMS or v.last in DEMONYMS


def _never_name(v: View) -> bool:
    return v.end - v.start == 1 and (v.first in NEVER_NAMES or v.first in _HEADS)


RULES: Mapping[str, Callable[[View], bool]] = {
    "honorific-before": _honorific_before,
    "title-before": _title_before,
    "surname-after-title": _surname_after_title,
    "said-after": _said_after,
    "said-before": _said_before,
    "quote-before-said": _quote_before_said,
    "verb-after": _verb_after,
    "who-after": _who_after,
    "age-after": _age_after,
    "position-after": _position_after,
    "office-after": _office_after,
    "kin-around": _kin_around,
    "initial-inside": _initial_inside,
    "shared-title-before": _shared_title_before,
    "by-line": _by_line,
    "given-name": _given_name,
    "family-name": _family_name,
    "beside-people": _beside_people,
    "in-before": _in_before,
    "place-preposition-before": _place_preposition_before,
    "of-before": _of_before,
    "place-noun-before": _place_noun_before,
    "place-noun-last": _place_noun_last,
    "place-noun-after": _place_noun_after,
    "compass-before": _compass_before,
    "dateline": _dateline,
    "beside-places": _beside_places,
    "noun-after": _noun_after,
    "home-of": _home_of,
    "townspeople-after": _townspeople_after,
    "title-after": _title_after,
    "place-nouns-end-list": _place_nouns_end_list,
    "address": _address,
    "building-visited": _building_visited,
    "article-before": _article_before,
    "organisation-noun-last": _organisation_noun_last,
    "organisation-noun-inside": _organisation_noun_inside,
    "acronym": _acronym,
    "quoted": _quoted,
    "demonym": _demonym,
    "never-name": _never_name,
    **body_evidence.RULES,
}
