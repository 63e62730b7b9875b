"""A folder of the user's own titles, people, places and rules -> one checked, frozen value.

==============  ===================================================================
titles.txt      a title a line; ``#`` begins a comment
people.csv      name, aliases (separated by ``|``), id
places.csv      name, latitude, longitude, kind, and maybe country
names.toml      rules in the form of `newsclaims.rules`, each with a ``pattern``: a
roles.toml      regular expression over the text whose named groups are what it
dates.toml      finds; ``{list}`` in it stands for the words of a list
==============  ===================================================================

Each file may be left out. Everything is checked before any work, the rules against their own
examples; what is wrong raises `UsageError` with file and line.
"""

import csv
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import regex

from newsclaims.errors import UsageError
from newsclaims.extract.dates import own_dates
from newsclaims.extract.names import own_names
from newsclaims.extract.own import (
    NOTHING,
    OwnPerson,
    OwnRule,
    OwnRules,
    OwnTitle,
    Slot,
    forms_of,
    slots,
)
from newsclaims.extract.roles import own_roles
from newsclaims.lexicon import plurals_of
from newsclaims.resolve.calendar import resolve_dates
from newsclaims.resolve.gazetteer import OwnPlace, read_own_places
from newsclaims.rules import Rule, RuleError, parse_rules, read_marks

FILES = ("titles.txt", "people.csv", "places.csv", "names.toml", "roles.toml", "dates.toml")
# The day on which the examples of dates.toml are read: a Wednesday in the 25th week.
EXAMPLE_DAY = "2025-06-18"

_TITLE = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*(?: [^\W\d_]+(?:-[^\W\d_]+)*)*")
_LONGEST_TITLE = 6  # words
_PEOPLE_COLUMNS = ("name", "aliases", "id")
_LIST = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class UserRules:
    """What a folder adds: rules of the rooms, places, and the SHA-256 of each file by its name."""

    rules: OwnRules = NOTHING
    places: tuple[OwnPlace, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)


class Room(NamedTuple):
    """What a room says of the user's rules: names of groups, settings, and two checks."""

    groups: Iterable[str]
    settings: Iterable[str]
    check: Callable[[OwnRule], None]
    found: Callable[[OwnRule, str], set[Slot]]


def read_user_rules(folder: Path) -> UserRules:
    """Read and check a folder of rules.

    Raises:
        UsageError: the folder has none of the files, one that looks like one of them, or a bad
            line; the message names file and line.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder}: there is no folder of rules")
    present = sorted(path.name for path in folder.iterdir() if path.is_file())
    known = [name for name in FILES if name in present]
    strange = [name for name in present if name.endswith((".txt", ".csv", ".toml"))]
    strange = [name for name in strange if name not in FILES]
    if strange or not known:
        what = f"{strange[0]} is" if strange else "there is"
        raise UsageError(f"{folder}: {what} none of the files of rules: {', '.join(FILES)}")
    paths = {name: folder / name for name in known}
    of_rooms = {
        room: _rules(paths[f"{room}.toml"], ROOMS[room]) if f"{room}.toml" in paths else ()
        for room in ROOMS
    }
    places = tuple(read_own_places(paths["places.csv"])) if "places.csv" in paths else ()
    rules = OwnRules(
        titles=_titles(paths["titles.txt"]) if "titles.txt" in paths else (),
        people=forms_of(_people(paths["people.csv"])) if "people.csv" in paths else {},
        places=forms_of((None, [place.name]) for place in places),
        names=of_rooms["names"],
        roles=of_rooms["roles"],
        dates=of_rooms["dates"],
    )
    hashes = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in paths.items()}
    return UserRules(rules, places, hashes)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: {error}") from error


# --- titles.txt ----------------------------------------------------------------------------------


def _titles(path: Path) -> tuple[OwnTitle, ...]:
    found: dict[str, OwnTitle] = {}
    lines: dict[str, int] = {}
    for number, line in enumerate(_text(path).splitlines(), 1):
        title = " ".join(line.partition("#")[0].split()).lower()
        if not title:
            continue
        where = f"{path}, line {number}"
        if not _TITLE.fullmatch(title) or title.count(" ") >= _LONGEST_TITLE:
            raise UsageError(
                f"{where}: {title!r} is no title: up to {_LONGEST_TITLE} words of letters and "
                "hyphens, without full stops"
            )
        if title in lines:
            raise UsageError(f"{where}: {title!r} stands on line {lines[title]} too")
        lines[title] = number
        found[title] = OwnTitle(title, title, plural=False)
    for title in lines:
        *first, last = title.split()
        for plural in plurals_of(last):
            form = " ".join([*first, plural])
            found.setdefault(form, OwnTitle(form, title, plural=True))
    return tuple(found.values())


# --- people.csv ----------------------------------------------------------------------------------


def _people(path: Path) -> Iterator[tuple[OwnPerson, tuple[str, ...]]]:
    reader = csv.DictReader(_text(path).splitlines(keepends=True))
    missing = [column for column in _PEOPLE_COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        columns = ", ".join(reader.fieldnames or ()) or "none"
        raise UsageError(f"{path}, line 1: no column {missing[0]!r}; the columns are {columns}")
    seen: dict[str, int] = {}
    for row in reader:
        where = f"{path}, line {reader.line_num}"
        if None in row or None in row.values():
            raise UsageError(f"{where}: has not as many cells as there are columns")
        name, aliases, own_id = (" ".join(row[column].split()) for column in _PEOPLE_COLUMNS)
        forms = [name, *(" ".join(alias.split()) for alias in aliases.split("|") if alias.strip())]
        for key in (*dict.fromkeys(forms), *([f"id {own_id}"] if own_id else [])):
            if key in forms and not (len(key) > 1 and key[0].isalpha()):
                raise UsageError(f"{where}: {key!r} is no name: it must begin with a letter")
            if key in seen:
                raise UsageError(f"{where}: {key!r} stands on line {seen[key]} too")
            seen[key] = reader.line_num
        yield OwnPerson(name, own_id), tuple(dict.fromkeys(forms))


# --- rules ---------------------------------------------------------------------------------------


def _rules(path: Path, room: Room) -> tuple[OwnRule, ...]:
    text = _text(path)
    try:
        book = parse_rules(text, path.stem)
    except RuleError as error:
        raise UsageError(f"{path}, line {_line_of(text, error)}: {error}") from error
    found = []
    for number, rule in enumerate(book.rules.values()):
        try:
            own = OwnRule(f"user:{rule.id}", _pattern(rule, book.lists), dict(rule.settings))
            _check_form(own, room)
            _check_examples(own, rule, room)
        except ValueError as error:
            line = _rule_lines(text)[number]
            raise UsageError(f"{path}, line {line}: rule {rule.id!r}: {error}") from error
        found.append(own)
    return tuple(found)


def _line_of(text: str, error: RuleError) -> int:
    """The line of what an error speaks of: TOML that cannot be read, a rule, or a list."""
    broken = re.search(r"at line (\d+)", str(error))
    if broken:
        return int(broken[1])
    if error.entry is not None:
        return _rule_lines(text)[error.entry]
    listed = re.search(r"list '([^']*)'", str(error))
    found = listed and re.search(rf"^\s*{re.escape(listed[1])}\s*=", text, re.MULTILINE)
    return text.count("\n", 0, found.end()) + 1 if found else text.count("\n") + 1


def _rule_lines(text: str) -> list[int]:
    """The line at which each rule begins."""
    lines = text.splitlines()
    return [n for n, line in enumerate(lines, 1) if re.match(r"\s*\[\[\s*rules\s*\]\]", line)]


def _pattern(rule: Rule, lists: Mapping[str, tuple[str, ...]]) -> regex.Pattern[str]:
    """The rule's pattern, a regular expression of Python's `re`.

    It is run by `regex`, which reads the same expressions and can be stopped.
    """
    if not isinstance(rule.pattern, str):
        raise ValueError("it has no pattern")

    def words(match: re.Match[str]) -> str:
        if match[1] not in lists:
            raise ValueError(f"there is no list {match[1]!r}")
        longest_first = sorted(lists[match[1]], key=lambda word: (-len(word), word))
        return f"(?:{'|'.join(map(re.escape, longest_first))})"

    written = _LIST.sub(words, rule.pattern)
    try:
        matches_nothing = re.compile(written).match("")
        pattern = regex.compile(written, regex.VERSION0)
    except (re.error, regex.error, RecursionError, OverflowError) as error:
        raise ValueError(f"its pattern is no regular expression: {error}") from error
    if matches_nothing:
        raise ValueError("its pattern holds of nothing at all")
    return pattern


def _check_form(rule: OwnRule, room: Room) -> None:
    for what, given, allowed in (
        ("group", rule.pattern.groupindex, room.groups),
        ("setting", rule.settings, room.settings),
    ):
        strange = sorted(set(given) - set(allowed))
        if strange:
            known = ", ".join(sorted(allowed)) or "there are none"
            raise ValueError(f"{what} {strange[0]!r} is unknown; known: {known}")
    room.check(rule)


def _check_examples(own: OwnRule, rule: Rule, room: Room) -> None:
    for example in rule.finds:
        text, marks = read_marks(example)
        wanted = {Slot(mark.start, mark.end, mark.label) for mark in marks}
        found = room.found(own, text)
        if found != wanted:
            shown = ", ".join(f"[[{text[s.start : s.end]}|{s.label}]]" for s in sorted(found))
            raise ValueError(f"in {example!r} it finds {shown or 'nothing'}")
    for example in rule.ignores:
        if found := room.found(own, example):
            first = min(found)
            raise ValueError(f"in {example!r} it finds {example[first.start : first.end]!r}")


def _slots_in(rule: OwnRule, text: str) -> set[Slot]:
    return {slot for match in rule.matches(text) for slot in slots(match)}


def _dates_in(rule: OwnRule, text: str) -> set[Slot]:
    """The dates with ``value`` or ``value/MOD``, as the examples of built-in rules mark them."""
    found = list(own_dates.own_expressions(text, [rule]))
    return {
        Slot(date.start, date.end, f"{date.value or ''}{'/' + date.mod if date.mod else ''}")
        for date in resolve_dates(found, EXAMPLE_DAY)
    }


ROOMS: Mapping[str, Room] = {
    "names": Room(own_names.GROUPS, own_names.SETTINGS, own_names.check_settings, _slots_in),
    "roles": Room(own_roles.GROUPS, own_roles.SETTINGS, own_roles.check_settings, _slots_in),
    "dates": Room(own_dates.GROUPS, own_dates.SETTINGS, own_dates.check_settings, _dates_in),
}
