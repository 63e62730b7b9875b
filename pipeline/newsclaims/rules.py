r"""What a rule is, and how a room's rules are read from its ``.toml`` file.

A room keeps its rules beside its code: ``extract/dates/`` reads ``extract/dates/dates.toml``. Their
words are classes of `newsclaims.lexicon`; lists of their own have the rules of users::

    [lists]
    months = ["january", "february"]

    [[rules]]
    id = "month-day"
    why = "a month's name and a day's number name a day of a year that is not written"
    pattern = '''\b{months} \d{1,2}\b'''   # optional; rules with structure are code
    finds = ["They met on [[May 8|2025-05-08]]."]
    ignores = ["He may 8 times out of ten."]

Every rule carries examples: sentences with what it must find marked as ``[[text|label]]``, and
near-misses that it must leave alone. A rule without either, or with an id given twice, is refused.
"""

import hashlib
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MARK = re.compile(r"\[\[(?P<text>.+?)\|(?P<label>[^\[\]|]*)\]\]", re.DOTALL)


class RuleError(ValueError):
    """A rule or word list that is not as it must be; the message names the file and the rule.

    `entry` counts the rules of the file from 0; None when no rule is at fault.
    """

    def __init__(self, message: str, entry: int | None = None) -> None:
        super().__init__(message)
        self.entry = entry


class Mark(NamedTuple):
    """A marked span of an example: half-open offsets into the plain sentence, and its label."""

    start: int
    end: int
    label: str


def read_marks(example: str) -> tuple[str, tuple[Mark, ...]]:
    """Split an example into its plain sentence and its marks, in order.

    >>> read_marks("on [[May 8|XXXX-05-08]].")
    ('on May 8.', (Mark(start=3, end=8, label='XXXX-05-08'),))
    """
    plain: list[str] = []
    marks: list[Mark] = []
    length = position = 0
    for match in _MARK.finditer(example):
        before = example[position : match.start()]
        length += len(before)
        marks.append(Mark(length, length + len(match["text"]), match["label"]))
        plain += [before, match["text"]]
        length += len(match["text"])
        position = match.end()
    plain.append(example[position:])
    return "".join(plain), tuple(marks)


@dataclass(frozen=True, slots=True)
class Rule:
    """A named way of finding something: why it holds, what it finds and what it leaves alone."""

    id: str
    why: str
    finds: tuple[str, ...]
    ignores: tuple[str, ...]
    pattern: str | None = None
    settings: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class RuleBook:
    """A room's rules by id, in the order of its file, and its word lists by name."""

    room: str
    rules: Mapping[str, Rule]
    lists: Mapping[str, tuple[str, ...]]

    def words(self, *names: str) -> frozenset[str]:
        """The words of the named lists together."""
        return frozenset(word for name in names for word in self.lists[name])

    def check_covers(self, implemented: set[str]) -> None:
        """Raise `RuleError` unless code and data speak of exactly the same rules."""
        coded_only = sorted(implemented - set(self.rules))
        data_only = sorted(set(self.rules) - implemented)
        if coded_only or data_only:
            raise RuleError(
                f"{self.room}.toml: rules without an entry: {coded_only}; "
                f"entries without a rule: {data_only}"
            )


@cache
def load_rules(room: str) -> RuleBook:
    """Read ``pipeline/newsclaims/<room>.toml``, e.g. ``load_rules("extract/dates/dates")``.

    Raises `RuleError` for a rule that breaks the form described above.
    """
    source = resources.files("newsclaims").joinpath(f"{room}.toml")
    return parse_rules(source.read_text(encoding="utf-8"), room)


def parse_rules(text: str, room: str) -> RuleBook:
    """Read the rules of one ``.toml`` text; `room` names it in errors."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"{room}.toml: {error}") from error
    listed, entries = data.get("lists", {}), data.get("rules", [])
    if not isinstance(listed, dict):
        raise RuleError(f"{room}.toml: lists is no table of lists, [lists]")
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise RuleError(f"{room}.toml: rules is no list of tables, [[rules]]")
    lists = {name: _word_list(name, words, room) for name, words in listed.items()}
    rules: dict[str, Rule] = {}
    for number, entry in enumerate(entries):
        try:
            rule = _rule(entry, room)
        except RuleError as error:
            raise RuleError(str(error), number) from error
        if rule.id in rules:
            raise RuleError(f"{room}.toml: rule {rule.id!r} is given twice", number)
        rules[rule.id] = rule
    return RuleBook(room, MappingProxyType(rules), MappingProxyType(lists))


def _word_list(name: str, words: Any, room: str) -> tuple[str, ...]:
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise RuleError(f"{room}.toml: list {name!r} is not a list of strings")
    _refuse_repeated(name, words, f"{room}.toml")
    return tuple(words)


def _refuse_repeated(name: str, words: Iterable[str], where: str) -> None:
    repeated = sorted(word for word, times in Counter(words).items() if times > 1)
    if repeated:
        raise RuleError(f"{where}: list {name!r} repeats {repeated}")


def _check_type(name: str, value: Any, where: str) -> None:
    """Raise `RuleError` unless `why` is a string and examples are a list of strings."""
    if name == "why":
        if not isinstance(value, str):
            raise RuleError(f"{where}: 'why' is not a string")
    elif not isinstance(value, list) or not all(isinstance(example, str) for example in value):
        raise RuleError(f"{where}: {name!r} is not a list of strings")


def _rule(entry: dict[str, Any], room: str) -> Rule:
    rule_id = entry.get("id", "")
    where = f"{room}.toml: rule {rule_id!r}"
    if not isinstance(rule_id, str) or not _ID.fullmatch(rule_id):
        raise RuleError(f"{where} needs an id of lower-case words joined by hyphens")
    for name in ("why", "finds", "ignores"):
        if not entry.get(name):
            raise RuleError(f"{where} has no {name!r}")
        _check_type(name, entry[name], where)
    if not isinstance(entry.get("pattern", ""), str):
        raise RuleError(f"{where}: 'pattern' is not a string")
    unmarked = [example for example in entry["finds"] if not _MARK.search(example)]
    if unmarked:
        raise RuleError(f"{where}: nothing is marked in {unmarked[0]!r}")
    known = {"id", "why", "finds", "ignores", "pattern"}
    settings = {name: value for name, value in entry.items() if name not in known}
    return Rule(
        id=rule_id,
        why=entry["why"],
        finds=tuple(entry["finds"]),
        ignores=tuple(entry["ignores"]),
        pattern=entry.get("pattern"),
        settings=MappingProxyType(settings),
    )


# What makes records, and nothing else: a change of a table or of the command line is no new rule.
MAKERS = (
    "assemble.py",
    "extract",
    "language.py",
    "lexicon",
    "parse/parser.py",
    "records.py",
    "resolve",
    "rules.py",
    "schema.py",
    "text",
    "user_rules.py",
)


@cache
def fingerprint() -> str:
    """SHA-256 over the package's rules, word lists and the code that applies them.

    Two runs with one fingerprint, one model and the same settings give the same records.
    """
    root = Path(str(resources.files("newsclaims")))
    digest = hashlib.sha256()
    for maker in MAKERS:
        for path in sorted([root / maker, *(root / maker).rglob("*")]):
            if path.suffix in {".py", ".toml", ".tsv", ".csv", ".xz"}:
                digest.update(path.relative_to(root).as_posix().encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
