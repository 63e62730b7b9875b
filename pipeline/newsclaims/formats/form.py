"""What a form of the tables is: how rows look in it, how they are written, how they are read back.

Writing and verifying go the same way: `shape` says what an article's rows look like in this form,
a `Writer` takes them one by one, and `read` gives them back in the same order.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from newsclaims.errors import UsageError
from newsclaims.schema import TABLES, Column
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


class Writer:
    """Takes rows one by one, in flat memory."""

    def row(self, table: str, cells: Cells) -> None:
        """Write a row of a table. Raises `FormatError` where the form has no room for it."""
        raise NotImplementedError

    def finish(self) -> None:
        """Write what waits. Not called when a row failed."""

    def close(self) -> None:
        """Close the files, finished or not."""


def _names(layout: Layout) -> dict[str, list[str]]:
    return {table: [column.name for column in columns] for table, columns in layout.items()}


class Format(NamedTuple):
    """One form of the tables.

    Attributes:
        file: the name of its file, or, with {} for the name of a table, of each.
        shape: an article's rows as they stand in this form, each with the name of its table.
        writer: opens the files. `PathOf` says where.
        rows: the rows of a file, of one table with columns of these names.
        tables: the columns of its own tables, by name, where they are not those of the layout.
    """

    file: str
    shape: Callable[[EntryRows], Iterator[tuple[str, Cells]]]
    writer: Callable[[Layout, PathOf], Writer]
    rows: Callable[[Path, str, list[str]], Iterator[tuple[str, list[Cell]]]]
    tables: Callable[[Layout], Mapping[str, list[str]]] = _names

    def files(self, tables: Iterable[str]) -> list[str]:
        """The names of its files, given the names of the tables."""
        return list(dict.fromkeys(map(self.file.format, tables)))

    def read(self, layout: Layout, folder: Path) -> Streams:
        """The rows of a folder's files, in the order in which `shape` gave them."""
        return {
            table: self.rows(folder / self.file.format(table), table, names)
            for table, names in self.tables(layout).items()
        }


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


def places_of(type_: str) -> dict[str, list[int]]:
    """The places of the columns of a type in each table that has such columns."""
    places = {
        table: [place for place, column in enumerate(columns) if column.type == type_]
        for table, columns in TABLES.items()
    }
    return {table: found for table, found in places.items() if found}


_LISTS = places_of("list")


def flat(table: str, cells: Cells) -> Cells:
    """A row with its lists as strings."""
    if table not in _LISTS:
        return cells
    row = list(cells)
    for place in _LISTS[table]:
        row[place] = None if row[place] is None else str(row[place])
    return row


def as_they_are(rows: EntryRows) -> Iterator[tuple[str, Cells]]:
    """The shape of a form that has strings and numbers, and no lists."""
    for table, found in rows.rows.items():
        for cells in found:
            yield table, flat(table, cells)
