"""What a form of the tables is: how rows look in it, how they are written, how they are read back.

Writing and verifying go the same way: `shape` says what an article's rows look like in this form,
a `Writer` takes them one by one, and `read` gives them back in the same order.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from newsclaims.errors import UsageError
from newsclaims.schema import Column
from newsclaims.tables import Cell as Cell
from newsclaims.tables import Entry

Cells = Sequence[Cell]
Layout = Mapping[str, Sequence[Column]]  # the columns of each table, in order
PathOf = Callable[[str], Path]  # where the file with this name is to be written

# Rows of each table read back, each with its place in the file: "people.csv: line 3".
Streams = Mapping[str, Iterator[tuple[str, list[Cell]]]]


class FormatError(UsageError):
    """Rows that a form has no room for, or a file that is not of its form."""


class EntryRows(NamedTuple):
    """The rows of each table, in the order of the layout, that come from one article.

    `entry` is None for rows that come from all articles together.
    """

    entry: Entry | None
    rows: Mapping[str, Sequence[Cells]]


class Writer(Protocol):
    """Takes rows one by one, in flat memory."""

    def row(self, table: str, cells: Cells) -> None:
        """Write a row of a table. Raises `FormatError` where the form has no room for it."""

    def finish(self) -> None:
        """Write what waits. Not called when a row failed."""

    def close(self) -> None:
        """Close the files, finished or not."""


class Format(NamedTuple):
    """One form of the tables.

    Attributes:
        files: the names of its files, given the names of the tables.
        shape: an article's rows as they stand in this form, each with the name of its table.
        writer: opens the files. `PathOf` says where.
        read: the rows of a folder's files, in the order in which `shape` gave them.
    """

    files: Callable[[Iterable[str]], list[str]]
    shape: Callable[[EntryRows], Iterator[tuple[str, Cells]]]
    writer: Callable[[Layout, PathOf], Writer]
    read: Callable[[Layout, Path], Streams]


def parts(path: Path) -> list[tuple[str, Path]]:
    """The files that hold what a file of a dataset holds, each with its name in messages.

    It is the file itself, or, where a cluster wrote it, the parts in the folder of its name.
    """
    if not path.is_dir():
        return [(path.name, path)]
    return [
        (f"{path.name}/{part.name}", part)
        for part in sorted(path.iterdir())
        if not part.name.startswith(".")
    ]


def as_they_are(rows: EntryRows) -> Iterator[tuple[str, Cells]]:
    """The shape of a form that changes nothing."""
    for table, found in rows.rows.items():
        for cells in found:
            yield table, cells
