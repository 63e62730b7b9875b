"""A CSV file of metadata, joined to articles by id or by file name."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

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
        identity = fields.get("id") or default_id
        line = next((self._by_file[name] for name in names if name in self._by_file), None)
        if line is None:
            line = self._by_id.get(str(identity))
        if line is None:
            return None
        self._used.add(line)
        return {**fields, **self._rows[line]}

    def unused(self) -> Iterator[InputError]:
        """A warning for each row that no article asked for."""
        for line in self._rows:
            if line not in self._used:
                yield InputError(
                    input=self.name,
                    line=line,
                    kind="metadata-row",
                    message="no article has this id or file name",
                )

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
