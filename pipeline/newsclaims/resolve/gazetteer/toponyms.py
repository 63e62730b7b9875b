"""The mentions of one article -> toponyms: one for each name, with what it may mean."""

import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from newsclaims.extract.finds import Kind, Name
from newsclaims.resolve.gazetteer.entries import holds
from newsclaims.resolve.gazetteer.names import key_of
from newsclaims.resolve.gazetteer.senses import Reading, Sense, without_kind
from newsclaims.resolve.gazetteer.sites import namesake

# What stands between a place and the place that holds it: "Paris, Texas", "Hyderabad (Sindh)".
_HELD_BY = re.compile(r"(?:,\s{1,2}|\s\(|,?\s(?:in|of)\s)(?:the\s)?")
_LONGEST_GAP = 9
# Words in capitals up to this length are names of their own: "US" is not "us".
_ACRONYM = 4
# A place inside another name has at most so many words, and some thousand people.
_MOST_WORDS = 3
_LEAST_PRIOR = 3.3


@dataclass(slots=True)
class Toponym:
    """One name of the article with all its mentions.

    `stem` is its name without the word for its kind, or the town that it is named after: "Karak
    District", "Karak Jail" and "Karak" have one stem, and none of them confirms another.
    One without mentions stands inside another name: it supports the others and gets no row.
    `holders` are the indices of the toponyms that follow it as a holder does: "X, Y".
    """

    text: str
    stem: str
    mentions: list[Name]
    senses: tuple[Sense, ...]
    holders: list[int] = field(default_factory=list)


def group(
    text: str, places: Sequence[Name], senses: Callable[[str], tuple[Sense, ...]]
) -> list[Toponym]:
    """One toponym a name, by first mention; `senses` tells what a written name may mean."""
    order: dict[tuple[str, int], int] = {}
    toponyms: list[Toponym] = []
    numbers: list[int] = []
    for name, identity in zip(places, _told_apart(text, places, senses), strict=True):
        number = order.setdefault(identity, len(toponyms))
        if number == len(toponyms):
            written = _written(text, name)
            point = "." if text.startswith(".", name.end) else ""  # "Alta." is short, "Alta" a town
            meant = senses(written + point)
            toponyms.append(Toponym(written, _stem(written, meant), [], meant))
        toponyms[number].mentions.append(name)
        numbers.append(number)
    _link(text, places, numbers, toponyms)
    return toponyms


def _told_apart(
    text: str, places: Sequence[Name], senses: Callable[[str], tuple[Sense, ...]]
) -> list[tuple[str, int]]:
    """For each mention its name, with the place that it means where its holder shows several.

    "Paris, Texas" and "Paris, France" are two; a bare "Paris" is the one named last.
    """
    names = [_identity(_written(text, name)) for name in places]
    held = [0] * len(places)
    for number, (left, right) in enumerate(itertools.pairwise(places)):
        if _is_held(text, left, right):
            held[number] = _held_by(senses(_written(text, left)), senses(_holder(text, right)))
    meant: dict[str, list[int]] = defaultdict(list)
    for name, entry in zip(names, held, strict=True):
        if entry and entry not in meant[name]:
            meant[name].append(entry)
    last = {name: entries[0] for name, entries in meant.items() if len(entries) > 1}
    found = []
    for name, entry in zip(names, held, strict=True):
        if name in last:
            last[name] = entry or last[name]
        found.append((name, last.get(name, 0)))
    return found


def _holder(text: str, name: Name) -> str:
    """A holder as written, with the point of an abbreviation: "Mass."."""
    return _written(text, name) + ("." if text.startswith(".", name.end) else "")


def _held_by(held: Sequence[Sense], holders: Sequence[Sense]) -> int:
    """The id of the likeliest place that lies in one of the holders, or 0."""
    for sense in held:
        if any(holds(holder.entry, sense.entry) for holder in holders):
            return sense.entry.id
    return 0


def _is_held(text: str, left: Name, right: Name) -> bool:
    gap = text[left.end : right.start]
    return len(gap) <= _LONGEST_GAP and _HELD_BY.fullmatch(gap) is not None


def inner(
    longer: Iterable[str],
    toponyms: Sequence[Toponym],
    senses: Callable[[str], tuple[Sense, ...]],
) -> list[Toponym]:
    """The towns and counties inside longer names that the article does not name elsewhere.

    One a longer name: "Henry County Sheriff's Office" -> Henry County.
    """
    known = {_identity(toponym.text) for toponym in toponyms}
    found: list[Toponym] = []
    for name in longer:
        for part in _parts(name):
            meant = senses(part)
            if meant and _is_town(meant[0]):
                if (identity := _identity(part)) not in known:
                    known.add(identity)
                    found.append(Toponym(part, _stem(part, meant), [], meant))
                break
    return found


def _parts(name: str) -> Iterator[str]:
    """The beginnings of a name and of what follows "of" in it, the longest first."""
    words = name.split()
    for count in range(min(_MOST_WORDS, len(words) - 1), 0, -1):
        yield " ".join(words[:count])
    words = name.partition(" of ")[2].removeprefix("the ").split()
    for count in range(min(_MOST_WORDS, len(words)), 0, -1):
        yield " ".join(words[:count])


def _is_town(sense: Sense) -> bool:
    return (
        sense.reading is Reading.NAME
        and sense.entry.kind in {"city", "admin2"}
        and sense.prior >= _LEAST_PRIOR
    )


def of_names(names: Sequence[str], senses: Callable[[str], tuple[Sense, ...]]) -> list[Toponym]:
    """One toponym for each different name, as if each were mentioned once and alone."""
    toponyms: dict[str, Toponym] = {}
    for name in names:
        mention = Name(0, len(name), Kind.PLACE, "given")
        meant = senses(name)
        toponyms.setdefault(_identity(name), Toponym(name, _stem(name, meant), [mention], meant))
    return list(toponyms.values())


def _identity(written: str) -> str:
    if len(written) <= _ACRONYM and written.isupper():
        return written
    return key_of(written) or written


def _stem(written: str, meant: Sequence[Sense]) -> str:
    if meant and meant[0].reading is Reading.SITE:
        return _identity(namesake(written) or written)
    return _identity(without_kind(written) or written)


def _written(text: str, name: Name) -> str:
    return " ".join(text[name.start : name.end].split())


def _link(
    text: str, places: Sequence[Name], numbers: Sequence[int], toponyms: list[Toponym]
) -> None:
    pairs = zip(itertools.pairwise(places), itertools.pairwise(numbers), strict=True)
    for (left, right), (held, holder) in pairs:
        known = held == holder or holder in toponyms[held].holders
        if not known and _is_held(text, left, right):
            toponyms[held].holders.append(holder)
