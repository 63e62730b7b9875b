"""The work of a run, kept in one SQLite file of the output folder so that nothing is done twice.

An article's result is keyed by everything that it depends on. A rerun looks results up, makes those
that are missing, and the output files are written from here in input order. One process writes; a
second run in the same folder is refused.
"""

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.dataset import Entry, to_json
from pipeline.errors import UsageError
from pipeline.records import Article

if TYPE_CHECKING:
    from pipeline.assemble import Extraction

FILE = ".newsclaims.store"
VERSION = 1

_SCHEMA = f"""
CREATE TABLE IF NOT EXISTS results (key BLOB PRIMARY KEY, entry BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sequence (position INTEGER PRIMARY KEY, key BLOB, error TEXT);
CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
PRAGMA user_version = {VERSION};
"""


class StoreError(UsageError):
    """A store that is in use, or was written by another version; the message says what to do."""


class Store:
    """The results of one output folder. Close it, or use it as a context manager."""

    def __init__(self, folder: Path, *, fresh: bool = False) -> None:
        self.path = folder / FILE
        if fresh:
            self.path.unlink(missing_ok=True)
        self._database = sqlite3.connect(self.path, timeout=1, isolation_level=None)
        try:
            self._open()
        except sqlite3.DatabaseError as error:
            self._database.close()
            raise StoreError(self._advice(error)) from error

    def _advice(self, error: sqlite3.DatabaseError) -> str:
        if "locked" in str(error):
            return f"another run is writing to {self.path.parent}; wait for it to end"
        return f"{self.path} cannot be read ({error}); run again with --fresh to remake it"

    def _open(self) -> None:
        # Held until the store is closed: one writer a folder.
        self._database.execute("PRAGMA locking_mode = EXCLUSIVE")
        version = self._database.execute("PRAGMA user_version").fetchone()[0]
        if version not in {0, VERSION}:
            self._database.close()
            raise StoreError(
                f"{self.path} was written by another version of newsclaims; "
                "run again with --fresh to remake it"
            )
        self._database.execute("BEGIN EXCLUSIVE")
        self._database.execute("COMMIT")
        self._database.executescript(_SCHEMA)

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def knows(self, key: bytes) -> bool:
        """Whether the result of this key is kept."""
        found = self._database.execute("SELECT 1 FROM results WHERE key = ?", (key,))
        return found.fetchone() is not None

    def keep(self, results: Mapping[bytes, bytes]) -> None:
        """Keep these packed results by key, all or none."""
        self._database.execute("BEGIN")
        self._database.executemany("INSERT OR REPLACE INTO results VALUES (?, ?)", results.items())
        self._database.execute("COMMIT")

    def start_sequence(self) -> None:
        """Forget the order of the last run."""
        self._database.execute("DELETE FROM sequence")

    def place(self, steps: Iterable[tuple[int, bytes | None, str | None]]) -> None:
        """Say what stands at these positions of the input: a result's key, or an error's JSON."""
        self._database.execute("BEGIN")
        self._database.executemany("INSERT INTO sequence VALUES (?, ?, ?)", steps)
        self._database.execute("COMMIT")

    def fail(self, position: int, error: str) -> None:
        """An error, as JSON, stands at this position instead of a result."""
        self._database.execute(
            "UPDATE sequence SET key = NULL, error = ? WHERE position = ?", (error, position)
        )

    def entries(self) -> Iterator[Entry]:
        """The results of this run in input order."""
        rows = self._database.execute(
            "SELECT entry FROM sequence JOIN results USING (key) ORDER BY position"
        )
        return (_unpack(row[0]) for row in rows)

    def errors(self) -> Iterator[dict[str, Any]]:
        """The errors of this run in input order."""
        rows = self._database.execute(
            "SELECT error FROM sequence WHERE error IS NOT NULL ORDER BY position"
        )
        return (json.loads(row[0]) for row in rows)

    def prune(self) -> None:
        """Forget results that the last run did not use."""
        self._database.execute(
            "DELETE FROM results WHERE key NOT IN (SELECT key FROM sequence WHERE key IS NOT NULL)"
        )


def pack(article: Article, extraction: "Extraction") -> bytes:
    """An article and what was found in it, as the store keeps it."""
    line = article.model_dump(mode="json") | {"sentences": list(extraction.sentences)}
    return zlib.compress(to_json([line, extraction.record.model_dump(mode="json")]).encode(), 1)


def _unpack(blob: bytes) -> Entry:
    return Entry(*json.loads(zlib.decompress(blob)))
