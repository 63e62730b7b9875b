"""The compiled gazetteer, read: which places bear a name."""

import os
import sqlite3
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from newsclaims.resolve.gazetteer.entries import Entry, Naming
from newsclaims.resolve.gazetteer.names import key_of

# No text tells more bearers of one name apart; the most populous are kept.
_MOST_BEARERS = 200


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

    def _connection(self) -> sqlite3.Connection:
        if self._open is None or self._process != os.getpid():
            self._process = os.getpid()
            # immutable: the file is never changed once it is in place, so no locks are taken
            uri = f"{self.path.absolute().as_uri()}?mode=ro&immutable=1"
            self._open = sqlite3.connect(uri, uri=True, check_same_thread=False)
        return self._open

    def named(self, name: str) -> tuple[Bearer, ...]:
        """The places that bear `name`, the likeliest first.

        A form of the list of abbreviations means what the list says and nothing else.
        """
        connection = self._connection()
        if name in self._forms:
            rows = connection.execute(
                "SELECT forms.postal, entries.* FROM forms JOIN entries ON entries.id = forms.entry"
                " WHERE forms.form = ? ORDER BY entries.prior DESC, entries.id",
                (name,),
            )
            return tuple(Bearer(Entry(*row[1:]), form=True, postal=bool(row[0])) for row in rows)
        key = key_of(name)
        if key is None:
            return ()
        rows = connection.execute(
            "SELECT names.naming, entries.* FROM names JOIN entries ON entries.id = names.entry "
            "WHERE names.key = ? ORDER BY names.naming, entries.prior DESC, entries.id LIMIT ?",
            (key, _MOST_BEARERS),
        )
        return tuple(Bearer(Entry(*row[1:]), Naming(row[0])) for row in rows)

    @cached_property
    def _forms(self) -> frozenset[str]:
        """The abbreviations of the list: some two hundred."""
        return frozenset(form for (form,) in self._connection().execute("SELECT form FROM forms"))

    def cues(self) -> dict[str, Entry]:
        """Words that tell where a text is set, each with the place that it tells of."""
        rows = self._connection().execute(
            "SELECT cues.word, entries.* FROM cues JOIN entries ON entries.id = cues.entry"
        )
        return {row[0]: Entry(*row[1:]) for row in rows}
