"""What users add to the rooms: titles, people and rules of their own, ready to be looked up.

`newsclaims.user_rules` reads them from a folder. They win over what is built in, and what they find
names them: ``user:titles.txt``, ``user:people.csv``, ``user:<id of a rule>``.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import regex

TITLES_RULE = "user:titles.txt"
PEOPLE_RULE = "user:people.csv"
PLACES_RULE = "user:places.csv"


class OwnTitle(NamedTuple):
    """A title in one of its forms, lower case: "grand rapporteur" or "grand rapporteurs"."""

    form: str
    singular: str
    plural: bool


class OwnPerson(NamedTuple):
    """A person whom the user knows: the name on the list, and the user's id or ""."""

    name: str
    id: str


class OwnForm(NamedTuple):
    """A name or alias as it may stand in a text, and whom it names, if it is a person's."""

    pattern: re.Pattern[str]
    person: OwnPerson | None


# Forms of names by their first word, lower case, the longest first.
OwnForms = Mapping[str, tuple[OwnForm, ...]]


# Seconds of work that a pattern may take on one text; most take some milliseconds on the longest.
# A pattern that backtracks ("(\\w+ ?)+x") takes years on a line, and `re` cannot be stopped.
LONGEST_MATCHING = 10.0


class SlowPatternError(ValueError):
    """A pattern that takes longer than it may on a text."""


class OwnRule(NamedTuple):
    """A rule of the user's: its name in records, its pattern over the text, its settings."""

    name: str
    pattern: regex.Pattern[str]
    settings: Mapping[str, Any]

    def matches(self, text: str, seconds: float = LONGEST_MATCHING) -> Iterator[regex.Match[str]]:
        """Where the pattern matches. Raises `SlowPatternError` after so many seconds of work."""
        try:
            yield from self.pattern.finditer(text, timeout=seconds)
        except TimeoutError:
            raise SlowPatternError(
                f"the pattern of {self.name} took more than {seconds:g} seconds of work on a text "
                f"of {len(text):,} characters; write it without repetitions inside repetitions"
            ) from None


class Slot(NamedTuple):
    """What a named group of a rule's pattern holds, as half-open offsets."""

    start: int
    end: int
    label: str


def slots(match: regex.Match[str]) -> Iterator[Slot]:
    """The named groups of a match that took part in it, in the order of the text."""
    found = [
        Slot(match.start(name), match.end(name), name)
        for name, text in match.groupdict().items()
        if text
    ]
    return iter(sorted(found))


@dataclass(frozen=True, slots=True)
class OwnRules:
    """All that the user adds to the rooms, and the ids of rules that these do `without`."""

    titles: tuple[OwnTitle, ...] = ()
    people: OwnForms = field(default_factory=dict)
    places: OwnForms = field(default_factory=dict)
    names: tuple[OwnRule, ...] = ()
    roles: tuple[OwnRule, ...] = ()
    dates: tuple[OwnRule, ...] = ()
    without: frozenset[str] = frozenset()


NOTHING = OwnRules()

_WORD = re.compile(r"\w+")


def forms_of(named: Iterable[tuple[OwnPerson | None, Iterable[str]]]) -> OwnForms:
    """The forms of names; one that does not begin with a letter is in no text."""
    spellings: dict[str, list[tuple[str, OwnPerson | None]]] = {}
    for person, forms in named:
        for form in forms:
            if word := _WORD.match(form):
                spellings.setdefault(word[0].lower(), []).append((form, person))
    return {
        word: tuple(
            OwnForm(_form_pattern(form), person)
            for form, person in sorted(found, key=lambda pair: (-len(pair[0]), pair[0]))
        )
        for word, found in spellings.items()
    }


def _form_pattern(form: str) -> re.Pattern[str]:
    """The form as written, with a capital first or throughout, any white space and apostrophe."""
    spellings = dict.fromkeys((form, form[0].upper() + form[1:], form.upper()))
    written = [r"\s+".join(map(re.escape, text.split())) for text in spellings]
    either = re.sub("['’]", "['’]", "|".join(written))
    return re.compile(rf"(?:{either})(?!\w)")


def listed(text: str, forms: OwnForms) -> Iterator[tuple[int, int, OwnPerson | None]]:
    """Where the text has one of the forms: start, end and person, without overlaps."""
    if not forms:
        return
    end = 0
    for word in _WORD.finditer(text):
        if word.start() < end:
            continue
        for pattern, person in forms.get(word[0].lower(), ()):
            if found := pattern.match(text, word.start()):
                end = found.end()
                yield word.start(), end, person
                break
