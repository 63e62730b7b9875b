"""Spellings of place names -> one key, so that "St. Louis" and "Saint-Louis" meet in the index."""

import re
import unicodedata
from functools import cache
from operator import add

from newsclaims import lexicon

# Letters that Unicode does not decompose, as English texts write them.
_LETTERS = {
    "\u00df": "ss",
    "\u00e6": "ae",
    "\u0153": "oe",
    "\u00f8": "o",
    "\u0111": "d",
    "\u00f0": "d",
    "\u00fe": "th",
    "\u0142": "l",
    "\u0131": "i",  # dotless i
    "\u0127": "h",
    "\u0259": "a",  # schwa
}
# Points, apostrophes, primes and the half rings of transcriptions.
_DROPPED = dict.fromkeys(".'`\u2018\u2019\u02bb\u02bc\u02be\u02bf\u00b4\u2032\u2033", "")
_DASHES = dict.fromkeys("\u2010\u2011\u2013\u2014_/", "-")
_FOLDED = str.maketrans(_LETTERS | _DROPPED | _DASHES)
_WORDS = {word: full for word, (full,) in lexicon.values("places.written_short").items()}
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_ARTICLE = re.compile(r"^(?:a[dlnrstz]|el|as?h|la|le|los|las) ")
_ALIKE = 0.5
# What follows in a full name to tell it from its namesakes, and New York City.
_LOCATED = re.compile(
    r" (?:city|(?:upon|on|under|by|in|le|am|an|auf|ob|bei|sur|sous|del|de la|de|do|da|nad|na) .+)$"
)
_SEPARATORS = re.compile(r"[\s\-]+")


def key_of(name: str) -> str | None:
    """The key of `name`: lower case, no accents, no points; None outside the Latin alphabet.

    >>> key_of("St. Louis"), key_of("Pākistān"), key_of("U.S."), key_of("the Hague")
    ('saint louis', 'pakistan', 'us', 'hague')
    """
    folded = name.casefold().translate(_FOLDED)
    if not folded.isascii():
        decomposed = unicodedata.normalize("NFKD", folded)
        folded = "".join(char for char in decomposed if not unicodedata.combining(char))
        if not folded.isascii():
            return None
    words = _SEPARATORS.split(folded.strip())
    if len(words) == 1:  # "St" alone is no saint
        return words[0] or None
    if words[0] == "the":
        del words[0]
    return " ".join([_WORDS.get(word, word) for word in words if word]) or None


def spellings(name: str) -> tuple[str, ...]:
    """The name, and how it is written where its keyboard has no umlauts: "Koeln" for "Köln"."""
    written_out = name.translate(_UMLAUTS)
    return (name,) if written_out == name else (name, written_out)


def is_trap(name: str) -> bool:
    """Whether an alternate name is a code: one or two letters, or three capitals ("MAN", "THE")."""
    return len(name) <= 2 or (len(name) == 3 and name.isupper()) or name.isdigit()


def bare_division(name: str) -> str | None:
    """The name of a division without the word for its kind, or None when there is no such word.

    >>> bare_division("Idlib Governorate"), bare_division("Provincia di Lecce")
    ('Idlib', 'Lecce')
    """
    bare = division_words().sub("", name).strip(" ,")
    return bare if bare != name and len(bare) > 2 else None


def is_variant(name: str, own: str) -> bool:
    """Whether two keys spell one name: most of their letter pairs are the same, or but for "al".

    >>> is_variant("karak", "al karak"), is_variant("turkey", "new providence")
    (True, False)
    """
    if _ARTICLE.sub("", name) == _ARTICLE.sub("", own):
        return True
    pairs, own_pairs = _letter_pairs(name), _letter_pairs(own)
    return 2 * len(pairs & own_pairs) >= _ALIKE * (len(pairs) + len(own_pairs))


def is_shortened(name: str, own: str) -> bool:
    """Whether a key is another's first words: "newcastle" for "newcastle upon tyne"."""
    return _LOCATED.sub("", own) == name


def _letter_pairs(key: str) -> set[str]:
    return set(map(add, key, key[1:]))


@cache
def any_of(*classes: str) -> str:
    """A pattern for any word of the named classes of places, the longest first."""
    words = lexicon.words(*(f"places.{name}" for name in classes))
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


@cache
def division_words() -> re.Pattern[str]:
    """A pattern for the word for its kind that the name of a division begins or ends with."""
    before, after = any_of("division_before_name"), any_of("division_after_name")
    return re.compile(rf"^(?:{before})\s(?:d[aeio]s?\s|del\s|of\s)?|,?\s(?:{after})$")
