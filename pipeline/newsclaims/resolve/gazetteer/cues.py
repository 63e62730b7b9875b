"""Words of an article that are no place mentions and yet tell where it is set."""

import re
from collections.abc import Iterable, Iterator, Mapping

from newsclaims.resolve.gazetteer.entries import Entry

_NAME = r"[A-Z\u00c0-\u00de][\w.\u2019'-]*"
_CAPITALISED = re.compile(rf"{_NAME}(?: {_NAME})*")
_ENDING = re.compile(r"(?:['\u2019]s?|[.])*$")
_MOST_WORDS = 3


class CueReader:
    """Finds the people of places, and places inside other names: "Pakistani", "Ohio State"."""

    def __init__(self, words: Mapping[str, Entry]) -> None:
        self._words = words

    def read(self, text: str, taken: Iterable[tuple[int, int]]) -> list[Entry]:
        """The places that the words of `text` outside the `taken` offsets tell of, each once."""
        inside = frozenset(at for start, end in taken for at in range(start, end))
        found: dict[int, Entry] = {}
        for match in _CAPITALISED.finditer(text):
            for start, entry in self._cues(match.group()):
                if match.start() + start not in inside:
                    found.setdefault(entry.id, entry)
        return list(found.values())

    def _cues(self, capitalised: str) -> Iterator[tuple[int, Entry]]:
        """The cues among some capitalised words, the longest first, each with its offset."""
        words = capitalised.split(" ")
        first = offset = 0
        while first < len(words):
            taken = 1
            for count in range(min(_MOST_WORDS, len(words) - first), 0, -1):
                entry = self._entry(" ".join(words[first : first + count]))
                if entry is not None:
                    yield offset, entry
                    taken = count
                    break
            offset += sum(len(word) + 1 for word in words[first : first + taken])
            first += taken

    def _entry(self, words: str) -> Entry | None:
        """The place of a word that may stand in the plural or the possessive."""
        bare = _ENDING.sub("", words)
        return self._words.get(bare) or self._words.get(bare.removesuffix("s"))
