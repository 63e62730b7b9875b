"""Parsed documents kept in one SQLite file, keyed by text and model.

A change of rules extracts again from here without running the model. Several processes may read
and write the file at once. An entry that cannot be read is dropped and parsed again.
"""

import hashlib
import logging
import sqlite3
import time
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

import spacy
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

_ATTRS = ("ORTH", "SPACY", "TAG", "DEP", "HEAD", "ENT_IOB", "ENT_TYPE")
_SCHEMA = """
CREATE TABLE IF NOT EXISTS parses (
    key BLOB PRIMARY KEY, doc BLOB NOT NULL, used INTEGER NOT NULL
) WITHOUT ROWID
"""
_log = logging.getLogger(__name__)


class ParseCache:
    """A folder's parse cache. Opened on first use; safe to open again in every process."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "parses.sqlite"

    @cached_property
    def vocab(self) -> Vocab:
        """The vocabulary of the stored parses."""
        # Rules read what a blank vocab holds (is_title, like_num), so the model need not be loaded.
        return spacy.blank("en").vocab

    @cached_property
    def _database(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        database = sqlite3.connect(self.path, timeout=60, isolation_level=None)
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA synchronous=NORMAL")
        database.execute(_SCHEMA)
        return database

    def get(self, identity: str, texts: list[str]) -> dict[str, Doc]:
        """The stored parses among `texts`, by text."""
        found = {}
        for text in texts:
            row = self._database.execute(
                "SELECT doc FROM parses WHERE key = ?", (_key(identity, text),)
            ).fetchone()
            if row and (doc := self._read(row[0], text)) is not None:
                found[text] = doc
        return found

    def put(self, identity: str, docs: Mapping[str, Doc]) -> None:
        """Keep these parses, in one transaction."""
        now = int(time.time())  # for eviction alone; nothing of it reaches a record
        rows = [
            (_key(identity, text), DocBin(attrs=_ATTRS, docs=[doc]).to_bytes(), now)
            for text, doc in docs.items()
        ]
        self._database.execute("BEGIN IMMEDIATE")
        self._database.executemany("INSERT OR REPLACE INTO parses VALUES (?, ?, ?)", rows)
        self._database.execute("COMMIT")

    def _read(self, blob: bytes, text: str) -> Doc | None:
        try:
            doc = next(DocBin().from_bytes(blob).get_docs(self.vocab))
        except Exception as error:  # whatever a damaged blob raises in zlib, msgpack or spaCy
            _log.warning("a damaged entry of %s is parsed again (%s)", self.path, error)
            return None
        return doc if doc.text == text else None


def _key(identity: str, text: str) -> bytes:
    return hashlib.sha256(f"{identity}\0{text}".encode()).digest()
