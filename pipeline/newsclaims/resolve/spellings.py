"""Words of names that may be the same: equal, an initial and its name, or one letter apart."""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

# Shorter words differ by one letter too easily ("Adil", "Adel").
_LETTERS_TO_VARY = 5
_LETTERS_TO_KNOW = 20  # the end of a longer word is no help, and makes many long forms


def same_word(left: str, right: str) -> bool:
    """Whether two words are equal, an initial and its name, or one letter apart."""
    if left == right:
        return True
    if len(left) == 1 or len(right) == 1:
        return left[0] == right[0]
    return min(len(left), len(right)) >= _LETTERS_TO_VARY and _one_letter_apart(left, right)


def _one_letter_apart(left: str, right: str) -> bool:
    """Whether one insertion, deletion or substitution makes the words equal."""
    if abs(len(left) - len(right)) > 1 or left[0] != right[0]:
        return False
    same = 0
    while same < min(len(left), len(right)) and left[same] == right[same]:
        same += 1
    return left[same + (len(left) >= len(right)) :] == right[same + (len(right) >= len(left)) :]


class WordIndex:
    """Numbers of people by the words of their names, so that not every two names are compared.

    A list of a thousand people would be half a million comparisons.
    """

    def __init__(self) -> None:
        self._people: dict[str, dict[int, None]] = defaultdict(dict)

    def add(self, person: int, words: Iterable[str]) -> None:
        """Note that a name of `person` has these words."""
        for word in words:
            for key in (*_forms(word), word[0] + "."):
                self._people[key][person] = None

    def candidates(self, words: Iterable[str]) -> list[int]:
        """In order, all who have each of these words, by `same_word`, and few others."""
        ways = [self._having(word) for word in words]
        rarest = min(ways, key=lambda people: sum(map(len, people)), default=[])
        return sorted({person for people in rarest for person in people})

    def _having(self, word: str) -> list[dict[int, None]]:
        keys = (*_forms(word), word + "." if len(word) == 1 else word[0])
        return [self._people[key] for key in keys if key in self._people]


@lru_cache(maxsize=1_000)
def _forms(word: str) -> tuple[str, ...]:
    """The word, and if it is long each form that lacks a letter: two of a kind share a form."""
    word = word[:_LETTERS_TO_KNOW]
    if len(word) < _LETTERS_TO_VARY:
        return (word,)
    return (word, *{word[:at] + word[at + 1 :] for at in range(1, len(word))})
