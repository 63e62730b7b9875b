"""Headlines in title case, whose verbs look like parts of names: "Mayor Ann Doe Signs Bill"."""

from newsclaims.extract.names.vocabulary import HEADLINE_VERBS
from newsclaims.extract.names.words import Words

# Shorter words ("of", "and", "with") are written small in title case.
_SHORTEST = 5
_FEWEST_WORDS = 4


def is_headline_verb(words: Words, token: int) -> bool:
    """Whether a capitalised verb stands in a line of title case."""
    return (
        words.lower[token] in HEADLINE_VERBS
        and words.texts[token].istitle()
        and _is_title_case(words.text, words.starts[token])
    )


def _is_title_case(text: str, at: int) -> bool:
    """Whether all longer words of the line at an offset have a capital, and no stop ends it."""
    line = (text[:at].rpartition("\n")[2] + text[at:].partition("\n")[0]).strip()
    written = line.split()
    longer = [word for word in written if len(word) >= _SHORTEST and word[0].isalpha()]
    return (
        len(written) >= _FEWEST_WORDS
        and not line.endswith((".", "!", "”", '"'))
        and all(word[0].isupper() for word in longer)
    )
