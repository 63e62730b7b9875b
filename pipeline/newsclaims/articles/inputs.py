"""Which files the inputs mean: formats by ending, folders walked in order, ids by file name."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from zipfile import ZipFile, ZipInfo

from newsclaims.articles.archive import members, opened, unpacked
from newsclaims.articles.csv_table import find_header, read_csv, spoken_delimiter
from newsclaims.articles.documents import read_markdown, read_text
from newsclaims.articles.docx import read_docx
from newsclaims.articles.eml import read_eml
from newsclaims.articles.encodings import open_lines
from newsclaims.articles.html import read_html
from newsclaims.articles.json_file import holds_articles, list_columns, read_json, read_json_list
from newsclaims.articles.jsonl import columns_without_text, read_jsonl
from newsclaims.articles.parquet import parquet_columns, read_parquet
from newsclaims.articles.rows import (
    Fields,
    Problem,
    RefusedError,
    Row,
    Rows,
    Settings,
    refuse_repeated,
    shown,
    stem,
)
from newsclaims.articles.warc import read_warc
from newsclaims.articles.xlsx import read_xlsx, xlsx_columns
from newsclaims.articles.xml_documents import read_xml
from newsclaims.errors import UsageError
from newsclaims.plugins import registered
from newsclaims.records import InputError

STDIN = "-"


class Table(NamedTuple):
    """A format of many articles. `lacks_text` gives the columns when none of them is the text."""

    read: Callable[[Path, Settings], Rows]
    lacks_text: Callable[[Path, Settings], list[str] | None]


def _columns_lack_text(columns: list[str], settings: Settings, path: Path) -> list[str] | None:
    if not columns:  # an empty or a broken file, which reading it will tell
        return None
    refuse_repeated(shown(path), columns)
    missing = [column for column in settings.columns.values() if column not in columns]
    if missing and settings.column("text") not in missing:
        raise UsageError(
            f"{shown(path)}: --columns names {_quoted(missing)}; the columns are {_quoted(columns)}"
        )
    return columns if settings.column("text") not in columns else None


_JSONL = Table(
    read=lambda path, settings: read_jsonl(open_lines(path), settings),
    lacks_text=lambda path, settings: columns_without_text(open_lines(path), settings),
)
_PARQUET = Table(
    read=read_parquet,
    lacks_text=lambda path, settings: _columns_lack_text(parquet_columns(path), settings, path),
)
_EXCEL = Table(
    read=read_xlsx,
    lacks_text=lambda path, settings: _columns_lack_text(
        xlsx_columns(path, settings), settings, path
    ),
)
_JSON = Table(
    read=read_json_list,
    lacks_text=lambda path, settings: _columns_lack_text(
        list_columns(path, settings), settings, path
    ),
)


def _csv(default: str) -> Table:
    """CSV in which this delimiter is the usual one."""
    return Table(
        read=lambda path, settings: read_csv(open_lines(path), settings, default=default),
        lacks_text=lambda path, settings: _columns_lack_text(
            find_header(open_lines(path), settings, default=default).columns, settings, path
        ),
    )


# The usual delimiter of each kind of CSV.
DELIMITED = {".csv": ",", ".tsv": "\t"}

TABLES = {
    ".jsonl": _JSONL,
    ".jsonl.gz": _JSONL,
    **{ending: _csv(default) for ending, default in DELIMITED.items()},
    ".parquet": _PARQUET,
    ".xlsx": _EXCEL,
    ".xlsm": _EXCEL,
    ".json": _JSON,  # where it holds a list: `is_table` tells
}

# Formats of one article a file, which a folder is searched for.
DOCUMENTS: dict[str, Callable[[Path, Settings], Fields]] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".json": read_json,
    ".docx": read_docx,
}

# Formats whose files hold one article or many, which a folder is searched for too.
COLLECTIONS: dict[str, Callable[[Path, Settings], Rows]] = {
    ".eml": read_eml,
    **dict.fromkeys((".xml", ".rss", ".atom", ".rdf", ".nitf"), read_xml),
    ".warc": read_warc,
    ".warc.gz": read_warc,
}


@cache
def collections() -> Mapping[str, Callable[[Path, Settings], Rows]]:
    """`COLLECTIONS`, and what other packages register as `newsclaims.readers`.

    They register functions like those above by an ending without its dot. Loaded on first use,
    since their modules import this package.
    """
    built_in = {ending.removeprefix(".") for ending in (*TABLES, *DOCUMENTS, *COLLECTIONS, ".zip")}
    added = registered("newsclaims.readers", Callable, built_in)
    return COLLECTIONS | {f".{ending}": reader for ending, reader in added.items()}


# Files of files, read like a folder, tables with them: no user can give those by themselves.
ARCHIVES = frozenset((".zip",))

_PACKED = (".jsonl.gz", ".warc.gz")


def _in_folders() -> list[str]:
    """The endings of files that a folder is searched for."""
    return [*DOCUMENTS, *collections(), *sorted(ARCHIVES)]


def is_table(path: Path, settings: Settings) -> bool:
    """Whether the file holds many articles; where both are of one ending, its content tells."""
    ending = ending_of(path)
    if ending not in DOCUMENTS:
        return ending in TABLES
    return ending in TABLES and holds_articles(path, settings)


class Source(NamedTuple):
    """One file: its name as shown, the id or the stem of ids that it gives, and its rows.

    `names` are the names that metadata may call it by, should it hold one article.
    """

    input: str
    stem: str
    names: tuple[str, ...]
    rows: Callable[[], Rows]


def list_sources(path: Path, settings: Settings) -> Iterator[Source | InputError]:
    """The files that one input means: itself, or the documents of a folder sorted by path.

    What is not read of them is a warning; hidden files of a folder are none.
    """
    if path.is_dir():
        yield from _folder_sources(path, settings)
    elif ending_of(path) in ARCHIVES:
        yield from _archive_sources(path, "", settings)
    elif is_known(path):
        yield _source(path, stem(path.name), (shown(path), path.name), settings)
    else:
        yield _skipped(shown(path), _not_read(path))


def _folder_sources(path: Path, settings: Settings) -> Iterator[Source | InputError]:
    """The files in a folder, sorted by path."""
    metadata = settings.metadata and settings.metadata.resolve()
    found = 0
    for relative, problem in _walk(path):
        ending = ending_of(relative)
        name = shown(path / relative)
        if problem is not None:
            kind, message = problem
            yield InputError(input=name, kind=kind, message=message)
        elif metadata is not None and (path / relative).resolve() == metadata:
            continue
        elif is_table(path / relative, settings):
            yield _skipped(
                name, "tables inside a folder are not read; give the file itself as an input"
            )
        elif ending in ARCHIVES:
            found += 1
            yield from _archive_sources(path / relative, f"{stem(relative.as_posix())}/", settings)
        elif ending in DOCUMENTS or ending in collections():
            found += 1
            names = (relative.as_posix(), relative.name)
            yield _source(path / relative, stem(relative.as_posix()), names, settings)
        else:
            yield _skipped(name, _not_read(relative))
    if not found:
        yield InputError(
            input=shown(path),
            kind="empty",
            message=f"no article in this folder: no file ends in {', '.join(_in_folders())}",
        )


def _archive_sources(path: Path, prefix: str, settings: Settings) -> Iterator[Source | InputError]:
    """The files in an archive, sorted by name; `prefix` goes before their ids."""
    found = 0
    try:
        with opened(path) as archive:
            for info, problem in members(archive):
                found += 1
                inside = shown(info.filename)
                problem = problem or _not_a_member(inside)
                if problem is None:
                    names = (inside, PurePosixPath(inside).name)
                    rows = partial(_member_rows, archive, info, settings)
                    yield Source(f"{shown(path)}/{inside}", prefix + stem(inside), names, rows)
                else:
                    yield InputError(
                        input=f"{shown(path)}/{inside}", kind=problem[0], message=problem[1]
                    )
    except RefusedError as refused:
        yield InputError(input=shown(path), kind=refused.kind, message=refused.message)
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
        yield InputError(input=shown(path), kind="unreadable", message=message)
    else:
        if not found:
            yield InputError(input=shown(path), kind="empty", message="no file in this archive")


def _not_a_member(name: str) -> Problem | None:
    if ending_of(Path(name)) in ARCHIVES:
        return "skipped", "an archive inside an archive is not read; unpack it"
    return None if _has_reader(Path(name)) else ("skipped", _not_read(Path(name)))


def _member_rows(archive: ZipFile, info: ZipInfo, settings: Settings) -> Rows:
    """The rows of a file in an archive, which is unpacked while they are read."""
    with unpacked(archive, info) as path:
        try:
            _check_table(path, settings)
        except UsageError as error:
            message = str(error).removeprefix(f"{shown(path)}: ")
            raise RefusedError("text", message) from None
        yield from _reader(path, settings)(path, settings)


def _skipped(name: str, message: str) -> InputError:
    return InputError(input=name, kind="skipped", message=message)


def _not_read(path: Path) -> str:
    ending = ending_of(path)
    return (
        f"files that end in {shown(ending)} are not read"
        if ending
        else "files whose name has no ending are not read"
    )


def check_inputs(paths: Sequence[Path], settings: Settings) -> None:
    """Raise `UsageError` for a path that cannot be read, and where none is of a known format."""
    for path in paths:
        check_input(path, settings)
    if paths and not any(map(is_known, paths)):
        known = ", ".join(dict.fromkeys([*TABLES, *_in_folders()]))
        raise UsageError(f"{shown(paths[0])}: not a format that can be read; known are {known}")


def is_known(path: Path) -> bool:
    """Whether the path is a folder, or a file of a known format."""
    return path.is_dir() or _has_reader(path)


def _has_reader(path: Path) -> bool:
    return ending_of(path) in {*TABLES, *_in_folders()}


def check_input(path: Path, settings: Settings) -> None:
    """Raise `UsageError` for a path that is not there, cannot be opened, or is without a text."""
    if not os.path.lexists(path):
        raise UsageError(f"{shown(path)}: no such file or folder")
    if path.is_dir():
        return
    if not _may_be_opened(path):
        raise UsageError(f"{shown(path)}: a pipe, socket or device; read it by - (standard input)")
    _check_table(path, settings)


def _check_table(path: Path, settings: Settings) -> None:
    """Raise `UsageError` for a table without a text."""
    if not is_table(path, settings):
        return
    try:
        columns = TABLES[ending_of(path)].lacks_text(path, settings)
    except (OSError, RefusedError):  # told when it is read
        return
    refuse_without_text(shown(path), columns, settings, delimiter_of(path, settings))


def delimiter_of(path: Path, settings: Settings) -> str | None:
    """The delimiter between the cells of a file of CSV; None for other files."""
    if (default := usual_delimiter(path)) is None or not path.is_file():
        return None
    return find_header(open_lines(path), settings, default=default).delimiter


def usual_delimiter(path: Path) -> str | None:
    """The delimiter that the ending of a CSV file stands for; None for other files."""
    return DELIMITED.get(ending_of(path))


def refuse_without_text(
    name: str, columns: list[str] | None, settings: Settings, delimiter: str | None = None
) -> None:
    """Raise `UsageError` when `columns`, which hold no text, were found in the file `name`."""
    if columns is None:
        return
    message = (
        f"{name}: no column {settings.column('text')!r} for the text; the columns are "
        f"{_quoted(columns)}; name the one with the text by --columns text=NAME"
    )
    if delimiter is not None:
        message += f" (read with {spoken_delimiter(delimiter)}s between cells: see --delimiter)"
    raise UsageError(message)


def ending_of(path: Path) -> str:
    """The ending that decides on the format, in lower case."""
    name = path.name.lower()
    packed = (ending for ending in _PACKED if name.endswith(ending))
    return next(packed, path.suffix.lower())


def _source(path: Path, stem_: str, names: tuple[str, ...], settings: Settings) -> Source:
    return Source(shown(path), stem_, names, lambda: _reader(path, settings)(path, settings))


def _reader(path: Path, settings: Settings) -> Callable[[Path, Settings], Rows]:
    """What gives the rows of a file of this name."""
    ending = ending_of(path)
    if is_table(path, settings):
        return TABLES[ending].read
    if ending in collections():
        return collections()[ending]
    return lambda path, settings: iter([Row(None, DOCUMENTS[ending](path, settings))])


def _walk(folder: Path) -> Iterator[tuple[Path, Problem | None]]:
    """Files under `folder` that are not hidden, relative to it and sorted, and what is amiss."""
    found: dict[str, Problem | None] = {}
    _collect(folder, "", frozenset(), found)
    return ((Path(name), found[name]) for name in sorted(found))


def _collect(
    folder: Path,
    prefix: str,
    above: frozenset[tuple[int, int]],
    found: dict[str, Problem | None],
) -> None:
    """Put the files under `folder` into `found`; `above` are the folders that hold it."""
    try:
        status = folder.stat()
        here = status.st_dev, status.st_ino
        if here in above:
            found[prefix] = ("skipped", "a symbolic link to a folder that holds it; not followed")
            return
        names = sorted(entry.name for entry in folder.iterdir())
    except OSError as error:
        found[prefix] = ("unreadable", f"cannot be read: {error.strerror or error}")
        return
    for name in names:
        if name.startswith("."):
            continue
        path = folder / name
        if path.is_dir():
            _collect(path, f"{prefix}{name}/", above | {here}, found)
        elif not _may_be_opened(path):
            found[prefix + name] = ("skipped", "a pipe, socket or device, not a file; not read")
        else:
            found[prefix + name] = None


def _may_be_opened(path: Path) -> bool:
    """Whether opening the file cannot wait for ever, as on a pipe that nobody writes to."""
    return path.is_file() or not path.exists()  # one that is not there is told when it is read


def _quoted(names: list[str]) -> str:
    return ", ".join(repr(name) for name in names)
