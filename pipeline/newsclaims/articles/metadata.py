"""A CSV file of metadata, joined to articles by id or by file name.

File names are compared with accents composed and ``/`` between folders, since systems differ in
both. What differs otherwise is not joined, but a name that is near is told.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from unicodedata import normalize
from urllib.parse import unquote

from newsclaims.articles.checks import article_id
from newsclaims.articles.csv_table import find_header, read_csv
from newsclaims.articles.encodings import open_lines
from newsclaims.articles.rows import Fields, RefusedError, Settings, refuse_repeated, shown
from newsclaims.errors import UsageError
from newsclaims.records import InputError

# Columns that name the file of an article, the first that the metadata have.
_FILE_COLUMNS = ("file", "filename", "file_name", "path")


class Metadata:
    """Rows of metadata by id and by file name; remembers which of them were used."""

    def __init__(self, path: Path, settings: Settings) -> None:
        """Read the whole file.

        Raises:
            UsageError: when it cannot be read, has neither an id nor a file name, or names one
                article twice.
        """
        self.name = shown(path)
        default, settings = settings.delimiter or ",", replace(settings, delimiter=None)
        self._rows: dict[int, Fields] = {}
        self._by_id: dict[str, int] = {}
        self._by_file: dict[str, int] = {}
        self._near: dict[str, str] = {}  # names of files without a row, by their folded name
        self._keys: dict[int, tuple[str | None, str | None]] = {}  # id and file as written
        self._folded: set[str] = set()
        self._used: set[int] = set()
        columns = self._columns(path, settings, default)
        self._file_column = next((name for name in _FILE_COLUMNS if name in columns), None)
        if self._file_column is None and "id" not in columns:
            raise UsageError(
                f"{self.name}: metadata need a column id or file; the columns are "
                f"{', '.join(columns) or 'none'}"
            )
        try:
            for row in read_csv(open_lines(path), settings, self._wanted(settings), default):
                self._add(row.line or 0, row.fields)
        except RefusedError as refused:
            raise self._unreadable(refused.line, refused) from None

    def join(self, fields: Fields, names: tuple[str, ...], default_id: str) -> Fields | None:
        """`fields` with those of its row put over them, or None when no row is the article's.

        `names` are the names that the article's file may go by. An id in a row that is found by
        file name becomes the article's.
        """
        files = [_plain(name) for name in names]
        line = next((self._by_file[name] for name in files if name in self._by_file), None)
        if line is None:
            line = self._by_id.get(article_id(fields.get("id"), default_id))
        if line is None:
            self._near |= {_folded(name): name for name in files if _folded(name) in self._folded}
            return None
        self._used.add(line)
        return {**fields, **self._rows[line]}

    def unused(self) -> Iterator[InputError]:
        """A warning for each row that no article asked for."""
        for line, (identity, file) in self._keys.items():
            if line not in self._used:
                yield InputError(
                    input=self.name,
                    line=line,
                    kind="metadata-row",
                    message=self._why_unused(identity, file),
                )

    def _why_unused(self, identity: str | None, file: str | None) -> str:
        named = {"id": identity, "file name": file}
        keys = [f"the {what} {key!r}" for what, key in named.items() if key]
        if not keys:
            return "this row has neither an id nor a file name"
        near = self._near.get(_folded(file or ""))
        return f"no article has {' or '.join(keys)}" + (f"; near it: {near}" if near else "")

    def _columns(self, path: Path, settings: Settings, default: str) -> list[str]:
        try:
            names = find_header(open_lines(path), settings, self._wanted(settings), default).columns
        except OSError as error:
            raise UsageError(f"{self.name}: cannot be read: {error.strerror}") from None
        refuse_repeated(self.name, names)
        return list(settings.rename(dict.fromkeys(names)))

    def _wanted(self, settings: Settings) -> set[str]:
        """The columns by which the delimiter of the file is known."""
        return {settings.column("id"), *_FILE_COLUMNS}

    def _add(self, line: int, fields: Fields | RefusedError) -> None:
        if isinstance(fields, RefusedError):
            raise self._unreadable(line, fields)
        row = {name: value for name, value in fields.items() if name != "text"}
        file = row.pop(self._file_column, None) if self._file_column else None
        self._keys[line] = row.get("id"), file
        file = _plain(file) if file else None
        if file:
            self._folded.add(_folded(file))
        for index, key in ((self._by_file, file), (self._by_id, row.get("id"))):
            if key is None:
                continue
            if key in index:
                raise UsageError(f"{self.name}: lines {index[key]} and {line} both name {key!r}")
            index[key] = line
        self._rows[line] = row

    def _unreadable(self, line: int | None, refused: RefusedError) -> UsageError:
        place = f", line {line}" if line is not None else ""
        return UsageError(f"{self.name}{place}: {refused.message}")


def _plain(name: str) -> str:
    """A file name as all systems write it."""
    return normalize("NFC", name).replace("\\", "/")


def _folded(name: str) -> str:
    """A file name without what downloaders and other systems change: capitals, ``%20``."""
    return unquote(_plain(name)).casefold()
