"""Parsed documents kept in one SQLite file, keyed by text and model.

A change of rules extracts again from here without running the model. Several processes may read
and write the file at once: it is in rollback-journal mode, which unlike WAL also holds on network
file systems. What cannot be read, an entry or the whole file, is told of, dropped and made again.
"""

import hashlib
import logging
import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, TypeVar

from spacy.lang.en import English
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab, create_vocab

_ATTRS = ("ORTH", "SPACY", "TAG", "DEP", "HEAD", "ENT_IOB", "ENT_TYPE")

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

    @cached_property
    def vocab(self) -> Vocab:
        """The vocabulary of the stored parses."""
        # Rules read what a blank vocab holds (is_title, like_num), so no model need be loaded, and
        # no pipeline made, whose tokenizer alone takes a tenth of a second.
        return create_vocab("en", English.Defaults)

    def get(self, identity: str, texts: list[str]) -> dict[str, Doc]:
        """The stored parses among `texts`, by text."""
        return self._safely(lambda: self._get(identity, texts)) or {}

    def put(self, identity: str, docs: Mapping[str, Doc]) -> None:
        """Keep these parses, in one transaction."""
        now = int(time.time())  # for eviction alone; nothing of it reaches a record
        rows = [
            (_key(identity, text), DocBin(attrs=_ATTRS, docs=[doc]).to_bytes(), now)
            for text, doc in docs.items()
        ]
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
        database.executescript(_SCHEMA)
        return database

    def _get(self, identity: str, texts: list[str]) -> dict[str, Doc]:
        found: dict[str, Doc] = {}
        stale: list[tuple[int, bytes]] = []
        now = int(time.time())
        for text in texts:
            key = _key(identity, text)
            row = self._database.execute(
                "SELECT doc, used FROM parses WHERE key = ?", (key,)
            ).fetchone()
            if row and (doc := self._read(row[0], text)) is not None:
                found[text] = doc
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
        except sqlite3.OperationalError as error:  # a full disk, a lock held too long: no damage
            if not self._told:
                self._told = True
                _log.warning("%s cannot be used (%s): parses are not kept", self.path, error)
            if "_database" in vars(self) and self._database.in_transaction:
                self._database.rollback()
            return None
        except sqlite3.DatabaseError as error:
            _log.warning("the parse cache %s is damaged (%s) and begun anew", self.path, error)
            self.clear()
            return None

    def _close(self) -> None:
        if "_database" in vars(self):
            self._database.close()
            del self._database

    def _read(self, blob: bytes, text: str) -> Doc | None:
        try:
            doc = next(DocBin().from_bytes(blob).get_docs(self.vocab))
        except Exception as error:  # whatever a damaged blob raises in zlib, msgpack or spaCy
            _log.warning("a damaged entry of %s is parsed again (%s)", self.path, error)
            return None
        return doc if doc.text == text else None


def _key(identity: str, text: str) -> bytes:
    return hashlib.sha256(f"{identity}\0{text}".encode()).digest()
