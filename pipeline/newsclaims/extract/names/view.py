"""A candidate with what stands around it: what the rules of evidence look at."""

from typing import NamedTuple

from newsclaims.extract.names.candidates import PLACE_LABELS, Candidate
from newsclaims.extract.names.vocabulary import PLACE_NOUNS, PLURAL_TITLES, RANKS, TITLES
from newsclaims.extract.names.words import Words

_TITLES = TITLES | RANKS
_PLURAL_TITLES = PLURAL_TITLES | frozenset(
    word
    for word in _TITLES
    if word.endswith("men") or word[:-1] in _TITLES or word.removesuffix("ies") + "y" in _TITLES
)
_PLURAL_PLACE_NOUNS = frozenset(
    word for word in PLACE_NOUNS | {f"{noun}s" for noun in PLACE_NOUNS} if word.endswith("s")
)
_LIST_WORDS = frozenset({",", "and", "or", "&"})
_NOTHING: frozenset[str] = frozenset()
_LISTED = {"PERSON": frozenset({"PERSON"})} | dict.fromkeys(PLACE_LABELS, frozenset({"PLACE"}))


class View(NamedTuple):
    """A candidate with the words around it, lower case, "" beyond its sentence."""

    words: Words
    start: int
    end: int
    label: str
    first: str
    last: str
    before: str
    before2: str
    before3: str
    after: str
    after2: str
    after3: str
    after_at: int
    neighbours: frozenset[str]
    size: int


def word_count(words: Words, candidate: Candidate) -> int:
    """How many words a candidate has; parts joined by hyphens are one."""
    start, end, *_ = candidate
    hyphens = sum(2 for token in range(start + 1, end - 1) if words.texts[token] == "-")
    return max(end - start - hyphens, 1)


def view(words: Words, candidate: Candidate, neighbours: frozenset[str]) -> View:
    """The candidate in its sentence; `neighbours` are the labels of names listed beside it."""
    lower = words.lower
    b1 = words.before(candidate.start)
    b2 = words.before(b1) if b1 >= 0 else -1
    b3 = words.before(b2) if b2 >= 0 else -1
    a1 = words.after(candidate.end)
    a2 = words.after(a1 + 1) if a1 >= 0 else -1
    a3 = words.after(a2 + 1) if a2 >= 0 else -1
    return View(
        words,
        candidate.start,
        candidate.end,
        candidate.label,
        lower[candidate.start],
        lower[candidate.end - 1],
        lower[b1] if b1 >= 0 else "",
        lower[b2] if b2 >= 0 else "",
        lower[b3] if b3 >= 0 else "",
        lower[a1] if a1 >= 0 else "",
        lower[a2] if a2 >= 0 else "",
        lower[a3] if a3 >= 0 else "",
        a1,
        neighbours,
        word_count(words, candidate),
    )


def neighbour_labels(words: Words, candidates: list[Candidate]) -> list[frozenset[str]]:
    """For each candidate the labels of those joined to it by a comma or "and".

    "TITLED" says that a list's first member has a title in the plural before it, "PLACE NOUN" that
    its last one has a kind of place in the plural behind it.
    """
    found: list[set[str]] = [set() for _ in candidates]
    for index, candidate in enumerate(candidates):
        before = words.before(candidate.start)
        if before >= 0 and words.lower[before] in _PLURAL_TITLES:
            found[index].add("TITLED")
        if index + 1 == len(candidates):
            break
        following = candidates[index + 1]
        if not _joined(words, candidate, following):
            continue
        found[index] |= _LISTED.get(following.label, _NOTHING)
        found[index + 1] |= _LISTED.get(candidate.label, _NOTHING)
        found[index + 1] |= found[index] & {"TITLED"}
    for index in range(len(candidates) - 1, 0, -1):
        if not _joined(words, candidates[index - 1], candidates[index]):
            continue
        after = words.after(candidates[index].end)
        if after >= 0 and words.lower[after] in _PLURAL_PLACE_NOUNS:
            found[index].add("PLACE NOUN")
        found[index - 1] |= found[index] & {"PLACE NOUN"}
    return [frozenset(labels) for labels in found]


def _joined(words: Words, left: Candidate, right: Candidate) -> bool:
    """Whether only a comma or a conjunction parts the two."""
    if not 0 < right.start - left.end <= 2 or words.opens_sentence(right.start):
        return False
    return all(word in _LIST_WORDS for word in words.lower[left.end : right.start])
