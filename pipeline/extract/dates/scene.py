"""What stands around an expression: neighbouring words, tags, and the tense of its verb."""

import re
from bisect import bisect_right
from functools import cached_property

from spacy.attrs import IDX, SENT_START  # type: ignore[import-not-found]  # compiled, untyped
from spacy.tokens import Doc, Token

from pipeline.extract.dates.readings import Direction

_WORD_BEFORE = re.compile(r"([\w$’']+)[^\w\n]*$")
_WORD_AFTER = re.compile(r"[\s(]*([\w’']+)")
_WEATHER = re.compile(r"\b(?:highs?|lows?|temperatures?|mercury|degrees)\b", re.IGNORECASE)
_FUTURE_AUXILIARIES = frozenset("will wo 'll ’ll shall may might must should".split())
_LATER_THEN = frozenset("would 'd ’d".split())
_PAST_AUXILIARIES = frozenset("was were had did been".split())
_REPORTING = frozenset("says say said reports reported tells told".split())
# What is planned, expected or due lies ahead, whatever the tense.
_PLANNING = frozenset(
    "plan plans planned planning schedule schedules scheduled scheduling expect expects expected "
    "expecting hope hopes hoped hoping intend intends intended due slated postponed delayed "
    "adjourned vowed promised threatens threatened".split()
)
# Prepositions that settle the side of the reference whatever the verb says.
_PAST_CUES = frozenset({"since"})
_FUTURE_CUES = frozenset({"starting", "beginning", "effective"})
# Limits lie ahead, unless a verb in the past speaks of what had come about by then.
_LIMITS = frozenset({"until", "till", "by"})
_OPEN_LIMITS = frozenset({"until", "till"})
_FARTHEST_VERB = 12  # steps up the tree; longer ways end in another clause


class Scene:
    """One article's text with its parse, asked only where a rule needs it."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.text: str = doc.text
        # The word that told the direction, by the offset that was asked about.
        self._cues: dict[int, str] = {}

    @cached_property
    def _offsets(self) -> list[int]:
        return [int(offset) for offset in self.doc.to_array([IDX]).ravel()]

    def token(self, offset: int) -> Token:
        """The token that covers a character, or the white space after it."""
        return self.doc[max(bisect_right(self._offsets, offset) - 1, 0)]

    @cached_property
    def _sentences(self) -> list[int]:
        table = self.doc.to_array([IDX, SENT_START])
        return [0, *(int(offset) for offset in table[table[:, 1] == 1][:, 0])]

    @cached_property
    def sentence_starts(self) -> frozenset[int]:
        """The offsets at which sentences begin."""
        return frozenset(self._sentences)

    def sentence(self, offset: int) -> int:
        """The offset at which the sentence of a character begins."""
        return self._sentences[bisect_right(self._sentences, offset) - 1]

    def word_before(self, start: int) -> str:
        """The word before a character on its line, in lower case, or ""."""
        found = _WORD_BEFORE.search(self.text[max(start - 30, 0) : start])
        return found[1].lower() if found else ""

    def word_after(self, end: int) -> str:
        """The word after a character, in its own case, or ""."""
        found = _WORD_AFTER.match(self.text, end)
        return found[1] if found else ""

    def is_weather(self, start: int) -> bool:
        """Whether the sentence up to a character speaks of temperatures."""
        return _WEATHER.search(self.text, self.sentence(start), start) is not None

    def tag_after(self, end: int) -> str:
        """The Penn tag of the word that follows, or "" where a mark or line end comes first."""
        if self.text[end : end + 1] != " " or not self.text[end + 1 : end + 2].isalpha():
            return ""
        return self.token(end + 1).tag_

    def direction(self, start: int) -> Direction | None:
        """The side of the reference that the preposition or the governing verb points to."""
        found, cue = self._directed(start)
        self._cues[start] = cue
        return found

    def cue(self, start: int, end: int) -> str:
        """The word that told the direction of an expression, or ""."""
        return next((cue for at, cue in self._cues.items() if start <= at < end), "")

    def _directed(self, start: int) -> tuple[Direction | None, str]:
        """A side, and the word that points there."""
        before = self.word_before(start)
        if before in _PAST_CUES:
            return "last", before
        if before in _FUTURE_CUES:
            return "future", before
        token = self.token(start)
        if token.dep_ == "poss":
            owner = token.head.head
            ahead = owner.tag_ == "VB" and _will(owner)
            return ("future", owner.text) if ahead else (None, "")
        tense, verb = _tense(token)
        if before in _LIMITS and (tense != "past" or before in _OPEN_LIMITS):
            if verb is not None and tense != "future" and _is_denied(verb):
                return "past", verb.text
            if verb is None or not _would(verb):
                return "future", before
        return tense, verb.text if verb is not None else ""


def _tense(token: Token) -> tuple[Direction | None, Token | None]:
    """The side that the nearest verb above a token points to, and that verb."""
    for _ in range(_FARTHEST_VERB):
        tag = token.tag_
        if tag[:2] == "VB" or tag == "MD":
            found = _verb_direction(token, tag)
            if found is not None:
                return found, token
        if token.head.i == token.i:
            break
        token = token.head
    return None, None


def _will(verb: Token) -> bool:
    return any(child.lower_ in ("will", "'ll", "’ll", "to") for child in verb.lefts)


def _would(verb: Token) -> bool:
    return any(child.lower_ in _LATER_THEN for child in verb.lefts)


def _is_denied(verb: Token) -> bool:
    """As in "Until Friday, they had not called": the time up to then is past."""
    return any(child.dep_ == "neg" or child.lower_ == "had" for child in verb.lefts)


def _verb_direction(verb: Token, tag: str) -> Direction | None:
    """The side that one verb points to, or null where a verb above it decides."""
    if tag == "MD" or verb.lower_ in _PLANNING or _is_conditional(verb):
        return "future"
    auxiliaries = {child.lower_ for child in verb.lefts if child.dep_ in ("aux", "auxpass")}
    if not auxiliaries.isdisjoint(_LATER_THEN):
        # What "would" come lay ahead when it was said; by now it may have come.
        return "past" if "have" in auxiliaries else "present"
    if not auxiliaries.isdisjoint(_FUTURE_AUXILIARIES):
        return "past" if "have" in auxiliaries else "future"
    if "to" in auxiliaries:
        # "Agreed to meet Friday" looks ahead; "came to see him Friday" is as past as its verb.
        return "future" if verb.dep_ in ("xcomp", "ccomp") else None
    if tag == "VBD" or not auxiliaries.isdisjoint(_PAST_AUXILIARIES):
        return "past"
    if tag in ("VBN", "VBG"):
        return _participle_direction(verb, tag, auxiliaries)
    if tag in ("VBZ", "VBP"):
        return None if verb.lower_ in _REPORTING else "present"
    return None


def _is_conditional(verb: Token) -> bool:
    """As in "if it was not paid by Friday": the condition is still open."""
    return any(child.lower_ in ("if", "unless") for child in verb.lefts)


def _participle_direction(verb: Token, tag: str, auxiliaries: set[str]) -> Direction | None:
    """As in "has died" (past), "is held" and "is leaving" (present), "killed in 1999" (past)."""
    if "could" in auxiliaries:
        return None
    if tag == "VBN" and not auxiliaries.isdisjoint(("has", "have", "'ve", "’ve")):
        return "past"
    if auxiliaries:
        return "present"
    return "past" if tag == "VBN" and verb.dep_ in ("acl", "advcl", "amod", "ROOT") else None
