"""The work of a run, kept in one SQLite file of the output folder so that nothing is done twice.

An article's result is keyed by everything that it depends on. A rerun looks results up, makes those
that are missing, and the output files are written from here in input order. One process writes; a
second run in the same folder is refused. What is damaged is told of, dropped and made again.

The journal is SQLite's rollback journal, which holds on any file system: with one commit for every
few seconds of work, WAL has nothing to gain.
"""

import hashlib
import json
import logging
import sqlite3
import zlib
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsclaims.errors import UsageError

if TYPE_CHECKING:
    pass

_log = logging.getLogger(__name__)

FILE = ".newsclaims.store"
VERSION = 2

_SCHEMA = f"""
CREATE TABLE IF NOT EXISTS results (
    key BLOB PRIMARY KEY, entry BLOB NOT NULL, crc INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TEMP TABLE sequence (position INTEGER PRIMARY KEY, key BLOB, error TEXT);
PRAGMA user_version = {VERSION};
"""


class StoreError(UsageError):
    """A store that is in use, or was written by another version; the message says what to do."""


class Store:
    """The results of one output folder. Close it, or use it as a context manager."""

    def __init__(self, folder: Path, *, fresh: bool = False) -> None:
        self.path = folder / FILE
        try:
            if fresh:
                self._forget()
            self._database = self._open()
        except sqlite3.OperationalError as error:
            message = (
                f"{self.path} cannot be used ({error}): is there room in {folder}, and may you "
                "write there?"
            )
            if "locked" in str(error):
                message = f"another command is writing to {folder}; wait for it to end"
            raise StoreError(message) from error
        except sqlite3.DatabaseError as error:
            _log.warning("%s is damaged (%s): all articles are extracted again", self.path, error)
            self.path.unlink()
            self._database = self._open()

    def _forget(self) -> None:
        """Remove the file, unless another run holds it."""
        with closing(sqlite3.connect(self.path, timeout=1, isolation_level=None)) as database:
            try:
                database.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError:  # damaged, which is what a fresh store is for
                pass
        self.path.unlink(missing_ok=True)

    def _open(self) -> sqlite3.Connection:
        database = sqlite3.connect(self.path, timeout=1, isolation_level=None)
        database.text_factory = partial(str, encoding="utf-8", errors="replace")  # a damaged note
        try:
            # Held until the store is closed: one writer a folder.
            database.execute("PRAGMA locking_mode = EXCLUSIVE")
            version = database.execute("PRAGMA user_version").fetchone()[0]
            if version not in {0, VERSION}:
                raise StoreError(
                    f"{self.path} was written by another version of newsclaims; "
                    "run again with --fresh to remake it"
                )
            database.execute("BEGIN EXCLUSIVE")
            database.execute("COMMIT")
            pages, size = (
                database.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("page_count", "page_size")
            )
            if pages * size > self.path.stat().st_size:
                raise sqlite3.DatabaseError("the end of the file is missing")
            database.executescript(_SCHEMA)
        except BaseException:
            database.close()
            raise
        return database

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    @contextmanager
    def errors_told(self) -> Iterator[None]:
        """Raise `StoreError` for what disk or SQLite cannot do, such as writing to a full disk."""
        try:
            yield
        except (OSError, sqlite3.OperationalError) as error:
            place = getattr(error, "filename", None) or self.path.parent
            reason = getattr(error, "strerror", None) or error
            raise StoreError(
                f"{place}: {reason}; what was kept before is whole: mend this, and run the same "
                "command to go on"
            ) from error
        except sqlite3.DatabaseError as error:
            raise StoreError(
                f"{self.path} is damaged ({error}); run again with --fresh to remake it"
            ) from error

    def knows(self, key: bytes) -> bool:
        """Whether the result of this key is kept, and undamaged."""
        row = self._database.execute(
            "SELECT entry, crc FROM results WHERE key = ?", (key,)
        ).fetchone()
        if row is None or zlib.crc32(row[0]) == row[1]:
            return row is not None
        _log.warning("%s: a damaged result is made again", self.path)
        return False

    def keep(self, results: Mapping[bytes, bytes]) -> None:
        """Keep these packed results by key, all or none."""
        rows = [(key, entry, zlib.crc32(entry)) for key, entry in results.items()]
        with self._database:
            self._database.execute("BEGIN")
            self._database.executemany("INSERT OR REPLACE INTO results VALUES (?, ?, ?)", rows)

    def place(self, steps: Iterable[tuple[int, bytes | None, str | None]]) -> None:
        """Say what stands at these positions of the input: a result's key, or an error's JSON."""
        with self._database:
            self._database.execute("BEGIN")
            self._database.executemany("INSERT INTO sequence VALUES (?, ?, ?)", steps)

    def fail(self, position: int, error: str) -> None:
        """An error, as JSON, stands at this position instead of a result."""
        self._database.execute(
            "UPDATE sequence SET key = NULL, error = ? WHERE position = ?", (error, position)
        )

    def results(self) -> Generator[bytes, None, None]:
        """The packed results of this run in input order."""
        rows = self._database.execute(
            "SELECT entry FROM sequence LEFT JOIN results USING (key) "
            "WHERE key IS NOT NULL ORDER BY position"
        )
        for (result,) in rows:
            if result is None:
                raise sqlite3.DatabaseError("a result that was kept is missing")
            yield result

    def heads(self, size: int) -> Iterator[tuple[int, bytes]]:
        """The position and the first `size` bytes of each result, in input order."""
        return self._database.execute(
            "SELECT position, substr(entry, 1, ?) "
            "FROM sequence JOIN results USING (key) ORDER BY position",
            (size,),
        )

    def result(self, position: int) -> bytes:
        """The packed result at this position of the input."""
        (result,) = self._database.execute(
            "SELECT entry FROM sequence JOIN results USING (key) WHERE position = ?", (position,)
        ).fetchone()
        return bytes(result)

    def errors(self) -> Iterator[dict[str, Any]]:
        """The errors of this run in input order."""
        rows = self._database.execute(
            "SELECT error FROM sequence WHERE error IS NOT NULL ORDER BY position"
        )
        return (json.loads(row[0]) for row in rows)

    def positions(self) -> Iterator[dict[str, Any]]:
        """Where each result and each error of this run stands in the input."""
        rows = self._database.execute(
            "SELECT position, error IS NOT NULL FROM sequence ORDER BY position"
        )
        return ({"position": position, "error": bool(error)} for position, error in rows)

    def sequence_digest(self) -> str:
        """A hash of what the output files are made of."""
        digest = hashlib.sha256()
        for key, error in self._database.execute(
            "SELECT key, error FROM sequence ORDER BY position"
        ):
            digest.update(key or error.encode())
        return digest.hexdigest()

    def note(self, name: str) -> str | None:
        """What was noted under this name."""
        row = self._database.execute("SELECT value FROM notes WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def set_note(self, name: str, value: str) -> None:
        """Note `value` under this name."""
        self._database.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (name, value))

    def prune(self) -> None:
        """Forget results that the last run did not use."""
        self._database.execute(
            "DELETE FROM results WHERE key NOT IN (SELECT key FROM sequence WHERE key IS NOT NULL)"
        )
