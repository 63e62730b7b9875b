"""What a reader hands on: rows of raw fields, and how it refuses what it cannot read."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from newsclaims.errors import UsageError

FIELDS = ("id", "text", "title", "published", "source", "url")

# What the column of the text may hold.
TEXT_KINDS = ("plain", "html")

Fields = Mapping[str, Any]


class RefusedError(Exception):
    """An article, or the rest of a file, that cannot be read: `kind` as in ``errors.jsonl``.

    `line` counts from 1; None stands for the line of the row, or for the file as a whole.
    """

    def __init__(self, kind: str, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.line = line


class Row(NamedTuple):
    """One article as a reader found it: raw fields by name, or why there are none.

    `line` is None in a file that holds one article.
    """

    line: int | None
    fields: Fields | RefusedError


Rows = Iterator[Row]

Problem = tuple[str, str]  # the kind of an error, and its message


@dataclass(frozen=True)
class Settings:
    """What the user said about the files.

    Args:
        columns: names of columns by field.
        encoding: of files that declare none.
        metadata: a file that is no article, should a folder hold it.
        dates: ``"day-first"`` or ``"month-first"``, of dates that can be read both ways.
        text_is: ``"html"`` where the columns of the text and the title hold HTML.
    """

    columns: Mapping[str, str]
    encoding: str | None = None
    metadata: Path | None = None  # a file that is no article, should a folder hold it
    delimiter: str | None = None  # between the cells of CSV; None: found from the header
    dates: str | None = None
    text_is: str | None = None

    def rename(self, fields: Fields) -> Fields:
        """`fields` under the names of `FIELDS`; a column that no field asks for keeps its own.

        A column that bears a field's name while another column is mapped to that field is left
        out: two columns cannot be one field. Text and title are read as `text_is` says.
        """
        renamed = self._renamed(fields)
        if self.text_is != "html":
            return renamed
        return {**renamed, **{name: _shown_text(renamed.get(name)) for name in ("text", "title")}}

    def _renamed(self, fields: Fields) -> Fields:
        if not self.columns:
            return fields
        taken = set(self.columns.values())
        renamed = {
            field: fields[column] for field, column in self.columns.items() if column in fields
        }
        for name, value in fields.items():
            if name not in taken and name not in renamed:
                renamed[name] = value
        return renamed

    def column(self, field: str) -> str:
        """The name of the column that holds `field`."""
        return self.columns.get(field, field)


def check_columns(columns: Mapping[str, str]) -> None:
    """Raise `UsageError` for a field that articles do not have, or a column mapped twice."""
    for field in columns:
        if field not in FIELDS:
            raise UsageError(f"--columns: no field {field!r}; the fields are {', '.join(FIELDS)}")
    names = list(columns.values())
    for column in names:
        if names.count(column) > 1:
            raise UsageError(f"--columns: the column {column!r} is mapped to two fields")


def repeated(names: Iterable[str]) -> str | None:
    """The first of `names` that stands there more than once."""
    return next((name for name, times in Counter(names).items() if times > 1), None)


def refuse_repeated(shown: str, columns: Iterable[str]) -> None:
    """Raise `UsageError` when two columns of the table `shown` bear one name."""
    if twice := repeated(name for name in columns if name):
        raise UsageError(f"{shown}: two columns are named {twice!r}; rename one of them")


def _shown_text(value: Any) -> Any:
    """What a browser would show of HTML, or why it cannot be read, for the checks to raise."""
    from newsclaims.articles.markup import fragment_text

    if not isinstance(value, str):
        return value
    try:
        return fragment_text(value)
    except RefusedError as refused:
        return refused


_ENDINGS = re.compile(r"(?<=.)\.(?:(?:jsonl|warc)\.gz|[^./\\]+)$", re.IGNORECASE)


def stem(name: str) -> str:
    """`name` without its ending; ``.jsonl.gz`` and ``.warc.gz`` are one, a leading dot is none."""
    return _ENDINGS.sub("", name)


def shown(path: Path | str) -> str:
    """`path` as the user wrote it, with bytes that are no UTF-8 escaped and ``/`` between parts."""
    name = path.as_posix() if isinstance(path, Path) else path
    return name.encode("utf-8", "backslashreplace").decode("utf-8")
