"""The compiled gazetteer, read: bearers by name, entries by id."""

import os
import sqlite3
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from pipeline.resolve.gazetteer.entries import Entry, Naming
from pipeline.resolve.gazetteer.names import key_of

# Names remembered by each process: news repeats its places, and 4,096 take a few megabytes.
_REMEMBERED = 4096
# No text tells more bearers of one name apart; the most populous are kept.
_MOST_CANDIDATES = 200


class Bearer(NamedTuple):
    """An entry that bears the name, and how: as a name, or in a form as written.

    A postal code is a form that may be a word as well ("IN", "OR").
    """

    entry: Entry
    naming: Naming = Naming.OWN
    form: bool = False
    postal: bool = False


class Store:
    """Reads one compiled file. Each process opens its own connection, also after a fork."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._process = -1
        self._open: sqlite3.Connection | None = None
        self.named = lru_cache(_REMEMBERED)(self._named)
        self.entry = lru_cache(_REMEMBERED)(self._entry)

    def _connection(self) -> sqlite3.Connection:
        if self._open is None or self._process != os.getpid():
            self._process = os.getpid()
            # immutable: the file is never changed once it is in place, so no locks are taken
            uri = f"{self.path.absolute().as_uri()}?mode=ro&immutable=1"
            self._open = sqlite3.connect(uri, uri=True, check_same_thread=False)
        return self._open

    def _named(self, name: str) -> tuple[Bearer, ...]:
        """The places that bear `name`, the likeliest first.

        A form of the list of abbreviations means what the list says and nothing else.
        """
        connection = self._connection()
        forms = connection.execute(
            "SELECT forms.postal, entries.* FROM forms JOIN entries ON entries.id = forms.entry "
            "WHERE forms.form = ? ORDER BY entries.prior DESC, entries.id",
            (name,),
        ).fetchall()
        if forms:
            return tuple(Bearer(Entry(*row[1:]), form=True, postal=bool(row[0])) for row in forms)
        key = key_of(name)
        if key is None:
            return ()
        rows = connection.execute(
            "SELECT names.naming, entries.* FROM names JOIN entries ON entries.id = names.entry "
            "WHERE names.key = ? ORDER BY names.naming, entries.prior DESC, entries.id LIMIT ?",
            (key, _MOST_CANDIDATES),
        )
        return tuple(Bearer(Entry(*row[1:]), Naming(row[0])) for row in rows)

    def cues(self) -> dict[str, Entry]:
        """Words that tell where a text is set, each with the place that it tells of."""
        rows = self._connection().execute(
            "SELECT cues.word, entries.* FROM cues JOIN entries ON entries.id = cues.entry"
        )
        return {row[0]: Entry(*row[1:]) for row in rows}

    def _entry(self, number: int) -> Entry | None:
        row = self._connection().execute("SELECT * FROM entries WHERE id = ?", (number,)).fetchone()
        return Entry(*row) if row else None
