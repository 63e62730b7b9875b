"""People who are called like a month or weekday: "Sunday Bello", "Helen May"."""

from collections.abc import Iterable
from functools import cached_property

from newsclaims import lexicon
from newsclaims.extract.dates.readings import TimeExpression
from newsclaims.extract.dates.scene import Scene
from newsclaims.extract.finds import Offsets

_RULES = ("month", "weekday")
_NAMED = lexicon.words("dates.weekday", "dates.other_month")
_MONTHS = lexicon.words("dates.other_month")
_SPEECH = lexicon.words("names.speech_verbs")
# Before a date, and hardly before a first name.
_BEFORE_DATES = frozenset({"IN", "TO", "DT", "PRP$", "POS"})
_WITH_WEEKDAY = lexicon.words("near_dates.weekday_events")
_ROLES_OF_PEOPLE = ("nsubj", "nsubjpass", "dobj", "poss")


class Called:
    """The people of one article, asked whether an expression is one of their names.

    Args:
        scene: The article.
        people: Where its people are named.
    """

    def __init__(self, scene: Scene, people: Iterable[Offsets]) -> None:
        self._scene = scene
        self._people = list(people)

    @cached_property
    def _characters(self) -> frozenset[int]:
        return frozenset(at for name in self._people for at in range(name.start, name.end))

    @cached_property
    def _starts(self) -> frozenset[int]:
        return frozenset(name.start for name in self._people)

    @cached_property
    def _last_words(self) -> frozenset[str]:
        """The last words of names, and months behind a first name."""
        text = self._scene.text
        last = {text[name.start : name.end].split()[-1] for name in self._people}
        behind = {self._scene.word_after(name.end) for name in self._people}
        return frozenset(last | {word for word in behind if word.lower() in _MONTHS})

    def has(self, expression: TimeExpression) -> bool:
        """Whether the expression lies in a person's name or is one."""
        start, end = expression.start, expression.end
        if start in self._characters and end - 1 in self._characters:
            return True
        word = self._scene.text[start:end]
        if expression.rule not in _RULES or word.lower() not in _NAMED or word == word.lower():
            return False
        return self._is_last_name(word, start) or self._is_first_name(start, end)

    def _is_last_name(self, word: str, start: int) -> bool:
        """As in "May said no", and in "May left" behind "Helen May"."""
        tokens = self._scene.tokens
        token = tokens.at(start)
        dep, verb = tokens.deps[token], tokens.lower[tokens.heads[token]]
        if dep == "nsubj" and verb in _SPEECH and word.lower() in _MONTHS:
            return True
        return word in self._last_words and dep in _ROLES_OF_PEOPLE

    def _is_first_name(self, start: int, end: int) -> bool:
        """As in "met Sunday Bello", but not "said Sunday Bello was ill" or "on Sunday"."""
        scene = self._scene
        tokens, token = scene.tokens, scene.tokens.at(start)
        behind = token + 1
        if scene.tag_after(end) != "NNP" or not tokens.texts[behind][0].isupper():
            return False
        if tokens.lower[behind].strip(".") in _WITH_WEEKDAY:
            return False
        if not tokens.begins[token] and (
            tokens.tags[token - 1] in _BEFORE_DATES or tokens.lower[token - 1] in _SPEECH
        ):
            return False
        if tokens.starts[behind] in self._starts and self._follows_title(token):
            return True
        compound = tokens.deps[token] == "compound" and tokens.heads[token] >= behind
        return compound and (tokens.labels[behind] != "GPE" or self._is_described(behind))

    def _follows_title(self, token: int) -> bool:
        """As in "Striker Friday Okoro"."""
        tokens = self._scene.tokens
        before = tokens.texts[token - 1] if token else ""
        return tokens.tags[token - 1][:2] == "NN" and before[:1].isupper()

    def _is_described(self, token: int) -> bool:
        """As in "Sunday Bello, the minister": people are described so, and places hardly."""
        following = self._scene.tokens.lower[token + 1 : token + 3]
        return following[:1] == [","] and following[1:] in (["the"], ["a"], ["an"], ["who"])
