"""Across articles: who is named where, and which office, by exact name.

Names are one when they are equal after case, diacritics and white space are set aside. Nothing is
merged by guess. The user's word (`SameAs`) merges two names, or separates the bearers of one.

What is counted waits in a temporary database on disk, so that memory does not grow with the
archive; nothing depends on the order of the articles.
"""

import csv
import hashlib
import sqlite3
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from newsclaims.errors import UsageError
from newsclaims.tables import Cell, Entry, Items
from newsclaims.text.view import words_of

_KINDS = ("person", "organisation", "title")
_SCHEMA = """
CREATE TABLE people (
    norm TEXT, name TEXT, article TEXT, cluster TEXT, published TEXT,
    title TEXT, organisation TEXT, status TEXT
);
CREATE TABLE offices (
    norm TEXT, title TEXT, organisation TEXT, article TEXT, cluster TEXT, published TEXT,
    person TEXT, status TEXT
);
"""


class SameAs(NamedTuple):
    """The user's word: this name means that one, in all articles or in one (`article` not empty).

    `kind` is "person", "organisation" or "title".
    """

    kind: str
    name: str
    same_as: str
    article: str = ""


@lru_cache(8192)  # an archive repeats its names
def normalised(name: str) -> str:
    """`name` without what does not make it another name.

    >>> normalised("José  MÜLLER-Ito")
    'jose muller-ito'
    """
    decomposed = unicodedata.normalize("NFKD", name)
    base = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(base.casefold().split())


def read_same_as(path: Path) -> tuple[SameAs, ...]:
    """The rows of a CSV file with columns `name`, `same_as` and, optional, `article` and `kind`.

    Raises:
        UsageError: naming the line that cannot be meant, or why the file cannot be read.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = {"name", "same_as"} - set(reader.fieldnames or ())
            if missing:
                raise UsageError(f"{path}: no column {' and no column '.join(sorted(missing))}")
            return tuple(_same_as(path, reader.line_num, row) for row in reader)
    except (UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path}: cannot be read: {error}") from error


def _same_as(path: Path, line: int, row: dict[str, str | None]) -> SameAs:
    kind, name, same_as, article = (
        (row.get(column) or "").strip() for column in ("kind", "name", "same_as", "article")
    )
    kind = kind or "person"
    if kind not in _KINDS:
        raise UsageError(f"{path}: line {line}: kind {kind!r} is none of {', '.join(_KINDS)}")
    if not name or not same_as:
        raise UsageError(f"{path}: line {line}: name and same_as must not be empty")
    return SameAs(kind, name, same_as, article)


class Named(NamedTuple):
    """What one article adds to the indexes: a row for each person, and for each role."""

    people: list[tuple[str | None, ...]]
    offices: list[tuple[str | None, ...]]


class Indexes:
    """Collects the people and offices of a dataset. Use it as a context manager."""

    def __init__(self, same_as: Iterable[SameAs] = ()) -> None:
        self._same_as = {
            (word.kind, normalised(word.name), word.article): word.same_as for word in same_as
        }
        # Without a name: a file of SQLite's own that is gone when it is closed.
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.executescript(_SCHEMA)
        self._database.execute("BEGIN")

    def __enter__(self) -> "Indexes":
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def add(self, entry: Entry) -> None:
        """Take the people and roles of one article."""
        self.take(self.named(entry))

    def named(self, entry: Entry) -> Named:
        """What one article adds, to be taken here or by others with this `same_as`."""
        article, record = entry
        identity = article["id"]
        published = (record["article"]["published"] or "")[:10]
        where = (identity, article.get("cluster") or identity, published)
        bodies = {row["id"]: row["name"] for row in (*record["organisations"], *record["places"])}
        names = {
            row["id"]: self._meant("person", row["name"], identity) for row in record["people"]
        }
        people, offices = found = Named([], [])
        with_roles = set()
        for role in record["roles"]:
            name = names[role["person"]]
            with_roles.add(role["person"])
            title = self._meant("title", words_of(role["title"]["text"]), identity)
            body = bodies.get(role["organisation_id"]) or (
                role["organisation"] and words_of(role["organisation"]["text"])
            )
            if body:
                body = self._meant("organisation", body, identity)
            people.append((normalised(name), name, *where, title, body, role["status"]))
            norm = f"{normalised(title)}\0{normalised(body or '')}"
            offices.append((norm, title, body, *where, name, role["status"]))
        for row, name in names.items():
            if row not in with_roles:
                people.append((normalised(name), name, *where, None, None, None))
        return found

    def take(self, named: Named) -> None:
        """Take what `named` gave of articles."""
        marks = ", ".join("?" * 8)
        for table, rows in named._asdict().items():
            self._database.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608

    def people(self) -> Iterator[list[Cell]]:
        """The rows of the table people_index, by normalised name."""
        for norm, group in self._groups("people"):
            names, titles, organisations, statuses = _columns(group, 1, 5, 6, 7)
            yield [
                _key(norm),
                _first(names),
                int(" " not in norm),
                *_articles(group, 2),
                _joined(titles),
                _joined(organisations),
                _joined(statuses),
            ]

    def offices(self) -> Iterator[list[Cell]]:
        """The rows of the table offices_index, by normalised title and organisation."""
        for norm, group in self._groups("offices"):
            titles, organisations, people, statuses = _columns(group, 1, 2, 6, 7)
            yield [
                _key(norm),
                _first(titles),
                _first(organisations),
                *_articles(group, 3),
                _joined(people),
                _joined(statuses),
            ]

    def _meant(self, kind: str, name: str, article: str) -> str:
        if not self._same_as:
            return name
        norm = normalised(name)
        everywhere = self._same_as.get((kind, norm, ""), name)
        return self._same_as.get((kind, norm, article), everywhere)

    def _groups(self, table: str) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
        rows = self._database.execute(f"SELECT * FROM {table} ORDER BY norm")  # noqa: S608
        for norm, group in groupby(rows, key=lambda row: row[0]):
            yield norm, list(group)


def _columns(group: Sequence[tuple[Any, ...]], *places: int) -> list[Counter[str]]:
    return [Counter(row[place] for row in group if row[place]) for place in places]


def _articles(group: Sequence[tuple[Any, ...]], place: int) -> list[Cell]:
    """Articles, those without copies, and first and last day of publication."""
    articles = {row[place] for row in group}
    clusters = {row[place + 1] for row in group}
    days = [row[place + 2] for row in group if row[place + 2]]
    return [len(articles), len(clusters), min(days, default=None), max(days, default=None)]


def _ordered(values: Counter[str]) -> list[str]:
    return sorted(values, key=lambda value: (-values[value], value))


def _first(values: Counter[str]) -> str | None:
    return next(iter(_ordered(values)), None)


def _joined(values: Counter[str]) -> Items | None:
    return Items(_ordered(values)) or None


def _key(norm: str) -> str:
    return hashlib.sha256(norm.encode()).hexdigest()[:16]
