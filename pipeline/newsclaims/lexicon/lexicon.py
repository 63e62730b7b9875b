"""The tables of the lexicon, looked up by class."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

PACKAGE = Path(str(resources.files("newsclaims.lexicon")))
# Small words inside a name that keep their lower case: "Port of".
_SMALL = frozenset({"of", "de", "wa"})


class LexiconError(ValueError):
    """A line of a table that cannot be read; the message names the file and the line."""


class WordClass(NamedTuple):
    """A class of words.

    Attributes:
        inflects: The part of speech by which its words are inflected, "noun" or "verb", or "".
        case: How its words are compared: "" in lower case, "title" with capitals unless a value
            says otherwise, "written" as the table has them.
        says: What it says of a word.
    """

    inflects: str
    case: str
    says: str


class Entry(NamedTuple):
    """A word in a class: as the class compares it, and its values there."""

    word: str
    values: tuple[str, ...]


def read_table(name: str, columns: str) -> Iterator[list[str]]:
    """Yield the cells of each line of a table of the package.

    Args:
        name: The file's name.
        columns: The names of its columns, divided by spaces.

    Raises:
        LexiconError: The columns are others, or a line has not as many cells.
    """
    text = (PACKAGE / name).read_text(encoding="utf-8")
    return rows_of(text, name, columns)


def rows_of(text: str, name: str, columns: str) -> Iterator[list[str]]:
    """Yield the cells of each line of a table's text; see `read_table`."""
    wanted = columns.split()
    lines = enumerate(text.splitlines(), 1)
    table = ((number, line.split("\t")) for number, line in lines if not line.startswith("# "))
    number, header = next(table, (1, []))
    if header != wanted:
        raise LexiconError(f"{name}, line {number}: the columns are not {', '.join(wanted)}")
    for number, cells in table:
        if len(cells) != len(wanted):
            raise LexiconError(f"{name}, line {number}: {len(cells)} cells, not {len(wanted)}")
        yield cells


def _classes() -> dict[str, WordClass]:
    return {
        name: WordClass(inflects, case, says)
        for name, inflects, case, says in read_table("classes.tsv", "class inflects case says")
    }


CLASSES: Mapping[str, WordClass] = MappingProxyType(_classes())


def _entries() -> dict[str, list[Entry]]:
    table: dict[str, list[Entry]] = {name: [] for name in CLASSES}
    for word, classes, _ in read_table("words.tsv", "word classes source"):
        for item in classes.split("|"):
            name, equals, given = item.partition("=")
            if name not in table:
                raise LexiconError(f"words.tsv: {word!r} has the unknown class {name!r}")
            table[name] += _in_class(word, CLASSES[name].case, given.split(";") if equals else [])
    return table


def _in_class(word: str, case: str, given: list[str]) -> Iterator[Entry]:
    if case == "title":
        return (Entry(spelling, ()) for spelling in given or [_titled(word)])
    return iter([Entry(word if case == "written" else word.lower(), tuple(given))])


def _titled(word: str) -> str:
    if word != word.lower():
        return word
    return " ".join(part if part in _SMALL else part.capitalize() for part in word.split())


_ENTRIES = _entries()


@cache
def words(*classes: str) -> frozenset[str]:
    """The words of the named classes together, each as its class compares it."""
    return frozenset(entry.word for name in classes for entry in _ENTRIES[name])


def values(name: str) -> Mapping[str, tuple[str, ...]]:
    """The words of a class with their values there."""
    return dict(_ENTRIES[name])


@cache
def with_forms(*classes: str) -> frozenset[str]:
    """The words of the named classes together, and their inflected forms."""
    return frozenset(
        form
        for name in classes
        for entry in _ENTRIES[name]
        for form in (entry.word, *forms_of(entry.word, CLASSES[name].inflects))
    )


@cache
def _forms() -> Mapping[tuple[str, str], tuple[str, ...]]:
    return {
        (word, part): tuple(forms.split("|"))
        for word, part, forms in read_table("forms.tsv", "word part forms")
    }


def forms_of(word: str, part: str) -> Iterable[str]:
    """The inflected forms of a word as a "noun" (plurals) or "verb" (all but the base form)."""
    return _forms().get((word, part), ())


def plurals_of(noun: str) -> Iterable[str]:
    """The plurals of a noun that may be a user's: as the table has them, or regular ones."""
    if listed := forms_of(noun, "noun"):
        return listed
    if noun.endswith("man"):
        return (noun.removesuffix("man") + "men",)
    if noun.endswith("y") and noun[-2:-1] not in "aeou":
        return (noun.removesuffix("y") + "ies",)
    return (noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s"),)
