"""Whether a text is in English, decided offline by py3langid.

The words of a text that bear no capital decide: names and the headings of tables look foreign in
English news, and what is left once they are gone is plain. A text in capitals has no such words
and is read in lower case. A text is refused only when English is plainly ruled out; short texts,
and lists of nothing but names, pass.

Measured on 1,072 English news texts (English wrongly refused), and on 29 news passages of 20 to 40
words in 26 other languages:

====================================== ================
whole texts, and in capitals            0 of 1,072 each
their first 60 words, and in capitals   0 of 972 each
every 60 words of them                  1 of 5,740 (a quotation in Tagalog)
every 60 words, in capitals             0 of 5,740
a heading and 60 towns, by country      0 of 85, in capitals 0 of 85
nothing but 60 towns, by country        1 of 85, in capitals 32 of 85
passages in other languages refused     29 of 29, in capitals 29 of 29
the same cut to 20 words                28 of 29, in capitals 29 of 29
====================================== ================
"""

import string
from functools import cache
from typing import Any

# A glance is enough, and the classifier takes 0.2 µs a character.
_SAMPLE = 2000  # characters

# Bytes of UTF-8, so that scripts without spaces count fairly: some 10 words.
_FEWEST_BYTES = 60
# Where a tenth of the words are of these, three of them different, English is not ruled out, and
# the classifier, which takes 70 MB and a third of a worker's start, is not asked: a share like that
# was not met in another language. Words that are common in another language, too, are left out.
_ENGLISH = frozenset(  # not words: function words of English, for telling languages apart
    "and that the with from which has have been were their his this said they would could who "
    "about after because between".split()
)
_LEAST_SHARE = 0.1
_LEAST_KINDS = 3

# A text in capitals is judged from this many words on, in pieces.
_FEWEST_WORDS = 20
_PIECE = 10

# Pieces of 60 characters: English ones had at least .08, those of 26 other languages at most 4e-5.
_RULED_OUT = 0.001


def foreign_language(text: str) -> str | None:
    """The ISO 639 code of the language that `text` is in when it is plainly not English."""
    pieces = _decisive_pieces(text[:_SAMPLE])
    if any(map(_is_plainly_english, pieces)):
        return None
    guesses = [_guess(piece) for piece in pieces]
    if all(english < _RULED_OUT for _, english in guesses):
        return next((code for code, _ in guesses), None)
    return None


def _decisive_pieces(sample: str) -> list[str]:
    """The words that decide, in lower case; none when they are too few to tell.

    In capitals the names of a table cannot be told from its heading, so each piece has its say:
    one that may be English saves the text.
    """
    words = [word for word in sample.split() if any(map(str.isalpha, word))]
    lower = " ".join(word for word in words if word == word.lower())
    if len(lower.encode("utf-8")) >= _FEWEST_BYTES:
        return [lower]
    capitals = sum(map(str.isupper, sample)) > sum(map(str.islower, sample))
    if not capitals or len(words) < _FEWEST_WORDS:
        return []
    starts = range(0, len(words) - _PIECE + 1, _PIECE)
    return [" ".join(words[start : start + _PIECE]).lower() for start in starts]


def _is_plainly_english(piece: str) -> bool:
    words = [word.strip(string.punctuation) for word in piece.split()]
    english = [word for word in words if word in _ENGLISH]
    return len(english) >= _LEAST_SHARE * len(words) and len(set(english)) >= _LEAST_KINDS


def _guess(piece: str) -> tuple[str, float]:
    """The likeliest language of `piece`, and the probability that it is English."""
    ranking = _identifier().rank(piece)
    return str(ranking[0][0]), float(dict(ranking)["en"])


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
