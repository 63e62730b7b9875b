"""What stands around an expression: neighbouring words, tags, and the tense of its verb."""

import re
from bisect import bisect_right
from functools import cached_property

from spacy.attrs import IDX
from spacy.tokens import Doc, Token

from pipeline.extract.dates.readings import Direction

_WORD_BEFORE = re.compile(r"([\w$’']+)[^\w\n]*$")
_WORD_AFTER = re.compile(r"[\s(]*([\w’']+)")
_FUTURE_AUXILIARIES = frozenset(
    "will wo 'll ’ll shall would may might could can should must to".split()
)
_PAST_AUXILIARIES = frozenset("was were had did been".split())
_REPORTING = frozenset("says say said reports reported tells told".split())
# Prepositions that settle the side of the reference whatever the verb says.
_PAST_CUES = frozenset({"since"})
_FUTURE_CUES = frozenset("until till by starting beginning".split())
_FARTHEST_VERB = 12  # steps up the tree; longer ways end in another clause


class Scene:
    """One article's text with its parse, asked only where a rule needs it."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.text: str = doc.text

    @cached_property
    def _offsets(self) -> list[int]:
        offsets: list[int] = self.doc.to_array([IDX]).ravel().tolist()
        return offsets

    def token(self, offset: int) -> Token:
        """The token that covers a character, or the white space after it."""
        return self.doc[max(bisect_right(self._offsets, offset) - 1, 0)]

    def word_before(self, start: int) -> str:
        """The word before a character on its line, in lower case, or ""."""
        found = _WORD_BEFORE.search(self.text[max(start - 30, 0) : start])
        return found[1].lower() if found else ""

    def word_after(self, end: int) -> str:
        """The word after a character, in its own case, or ""."""
        found = _WORD_AFTER.match(self.text, end)
        return found[1] if found else ""

    def tag_after(self, end: int) -> str:
        """The Penn tag of the word that follows, or "" where a mark or line end comes first."""
        if self.text[end : end + 1] != " " or not self.text[end + 1 : end + 2].isalpha():
            return ""
        return self.token(end + 1).tag_

    def direction(self, start: int) -> Direction | None:
        """The side of the reference that the preposition or the governing verb points to."""
        before = self.word_before(start)
        if before in _PAST_CUES:
            return "past"
        if before in _FUTURE_CUES:
            return "future"
        return self._tense(self.token(start))

    def _tense(self, token: Token) -> Direction | None:
        for _ in range(_FARTHEST_VERB):
            tag = token.tag_
            if tag[:2] == "VB" or tag == "MD":
                found = _verb_direction(token, tag)
                if found is not None:
                    return found
            if token.head.i == token.i:
                return None
            token = token.head
        return None


def _verb_direction(verb: Token, tag: str) -> Direction | None:
    if tag == "MD":
        return "future"
    auxiliaries = [child.lower_ for child in verb.lefts if child.dep_ in ("aux", "auxpass")]
    if not _FUTURE_AUXILIARIES.isdisjoint(auxiliaries):
        if "have" in auxiliaries:
            return "past"
        return "future"
    if tag == "VBD" or not _PAST_AUXILIARIES.isdisjoint(auxiliaries):
        return "past"
    if tag == "VBN":
        if "has" in auxiliaries or "have" in auxiliaries:
            return "past"
        if auxiliaries:  # "is scheduled"
            return "future"
        return "past" if verb.dep_ in ("acl", "advcl", "amod", "ROOT") else None
    if tag == "VBG":
        return "future" if auxiliaries else None
    if tag in ("VBZ", "VBP"):
        return None if verb.lower_ in _REPORTING else "future"
    return None
