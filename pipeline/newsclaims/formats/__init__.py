"""The tables in the forms that people use, one small file a form; see `form` for what a form is."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from newsclaims.errors import UsageError
from newsclaims.formats.csv_files import csv_format
from newsclaims.formats.excel_file import EXCEL
from newsclaims.formats.form import (
    Cell,
    Cells,
    EntryRows,
    Format,
    FormatError,
    Layout,
    PathOf,
    Streams,
    Writer,
    as_they_are,
    parts,
)
from newsclaims.formats.jsonl_files import JSONL
from newsclaims.formats.parquet_files import PARQUET
from newsclaims.formats.sqlite_file import SQLITE
from newsclaims.plugins import registered

__all__ = [
    "FORMATS",
    "Cell",
    "Cells",
    "EntryRows",
    "Format",
    "FormatError",
    "Layout",
    "PathOf",
    "Streams",
    "Writer",
    "as_they_are",
    "chosen",
    "parts",
]

_BUILT_IN = {
    "csv": csv_format(),
    "parquet": PARQUET,
    "sqlite": SQLITE,
    "xlsx": EXCEL,
    "jsonl": JSONL,
}


class _Formats(Mapping[str, Format]):
    """The built-in forms, and those that other packages register as `newsclaims.formats`.

    These are loaded on first use, since their modules import this package.
    """

    @cached_property
    def _known(self) -> Mapping[str, Format]:
        return _BUILT_IN | registered("newsclaims.formats", Format, _BUILT_IN)

    def __getitem__(self, name: str) -> Format:
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


FORMATS = _Formats()


def chosen(names: Iterable[str], *, excel: bool = False) -> dict[str, Format]:
    """The formats of these names, CSV in its form for Excel where that is wanted.

    Raises:
        UsageError: for a name that is none.
    """
    formats = {}
    for name in names:
        if name not in FORMATS:
            raise UsageError(f"--format: {name!r} is none of {', '.join(FORMATS)}")
        formats[name] = csv_format(excel=excel) if name == "csv" else FORMATS[name]
    return formats
