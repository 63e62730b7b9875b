"""Parses kept in one SQLite file, keyed by text and model.

A change of rules extracts again from here without running the model. Several processes may read
and write the file at once: it is in rollback-journal mode, which unlike WAL also holds on network
file systems. What cannot be read, an entry or the whole file, is told of, dropped and made again.
"""

import hashlib
import json
import logging
import sqlite3
import time
import zlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, TypeVar

import numpy

from newsclaims.text.tokens import Entity, Tokens

# Of the form in which a parse is stored: entries of another are dropped.
VERSION = 2

# Some 12 bytes a word: 4 GB hold the parses of half a million articles.
DEFAULT_LIMIT = 4_000_000_000  # bytes

# The part of the limit that is freed when it is reached, least recently used first.
_EVICTED = 0.1
_DAY = 86_400  # seconds; how exactly use is remembered

_SCHEMA = """
CREATE TABLE IF NOT EXISTS parses (
    key BLOB PRIMARY KEY, doc BLOB NOT NULL, used INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS by_use ON parses (used);
"""
_NUMBER = "<i4"
_log = logging.getLogger(__name__)
_T = TypeVar("_T")


class CacheState(NamedTuple):
    """What a cache holds."""

    path: Path
    parses: int
    bytes: int


class ParseCache:
    """The parse cache of a folder. Opened on first use; every process opens its own.

    Args:
        folder: made when it is missing.
        limit: bytes of parses that are kept; beyond it those not used for longest go.
    """

    def __init__(self, folder: Path, limit: int = DEFAULT_LIMIT) -> None:
        self.path = folder / "parses.sqlite"
        self._limit = limit
        self._told = False

    def get(self, identity: str, texts: list[str]) -> dict[str, Tokens]:
        """The stored parses among `texts`, by text."""
        return self._safely(lambda: self._get(identity, texts)) or {}

    def put(self, identity: str, parses: Mapping[str, Tokens]) -> None:
        """Keep these parses, in one transaction."""
        now = int(time.time())  # for eviction alone; nothing of it reaches a record
        rows = [(_key(identity, text), _packed(tokens), now) for text, tokens in parses.items()]
        self._safely(lambda: self._put(rows))

    def state(self) -> CacheState:
        """How much is kept."""
        if not self.path.exists():
            return CacheState(self.path, 0, 0)
        count = self._safely(lambda: self._one("SELECT count(*) FROM parses"))
        return CacheState(self.path, count or 0, self.path.stat().st_size)

    def clear(self) -> None:
        """Forget all parses."""
        self._close()
        self.path.unlink(missing_ok=True)

    @cached_property
    def _database(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        database = sqlite3.connect(self.path, timeout=60, isolation_level=None)
        database.execute("PRAGMA synchronous = NORMAL")
        if database.execute("PRAGMA user_version").fetchone()[0] != VERSION:
            database.executescript(f"DROP TABLE IF EXISTS parses; PRAGMA user_version = {VERSION}")
        database.executescript(_SCHEMA)
        return database

    def _get(self, identity: str, texts: list[str]) -> dict[str, Tokens]:
        found: dict[str, Tokens] = {}
        stale: list[tuple[int, bytes]] = []
        now = int(time.time())
        for text in texts:
            key = _key(identity, text)
            row = self._database.execute(
                "SELECT doc, used FROM parses WHERE key = ?", (key,)
            ).fetchone()
            if row and (tokens := self._read(row[0], text)) is not None:
                found[text] = tokens
                if now - row[1] > _DAY:
                    stale.append((now, key))
        if stale:
            self._write("UPDATE parses SET used = ? WHERE key = ?", stale)
        return found

    def _put(self, rows: list[tuple[bytes, bytes, int]]) -> None:
        self._write("INSERT OR REPLACE INTO parses VALUES (?, ?, ?)", rows)
        pages = self._one("PRAGMA page_count") - self._one("PRAGMA freelist_count")
        if pages * self._one("PRAGMA page_size") > self._limit:
            # Freed pages are used again, so that the file keeps to the limit.
            count = max(1, int(self._one("SELECT count(*) FROM parses") * _EVICTED))
            self._write(
                "DELETE FROM parses WHERE key IN (SELECT key FROM parses ORDER BY used LIMIT ?)",
                [(count,)],
            )

    def _write(self, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
        self._database.execute("BEGIN IMMEDIATE")
        self._database.executemany(statement, rows)
        self._database.execute("COMMIT")

    def _one(self, query: str) -> int:
        return int(self._database.execute(query).fetchone()[0])

    def _safely(self, action: Callable[[], _T]) -> _T | None:
        """Do `action`, or give None: a file that is damaged is dropped, one that is full left."""
        try:
            return action()
        except (OSError, sqlite3.OperationalError) as error:  # a full disk, a lock: no damage
            if not self._told:
                self._told = True
                _log.warning("%s cannot be used (%s): parses are not kept", self.path, error)
            if "_database" in vars(self) and self._database.in_transaction:
                self._database.rollback()
            return None
        except sqlite3.DatabaseError as error:
            _log.warning("the parse cache %s is damaged (%s) and begun anew", self.path, error)
            self._close()
            with suppress(OSError):  # it may be another user's
                self.path.unlink()
            return None

    def _close(self) -> None:
        if "_database" in vars(self):
            self._database.close()
            del self._database

    def _read(self, blob: bytes, text: str) -> Tokens | None:
        try:
            return _unpacked(blob, text)
        except (zlib.error, ValueError) as error:  # zlib checks the bytes by a sum of its own
            _log.warning("a damaged entry of %s is parsed again (%s)", self.path, error)
            return None


def _packed(tokens: Tokens) -> bytes:
    """All but the text: a line with the names of tags and labels, then columns of numbers."""
    entities = tokens.entities
    names = sorted({*tokens.tags, *tokens.deps, *(entity.label for entity in entities)})
    number = {name: place for place, name in enumerate(names)}
    starts, ends = numpy.array([tokens.starts, tokens.ends], _NUMBER)
    columns = [
        numpy.diff(starts, prepend=0),  # differences are small and pack well
        ends - starts,
        [number[tag] for tag in tokens.tags],
        [number[dep] for dep in tokens.deps],
        numpy.array(tokens.heads, _NUMBER) - numpy.arange(len(tokens)),
        tokens.opens,
    ]
    marks = [(entity.start, entity.end, number[entity.label]) for entity in entities]
    head = json.dumps([len(tokens), names]).encode()
    body = [numpy.array(part, _NUMBER).tobytes() for part in (columns, marks)]
    return zlib.compress(b"".join([head, b"\n", *body]))


def _unpacked(blob: bytes, text: str) -> Tokens:
    """The tokens of `text` that `_packed` packed. Raises zlib.error or ValueError if damaged."""
    head, _, body = zlib.decompress(blob).partition(b"\n")
    size, names = json.loads(head)
    numbers = numpy.frombuffer(body, _NUMBER)
    gaps, lengths, tags, deps, heads, opens = numbers[: 6 * size].reshape(6, size)
    starts = numpy.cumsum(gaps)
    return Tokens(
        text=text,
        starts=starts.tolist(),
        ends=(starts + lengths).tolist(),
        tags=[names[tag] for tag in tags.tolist()],
        deps=[names[dep] for dep in deps.tolist()],
        heads=(heads + numpy.arange(size)).tolist(),
        opens=(opens == 1).tolist(),
        entities=tuple(
            Entity(start, end, names[label])
            for start, end, label in numbers[6 * size :].reshape(-1, 3).tolist()
        ),
    )


def _key(identity: str, text: str) -> bytes:
    return hashlib.sha256(f"{identity}\0{text}".encode()).digest()
