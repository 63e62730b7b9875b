"""Whether a person is a man or a woman, as far as the name and the words before it tell.

It decides which pronouns may refer to the person, so that a name of both genders tells nothing.
"""

from collections.abc import Iterable, Mapping
from functools import cache

from newsclaims.extract.names.people_names import people_names
from newsclaims.lexicon import words

PRONOUNS = {
    **dict.fromkeys(("he", "him", "his", "himself"), "m"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "f"),
}
# Words that stand before a name or end a title: "Mrs", "brother", "chairwoman".
WORDS = {
    **dict.fromkeys(words("genders.male_words"), "m"),
    **dict.fromkeys(words("genders.female_words"), "f"),
}
_MALE_ENDINGS = tuple(words("genders.male_endings"))
_FEMALE_ENDINGS = tuple(words("genders.female_endings"))
_LOOK_BACK = 16  # characters before a name in which a word of its own stands


@cache
def _given_names() -> Mapping[str, str]:
    names = {
        **people_names().genders,
        **dict.fromkeys(words("genders.male_names"), "m"),
        **dict.fromkeys(words("genders.female_names"), "f"),
    }
    either = words("genders.either_names")
    return {name: gender for name, gender in names.items() if name not in either}


def gender_of(text: str, name: str, starts: Iterable[int]) -> str | None:
    """The gender, "m" or "f", of a name mentioned at `starts`; None when nothing tells."""
    for start in starts:
        before = text[max(0, start - _LOOK_BACK) : start].lower().replace(",", " ").split()
        if before and before[-1] in WORDS:
            return WORDS[before[-1]]
    words = name.lower().split()
    for word in words[1:]:
        if word.endswith(_FEMALE_ENDINGS):
            return "f"
        if word.endswith(_MALE_ENDINGS):
            return "m"
    return _given_names().get(words[0]) if len(words) > 1 else None
