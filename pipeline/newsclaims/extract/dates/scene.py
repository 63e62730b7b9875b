"""What stands around an expression: neighbouring words, tags, and the tense of its verb."""

import re
from functools import cached_property

from newsclaims import lexicon
from newsclaims.extract.dates.readings import Direction
from newsclaims.text.tokens import Tokens

_WORD_BEFORE = re.compile(r"([\w$’']+)[^\w\n]*$")
_WORD_AFTER = re.compile(r"[\s(]*([\w’']+)")
_WEATHER = re.compile(r"\b(?:highs?|lows?|temperatures?|mercury|degrees)\b", re.IGNORECASE)
_FUTURE_AUXILIARIES = frozenset("will wo 'll shall may might must should".split())
_LATER_THEN = frozenset("would 'd".split())
_PAST_AUXILIARIES = frozenset("was were had did been".split())
_REPORTING = frozenset("says say said reports reported tells told".split())
# What is planned, expected or due lies ahead, whatever the tense.
_PLANNING = lexicon.words("near_dates.planning")
# Words that settle the side of the reference whatever the verb says.
_FUTURE_CUES = frozenset({"starting", "beginning", "effective"})
# Limits lie ahead, unless a verb in the past speaks of what had come about by then.
_LIMITS = frozenset({"until", "till", "by"})
_OPEN_LIMITS = frozenset({"until", "till"})
_FARTHEST_VERB = 12  # steps up the tree; longer ways end in another clause


class Scene:
    """One article's text with its parse, asked only where a rule needs it."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.text = tokens.text
        # The word that told the direction, by the offset that was asked about.
        self._cues: dict[int, str] = {}

    @cached_property
    def sentence_starts(self) -> frozenset[int]:
        """The offsets at which sentences begin."""
        return frozenset(self.tokens.sentences)

    def sentence(self, offset: int) -> int:
        """The offset at which the sentence of a character begins."""
        return self.tokens.sentences[self.tokens.sentence_at(offset)]

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

    def tag(self, offset: int) -> str:
        """The Penn tag of the token that covers a character."""
        return self.tokens.tags[self.tokens.at(offset)]

    def label(self, offset: int) -> str:
        """The label of the model's entity that covers a character, or ""."""
        return self.tokens.labels[self.tokens.at(offset)]

    def tag_after(self, end: int) -> str:
        """The Penn tag of the word that follows, or "" where a mark or line end comes first."""
        if self.text[end : end + 1] != " " or not self.text[end + 1 : end + 2].isalpha():
            return ""
        return self.tag(end + 1)

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
        if before == "since":
            return "since", before
        if before in _FUTURE_CUES:
            return "future", before
        tokens = self.tokens
        token = tokens.at(start)
        if tokens.deps[token] == "poss":
            owner = tokens.heads[tokens.heads[token]]
            ahead = tokens.tags[owner] == "VB" and _will(tokens, owner)
            return ("future", tokens.texts[owner]) if ahead else (None, "")
        tense, verb = _tense(tokens, token)
        if before in _LIMITS and (tense != "past" or before in _OPEN_LIMITS):
            if verb is not None and tense != "future" and _is_denied(tokens, verb):
                return "past", tokens.texts[verb]
            if verb is None or not _would(tokens, verb):
                return "future", before
        return tense, tokens.texts[verb] if verb is not None else ""


def _tense(tokens: Tokens, token: int) -> tuple[Direction | None, int | None]:
    """The side that the nearest verb above a token points to, and that verb."""
    for _ in range(_FARTHEST_VERB):
        tag = tokens.tags[token]
        if tag[:2] == "VB" or tag == "MD":
            found = _verb_direction(tokens, token, tag)
            if found is not None:
                return found, token
        if tokens.heads[token] == token:
            break
        token = tokens.heads[token]
    return None, None


def _will(tokens: Tokens, verb: int) -> bool:
    return any(tokens.straight[child] in ("will", "'ll", "to") for child in tokens.lefts(verb))


def _would(tokens: Tokens, verb: int) -> bool:
    return any(tokens.straight[child] in _LATER_THEN for child in tokens.lefts(verb))


def _is_denied(tokens: Tokens, verb: int) -> bool:
    """As in "Until Friday, they had not called": the time up to then is past."""
    return any(
        tokens.deps[child] == "neg" or tokens.lower[child] == "had" for child in tokens.lefts(verb)
    )


def _verb_direction(tokens: Tokens, verb: int, tag: str) -> Direction | None:
    """The side that one verb points to, or null where a verb above it decides."""
    auxiliaries = {
        tokens.straight[child]
        for child in tokens.lefts(verb)
        if tokens.deps[child] in ("aux", "auxpass")
    }
    planned = tokens.lower[verb] in _PLANNING and "had" not in auxiliaries
    if tag == "MD" or planned or _is_conditional(tokens, verb):
        return "future"
    if not auxiliaries.isdisjoint(_LATER_THEN):
        # What "would" come lay ahead when it was said; by now it may have come.
        return "past" if "have" in auxiliaries else "present"
    if not auxiliaries.isdisjoint(_FUTURE_AUXILIARIES):
        return "past" if "have" in auxiliaries else "future"
    if "to" in auxiliaries:
        # "Agreed to meet Friday" looks ahead; "came to see him Friday" is as past as its verb.
        return "future" if tokens.deps[verb] in ("xcomp", "ccomp") else None
    if tag == "VBD" or not auxiliaries.isdisjoint(_PAST_AUXILIARIES):
        return "past"
    if tag in ("VBN", "VBG"):
        return _participle_direction(tag, tokens.deps[verb], auxiliaries)
    if tag in ("VBZ", "VBP"):
        return None if tokens.lower[verb] in _REPORTING else "present"
    return None


def _is_conditional(tokens: Tokens, verb: int) -> bool:
    """As in "if it was not paid by Friday": the condition is still open."""
    return any(tokens.lower[child] in ("if", "unless") for child in tokens.lefts(verb))


def _participle_direction(tag: str, dep: str, auxiliaries: set[str]) -> Direction | None:
    """As in "has died" (past), "is held" and "is leaving" (present), "killed in 1999" (past)."""
    if "could" in auxiliaries:
        return None
    if tag == "VBN" and not auxiliaries.isdisjoint(("has", "have", "'ve")):
        return "past"
    if auxiliaries:
        return "present"
    return "past" if tag == "VBN" and dep in ("acl", "advcl", "amod", "ROOT") else None
